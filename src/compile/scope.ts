import type { SourceRef } from '../manifest/source.ts';
import type { Proxy } from './compiled.ts';
import type { Exclusion } from './decisions.ts';
import { isVisible, servicesExportedTo } from './registry.ts';
import type { Registry, RegistryService } from './registry.ts';

/** The services that one workload knows, one for each hostname: what its clusters are made of. */
export interface Scope {
  /** Of the workload. */
  readonly namespace: string;
  readonly registry: Registry;
  readonly services: readonly RegistryService[];
  readonly byHost: ReadonlyMap<string, RegistryService>;
  /** Services that are visible but lost their hostname to another. */
  readonly exclusions: readonly Exclusion[];
}

/** What a gateway's workload knows: every service that its namespace sees; mirrors `DefaultSidecarScopeForGateway`. */
export function scopeFor(registry: Registry, proxy: Pick<Proxy, 'namespace'>): Scope {
  return joinServices(registry, proxy.namespace, servicesExportedTo(registry, proxy.namespace));
}

/**
 * One service for each hostname, in the order in which they first appear: a Kubernetes Service displaces ServiceEntries, ServiceEntries that
 * are alike in everything but their ports are joined, all other later ones are ignored. Mirrors `appendSidecarServices`.
 */
export function joinServices(
  registry: Registry,
  namespace: string,
  services: readonly RegistryService[],
): Scope {
  const byHost = new Map<string, RegistryService>();
  const exclusions: Exclusion[] = [];
  const shadow = (lost: RegistryService, by: RegistryService): void => {
    if (sameOrigin(lost, by)) return;
    for (const at of lost.origin)
      exclusions.push({ kind: 'service-shadowed', at, by: by.origin, host: by.host });
  };
  for (const service of services) {
    const existing = byHost.get(service.host);
    if (!existing) byHost.set(service.host, service);
    else if (existing === service) continue;
    else if (existing.from === 'kubernetes' && service.from !== 'kubernetes') shadow(service, existing);
    else if (existing.from !== 'kubernetes' && service.from === 'kubernetes') {
      shadow(existing, service);
      byHost.set(service.host, service);
    } else if (samePorts(existing, service)) continue;
    else if (isAlike(existing, service)) byHost.set(service.host, withPortsOf(existing, service));
    else shadow(service, existing);
  }
  return { namespace, registry, services: [...byHost.values()], byHost, exclusions };
}

/** The service that a hostname means to a TCP or TLS route; mirrors `ServiceForHostname`. */
export function scopeService(scope: Scope, host: string): RegistryService | undefined {
  return scope.byHost.get(host);
}

/**
 * The service that a hostname means to an HTTP route of a gateway: the first one that the virtual service's own namespace has, if the workload
 * may see it, else the scope's. Mirrors `buildNameToServiceMapForHTTPRoutes`.
 */
export function serviceForRoute(
  scope: Scope,
  host: string,
  virtualServiceNamespace: string,
): RegistryService | undefined {
  const own = scope.registry.byHost.get(host)?.get(virtualServiceNamespace);
  return own && isVisible(own, scope.namespace) ? own : scope.byHost.get(host);
}

function samePorts(a: RegistryService, b: RegistryService): boolean {
  if (a.ports.length !== b.ports.length) return false;
  return a.ports.every((port, index) => {
    const other = b.ports[index];
    return other?.number === port.number && other.name === port.name && other.protocol === port.protocol;
  });
}

/** Mirrors `canMergeServices`; `exportTo` counts as written, so none at all and `*` differ. */
function isAlike(a: RegistryService, b: RegistryService): boolean {
  return (
    a.namespace === b.namespace &&
    a.resolution === b.resolution &&
    a.from === b.from &&
    sameMap(a.labels, b.labels) &&
    sameMap(a.selector, b.selector) &&
    a.exportTo.length === b.exportTo.length &&
    a.exportTo.every((entry) => b.exportTo.includes(entry))
  );
}

function sameMap(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && a[key] === b[key])
  );
}

function withPortsOf(service: RegistryService, other: RegistryService): RegistryService {
  const added = other.ports.filter((port) => !service.ports.some(({ number }) => number === port.number));
  return { ...service, ports: [...service.ports, ...added], origin: joinRefs(service.origin, other.origin) };
}

function joinRefs(a: readonly SourceRef[], b: readonly SourceRef[]): readonly SourceRef[] {
  return [...a, ...b.filter((ref) => !a.some((known) => known.object === ref.object))];
}

function sameOrigin(a: RegistryService, b: RegistryService): boolean {
  return a.origin.every((ref) => b.origin.some((other) => other.object === ref.object));
}
