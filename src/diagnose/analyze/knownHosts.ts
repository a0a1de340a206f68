import type { JsonObject } from '../../manifest/source.ts';
import { rememberIn } from '../../remember.ts';
import { mapAt, numberAt, objectsAt, textsAt } from './fields.ts';
import type { Inventory, Item } from './inventory.ts';
import type { Labels } from './selector.ts';

/** A host that can be routed to: of a Service, or of a ServiceEntry. */
export interface KnownHost {
  readonly item: Item;
  readonly ports: readonly number[];
  /** `spec.workloadSelector.labels` of a ServiceEntry. */
  readonly workloadSelector: Labels;
}

/** Hosts by the namespace that sees them (`*`: all), full names. */
export interface KnownHosts {
  readonly exact: ReadonlyMap<string, KnownHost>;
  /** Suffixes of wildcard hosts, by namespace: what comes after the `*`. */
  readonly wildcards: ReadonlyMap<string, KnownHost>;
}

const DOMAIN = 'svc.cluster.local';

/** A host without a dot and without `*` in front is a Service of the namespace; mirrors `ConvertHostToFQDN`. */
export function fullHost(host: string, namespace: string): string {
  return host.startsWith('*') || host.includes('.') ? host : `${host}.${namespace}.${DOMAIN}`;
}

/** Mirrors `GetResourceNameFromHost`: `namespace/name` of the Service that a host means, where it means one. */
export function serviceNameOf(host: string, namespace: string): string {
  const match = /^(.+)\.(.+)\.svc\.cluster\.local$/.exec(host);
  return match === null ? `${namespace}/${host}` : `${match[2]}/${match[1]}`;
}

/** Mirrors `InitServiceEntryHostMap`; where two objects give one host to one namespace the later one is taken. */
export function knownHosts({
  services,
  serviceEntries,
}: Pick<Inventory, 'serviceEntries' | 'services'>): KnownHosts {
  return hostsOf(services, serviceEntries);
}

const hostsOf = rememberIn((services: readonly Item[], serviceEntries: readonly Item[]): KnownHosts => {
  const exact = new Map<string, KnownHost>();
  for (const item of serviceEntries) {
    const known: KnownHost = {
      item,
      ports: objectsAt(item.spec, 'ports').map((port) => numberAt(port, 'number')),
      workloadSelector: mapAt(item.spec, 'workloadSelector', 'labels'),
    };
    for (const [scope, host] of scopedHosts(item)) exact.set(`${scope}/${host}`, known);
  }
  for (const item of services) {
    const known: KnownHost = {
      item,
      ports: objectsAt(item.spec, 'ports').map((port: JsonObject) => numberAt(port, 'port')),
      workloadSelector: new Map(),
    };
    for (const scope of serviceScopes(item))
      exact.set(`${scope}/${fullHost(item.name, item.namespace)}`, known);
  }
  const wildcards = new Map<string, KnownHost>();
  for (const [key, known] of exact) {
    const slash = key.indexOf('/');
    if (key[slash + 1] === '*') wildcards.set(`${key.slice(0, slash)}/${key.slice(slash + 2)}`, known);
  }
  return { exact, wildcards };
});

/** Once an `exportTo` has said `*`, the hosts that follow are public too, whatever comes before it in the list. */
function* scopedHosts(entry: Item): Generator<readonly [scope: string, host: string]> {
  const exportTo = textsAt(entry.spec, 'exportTo');
  let isPublic = exportTo.length === 0;
  for (const host of textsAt(entry.spec, 'hosts')) {
    const name = fullHost(host, entry.namespace);
    if (isPublic) {
      yield ['*', name];
      continue;
    }
    for (const target of exportTo) {
      yield [target === '.' ? entry.namespace : target, name];
      if (target === '*') {
        isPublic = true;
        break;
      }
    }
  }
}

function serviceScopes(service: Item): readonly string[] {
  const annotation = service.annotations.get('networking.istio.io/exportTo') ?? '';
  if (annotation === '') return ['*'];
  return annotation.split(',').map((each) => (each.trim() === '.' ? service.namespace : each.trim()));
}

/**
 * The Service or entry that a host means for an object of `namespace` with that `exportTo`; mirrors `GetDestinationHost`: public ones first,
 * then those of the namespaces that the object is exported to (!), then wildcards, whose suffix only has to end the host.
 */
export function findHost(
  hosts: KnownHosts,
  host: string,
  namespace: string,
  exportTo: readonly string[],
): KnownHost | undefined {
  const full = fullHost(host, namespace);
  const scopes = exportTo.length === 0 ? [namespace] : exportTo.map((to) => (to === '.' ? namespace : to));
  for (const scope of ['*', ...scopes]) {
    const known = hosts.exact.get(`${scope}/${full}`);
    if (known !== undefined) return known;
  }
  if (hosts.wildcards.size === 0) return undefined;
  const text = host.startsWith('*') ? host.slice(1) : host;
  for (let start = 0; start <= text.length; start += 1) {
    const suffix = text.slice(start);
    const known = hosts.wildcards.get(`*/${suffix}`) ?? hosts.wildcards.get(`${namespace}/${suffix}`);
    if (known !== undefined) return known;
  }
  return undefined;
}
