import { namesForNamespace, matches } from '../../hostname.ts';
import { remember, rememberIn } from '../../remember.ts';
import { buildHostSet, overlapping, type HostSet } from '../hostSet.ts';
import { mapAt, objectsAt, textAt, textsAt } from './fields.ts';
import { type AnalyzeMessage, fullNameOf, type Inventory, type Item, message, wholeOf } from './inventory.ts';
import { findHost, fullHost, knownHosts, type KnownHosts, serviceNameOf } from './knownHosts.ts';
import { selects } from './selector.ts';
import { summaryOf } from './summary.ts';

/** IST0101 (host, mirror host, host:port), IST0112; mirrors `virtualservice.DestinationHostAnalyzer`. */
export function destinationHosts(inventory: Inventory): readonly AnalyzeMessage[] {
  const hosts = knownHosts(inventory);
  return inventory.virtualServices.flatMap((item) => unknownHosts(item, hosts));
}

const unknownHosts = rememberIn((item: Item, hosts: KnownHosts): readonly AnalyzeMessage[] => {
  const exportTo = textsAt(item.spec, 'exportTo');
  return summaryOf(item.spec).destinations.flatMap(({ host, port, mirror, paths }) => {
    const known = findHost(hosts, host, item.namespace, exportTo);
    if (known === undefined) {
      const params = { host, full: fullHost(host, item.namespace) };
      return paths.map((path) =>
        message(item, 'IST0101', mirror ? 'REF006' : 'REF005', [...path, 'host'], params),
      );
    }
    if (port === undefined ? known.ports.length <= 1 : known.ports.includes(port)) return [];
    const others = [wholeOf(known.item)];
    const ports = known.ports.map(String);
    return paths.map((path) =>
      port === undefined
        ? message(item, 'IST0112', 'VS092', path, { host, ports }, others)
        : message(item, 'IST0101', 'REF007', [...path, 'port', 'number'], { host, port, ports }, others),
    );
  });
});

/** IST0140; mirrors `DestinationHostAnalyzer.analyzeSubset`. */
export function* ingressSubsets(inventory: Inventory): Generator<AnalyzeMessage> {
  const users = new Map<string, Item>();
  for (const item of inventory.virtualServices) {
    for (const host of hostsWithSubsets(item)) if (!users.has(host)) users.set(host, item);
  }
  if (users.size === 0) return;
  for (const item of inventory.virtualServices) {
    if (textsAt(item.spec, 'gateways').length === 0) continue;
    for (const { host, subset, http, paths } of summaryOf(item.spec).destinations) {
      const user = http && subset === '' ? users.get(host) : undefined;
      if (user === undefined) continue;
      for (const path of paths)
        yield message(item, 'IST0140', 'VS094', path, { host, other: user.fullName }, [wholeOf(user)]);
    }
  }
}

/** Hosts of the object itself of which it names subsets. */
const hostsWithSubsets = remember(({ spec }: Item): readonly string[] => {
  const own = textsAt(spec, 'hosts');
  return summaryOf(spec).destinations.flatMap(({ host, subset, http }) =>
    http && subset !== '' && own.includes(host) ? [host] : [],
  );
});

/** IST0101 (host+subset); mirrors `virtualservice.DestinationRuleAnalyzer`. */
export function destinationSubsets(inventory: Inventory): readonly AnalyzeMessage[] {
  const subsets = subsetsOf(inventory.destinationRules);
  return inventory.virtualServices.flatMap((item) => unknownSubsets(item, subsets));
}

type Subsets = ReadonlyMap<string, ReadonlySet<string>>;

/** By `namespace/name` of the Service. */
const subsetsOf = remember((rules: readonly Item[]): Subsets => {
  const subsets = new Map<string, Set<string>>();
  for (const rule of rules) {
    const service = serviceNameOf(textAt(rule.spec, 'host'), rule.namespace);
    const names = subsets.get(service) ?? new Set<string>();
    subsets.set(service, names);
    for (const subset of objectsAt(rule.spec, 'subsets')) names.add(textAt(subset, 'name'));
  }
  return subsets;
});

const unknownSubsets = rememberIn((item: Item, subsets: Subsets): readonly AnalyzeMessage[] =>
  summaryOf(item.spec).destinations.flatMap(({ host, subset, paths }) => {
    const names = subset === '' ? undefined : subsets.get(serviceNameOf(host, item.namespace));
    if (subset === '' || names?.has(subset)) return [];
    const params = { host, subset, subsets: [...(names ?? [])] };
    return paths.map((path) => message(item, 'IST0101', 'REF008', [...path, 'subset'], params));
  }),
);

