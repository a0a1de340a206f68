import type { Route, RouteConfiguration, VirtualHost } from '../envoy/types.ts';
import { virtualHostName } from '../envoy/names.ts';
import { compareSpecificity, intersect, isWildcard, namesForNamespace, subsetOf } from '../hostname.ts';
import { compareText } from '../istio/mesh.ts';
import type { SourceRef } from '../manifest/source.ts';
import { remember } from '../remember.ts';
import type { Exclusion } from './decisions.ts';
import type { MergedVirtualService } from './delegates.ts';
import type { GatewayContext } from './gatewayContext.ts';
import type { GatewayServer } from './gatewayServer.ts';
import { isCatchAll } from './routeMatch.ts';
import type { ProxyServices } from './proxyServices.ts';
import type { RegistryService } from './registry.ts';
import { buildHttpRoutes, type BuiltRoutes } from './routes.ts';
import { serviceForRoute } from './scope.ts';

interface OpenVirtualHost {
  readonly name: string;
  readonly domains: string[];
  /** The routes of each server and virtual service that have the host, one after the other. */
  readonly parts: (readonly Route[])[];
  /** The virtual services. */
  readonly origin: SourceRef[];
  readonly servers: Set<SourceRef>;
  readonly tlsRequiredBy: SourceRef[];
}

/**
 * The route configuration of servers that share one: a virtual host for each host that a server and a virtual service have in common. Mirrors
 * `buildGatewayHTTPRouteConfig`.
 */
export function routeConfig(
  name: string,
  servers: readonly GatewayServer[],
  context: GatewayContext,
): RouteConfiguration {
  const virtualHosts = new Map<string, OpenVirtualHost>();
  /** Routes are translated once for each Gateway and virtual service, by the first server that gets some. */
  const kept = new Map<string, Map<MergedVirtualService, BuiltRoutes>>();
  for (const server of servers) addServer(virtualHosts, kept, server, context);
  const [first] = servers;
  const list = virtualHosts.size === 0 && first ? [blackhole(first)] : finish(virtualHosts, context);
  const invalid = list.flatMap(({ routes }) => invalidRoutes(routes));
  return {
    name,
    virtualHosts: list,
    ...(invalid.length > 0 && { refusedFor: invalid.flatMap(({ origin }) => origin.slice(0, 1)) }),
  };
}

const invalidRoutes = remember((routes: readonly Route[]) =>
  routes.filter(({ action }) => action.kind === 'invalid'),
);

function addServer(
  virtualHosts: Map<string, OpenVirtualHost>,
  kept: Map<string, Map<MergedVirtualService, BuiltRoutes>>,
  server: GatewayServer,
  context: GatewayContext,
): void {
  const { gatewayKey, number, at } = server;
  const redirects = server.server.tls?.httpsRedirect ?? false;
  const redirectAt = { object: at.object, path: [...at.path, 'tls', 'httpsRedirect'] };
  const ofGateway = kept.get(gatewayKey) ?? new Map<MergedVirtualService, BuiltRoutes>();
  kept.set(gatewayKey, ofGateway);
  const usable = new Map<string, OfferedHosts>();
  for (const virtualService of context.virtualServicesMeeting(gatewayKey, server.hosts)) {
    const { namespace } = virtualService;
    const offered = usable.get(namespace) ?? offeredHosts(namesForNamespace(server.hosts, namespace));
    usable.set(namespace, offered);
    const hosts = hostsInCommon(offered, virtualService.hosts);
    if (hosts.length === 0) continue;
    context.usage.read(server, virtualService, 'http');
    const built = ofGateway.get(virtualService) ?? translate(virtualService, server, context);
    const { routes, rules } = built;
    if (routes.length === 0) continue;
    ofGateway.set(virtualService, built);
    const hostsAt = { object: virtualService.at.object, path: ['spec', 'hosts'] };
    const domains = hosts.map((host) => host.toLowerCase());
    for (const domain of domains) {
      const virtualHost = virtualHosts.get(domain) ?? openVirtualHost(virtualHosts, domain, number);
      virtualHost.parts.push(routes);
      virtualHost.origin.push(hostsAt);
      virtualHost.servers.add(at);
      if (redirects) virtualHost.tlsRequiredBy.push(redirectAt);
    }
    context.usage.bind({ server: at, virtualService: virtualService.at, domains, routes: rules });
  }
  if (!redirects) return;
  // With any namespace that stands in front of the host, as Istio does it.
  for (const host of server.hosts.map((one) => one.toLowerCase())) {
    const virtualHost = virtualHosts.get(host) ?? openVirtualHost(virtualHosts, host, number);
    virtualHost.servers.add(at);
    virtualHost.tlsRequiredBy.push(redirectAt);
  }
}

interface OfferedHosts {
  readonly all: readonly string[];
  readonly exact: ReadonlySet<string>;
  readonly wildcards: readonly string[];
}

function offeredHosts(all: readonly string[]): OfferedHosts {
  return { all, exact: new Set(all.filter((host) => !isWildcard(host))), wildcards: all.filter(isWildcard) };
}

/** The hosts that both cover, as `intersect` has them, but without comparing every pair. */
function hostsInCommon(offered: OfferedHosts, hosts: readonly string[]): readonly string[] {
  if (hosts.some(isWildcard)) return intersect(offered.all, hosts);
  return hosts.filter(
    (host) => offered.exact.has(host) || offered.wildcards.some((one) => subsetOf(host, one)),
  );
}

