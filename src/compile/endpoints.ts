import type { EndpointSlice, Labels, ServiceEntry, WorkloadEntry } from '../istio/types.ts';
import { serviceHostname } from './registry.ts';
import type { Registry, RegistryPort, RegistryService } from './registry.ts';

/** Where a port of a service leads, as far as it decides which clusters and listeners there are. */
export interface Endpoint {
  readonly address: string;
  /** The service's port: those of a ServiceEntry are found by number, those of an EndpointSlice by name. */
  readonly port: { readonly number: number } | { readonly name: string };
  readonly labels: Labels;
}

/** Endpoints by `namespace/host`. */
export type EndpointIndex = ReadonlyMap<string, readonly Endpoint[]>;

/**
 * The endpoints that ServiceEntries and EndpointSlices name, gathered by namespace and host: all ServiceEntries of one host count together, whether
 * or not their services are joined or seen. A DNS entry that names none has its host as the only one. Mirrors
 * `convertServiceEntryToInstances`, `updateEndpointCacheForSlice` and `instancesByPort`. Those that a `workloadSelector` would pick are not
 * known.
 */
export function indexEndpoints(registry: Registry): EndpointIndex {
  const index = new Map<string, Endpoint[]>();
  const add = (namespace: string, host: string, endpoints: readonly Endpoint[]): void => {
    const key = `${namespace}/${host}`;
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

/** Those of one port of a service; mirrors `ServiceEndpointsByPort`. */
export function endpointsFor(
  index: EndpointIndex,
  service: Pick<RegistryService, 'host' | 'namespace'>,
  port: Pick<RegistryPort, 'number' | 'name'>,
): readonly Endpoint[] {
  const all = index.get(`${service.namespace}/${service.host}`) ?? [];
  return all.filter(({ port: own }) =>
    'number' in own ? own.number === port.number : own.name === port.name,
  );
}

function entryEndpoints({ spec }: ServiceEntry, host: string): Endpoint[] {
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

function sliceEndpoints({ spec }: EndpointSlice): Endpoint[] {
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
