import { virtualHostName } from '../envoy/names.ts';
import type { Route, RouteConfiguration, VirtualHost } from '../envoy/types.ts';
import { isWildcard, matches } from '../hostname.ts';
import { compareText } from '../istio/mesh.ts';
import { isHttpOrSniffed } from '../istio/protocol.ts';
import type { Labels } from '../istio/types.ts';
import type { SourceRef } from '../manifest/source.ts';
import { clusterName } from './clusters.ts';
import type { Exclusion } from './decisions.ts';
import type { MergedVirtualService } from './delegates.ts';
import type { RegistryService } from './registry.ts';
import type { DestinationContext } from './routeActions.ts';
import { matchAll } from './routeMatch.ts';
import { buildHttpRoutes } from './routes.ts';
import { bracketed, serviceDomains } from './sidecarDomains.ts';
import type { EgressListener } from './sidecarScope.ts';
import { meshGateway } from './virtualServices.ts';

export interface SidecarRouteInput {
  readonly egress: readonly EgressListener[];
  readonly proxy: { readonly namespace: string; readonly labels: Labels };
  /** Whether a cluster exists, and why not. */
  readonly missing: DestinationContext['missing'];
  /** What takes hosts that nobody knows. */
  readonly wayOut: VirtualHost;
}

export interface SidecarRoutes {
  readonly routeConfigs: ReadonlyMap<string, RouteConfiguration>;
  readonly exclusions: readonly Exclusion[];
}

/**
 * The route configurations that listeners ask for: `<port>` holds the virtual hosts of all HTTP services of that port and the way out,
 * `<hostname>:<port>` the one of that service, whatever the Host header says. Mirrors `buildSidecarOutboundHTTPRouteConfig`.
 */
export function sidecarRouteConfigs(names: Iterable<string>, input: SidecarRouteInput): SidecarRoutes {
  const ports = new Map<number, PortRoutes>();
  const routeConfigs = new Map<string, RouteConfiguration>();
  for (const name of names) {
    const colon = name.lastIndexOf(':');
    const port = Number(name.slice(colon + 1));
    const built = ports.get(port) ?? virtualHostsOf(port, input);
    ports.set(port, built);
    const virtualHosts =
      colon < 0 ? [...built.virtualHosts, input.wayOut] : onlyService(built, name.slice(0, colon));
    routeConfigs.set(name, routeConfiguration(name, virtualHosts));
  }
  return { routeConfigs, exclusions: [...ports.values()].flatMap(({ exclusions }) => exclusions) };
}

/** Envoy refuses a configuration as a whole for a route without a usable action, and for a domain that two virtual hosts have. */
function routeConfiguration(name: string, virtualHosts: readonly VirtualHost[]): RouteConfiguration {
  const invalid = virtualHosts.flatMap(({ routes }) =>
    routes.filter(({ action }) => action.kind === 'invalid'),
  );
  const everyHost = virtualHosts.filter(({ domains }) => domains.includes('*'));
  const refusedFor = [
    ...invalid.flatMap(({ origin }) => origin.slice(0, 1)),
    ...(everyHost.length > 1 ? everyHost.flatMap(({ origin }) => origin.slice(0, 1)) : []),
  ];
  return { name, virtualHosts, ...((invalid.length > 0 || everyHost.length > 1) && { refusedFor }) };
}

interface PortRoutes {
  /** By name. */
  readonly virtualHosts: readonly VirtualHost[];
  readonly exclusions: readonly Exclusion[];
}

/** Mirrors `getVirtualHostsForSniffedServicePort`. */
function onlyService({ virtualHosts }: PortRoutes, host: string): readonly VirtualHost[] {
  const found = virtualHosts.filter(({ domains }) => domains.includes(host));
  return found.length === 1 ? found.map((virtualHost) => ({ ...virtualHost, domains: ['*'] })) : found;
}

