import { namesForNamespace, matches } from '../../hostname.ts';
import type { JsonObject, Path } from '../../manifest/source.ts';
import { isClaimName } from '../../validate/headerFormats.ts';
import { isSet, mapAt, numberAt, objectAt, objectsAt, textAt, textsAt } from './fields.ts';
import { type AnalyzeMessage, fullNameOf, type Inventory, type Item, message, wholeOf } from './inventory.ts';
import { findHost, fullHost, type KnownHosts, serviceNameOf } from './knownHosts.ts';
import { selects } from './selector.ts';

interface PlacedDestination {
  readonly path: Path;
  readonly destination: JsonObject;
  readonly mirror: boolean;
}

/** Destinations of all rules, then mirrors, with the path of each. */
export function* destinationsOf(spec: JsonObject): Generator<PlacedDestination> {
  for (const section of ['tcp', 'tls', 'http'] as const) {
    for (const [rule, route] of objectsAt(spec, section).entries()) {
      for (const [index, each] of objectsAt(route, 'route').entries()) {
        const path = ['spec', section, rule, 'route', index, 'destination'];
        yield { path, destination: objectAt(each, 'destination'), mirror: false };
      }
    }
  }
  for (const [rule, route] of objectsAt(spec, 'http').entries()) {
    const path = ['spec', 'http', rule];
    if (isSet(route, 'mirror')) {
      yield { path: [...path, 'mirror'], destination: objectAt(route, 'mirror'), mirror: true };
    }
    for (const [index, mirror] of objectsAt(route, 'mirrors').entries()) {
      const destination = objectAt(mirror, 'destination');
      yield { path: [...path, 'mirrors', index, 'destination'], destination, mirror: true };
    }
  }
}

/** IST0101 (host, mirror host, host:port), IST0112; mirrors `virtualservice.DestinationHostAnalyzer`. */
export function* destinationHosts(inventory: Inventory, hosts: KnownHosts): Generator<AnalyzeMessage> {
  for (const item of inventory.virtualServices) {
    const exportTo = textsAt(item.spec, 'exportTo');
    for (const { path, destination, mirror } of destinationsOf(item.spec)) {
      const host = textAt(destination, 'host');
      const known = findHost(hosts, host, item.namespace, exportTo);
      if (known === undefined) {
        yield message(item, 'IST0101', mirror ? 'REF006' : 'REF005', [...path, 'host'], {
          host,
          full: fullHost(host, item.namespace),
        });
        continue;
      }
      const others = [wholeOf(known.item)];
      const ports = known.ports.map(String);
      if (!isSet(destination, 'port')) {
        if (ports.length > 1) yield message(item, 'IST0112', 'VS092', path, { host, ports }, others);
        continue;
      }
      const port = numberAt(destination, 'port', 'number');
      if (known.ports.includes(port)) continue;
      yield message(item, 'IST0101', 'REF007', [...path, 'port', 'number'], { host, port, ports }, others);
    }
  }
}

/** IST0140; mirrors `DestinationHostAnalyzer.analyzeSubset`. */
export function* ingressSubsets(inventory: Inventory): Generator<AnalyzeMessage> {
  const users = new Map<string, Item>();
  for (const item of inventory.virtualServices) {
    const own = new Set(textsAt(item.spec, 'hosts'));
    for (const route of objectsAt(item.spec, 'http')) {
      for (const each of objectsAt(route, 'route')) {
        const host = textAt(each, 'destination', 'host');
        if (textAt(each, 'destination', 'subset') !== '' && own.has(host) && !users.has(host))
          users.set(host, item);
      }
    }
  }
  for (const item of inventory.virtualServices) {
    if (textsAt(item.spec, 'gateways').length === 0) continue;
    for (const [rule, route] of objectsAt(item.spec, 'http').entries()) {
      for (const [index, each] of objectsAt(route, 'route').entries()) {
        const host = textAt(each, 'destination', 'host');
        const user = textAt(each, 'destination', 'subset') === '' ? users.get(host) : undefined;
        if (user === undefined) continue;
        const path = ['spec', 'http', rule, 'route', index, 'destination'];
        yield message(item, 'IST0140', 'VS094', path, { host, other: user.fullName }, [wholeOf(user)]);
      }
    }
  }
}

