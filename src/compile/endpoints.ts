import type { EndpointSlice, Labels, ServiceEntry, WorkloadEntry } from '../istio/types.ts';
import { serviceHostname } from './registry.ts';
import type { Registry, RegistryPort, RegistryService } from './registry.ts';

/** Where a port of a service leads, as far as it decides which clusters and listeners there are. */
export interface Endpoint {
  readonly address: string;
  readonly labels: Labels;
}

/** Endpoints by `namespace/host`, then by number of the service's port. */
export type EndpointIndex = ReadonlyMap<string, ReadonlyMap<number, readonly Endpoint[]>>;

/** One that is not yet matched with services: a ServiceEntry has it for a number, an EndpointSlice for a name. */
interface Found extends Endpoint {
  readonly port: { readonly number: number } | { readonly name: string };
}

/**
 * The endpoints that ServiceEntries and EndpointSlices name, by namespace, host and port: services of one name in one namespace share them, joined or
 * not, seen or not, and where two of them find some for one port the younger service decides. A DNS entry that names none has its host
 * as the only one. Mirrors `convertServiceEntryToInstances`, `updateEndpointCacheForSlice` and what `initServiceRegistry` makes of them. Those that a
 * `workloadSelector` would pick are not known.
 */
export function indexEndpoints(registry: Registry): EndpointIndex {
  const found = findEndpoints(registry);
  const index = new Map<string, Map<number, readonly Endpoint[]>>();
  for (const service of registry.services) {
    const key = keyOf(service);
    const all = found.get(key);
    if (!all) continue;
    const byPort = index.get(key) ?? new Map<number, readonly Endpoint[]>();
    index.set(key, byPort);
    for (const { number } of service.ports) {
      const endpoints = all.filter(({ port }) => numberOf(port, service) === number);
      if (endpoints.length > 0) byPort.set(number, endpoints);
    }
  }
  return index;
}

function findEndpoints(registry: Registry): ReadonlyMap<string, readonly Found[]> {
  const index = new Map<string, Found[]>();
  const add = (namespace: string, host: string, endpoints: readonly Found[]): void => {
    const key = keyOf({ namespace, host });
    const before = index.get(key);
    if (before) before.push(...endpoints);
    else index.set(key, [...endpoints]);
  };
  for (const entry of registry.serviceEntries) {
    for (const host of entry.spec.hosts ?? []) add(entry.namespace, host, entryEndpoints(entry, host));
  }
  for (const slice of registry.endpointSlices) {
    const service = slice.labels['kubernetes.io/service-name'];
    if (service) add(slice.namespace, serviceHostname(service, slice.namespace), sliceEndpoints(slice));
  }
  return index;
}

function keyOf({ namespace, host }: Pick<RegistryService, 'namespace' | 'host'>): string {
  return `${namespace}/${host}`;
}

/** The number under which a service has a port; mirrors `CopyEndpoints`. */
function numberOf(port: Found['port'], { ports }: RegistryService): number | undefined {
  return 'number' in port ? port.number : ports.findLast(({ name }) => name === port.name)?.number;
}

/** Those of one port of a service; mirrors `ServiceEndpointsByPort`. */
export function endpointsFor(
  index: EndpointIndex,
  service: Pick<RegistryService, 'host' | 'namespace'>,
  port: Pick<RegistryPort, 'number'>,
): readonly Endpoint[] {
  return index.get(keyOf(service))?.get(port.number) ?? [];
}

function entryEndpoints({ spec }: ServiceEntry, host: string): Found[] {
  const ports = (spec.ports ?? []).map(({ number }) => ({ number: number ?? 0 }));
  if (spec.workloadSelector) return [];
  if (spec.endpoints?.length) {
    return spec.endpoints.flatMap((endpoint) => {
      const labels = augmentLabels(endpoint);
      return ports.map((port) => ({ address: endpoint.address ?? '', port, labels }));
    });
  }
  const isDns = spec.resolution === 'DNS' || spec.resolution === 'DNS_ROUND_ROBIN';
  return isDns ? ports.map((port) => ({ address: host, port, labels: {} })) : [];
}

function sliceEndpoints({ spec }: EndpointSlice): Found[] {
  if (spec.addressType === 'FQDN') return [];
  const ports = (spec.ports ?? []).map(({ name }) => ({ name: name ?? '' }));
  const addresses = (spec.endpoints ?? []).flatMap((endpoint) => endpoint.addresses ?? []);
  return addresses.flatMap((address) => ports.map((port) => ({ address, port, labels: {} })));
}

/** What Istio adds to the labels of an endpoint from its other fields; mirrors `AugmentLabels`. */
function augmentLabels({ labels = {}, locality, network }: WorkloadEntry): Labels {
  const [region, zone, subzone] = (locality ?? '').split('/');
  return {
    ...labels,
    ...(region && { 'topology.kubernetes.io/region': region }),
    ...(zone && { 'topology.kubernetes.io/zone': zone }),
    ...(subzone && { 'topology.istio.io/subzone': subzone }),
    ...(network && { 'topology.istio.io/network': network }),
  };
}
