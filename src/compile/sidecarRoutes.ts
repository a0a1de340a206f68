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
import { buildHttpRoutes, hasRoutes } from './routes.ts';
import type { BuiltRoutes, RouteContext } from './routes.ts';
import { joinContributions, lazyHost } from './sidecarVirtualHosts.ts';
import type { Contribution, JoinedHosts } from './sidecarVirtualHosts.ts';
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
  /** Builds all routes. */
  readonly exclusions: () => readonly Exclusion[];
}

/**
 * The route configurations that listeners ask for: `<port>` holds the virtual hosts of all HTTP services of that port and the way out,
 * `<hostname>:<port>` the one of that service, whatever the Host header says. The routes of a virtual host are built when it is looked into, since a
 * call looks into one of hundreds. Mirrors `buildSidecarOutboundHTTPRouteConfig`.
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
    routeConfigs.set(name, routeConfiguration(name, virtualHosts, built.refused));
  }
  return { routeConfigs, exclusions: () => [...ports.values()].flatMap(({ exclusions }) => exclusions()) };
}

/** Envoy refuses a configuration as a whole for a route without a usable action, and for a domain that two virtual hosts have. */
function routeConfiguration(
  name: string,
  virtualHosts: readonly VirtualHost[],
  refused: JoinedHosts['refused'],
): RouteConfiguration {
  const invalid = virtualHosts.flatMap((virtualHost) => refused.get(virtualHost.name) ?? []);
  const everyHost = virtualHosts.filter(({ domains }) => domains.includes('*'));
  const twice = everyHost.length > 1 ? everyHost.flatMap(({ origin }) => origin.slice(0, 1)) : [];
  const refusedFor = [...invalid, ...twice];
  return { name, virtualHosts, ...((invalid.length > 0 || everyHost.length > 1) && { refusedFor }) };
}

interface PortRoutes extends Pick<JoinedHosts, 'virtualHosts' | 'refused'> {
  readonly exclusions: () => readonly Exclusion[];
}

/** Mirrors `getVirtualHostsForSniffedServicePort`. */
function onlyService({ virtualHosts }: PortRoutes, host: string): readonly VirtualHost[] {
  const found = virtualHosts.filter(({ domains }) => domains.includes(host));
  return found.length === 1 ? found.map((virtualHost) => lazyHost(virtualHost, ['*'], virtualHost)) : found;
}

/** Mirrors `BuildSidecarOutboundVirtualHosts` and `BuildSidecarVirtualHostWrapper`. */
function virtualHostsOf(port: number, input: SidecarRouteInput): PortRoutes {
  const listener = input.egress.find((egress) => !egress.port || egress.port.number === port);
  if (!listener) return { virtualHosts: [], refused: new Map(), exclusions: () => [] };
  const services = servicesOn(port, listener);
  const context: RouteContext = {
    gateway: meshGateway,
    isTls: false,
    proxy: input.proxy,
    listenPort: port,
    lookupService: (host) => services.aliases.get(host),
    missing: input.missing,
  };
  const contributions: Contribution[] = [];
  const built: (() => BuiltRoutes)[] = [];
  for (const virtualService of listener.virtualServices) {
    const targets = targetsOf(virtualService, services, listener, port);
    if (!targets) continue;
    const build = once(() => buildHttpRoutes(virtualService, context));
    built.push(build);
    if (!hasRoutes(virtualService, context)) continue;
    contributions.push({
      ...targets,
      by: virtualService,
      get routes() {
        return build().routes;
      },
    });
  }
  const taken = new Set(contributions.flatMap((contribution) => contribution.services));
  for (const service of services.byHost.values()) {
    if (!taken.has(service) && service.resolution !== 'alias' && speaksHttp(service)) {
      contributions.push({ routes: [defaultRoute(service, port, input)], hosts: [], services: [service] });
    }
  }
  const { virtualHosts, refused, lost } = joinContributions(contributions, port, input.proxy.namespace);
  return {
    virtualHosts: virtualHosts.toSorted((a, b) => compareText(a.name, b.name)),
    refused,
    exclusions: () => [...built.flatMap((build) => build().exclusions), ...lost],
  };
}

function once<Value>(compute: () => Value): () => Value {
  let value: { readonly computed: Value } | undefined;
  return () => (value ??= { computed: compute() }).computed;
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
    // UDP may have the same number.
    const port = service.ports.find((one) => one.number === number && one.protocol !== 'UDP');
    if (!port) continue;
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
