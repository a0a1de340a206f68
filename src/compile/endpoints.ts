import type { Labels, ServiceEntry, WorkloadEntry } from '../istio/types.ts';
import type { Registry, RegistryService } from './registry.ts';

/** Where a port of a ServiceEntry leads, as far as it decides which clusters there are. */
export interface Endpoint {
  readonly address: string;
  readonly portNumber: number;
  readonly labels: Labels;
}

/** Endpoints by `namespace/host`. */
export type EndpointIndex = ReadonlyMap<string, readonly Endpoint[]>;

/**
 * The endpoints that ServiceEntries name, gathered by namespace and host: all ServiceEntries of one host count together, whether or not their
 * services are joined or seen. A DNS entry that names none has its host as the only one. Mirrors `convertServiceEntryToInstances` and
 * `instancesByPort`. Those that a `workloadSelector` would pick are not known.
 */
export function indexEndpoints(registry: Registry): EndpointIndex {
  const index = new Map<string, Endpoint[]>();
  for (const entry of registry.serviceEntries) {
    for (const host of entry.spec.hosts ?? []) {
      const key = `${entry.namespace}/${host}`;
      const endpoints = endpointsOf(entry, host);
      const before = index.get(key);
      if (before) before.push(...endpoints);
      else index.set(key, endpoints);
    }
  }
  return index;
}

/** Those of one port of a service; mirrors `ServiceEndpointsByPort`. */
export function endpointsFor(
  index: EndpointIndex,
  service: Pick<RegistryService, 'host' | 'namespace'>,
  portNumber: number,
): readonly Endpoint[] {
  const all = index.get(`${service.namespace}/${service.host}`) ?? [];
  return all.filter((endpoint) => endpoint.portNumber === portNumber);
}

function endpointsOf({ spec }: ServiceEntry, host: string): Endpoint[] {
  const ports = (spec.ports ?? []).map(({ number }) => number ?? 0);
  if (spec.workloadSelector) return [];
  if (spec.endpoints?.length) {
    return spec.endpoints.flatMap((endpoint) => {
      const labels = augmentLabels(endpoint);
      return ports.map((portNumber) => ({ address: endpoint.address ?? '', portNumber, labels }));
    });
  }
  const isDns = spec.resolution === 'DNS' || spec.resolution === 'DNS_ROUND_ROBIN';
  return isDns ? ports.map((portNumber) => ({ address: host, portNumber, labels: {} })) : [];
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
