import type { Cluster, FilterChain, Listener, VirtualHost, WeightedCluster } from '../envoy/types.ts';
import type { Mesh } from '../istio/types.ts';
import type { SourceRef } from '../manifest/source.ts';
import { clientKey } from './clients.ts';
import { buildClusters, destinationCluster, missingCluster } from './clusters.ts';
import type { Proxy, ProxyConfig } from './compiled.ts';
import type { NotSimulated } from './decisions.ts';
import type { MergedVirtualServices } from './delegates.ts';
import { buildDestinationRules } from './destinationRules.ts';
import { indexEndpoints } from './endpoints.ts';
import type { EndpointIndex } from './endpoints.ts';
import { noAddress } from './registry.ts';
import type { Registry, RegistryService } from './registry.ts';
import { matchAll } from './routeMatch.ts';
import type { DestinationContext } from './routeActions.ts';
import { scopeService } from './scope.ts';
import { sidecarListeners } from './sidecarListeners.ts';
import type { ListenerInput } from './sidecarListeners.ts';
import { forwardAll, sidecarRouteConfigs } from './sidecarRoutes.ts';
import type { SidecarRouteInput } from './sidecarRoutes.ts';
import { buildSidecarScope } from './sidecarScope.ts';
import type { SidecarScope } from './sidecarScope.ts';

/** To the dialled address, whatever it is. */
const passthroughCluster = 'PassthroughCluster';
/** To nowhere. */
const blackHoleCluster = 'BlackHoleCluster';

/**
 * What the Envoy beside a workload gets for the calls that the workload makes: the mesh's rules compiled to the same types as a gateway's. The
 * catch-all listener is `virtualOutbound`. With `port` only what calls to that port can meet is built: its listeners and route configurations,
 * all clusters. Mirrors `buildSidecarOutboundListeners`, `BuildHTTPRoutes` and `BuildClusters`.
 */
export function compileSidecar(
  mesh: Mesh,
  merged: MergedVirtualServices,
  registry: Registry,
  proxy: Proxy,
  port?: number,
): ProxyConfig {
  const base = baseFor(mesh, merged, registry, proxy);
  const before = base.configs.get(port);
  if (before) return before;
  const config = compilePorts(base, proxy, port);
  base.configs.set(port, config);
  return config;
}

/** What the workload knows; remembered with its configurations. */
export function sidecarScopeOf(
  mesh: Mesh,
  merged: MergedVirtualServices,
  registry: Registry,
  proxy: Proxy,
): SidecarScope {
  return baseFor(mesh, merged, registry, proxy).sidecarScope;
}

/** What all ports of a workload share, and the configurations that were made of it. */
interface Base {
  readonly sidecarScope: SidecarScope;
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly endpoints: EndpointIndex;
  readonly missing: DestinationContext['missing'];
  readonly wayOut: WayOut;
  readonly configs: Map<number | undefined, ProxyConfig>;
}

/** By the mesh, which all else is made from and which is new whenever something has changed, and by workload. */
const remembered = new WeakMap<Mesh, Map<string, Base>>();
const mostRemembered = 16;

function baseFor(mesh: Mesh, merged: MergedVirtualServices, registry: Registry, proxy: Proxy): Base {
  const bases = remembered.get(mesh) ?? new Map<string, Base>();
  remembered.set(mesh, bases);
  const key = `${proxy.id} ${clientKey(proxy)}`;
  const before = bases.get(key);
  if (before) return before;
  const sidecarScope = buildSidecarScope(mesh, merged, registry, proxy);
  const clusterInput = { scope: sidecarScope.scope, destinationRules: buildDestinationRules(mesh), proxy };
  const clusters = new Map<string, Cluster>([
    ...buildClusters(clusterInput),
    ...[passthroughCluster, blackHoleCluster].map((name) => [name, { name, origin: [] }] as const),
  ]);
  const missing: DestinationContext['missing'] = (name, alias) =>
    missingCluster(clusterInput, clusters, name, alias);
  const wayOut = findWayOut(sidecarScope, missing);
  const endpoints = indexEndpoints(registry);
  const base: Base = { sidecarScope, clusters, endpoints, missing, wayOut, configs: new Map() };
  if (bases.size >= mostRemembered) bases.clear();
  bases.set(key, base);
  return base;
}