/** What one virtual service, or a service without one, brings; mirrors `VirtualHostWrapper`. */
interface Contribution {
  readonly routes: readonly Route[];
  readonly hosts: readonly string[];
  readonly services: readonly RegistryService[];
  readonly by?: MergedVirtualService;
}

/** Mirrors `BuildSidecarOutboundVirtualHosts` and `BuildSidecarVirtualHostWrapper`. */
function virtualHostsOf(port: number, input: SidecarRouteInput): PortRoutes {
  const listener = input.egress.find((egress) => !egress.port || egress.port.number === port);
  if (!listener) return { virtualHosts: [], exclusions: [] };
  const services = servicesOn(port, listener);
  const contributions: Contribution[] = [];
  const exclusions: Exclusion[] = [];
  for (const virtualService of listener.virtualServices) {
    const targets = targetsOf(virtualService, services, listener, port);
    if (!targets) continue;
    const built = buildHttpRoutes(virtualService, {
      gateway: meshGateway,
      isTls: false,
      proxy: input.proxy,
      listenPort: port,
      lookupService: (host) => services.aliases.get(host),
      missing: input.missing,
    });
    exclusions.push(...built.exclusions);
    if (built.routes.length > 0) contributions.push({ ...targets, routes: built.routes, by: virtualService });
  }
  const taken = new Set(contributions.flatMap((contribution) => contribution.services));
  for (const service of services.byHost.values()) {
    if (!taken.has(service) && service.resolution !== 'alias' && speaksHttp(service)) {
      contributions.push({ routes: [defaultRoute(service, port, input)], hosts: [], services: [service] });
    }
  }
  const virtualHosts = joinContributions(contributions, port, input.proxy.namespace, exclusions);
  return { virtualHosts: virtualHosts.sort((a, b) => compareText(a.name, b.name)), exclusions };
}

/** The services that have a port, each reduced to it. */
interface PortServices {
  /**
   * By name; keys in lower case, as the hosts of the services here. ExternalNames come last: where a wildcard virtual service has one of them and
   * what it stands for, Istio's order varies from run to run.
   */
  readonly byHost: ReadonlyMap<string, RegistryService>;
  /** ExternalName services that have the port, as destinations: without ports, since the dialled one counts. */
  readonly aliases: ReadonlyMap<string, RegistryService>;
  /** Hosts as written, by lower-case host. */
  readonly written: ReadonlyMap<string, string>;
}

function servicesOn(number: number, listener: EgressListener): PortServices {
  const found = new Map<string, RegistryService>();
  const written = new Map<string, string>();
  for (const service of listener.services) {
    const port = service.ports.find((candidate) => candidate.number === number);
    if (!port || port.protocol === 'UDP') continue;
    const host = service.host.toLowerCase();
    written.set(host, service.host);
    found.set(host, { ...service, host, ports: [port] });
  }
  const byHost = new Map(
    [...found].sort(([a, left], [b, right]) => rankOf(left) - rankOf(right) || compareText(a, b)),
  );
  const aliases = new Map(
    [...byHost].flatMap(([host, service]) =>
      service.externalName === undefined ? [] : [[host, { ...service, ports: [] }] as const],
    ),
  );
  return { byHost, aliases, written };
}

function rankOf({ resolution }: RegistryService): number {
  return resolution === 'alias' ? 1 : 0;
}

function speaksHttp({ ports }: RegistryService): boolean {
  return ports.some(({ protocol }) => isHttpOrSniffed(protocol));
}

/**
 * The services whose HTTP a virtual service decides on a port, and its hosts that are no services: these count on port 80, or beside a service.
 * Undefined if it has neither. Mirrors `separateVSHostsAndServices` and `buildSidecarVirtualHostsForVirtualService`.
 */