/** IST0165, IST0101 (gateway), IST0132; mirrors `virtualservice.GatewayAnalyzer`. */
export function boundGateways(inventory: Inventory): readonly AnalyzeMessage[] {
  const known = knownGateways(inventory.gateways, inventory.kubernetesGateways);
  return inventory.virtualServices.flatMap((item) => unservedBindings(item, known));
}

interface KnownGateways {
  readonly gateways: ReadonlyMap<string, Item>;
  readonly kubernetesGateways: ReadonlyMap<string, Item>;
  /** What the servers of Gateways offer, by Gateway and namespace; filled in as it is asked for. */
  readonly offers: Map<string, HostSet>;
}

const knownGateways = rememberIn(
  (gateways: readonly Item[], kubernetesGateways: readonly Item[]): KnownGateways => ({
    gateways: new Map(gateways.map((item) => [item.fullName, item])),
    kubernetesGateways: new Map(kubernetesGateways.map((item) => [item.fullName, item])),
    offers: new Map(),
  }),
);

const unservedBindings = rememberIn((item: Item, known: KnownGateways): readonly AnalyzeMessage[] => {
  const hosts = textsAt(item.spec, 'hosts');
  return textsAt(item.spec, 'gateways').flatMap((name, index): AnalyzeMessage[] => {
    if (name === 'mesh') return [];
    const path = ['spec', 'gateways', index];
    if (name.slice(name.indexOf('/') + 1).includes('~istio-autogenerated-k8s-gateway~')) {
      return [message(item, 'IST0165', 'VS096', path, { gateway: name })];
    }
    const fullName = fullNameOf(name, item.namespace);
    const gateway = known.gateways.get(fullName);
    const kubernetesGateway = gateway === undefined ? known.kubernetesGateways.get(fullName) : undefined;
    const found = gateway ?? kubernetesGateway;
    const missing =
      found === undefined
        ? [message(item, 'IST0101', 'REF004', path, { gateway: name, full: fullName })]
        : [];
    const isServed = kubernetesGateway
      ? kubernetesGatewayAccepts(kubernetesGateway, hosts)
      : gateway !== undefined && accepts(gateway, hosts, item.namespace, known);
    if (isServed) return missing;
    const others = found && [wholeOf(found)];
    return [...missing, message(item, 'IST0132', 'VS093', path, { gateway: fullName, hosts }, others)];
  });
});

function accepts(
  gateway: Item,
  hosts: readonly string[],
  namespace: string,
  { offers }: KnownGateways,
): boolean {
  const key = `${gateway.fullName} ${namespace}`;
  const offered = offers.get(key) ?? offeredHosts(gateway, namespace);
  offers.set(key, offered);
  return hosts.some((host) => overlapping(offered, host).length > 0);
}

/** What the servers of a Gateway offer to VirtualServices of a namespace. */
function offeredHosts(gateway: Item, namespace: string): HostSet {
  const served = objectsAt(gateway.spec, 'servers').flatMap((server) =>
    withoutShorthands(textsAt(server, 'hosts'), gateway.namespace),
  );
  return buildHostSet(namesForNamespace(served, namespace));
}

/** `./a` becomes `namespace/a`, and one `*` + `/*` all that the server has; mirrors `sanitizeServerHostNamespace`. */
function withoutShorthands(hosts: readonly string[], namespace: string): readonly string[] {
  if (hosts.includes('*/*')) return ['*'];
  return hosts.map((host) => {
    const [prefix, name = ''] = host.split('/');
    if (!host.includes('/')) return host;
    if (prefix === '.') return `${namespace}/${name}`;
    return prefix === '*' ? name : host;
  });
}

function kubernetesGatewayAccepts(gateway: Item, hosts: readonly string[]): boolean {
  const names = objectsAt(gateway.spec, 'listeners').map((listener) => textAt(listener, 'hostname'));
  return names.includes('') || names.some((name) => hosts.some((host) => matches(name, host)));
}