function compilePorts(base: Base, proxy: Proxy, port: number | undefined): ProxyConfig {
  const { sidecarScope, clusters, endpoints, missing, wayOut } = base;
  const { scope, egress } = sidecarScope;
  const lookupService = (host: string): RegistryService | undefined => scopeService(scope, host);
  const listenerInput: ListenerInput = {
    destinations: (listenPort) => ({ listenPort, missing, lookupService }),
    namespace: proxy.namespace,
    labels: proxy.labels,
    endpoints,
    fallThrough: wayOut.chain,
  };
  const { listeners, refusedListeners, exclusions } = sidecarListeners(egress, listenerInput, port);
  const routeInput: SidecarRouteInput = { egress, proxy, missing, wayOut: wayOut.virtualHost };
  const routes = sidecarRouteConfigs(routeConfigNames(listeners), routeInput);
  return {
    proxy,
    listeners: [...listeners, catchAll(wayOut.chain)],
    refusedListeners,
    unopenedServers: [],
    routeConfigs: routes.routeConfigs,
    clusters,
    rejections: refusedListeners.flatMap(({ name, because, origin }) =>
      origin.map((at) => ({ kind: 'refused-listener' as const, at, by: origin, listener: name, because })),
    ),
    get exclusions() {
      return [...sidecarScope.exclusions, ...exclusions, ...routes.exclusions()];
    },
    notSimulated: notSimulated(sidecarScope),
    bindings: [],
    servicePorts: [],
  };
}

interface WayOut {
  readonly chain: FilterChain;
  readonly virtualHost: VirtualHost;
}

/** Where calls go that nothing takes; mirrors `buildOutboundCatchAllNetworkFiltersOnly` and `buildCatchAllVirtualHost`. */
function findWayOut({ sidecar }: SidecarScope, missing: DestinationContext['missing']): WayOut {
  const policy = sidecar?.spec.outboundTrafficPolicy;
  const origin: readonly SourceRef[] =
    sidecar && policy ? [{ object: sidecar.at, path: ['spec', 'outboundTrafficPolicy'] }] : [];
  // A policy that names no mode has the first one of the list.
  const closed = policy !== undefined && (policy.mode ?? 'REGISTRY_ONLY') === 'REGISTRY_ONLY';
  const open = policy?.egressProxy
    ? destinationCluster(policy.egressProxy, undefined, 0).name
    : passthroughCluster;
  const name = closed ? blackHoleCluster : open;
  const absent = missing(name, undefined);
  const cluster = {
    name,
    weight: 100,
    origin,
    portFrom: 'listener' as const,
    ...(absent && { missing: absent }),
  };
  const chain = tcpChain(cluster, origin);
  const common = { domains: ['*'], requireTls: false, origin };
  if (!closed) {
    const routes = [forwardAll('allow_any', name, origin, absent)];
    return { chain, virtualHost: { name: 'allow_any', routes, ...common } };
  }
  const blocked = {
    name: 'block_all',
    match: matchAll,
    action: { kind: 'direct-response' as const, status: 502, body: '' },
    responseHeaders: { remove: [], set: [], add: [] },
    origin,
  };
  return { chain, virtualHost: { name: 'block_all', routes: [blocked], ...common } };
}

function tcpChain(cluster: WeightedCluster, origin: readonly SourceRef[]): FilterChain {
  return {
    match: { serverNames: [], applicationProtocols: [], prefixRanges: [] },
    transport: { kind: 'raw' },
    filter: { kind: 'tcp', clusters: [cluster] },
    origin,
  };
}

/** The port that iptables redirects to; here it stands for every address and port that no other listener has. */
const redirectPort = 15001;

/** A call to that very port would come back to it for ever; mirrors `blackholeFilterChain`. */
const ownPortChain = tcpChain({ name: blackHoleCluster, weight: 100, origin: [], portFrom: 'listener' }, []);

function catchAll(chain: FilterChain): Listener {
  return {
    name: 'virtualOutbound',
    address: noAddress,
    port: redirectPort,
    filterChains: [chain],
    ownPortChain,
    tlsInspector: false,
    httpInspector: false,
    origin: chain.origin,
  };
}

function routeConfigNames(listeners: readonly Listener[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { filterChains, defaultFilterChain } of listeners) {
    for (const { filter } of defaultFilterChain ? [...filterChains, defaultFilterChain] : filterChains) {
      if (filter.kind === 'http') names.add(filter.routeConfig);
    }
  }
  return names;
}

function notSimulated({ sidecar, egress }: SidecarScope): NotSimulated[] {
  const found: NotSimulated[] = egress.flatMap(({ port, bind, at }) => {
    if (!at) return [];
    if (port?.protocol === 'HTTP_PROXY') return [{ at, what: 'sidecar-http-proxy' }];
    return bind?.startsWith('unix://') ? [{ at, what: 'unix-socket' }] : [];
  });
  // The schema knows a mode that the types leave out, since it is not simulated.
  const mode: string | undefined = sidecar?.spec.outboundTrafficPolicy?.mode;
  if (sidecar && mode === 'ALLOW_ANY_DYNAMIC_DNS') {
    found.push({
      at: { object: sidecar.at, path: ['spec', 'outboundTrafficPolicy', 'mode'] },
      what: 'dynamic-dns',
    });
  }
  return found;
}