function targetsOf(
  virtualService: MergedVirtualService,
  { byHost, written }: PortServices,
  listener: EgressListener,
  port: number,
): Pick<Contribution, 'hosts' | 'services'> | undefined {
  const hosts: string[] = [];
  const services: RegistryService[] = [];
  const exact = virtualService.hosts.filter((host) => !isWildcard(host)).map((host) => host.toLowerCase());
  for (const host of exact) {
    const service = byHost.get(host);
    if (service) services.push(service);
    else hosts.push(host);
  }
  for (const host of virtualService.hosts) {
    if (!isWildcard(host)) continue;
    const wildcard = host.toLowerCase();
    let overlaps = false;
    for (const [name, service] of byHost) {
      if (!matches(name, wildcard)) continue;
      overlaps = true;
      // The index goes by hosts as they are written, and is asked in lower case.
      if (written.get(name) === name && listener.nearest.get(name) === virtualService) services.push(service);
    }
    if (!overlaps) hosts.push(wildcard);
  }
  const spoken = services.filter(speaksHttp);
  if (spoken.length > 0) return { hosts, services: spoken };
  return port === 80 && hosts.length > 0 ? { hosts, services: [] } : undefined;
}

/** Mirrors `BuildDefaultHTTPOutboundRoute`. */
function defaultRoute(service: RegistryService, port: number, { missing }: SidecarRouteInput): Route {
  const name = clusterName(port, '', service.host);
  const absent = missing(name, undefined);
  return forwardAll('default', name, service.origin, absent);
}

/** A route that sends everything to one cluster, without a virtual service. */
export function forwardAll(
  name: string,
  cluster: string,
  origin: readonly SourceRef[],
  missing?: ReturnType<DestinationContext['missing']>,
): Route {
  return {
    name,
    match: matchAll,
    action: {
      kind: 'forward',
      clusters: [{ name: cluster, weight: 100, origin, portFrom: 'listener', ...(missing && { missing }) }],
      weighted: false,
      requestHeaders: { remove: [], set: [], add: [] },
      mirrors: [],
    },
    responseHeaders: { remove: [], set: [], add: [] },
    origin,
  };
}

/** Of equal names the first virtual host counts alone, of equal domains the first one has it. */
function joinContributions(
  contributions: readonly Contribution[],
  port: number,
  namespace: string,
  exclusions: Exclusion[],
): VirtualHost[] {
  const known = new Set(contributions.flatMap(({ services }) => services.map(({ host }) => host)));
  const holders = new Map<string, Contribution>();
  const used = new Set<string>();
  const virtualHosts: VirtualHost[] = [];
  for (const contribution of contributions) {
    const add = (host: string, service?: RegistryService): void => {
      const name = virtualHostName(host, port);
      const holder = holders.get(name);
      if (holder) {
        if (contribution.by && contribution !== holder) {
          const by = holder.by ? [holder.by.at] : [];
          exclusions.push({ kind: 'host-taken', at: contribution.by.at, by, host });
        }
        return;
      }
      holders.set(name, contribution);
      const names = service ? serviceDomains(service, namespace) : undefined;
      const domains = (names?.domains ?? [bracketed(host)]).filter((domain) => {
        const key = domain.toLowerCase();
        if (used.has(key) || (names?.alternatives.has(domain) && known.has(domain))) return false;
        used.add(key);
        return true;
      });
      if (domains.length === 0) return;
      const origin = [
        ...(contribution.by ? [hostRef(contribution.by, host)] : []),
        ...(service?.origin ?? []),
      ];
      virtualHosts.push({ name, domains, routes: contribution.routes, requireTls: false, origin });
    };
    for (const host of contribution.hosts) add(host);
    for (const service of contribution.services) add(service.host, service);
  }
  return virtualHosts;
}

/** `spec.hosts[i]` that stands for the host: that very one, else a wildcard over it, else the list. */
function hostRef({ hosts, at }: MergedVirtualService, host: string): SourceRef {
  const same = hosts.findIndex((candidate) => candidate.toLowerCase() === host);
  const index = same >= 0 ? same : hosts.findIndex((candidate) => matches(candidate.toLowerCase(), host));
  return { object: at.object, path: index < 0 ? ['spec', 'hosts'] : ['spec', 'hosts', index] };
}