/** IST0109; mirrors `virtualservice.ConflictingMeshGatewayHostsAnalyzer`. */
export function* meshHosts(inventory: Inventory): Generator<AnalyzeMessage> {
  const scoped = new Map<string, Item[]>();
  const publicWildcards = new Map<string, readonly Item[]>();
  const publicHosts: string[] = [];
  for (const item of inventory.virtualServices) {
    const gateways = textsAt(item.spec, 'gateways');
    if (gateways.length > 0 && !gateways.includes('mesh')) continue;
    const hosts = textsAt(item.spec, 'hosts').map((host) => fullHost(host, item.namespace));
    for (const scope of scopesOf(item)) {
      for (const host of hosts) {
        const key = `${scope}/${host}`;
        const list = scoped.get(key);
        if (list !== undefined) {
          list.push(item);
          continue;
        }
        const fresh = [item];
        scoped.set(key, fresh);
        if (scope !== '*') continue;
        publicHosts.push(host);
        if (host.startsWith('*')) publicWildcards.set(host, fresh);
      }
    }
  }
  const reported = new Set<Item>();
  for (const [key, own] of scoped) {
    const slash = key.indexOf('/');
    const host = key.slice(slash + 1);
    const items =
      key.slice(0, slash) === '*'
        ? own
        : [...own, ...publicItemsOf(host, scoped, publicWildcards, publicHosts)];
    if (items.length < 2) continue;
    for (const item of items) {
      if (reported.has(item)) continue;
      reported.add(item);
      const others = items.filter((each) => each !== item);
      const path = ['spec', 'hosts', Math.max(0, hostIndex(item, host))];
      const params = { host, others: others.map((each) => each.fullName) };
      yield message(item, 'IST0109', 'VS091', path, params, others.slice(0, 8).map(wholeOf));
    }
  }
}

function hostIndex(item: Item, host: string): number {
  return textsAt(item.spec, 'hosts').findIndex((each) => matches(fullHost(each, item.namespace), host));
}

/** Public VirtualServices whose host overlaps one of a single namespace. */
function* publicItemsOf(
  host: string,
  scoped: ReadonlyMap<string, readonly Item[]>,
  wildcards: ReadonlyMap<string, readonly Item[]>,
  hosts: readonly string[],
): Generator<Item> {
  if (host.startsWith('*')) {
    for (const other of hosts) if (matches(host, other)) yield* scoped.get(`*/${other}`) ?? [];
    return;
  }
  yield* scoped.get(`*/${host}`) ?? [];
  for (const [wildcard, items] of wildcards) if (matches(host, wildcard)) yield* items;
}

/** The namespaces that see the object, `*` for all; mirrors `IsExportToAllNamespaces` and what goes with it. */
export function scopesOf(item: Item): ReadonlySet<string> {
  const exportTo = textsAt(item.spec, 'exportTo');
  if (exportTo.length === 0 || exportTo.includes('*')) return new Set(['*']);
  return new Set(exportTo.map((to) => (to === '.' ? item.namespace : to)));
}

/** IST0149; mirrors `virtualservice.JWTClaimRouteAnalyzer`. */
export function* claimRoutes(inventory: Inventory): Generator<AnalyzeMessage> {
  const gateways = new Map(inventory.gateways.map((item) => [item.fullName, item]));
  for (const item of inventory.virtualServices) {
    const { claim } = summaryOf(item.spec);
    if (claim === undefined) continue;
    for (const name of textsAt(item.spec, 'gateways')) {
      const gateway = name === 'mesh' ? undefined : gateways.get(fullNameOf(name, item.namespace));
      if (gateway === undefined) continue;
      const selector = mapAt(gateway.spec, 'selector');
      const pod = inventory.pods.find(
        (each) => selects(selector, each.labels) && !isAuthenticated(each, inventory.requestAuthentications),
      );
      if (pod === undefined) continue;
      const params = { claim: claim.key, gateway: gateway.fullName, pod: pod.name };
      yield message(item, 'IST0149', 'VS095', claim.path, params, [wholeOf(gateway)]);
    }
  }
}

function isAuthenticated(pod: Item, authentications: readonly Item[]): boolean {
  return authentications.some(
    (each) =>
      (each.namespace === 'istio-system' || each.namespace === pod.namespace) &&
      selects(mapAt(each.spec, 'selector', 'matchLabels'), pod.labels),
  );
}

/** IST0002 on a VirtualService; mirrors `deprecation.FieldAnalyzer`. */
export function* deprecatedDelays(inventory: Inventory): Generator<AnalyzeMessage> {
  for (const item of inventory.virtualServices) {
    for (const { percent, path } of summaryOf(item.spec).percents)
      yield message(item, 'IST0002', 'VS097', path, { percent });
  }
}
