import type { PortProtocol } from '../istio/protocol.ts';
import type { Destination } from '../istio/types.ts';
import type { MergedVirtualService } from './delegates.ts';
import { isVisible, withPort } from './registry.ts';
import type { Registry, RegistryService } from './registry.ts';

/**
 * The services that the imported virtual services send to: they need clusters even if the Sidecar does not import them. With a port in the
 * egress entry, or in every destination of a virtual service that names the host, only those ports count. Mirrors `collectImportedServices`.
 */
export function destinationServices(
  listener: {
    readonly port?: { readonly number: number; readonly protocol: PortProtocol };
    readonly virtualServices: readonly MergedVirtualService[];
  },
  registry: Registry,
  namespace: string,
): RegistryService[] {
  const found: RegistryService[] = [];
  for (const virtualService of listener.virtualServices) {
    for (const [host, ports] of destinationPorts(virtualService, namespace)) {
      const service = pickService(registry, host, namespace);
      if (!service) continue;
      const number = listener.port?.protocol === 'HTTP_PROXY' ? 0 : (listener.port?.number ?? 0);
      const reduced = number !== 0 ? withPort(service, number) : withPorts(service, ports);
      if (reduced) found.push(reduced);
    }
  }
  return found;
}

/** Ports by host; 0 stands for a destination without a port. Mirrors `virtualServiceDestinationsFilteredBySourceNamespace`. */
function destinationPorts(
  { http, tcp, tls }: MergedVirtualService,
  namespace: string,
): ReadonlyMap<string, ReadonlySet<number>> {
  const ports = new Map<string, Set<number>>();
  const add = (destination: Destination | undefined): void => {
    if (!destination) return;
    const host = destination.host ?? '';
    const numbers = ports.get(host) ?? new Set();
    numbers.add(destination.port?.number ?? 0);
    ports.set(host, numbers);
  };
  for (const { route } of http) {
    const sources = (route.match ?? []).map(({ sourceNamespace }) => sourceNamespace).filter(Boolean);
    if (sources.length > 0 && !sources.includes(namespace)) continue;
    for (const { destination } of route.route ?? []) add(destination);
    add(route.mirror);
    for (const { destination } of route.mirrors ?? []) add(destination);
  }
  for (const { route } of [...tcp, ...tls]) for (const { destination } of route ?? []) add(destination);
  return ports;
}

/** The one of the client's namespace, hidden or not; else of those that it may see a Kubernetes Service, else the oldest. */
function pickService(registry: Registry, host: string, namespace: string): RegistryService | undefined {
  const byNamespace = registry.byHost.get(host);
  const own = byNamespace?.get(namespace);
  if (own || !byNamespace) return own;
  const visible = [...byNamespace.values()].filter((service) => isVisible(service, namespace));
  return (
    visible.find(({ from }) => from === 'kubernetes') ??
    visible.reduce<RegistryService | undefined>(
      (oldest, service) => (oldest && oldest.creationTime <= service.creationTime ? oldest : service),
      undefined,
    )
  );
}

/** Mirrors `serviceMatchingVirtualServicePorts`. */
function withPorts(service: RegistryService, ports: ReadonlySet<number>): RegistryService | undefined {
  if (ports.has(0)) return service;
  const kept = service.ports.filter(({ number }) => ports.has(number));
  if (kept.length === service.ports.length) return service;
  return kept.length > 0 ? { ...service, ports: kept } : undefined;
}