/** IST0101 (host+subset); mirrors `virtualservice.DestinationRuleAnalyzer`. */
export function* destinationSubsets(inventory: Inventory): Generator<AnalyzeMessage> {
  const defined = new Set<string>();
  const subsets = new Map<string, string[]>();
  for (const rule of inventory.destinationRules) {
    const service = serviceNameOf(textAt(rule.spec, 'host'), rule.namespace);
    for (const subset of objectsAt(rule.spec, 'subsets')) {
      const name = textAt(subset, 'name');
      defined.add(`${service} ${name}`);
      const names = subsets.get(service);
      if (names === undefined) subsets.set(service, [name]);
      else names.push(name);
    }
  }
  for (const item of inventory.virtualServices) {
    for (const { path, destination } of destinationsOf(item.spec)) {
      const subset = textAt(destination, 'subset');
      const host = textAt(destination, 'host');
      const service = serviceNameOf(host, item.namespace);
      if (subset === '' || defined.has(`${service} ${subset}`)) continue;
      const params = { host, subset, subsets: subsets.get(service) ?? [] };
      yield message(item, 'IST0101', 'REF008', [...path, 'subset'], params);
    }
  }
}

/** IST0165, IST0101 (gateway), IST0132; mirrors `virtualservice.GatewayAnalyzer`. */
export function* boundGateways(inventory: Inventory): Generator<AnalyzeMessage> {
  const gateways = new Map(inventory.gateways.map((item) => [item.fullName, item]));
  const kubernetesGateways = new Map(inventory.kubernetesGateways.map((item) => [item.fullName, item]));
  for (const item of inventory.virtualServices) {
    const hosts = textsAt(item.spec, 'hosts');
    for (const [index, name] of textsAt(item.spec, 'gateways').entries()) {
      if (name === 'mesh') continue;
      const path = ['spec', 'gateways', index];
      if (name.slice(name.indexOf('/') + 1).includes('~istio-autogenerated-k8s-gateway~')) {
        yield message(item, 'IST0165', 'VS096', path, { gateway: name });
        continue;
      }
      const fullName = fullNameOf(name, item.namespace);
      const gateway = gateways.get(fullName);
      const kubernetesGateway = gateway === undefined ? kubernetesGateways.get(fullName) : undefined;
      const found = gateway ?? kubernetesGateway;
      if (found === undefined) {
        yield message(item, 'IST0101', 'REF004', path, { gateway: name, full: fullName });
      }
      const accepts = kubernetesGateway
        ? kubernetesGatewayAccepts(kubernetesGateway, hosts)
        : gateway !== undefined && gatewayAccepts(gateway, hosts, item.namespace);
      if (accepts) continue;
      yield message(item, 'IST0132', 'VS093', path, { gateway: fullName, hosts }, found && [wholeOf(found)]);
    }
  }
}

function gatewayAccepts(gateway: Item, hosts: readonly string[], namespace: string): boolean {
  const served = objectsAt(gateway.spec, 'servers').flatMap((server) =>
    withoutShorthands(textsAt(server, 'hosts'), gateway.namespace),
  );
  const names = namesForNamespace(served, namespace);
  return names.some((name) => hosts.some((host) => matches(name, host)));
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
    const claim = firstClaim(item.spec);
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

function firstClaim(spec: JsonObject): { readonly key: string; readonly path: Path } | undefined {
  for (const [rule, route] of objectsAt(spec, 'http').entries()) {
    for (const [index, match] of objectsAt(route, 'match').entries()) {
      for (const field of ['headers', 'withoutHeaders'] as const) {
        const key = Object.keys(objectAt(match, field)).find(isClaimName);
        if (key !== undefined) return { key, path: ['spec', 'http', rule, 'match', index, field, key] };
      }
    }
  }
  return undefined;
}

/** IST0002 on a VirtualService; mirrors `deprecation.FieldAnalyzer`. */
export function* deprecatedDelays(inventory: Inventory): Generator<AnalyzeMessage> {
  for (const item of inventory.virtualServices) {
    for (const [rule, route] of objectsAt(item.spec, 'http').entries()) {
      const percent = numberAt(route, 'fault', 'delay', 'percent');
      if (percent <= 0) continue;
      yield message(item, 'IST0002', 'VS097', ['spec', 'http', rule, 'fault', 'delay', 'percent'], {
        percent,
      });
    }
  }
}
