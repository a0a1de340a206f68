import type { Cluster, FilterChain, Listener, VirtualHost } from '../envoy/types.ts';
import type { Mesh } from '../istio/types.ts';
import type { SourceRef } from '../manifest/source.ts';
import { buildClusters, destinationCluster, missingCluster } from './clusters.ts';
import type { Proxy, ProxyConfig } from './compiled.ts';
import type { NotSimulated } from './decisions.ts';
import type { MergedVirtualServices } from './delegates.ts';
import { buildDestinationRules } from './destinationRules.ts';
import { indexEndpoints } from './endpoints.ts';
import { noAddress } from './registry.ts';
import type { Registry } from './registry.ts';
import { matchAll } from './routeMatch.ts';
import type { DestinationContext } from './routeActions.ts';
import { scopeService } from './scope.ts';
import { sidecarListeners } from './sidecarListeners.ts';
import { forwardAll, sidecarRouteConfigs } from './sidecarRoutes.ts';
import { buildSidecarScope } from './sidecarScope.ts';
import type { SidecarScope } from './sidecarScope.ts';

/** To the dialled address, whatever it is. */
export const passthroughCluster = 'PassthroughCluster';
/** To nowhere. */
export const blackHoleCluster = 'BlackHoleCluster';

/**
 * What the Envoy beside a workload gets for the calls that the workload makes: the mesh's rules compiled to the same types as a gateway's. The
 * catch-all listener is `virtualOutbound`. Mirrors `buildSidecarOutboundListeners`, `BuildHTTPRoutes` and `BuildClusters`.
 */
export function compileSidecar(
  mesh: Mesh,
  merged: MergedVirtualServices,
  registry: Registry,
  proxy: Proxy,
): ProxyConfig {
  const sidecarScope = buildSidecarScope(mesh, merged, registry, proxy);
  const { scope, egress } = sidecarScope;
  const clusterInput = { scope, destinationRules: buildDestinationRules(mesh), proxy };
  const ofServices = buildClusters(clusterInput);
  const clusters = new Map<string, Cluster>([
    ...ofServices,
    ...[passthroughCluster, blackHoleCluster].map((name) => [name, { name, origin: [] }] as const),
  ]);
  const missing: DestinationContext['missing'] = (name, alias) =>
    missingCluster(clusterInput, clusters, name, alias);
  const wayOut = findWayOut(sidecarScope, missing);
  const { listeners, refusedListeners, exclusions } = sidecarListeners(egress, {
    destinations: (listenPort) => ({
      listenPort,
      missing,
      lookupService: (host) => scopeService(scope, host),
    }),
    namespace: proxy.namespace,
    labels: proxy.labels,
    endpoints: indexEndpoints(registry),
    fallThrough: wayOut.chain,
  });
  const routes = sidecarRouteConfigs(routeConfigNames(listeners), {
    egress,
    proxy,
    missing,
    wayOut: wayOut.virtualHost,
  });
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
    exclusions: [...sidecarScope.exclusions, ...exclusions, ...routes.exclusions],
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
  const chain: FilterChain = {
    match: { serverNames: [], applicationProtocols: [], prefixRanges: [] },
    transport: { kind: 'raw' },
    filter: { kind: 'tcp', clusters: [cluster] },
    origin,
  };
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

/** The port that iptables redirects to; here it stands for every address and port that no other listener has. */
const redirectPort = 15001;

function catchAll(chain: FilterChain): Listener {
  return {
    name: 'virtualOutbound',
    address: noAddress,
    port: redirectPort,
    filterChains: [chain],
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
