import { isIpAddress, readIpPrefix } from '../ipAddress.ts';
import { compareByAge, compareText } from '../istio/mesh.ts';
import { clusterDomain } from '../istio/meshConfig.ts';
import { parseProtocol, servicePortProtocol } from '../istio/protocol.ts';
import type { PortProtocol } from '../istio/protocol.ts';
import type { EndpointSlice, Labels, Mesh, Service, ServiceEntry } from '../istio/types.ts';
import type { SourceRef } from '../manifest/source.ts';
import { inventAddresses } from './inventAddresses.ts';

export interface RegistryPort {
  readonly number: number;
  readonly name: string;
  readonly protocol: PortProtocol;
  readonly at: SourceRef;
}

/**
 * How a service's endpoints are found; Istio's `ClientSideLB`, `DNSLB`, `DNSRoundRobinLB`, `Passthrough`, `DynamicDNS`, `Alias`. A headless
 * Service is `none`, an ExternalName an `alias`.
 */
export type Resolution = 'static' | 'dns' | 'dns-round-robin' | 'none' | 'dynamic-dns' | 'alias';

/** Another name of a service: an ExternalName Service that leads to it. */
export interface Alias {
  readonly host: string;
  readonly namespace: string;
}

/** A Kubernetes Service, or one host with one address of a ServiceEntry. */
export interface RegistryService {
  readonly host: string;
  readonly namespace: string;
  /** What it is sorted by among services of equal age: the name of a Service, the host of a ServiceEntry. */
  readonly name: string;
  readonly creationTime: number;
  readonly from: 'kubernetes' | 'service-entry';
  readonly ports: readonly RegistryPort[];
  readonly resolution: Resolution;
  /** An address, a range, or `0.0.0.0` for none. */
  readonly address: string;
  /** The manifest has no address where a cluster would have given one. */
  readonly invented: boolean;
  /** As written, without repetition: empty if nothing is. */
  readonly exportTo: readonly string[];
  readonly labels: Labels;
  readonly selector: Labels;
  /** Of a ServiceEntry: `MESH_EXTERNAL`; an ExternalName is external too. */
  readonly external: boolean;
  readonly externalName?: string;
  /** By namespace, then host. */
  readonly aliases: readonly Alias[];
  /** The objects that it was made from: several once services are joined. */
  readonly origin: readonly SourceRef[];
}

/** Every service, seen or not. */
export interface Registry {
  /** Oldest first, then by name, then by namespace. */
  readonly services: readonly RegistryService[];
  /** Host, then namespace: the one that a namespace has under a host, a Kubernetes Service before the oldest ServiceEntry. */
  readonly byHost: ReadonlyMap<string, ReadonlyMap<string, RegistryService>>;
  readonly serviceEntries: readonly ServiceEntry[];
  readonly endpointSlices: readonly EndpointSlice[];
}

/** The address of a service that has none; mirrors `constants.UnspecifiedIP`. */
export const noAddress = '0.0.0.0';

/** Mirrors `initServiceRegistry`, with `ConvertService` and `convertServices` before it. */
export function buildRegistry(mesh: Mesh): Registry {
  const addresses = inventAddresses(mesh);
  const found = [
    ...mesh.services.map((service) => fromService(service, addresses.get(service))),
    ...mesh.serviceEntries.flatMap(fromServiceEntry),
  ].sort(compareByAge);
  const services = withAliases(found);
  const { serviceEntries, endpointSlices } = mesh;
  return { services, byHost: indexByHost(services), serviceEntries, endpointSlices };
}

/** Whether workloads of a namespace may see the service; mirrors `IsServiceVisible`. */
export function isVisible(service: RegistryService, namespace: string): boolean {
  const { exportTo } = service;
  if (exportTo.length === 0 || exportTo.includes('*')) return true;
  return (service.namespace === namespace && exportTo.includes('.')) || exportTo.includes(namespace);
}

/**
 * The services that a namespace sees: first those that are exported to it alone or by name, then public ones, each by age. One that has `~`
 * beside names is hidden from all. Mirrors `servicesExportedToNamespace`.
 */
export function servicesExportedTo(registry: Registry, namespace: string): RegistryService[] {
  const byName: RegistryService[] = [];
  const everyone: RegistryService[] = [];
  for (const service of registry.services) {
    const { exportTo } = service;
    if (exportTo.length === 0 || exportTo.includes('*')) everyone.push(service);
    else if (!exportTo.includes('~') && isVisible(service, namespace)) byName.push(service);
  }
  return [...byName, ...everyone];
}

/** The service with that port alone, undefined if it has none; mirrors `serviceMatchingListenerPort`. */
export function withPort(service: RegistryService, number: number): RegistryService | undefined {
  const port = service.ports.find((candidate) => candidate.number === number);
  if (!port) return undefined;
  return service.ports.length === 1 ? service : { ...service, ports: [port] };
}

/** The hostname of a Kubernetes Service; mirrors `ServiceHostname`. */
export function serviceHostname(name: string, namespace: string): string {
  return `${name}.${namespace}.svc.${clusterDomain}`;
}

