import type { MeshIndex } from '../../compile/compile.ts';
import type { MergedVirtualService } from '../../compile/delegates.ts';
import { isWildcard, resolveShortName } from '../../hostname.ts';
import type { Destination, DestinationRule } from '../../istio/types.ts';
import type { SourceRef } from '../../manifest/source.ts';
import { remember } from '../../remember.ts';
import type { Draft } from '../draft.ts';

/** DestinationRules beside each other, and beside the services that they are for. */
export function* destinationRules(index: MeshIndex): Generator<Draft> {
  yield* sameHost(index.mesh.destinationRules);
  yield* lostMutualTls(index.mesh.destinationRules);
  if (index.mesh.destinationRules.length === 0) return;
  yield* unusedSubsets(index);
  for (const rule of index.mesh.destinationRules) yield* againstService(rule, index);
}

function fullHost({ spec, namespace }: DestinationRule): string {
  return resolveShortName(spec.host ?? '', namespace);
}

/** DR054, DR201. Rules come oldest first. */
function* sameHost(rules: readonly DestinationRule[]): Generator<Draft> {
  const first = new Map<string, DestinationRule>();
  const anywhere = new Map<string, DestinationRule>();
  for (const rule of rules) {
    if (rule.spec.workloadSelector) continue;
    const host = fullHost(rule);
    const at = { object: rule.at, path: ['spec', 'host'] };
    const own = first.get(`${rule.namespace} ${host}`);
    const other = anywhere.get(host);
    if (own) {
      const isApart = JSON.stringify(own.spec.exportTo ?? []) !== JSON.stringify(rule.spec.exportTo ?? []);
      if (own.spec.trafficPolicy && rule.spec.trafficPolicy && !isApart) {
        const place = { object: rule.at, path: ['spec', 'trafficPolicy'] };
        yield {
          code: 'DR201',
          at: place,
          others: [{ object: own.at, path: ['spec', 'trafficPolicy'] }],
          params: { other: nameOf(own) },
        };
      }
    } else if (other) {
      yield {
        code: 'DR054',
        at,
        others: [{ object: other.at, path: ['spec', 'host'] }],
        params: { host, other: nameOf(other) },
      };
    }
    if (!own) first.set(`${rule.namespace} ${host}`, rule);
    if (!other) anywhere.set(host, rule);
    else if (own?.spec.trafficPolicy === undefined && rule.spec.trafficPolicy)
      first.set(`${rule.namespace} ${host}`, rule);
  }
}

function nameOf({ namespace, name }: DestinationRule): string {
  return `${namespace}/${name}`;
}

/** DR055. */
function* lostMutualTls(rules: readonly DestinationRule[]): Generator<Draft> {
  const wide = rules.filter(
    ({ spec }) =>
      spec.trafficPolicy?.tls?.mode === 'ISTIO_MUTUAL' &&
      /^\*\.(?:local|[^.]+\.svc\.cluster\.local)$/.test(spec.host ?? ''),
  );
  if (wide.length === 0) return;
  for (const rule of rules) {
    const { spec } = rule;
    const host = fullHost(rule);
    if (isWildcard(host) || setsTls(rule)) continue;
    const other = wide.find(
      (each) => host.endsWith((each.spec.host ?? '').slice(1)) && each.namespace === rule.namespace,
    );
    if (!other) continue;
    const at = { object: rule.at, path: spec.trafficPolicy ? ['spec', 'trafficPolicy'] : ['spec', 'host'] };
    yield {
      code: 'DR055',
      at,
      others: [{ object: other.at, path: ['spec', 'trafficPolicy', 'tls'] }],
      params: { other: nameOf(other) },
    };
  }
}

function setsTls({ spec }: DestinationRule): boolean {
  const policies = [spec.trafficPolicy, ...(spec.subsets ?? []).map(({ trafficPolicy }) => trafficPolicy)];
  return policies.some(
    (policy) => policy?.tls !== undefined || policy?.portLevelSettings?.some(({ tls }) => tls !== undefined),
  );
}

/** DR205: subsets that no route names, of hosts that some route leads to. */
function* unusedSubsets({ mesh, merged }: MeshIndex): Generator<Draft> {
  const missing = new Set(
    mesh.destinationRules.flatMap((rule) =>
      (rule.spec.subsets ?? []).map(({ name = '' }) => subsetKey(fullHost(rule), name)),
    ),
  );
  const hosts = new Set<string>();
  for (const virtualService of merged.all) {
    // Mostly all are found soon.
    if (missing.size === 0) return;
    const named = namedSubsets(virtualService);
    for (const key of named.subsets) missing.delete(key);
    for (const host of named.hosts) hosts.add(host);
  }
  for (const rule of mesh.destinationRules) {
    const host = fullHost(rule);
    if (!hosts.has(host)) continue;
    for (const [index, { name = '' }] of (rule.spec.subsets ?? []).entries()) {
      if (!missing.has(subsetKey(host, name))) continue;
      const at = { object: rule.at, path: ['spec', 'subsets', index] };
      yield { code: 'DR205', at, params: { host, subset: name } };
    }
  }
}

function subsetKey(host: string, subset: string): string {
  return `${host} ${subset}`;
}

interface NamedSubsets {
  readonly hosts: readonly string[];
  /** `subsetKey`s. */
  readonly subsets: readonly string[];
}

/** The hosts and subsets of all destinations and mirrors of a virtual service, each once. */
const namedSubsets = remember((virtualService: MergedVirtualService): NamedSubsets => {
  const hosts = new Set<string>();
  const subsets = new Set<string>();
  const add = ({ host, subset = '' }: Destination = {}): void => {
    if (host === undefined) return;
    hosts.add(host);
    if (subset !== '') subsets.add(subsetKey(host, subset));
  };
  for (const { route } of virtualService.http) {
    for (const { destination } of route.route ?? []) add(destination);
    add(route.mirror);
    for (const { destination } of route.mirrors ?? []) add(destination);
  }
  for (const { route } of [...virtualService.tls, ...virtualService.tcp])
    for (const { destination } of route ?? []) add(destination);
  return { hosts: [...hosts], subsets: [...subsets] };
});

/** DR204, DR206. */
function* againstService(rule: DestinationRule, { registry }: MeshIndex): Generator<Draft> {
  const { spec, at: object } = rule;
  const host = fullHost(rule);
  const services = [...(registry.byHost.get(host)?.values() ?? [])];
  const [service] = services;
  if (!service) return;
  const others: readonly SourceRef[] = service.origin;
  if (spec.trafficPolicy?.tls?.mode === 'ISTIO_MUTUAL' && services.every(({ external }) => external)) {
    yield {
      code: 'DR204',
      at: { object, path: ['spec', 'trafficPolicy', 'tls', 'mode'] },
      others,
      params: { host },
    };
  }
  const ports = new Set(services.flatMap((each) => each.ports.map(({ number }) => number)));
  for (const [index, { port }] of (spec.trafficPolicy?.portLevelSettings ?? []).entries()) {
    if (port?.number === undefined || ports.has(port.number)) continue;
    const at = { object, path: ['spec', 'trafficPolicy', 'portLevelSettings', index, 'port', 'number'] };
    yield { code: 'DR206', at, others, params: { host, port: port.number, ports: [...ports].map(String) } };
  }
}
