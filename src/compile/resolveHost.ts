import { isWildcard, subsetOf } from '../hostname.ts';
import { isIpAddress, readIpPrefix } from '../ipAddress.ts';
import { clusterDomain } from '../istio/meshConfig.ts';
import type { SourceRef } from '../manifest/source.ts';
import { endpointsFor, indexEndpoints } from './endpoints.ts';
import { inventExternalAddress } from './inventAddresses.ts';
import { noAddress, servicesExportedTo } from './registry.ts';
import type { Registry, RegistryService } from './registry.ts';

/** What a dialled name is for the caller's DNS. */
export interface ResolvedHost {
  readonly address: string;
  /** The service behind the name or the address, and the ExternalNames on the way to it; empty: nothing in the manifests has it. */
  readonly by: readonly SourceRef[];
  /** No manifest says the address. */
  readonly invented: boolean;
}

/**
 * The address that a client in `namespace` dials for a host as it stands in a URL, without port: an address as it is; a Service by its names as
 * cluster DNS completes them, whether or not Istio lets the client see it; a ServiceEntry's host by its first address. A headless Service
 * is one of its endpoints, an ExternalName what it stands for. Where the manifests have no address, one is made up.
 */
export function resolveHost(registry: Registry, host: string, namespace: string): ResolvedHost {
  const name = plainName(host);
  if (isIpAddress(name)) {
    const owners = registry.services.filter(({ address }) => address === name);
    return { address: name, by: owners.flatMap(({ origin }) => origin), invented: false };
  }
  return resolveName(registry, name, namespace, new Set());
}

/** Lower case, without the brackets of an IPv6 address and without a dot at the end. */
function plainName(host: string): string {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  return bare.replace(/\.$/, '').toLowerCase();
}

function resolveName(registry: Registry, name: string, namespace: string, seen: Set<string>): ResolvedHost {
  const service = findService(registry, name, namespace);
  if (!service) return invented(registry, name, []);
  if (service.externalName !== undefined) {
    const target = plainName(service.externalName);
    // In a circle DNS finds nothing.
    if (seen.has(target)) return invented(registry, name, service.origin);
    seen.add(target);
    const found = resolveName(registry, target, namespace, seen);
    return { ...found, by: [...service.origin, ...found.by] };
  }
  const found = addressOf(registry, service);
  return found ? { ...found, by: service.origin } : invented(registry, name, service.origin);
}

/** Kubernetes' search list before the name as such; of ServiceEntries those that the client may see first, exact hosts before wildcards. */
function findService(registry: Registry, name: string, namespace: string): RegistryService | undefined {
  const searched = [`${namespace}.svc.${clusterDomain}`, `svc.${clusterDomain}`, clusterDomain];
  for (const candidate of [...searched.map((suffix) => `${name}.${suffix}`), name]) {
    const found = [...(registry.byHost.get(candidate)?.values() ?? [])];
    const service = found.find(({ from }) => from === 'kubernetes');
    if (service) return service;
  }
  const seen = servicesExportedTo(registry, namespace);
  const over = seen
    .filter(({ host }) => isWildcard(host) && subsetOf(name, host))
    .sort((a, b) => b.host.length - a.host.length);
  return (
    seen.find(({ host }) => host === name) ?? [...(registry.byHost.get(name)?.values() ?? [])][0] ?? over[0]
  );
}

interface Address {
  readonly address: string;
  readonly invented: boolean;
}

function addressOf(registry: Registry, service: RegistryService): Address | undefined {
  const { address } = service;
  if (address.includes('/')) return { address: someAddress(address), invented: true };
  if (address !== noAddress) return { address, invented: service.invented };
  if (service.from !== 'kubernetes') return undefined;
  const index = indexEndpoints(registry);
  const endpoints = service.ports.flatMap((port) => endpointsFor(index, service, port));
  const found = endpoints.find((endpoint) => isIpAddress(endpoint.address));
  return found && { address: found.address, invented: false };
}

/** One address of a range: of IPv4 not the one that names the network. */
function someAddress(range: string): string {
  const written = range.slice(0, range.indexOf('/'));
  const prefix = readIpPrefix(range);
  if (prefix?.address.bits !== 32) return written;
  const rest = prefix.address.value & ((1n << BigInt(32 - prefix.length)) - 1n);
  if (rest !== 0n) return written;
  const value = Number(prefix.address.value) + 1;
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff).join('.');
}

function invented(registry: Registry, name: string, by: readonly SourceRef[]): ResolvedHost {
  const taken = new Set(registry.services.map(({ address }) => address));
  return { address: inventExternalAddress(name, taken), by, invented: true };
}