function fromService(service: Service, invented: string | undefined): RegistryService {
  const { spec, namespace, name, at } = service;
  const externalName = spec.type === 'ExternalName' && spec.externalName ? spec.externalName : undefined;
  const headless = spec.clusterIP === 'None';
  const written = headless || !spec.clusterIP ? undefined : (spec.clusterIPs?.[0] ?? spec.clusterIP);
  return {
    host: serviceHostname(name, namespace),
    namespace,
    name,
    creationTime: service.creationTime,
    from: 'kubernetes',
    ports: (spec.ports ?? []).map((port, index) => ({
      number: port.port ?? 0,
      name: port.name ?? '',
      protocol: servicePortProtocol({ ...port, port: port.port ?? 0 }),
      at: { object: at, path: ['spec', 'ports', index] },
    })),
    resolution: headless ? 'none' : externalName ? 'alias' : 'static',
    address: written ?? invented ?? noAddress,
    invented: invented !== undefined,
    exportTo: exportAnnotation(service),
    labels: service.labels,
    selector: spec.selector ?? {},
    external: externalName !== undefined,
    ...(externalName && { externalName }),
    aliases: [],
    origin: [{ object: at, path: [] }],
  };
}

function exportAnnotation(service: Service): readonly string[] {
  const text = service.annotations['networking.istio.io/exportTo'];
  return text ? [...new Set(text.split(',').map((entry) => entry.trim()))] : [];
}

const resolutions: Readonly<Record<string, Resolution>> = {
  STATIC: 'static',
  DNS: 'dns',
  DNS_ROUND_ROBIN: 'dns-round-robin',
  NONE: 'none',
  DYNAMIC_DNS: 'dynamic-dns',
};

/** One service for each host and address. */
function fromServiceEntry(entry: ServiceEntry): RegistryService[] {
  const { spec, namespace, at } = entry;
  const addresses = spec.addresses?.length ? spec.addresses.flatMap(readAddress) : [noAddress];
  const ports = (spec.ports ?? []).map((port, index): RegistryPort => ({
    number: port.number ?? 0,
    name: port.name ?? '',
    protocol: parseProtocol(port.protocol ?? ''),
    at: { object: at, path: ['spec', 'ports', index] },
  }));
  return (spec.hosts ?? []).flatMap((host) =>
    addresses.map((address) => ({
      host,
      namespace,
      name: host,
      creationTime: entry.creationTime,
      from: 'service-entry' as const,
      ports,
      resolution: resolutions[spec.resolution ?? 'NONE'] ?? 'none',
      address,
      invented: false,
      exportTo: [...new Set(spec.exportTo)],
      labels: entry.labels,
      selector: spec.workloadSelector?.labels ?? {},
      external: (spec.location ?? 'MESH_EXTERNAL') === 'MESH_EXTERNAL',
      aliases: [],
      origin: [{ object: at, path: [] }],
    })),
  );
}

/** A range of one address is that address; what is neither an address nor a range is left out. */
function readAddress(text: string): string[] {
  if (isIpAddress(text)) return [text];
  const prefix = readIpPrefix(text);
  if (!prefix) return [];
  return prefix.length === prefix.address.bits ? [text.slice(0, text.lastIndexOf('/'))] : [text];
}

/** Gives services the names of the ExternalName Services that lead to them, over any number of steps; mirrors `resolveServiceAliases`. */
function withAliases(services: readonly RegistryService[]): readonly RegistryService[] {
  const next = new Map(
    services.flatMap(({ host, externalName }) => (externalName === undefined ? [] : [[host, externalName]])),
  );
  if (next.size === 0) return services;
  const ends = new Map<string, string | undefined>();
  const aliases = new Map<string, Alias[]>();
  for (const { host, namespace, externalName } of services) {
    const target = externalName === undefined ? undefined : lastName(externalName, next, ends);
    if (target === undefined) continue;
    const list = aliases.get(target);
    if (list) list.push({ host, namespace });
    else aliases.set(target, [{ host, namespace }]);
  }
  for (const list of aliases.values()) {
    list.sort((a, b) => compareText(a.namespace, b.namespace) || compareText(a.host, b.host));
  }
  return services.map((service) => {
    const list = aliases.get(service.host);
    return list ? { ...service, aliases: list } : service;
  });
}

/** Where a chain of ExternalNames ends, undefined if it runs in a circle. `ends` remembers it for every name on the way. */
function lastName(
  first: string,
  next: ReadonlyMap<string, string>,
  ends: Map<string, string | undefined>,
): string | undefined {
  const way = new Set<string>();
  let name = first;
  let following = next.get(name);
  while (following !== undefined && !way.has(name) && !ends.has(name)) {
    way.add(name);
    name = following;
    following = next.get(name);
  }
  const end = ends.has(name) ? ends.get(name) : way.has(name) ? undefined : name;
  for (const passed of way) ends.set(passed, end);
  return end;
}

function indexByHost(services: readonly RegistryService[]): Map<string, Map<string, RegistryService>> {
  const index = new Map<string, Map<string, RegistryService>>();
  for (const service of services) {
    let byNamespace = index.get(service.host);
    if (!byNamespace) {
      byNamespace = new Map();
      index.set(service.host, byNamespace);
    }
    const before = byNamespace.get(service.namespace);
    if (!before || (before.from !== 'kubernetes' && service.from === 'kubernetes')) {
      byNamespace.set(service.namespace, service);
    }
  }
  return index;
}