function openVirtualHost(
  virtualHosts: Map<string, OpenVirtualHost>,
  domain: string,
  port: number,
): OpenVirtualHost {
  const name = virtualHostName(domain, port);
  const opened: OpenVirtualHost = {
    name,
    domains: [domain],
    parts: [],
    origin: [],
    servers: new Set(),
    tlsRequiredBy: [],
  };
  virtualHosts.set(domain, opened);
  return opened;
}

const remembered = new WeakMap<
  MergedVirtualService,
  Map<string, { readonly services: ProxyServices; readonly built: BuiltRoutes }>
>();

/** Remembered as long as virtual service, services and workload are the same, so that an edit translates again what it changes. */
function translate(
  virtualService: MergedVirtualService,
  { gatewayKey, number, server }: GatewayServer,
  { services, usage }: GatewayContext,
): BuiltRoutes {
  const isTls = server.tls !== undefined;
  const known =
    remembered.get(virtualService) ?? new Map<string, { services: ProxyServices; built: BuiltRoutes }>();
  remembered.set(virtualService, known);
  const anywhere = `${services.proxy.id} ${gatewayKey}`;
  const here = `${anywhere} ${number} ${isTls}`;
  let entry = known.get(here);
  if (entry?.services !== services) entry = known.get(anywhere);
  if (entry?.services !== services) {
    const { proxy, missing, scope } = services;
    const lookupService = (host: string): RegistryService | undefined =>
      serviceForRoute(scope, host, virtualService.namespace);
    const context = { listenPort: number, gateway: gatewayKey, isTls, proxy, lookupService, missing };
    entry = { services, built: buildHttpRoutes(virtualService, context) };
    known.delete(anywhere);
    known.set(entry.built.sameAtAllServers ? anywhere : here, entry);
  }
  usage.exclude(entry.built.exclusions);
  return entry.built;
}

/** Servers for which nothing was found answer 404 to everything. */
function blackhole({ number, at }: GatewayServer): VirtualHost {
  return {
    name: virtualHostName('blackhole', number),
    domains: ['*'],
    routes: [],
    requireTls: false,
    origin: [at],
  };
}

function finish(virtualHosts: ReadonlyMap<string, OpenVirtualHost>, context: GatewayContext): VirtualHost[] {
  const finished = collapse(virtualHosts).map((open) => {
    const [only = [], ...more] = open.parts;
    // The usual virtual host has the routes of one virtual service, and shares its list.
    const { routes, exclusions } = more.length === 0 ? sortOnce(only) : sortRoutes(open.parts.flat());
    context.usage.exclude(exclusions);
    const { name, domains, tlsRequiredBy } = open;
    const origin = [...open.origin, ...open.servers];
    const requireTls = tlsRequiredBy.length > 0;
    return { name, domains, routes, requireTls, origin, ...(requireTls && { tlsRequiredBy }) };
  });
  return finished.sort((a, b) => compareText(a.name, b.name));
}

/**
 * Joins virtual hosts that have the very same routes, under the name of the most specific host. Mirrors `collapseDuplicateRoutes`: only the last one of
 * equal routes is compared with.
 */
function collapse(virtualHosts: ReadonlyMap<string, OpenVirtualHost>): OpenVirtualHost[] {
  const result: OpenVirtualHost[] = [];
  const known = new Map<string, OpenVirtualHost>();
  const numbers = new Map<readonly Route[], number>();
  // No route stands in two lists, so equal lists of lists are equal lists of routes.
  const numberOf = (part: readonly Route[]): number => {
    const number = numbers.get(part) ?? numbers.size;
    numbers.set(part, number);
    return number;
  };
  for (const host of [...virtualHosts.keys()].sort(compareSpecificity)) {
    const virtualHost = virtualHosts.get(host);
    if (!virtualHost) continue;
    const key = virtualHost.parts.map(numberOf).join(' ');
    const twin = known.get(key);
    if (twin && twin.tlsRequiredBy.length > 0 === virtualHost.tlsRequiredBy.length > 0) {
      for (const domain of virtualHost.domains) twin.domains.push(domain);
      for (const server of virtualHost.servers) twin.servers.add(server);
      continue;
    }
    known.set(key, virtualHost);
    result.push(virtualHost);
  }
  return result;
}

const sortOnce = remember((routes: readonly Route[]) => sortRoutes(routes));

/** Routes that match everything go to the end, where only the first of them can match. Mirrors `SortVHostRoutes`. */
function sortRoutes(routes: readonly Route[]): {
  readonly routes: readonly Route[];
  readonly exclusions: readonly Exclusion[];
} {
  const firstCatchAll = routes.findIndex(({ match }) => isCatchAll(match));
  if (firstCatchAll < 0 || firstCatchAll === routes.length - 1) return { routes, exclusions: [] };
  const catchAlls: Route[] = [];
  const others: Route[] = [];
  let movedPast = false;
  for (const route of routes) {
    if (isCatchAll(route.match)) catchAlls.push(route);
    else {
      movedPast ||= catchAlls.length > 0;
      others.push(route);
    }
  }
  const [first, ...dead] = catchAlls;
  if (!first) return { routes, exclusions: [] };
  const exclusions = dead.flatMap((route): Exclusion[] => {
    const [at] = route.origin;
    return at && route !== first ? [{ kind: 'after-catch-all', at, by: first.origin.slice(0, 1) }] : [];
  });
  const [moved] = first.origin;
  const last = others[others.length - 1];
  if (movedPast && moved && last)
    exclusions.push({ kind: 'moved-behind', at: moved, by: last.origin.slice(0, 1) });
  return { routes: [...others, ...catchAlls], exclusions };
}
