import type { Route, RouteConfiguration } from '../envoy/types.ts';
import type { Mesh } from '../istio/types.ts';
import type { ObjectRef, SourceRef } from '../manifest/source.ts';
import { remember } from '../remember.ts';
import { autoPassthroughClusters } from './autoPassthrough.ts';
import type { Compiled, Proxy, ProxyConfig } from './compiled.ts';
import type { Exclusion } from './decisions.ts';
import { mergeDelegates, type MergedVirtualServices } from './delegates.ts';
import { buildDestinationRules, type DestinationRuleIndex } from './destinationRules.ts';
import { gatewayContext, selects } from './gatewayContext.ts';
import { gatewayListeners } from './listeners.ts';
import { mergeGateways } from './mergeGateways.ts';
import { proxyServices } from './proxyServices.ts';
import { buildRegistry, type Registry } from './registry.ts';
import { isCatchAll } from './routeMatch.ts';
import { routeConfig } from './routeConfigs.ts';
import { servicePorts } from './servicePorts.ts';
import { shadowedRules, type RuleView } from './shadowedRules.ts';
import { createUsage } from './usage.ts';
import { meshGateway } from './virtualServices.ts';
import { gatewayWorkloads } from './workloads.ts';

export interface CompileOptions {
  /** Namespace of gateway pods that the manifests do not hold; `istio-system` if absent. */
  readonly gatewayNamespace?: string;
  /** The gateway workloads; absent: those that the manifests show or imply. */
  readonly proxies?: readonly Proxy[];
}

/** What no workload changes: computed once for gateways and sidecars. */
export interface MeshIndex {
  readonly mesh: Mesh;
  readonly merged: MergedVirtualServices;
  readonly registry: Registry;
  readonly destinationRules: DestinationRuleIndex;
}

/** `before` is the index of an earlier state: of it is kept what is made of objects that are still the same. */
export function indexMesh(mesh: Mesh, before?: MeshIndex): MeshIndex {
  const keeps = (...lists: readonly (keyof Mesh)[]): boolean =>
    before !== undefined && lists.every((list) => before.mesh[list] === mesh[list]);
  const registry = keeps('services', 'serviceEntries', 'endpointSlices') ? before?.registry : undefined;
  const destinationRules = keeps('destinationRules') ? before?.destinationRules : undefined;
  return {
    mesh,
    merged: mergeDelegates(mesh),
    registry: registry ?? buildRegistry(mesh),
    destinationRules: destinationRules ?? buildDestinationRules(mesh),
  };
}

/** The configuration of each gateway workload, and what of the mesh takes no part in any. */
export function compile(index: MeshIndex, options: CompileOptions = {}): Compiled {
  const proxies = options.proxies ?? gatewayWorkloads(index.mesh, options.gatewayNamespace);
  const gateways = proxies.map((proxy) => compileGateway(index, proxy));
  return {
    gateways,
    exclusions: [...index.merged.exclusions, ...unbound(index), ...unusedRules(index, gateways)],
    notSimulated: [],
  };
}

function unusedRules(
  { mesh, merged, registry, destinationRules }: MeshIndex,
  gateways: readonly ProxyConfig[],
): readonly Exclusion[] {
  const views = gateways.map(({ proxy, bindings }): RuleView => {
    const bound = new Set(bindings.map(({ virtualService }) => virtualService.object));
    const { scope } = proxyServices(registry, destinationRules, proxy);
    return {
      input: { scope, destinationRules, proxy },
      virtualServices: merged.all.filter(({ at }) => bound.has(at.object)),
    };
  });
  return shadowedRules(mesh, views);
}

/** Everything that one gateway's Envoy gets, with what it does not get and why. */
export function compileGateway(index: MeshIndex, proxy: Proxy): ProxyConfig {
  const { mesh, merged, registry, destinationRules } = index;
  const applicable = mesh.gateways.filter((gateway) => selects(gateway, proxy.labels));
  const ports = servicePorts(mesh, proxy);
  const gateways = mergeGateways(applicable, ports.listenerPorts);
  const services = proxyServices(registry, destinationRules, proxy);
  const usage = createUsage();
  const context = gatewayContext(services, merged, usage);
  const built = gatewayListeners(gateways, context);
  const routeConfigs = new Map<string, RouteConfiguration>();
  for (const [name, servers] of gateways.byRouteConfig) {
    if (name !== '') routeConfigs.set(name, routeConfig(name, servers, context));
  }
  const sniClusters = built.listeners.flatMap(({ filterChains }) =>
    autoPassthroughClusters(filterChains.filter(({ match }) => match.applicationProtocols.length > 0)),
  );
  const clusters =
    sniClusters.length === 0
      ? services.clusters
      : new Map([...services.clusters, ...sniClusters.map((cluster) => [cluster.name, cluster] as const)]);
  const exclusions = [
    ...mesh.gateways
      .filter((gateway) => !applicable.includes(gateway))
      .map(({ at }): Exclusion => ({
        kind: 'selector-misses',
        at: { object: at, path: ['spec', 'selector'] },
      })),
    ...hidden(
      merged,
      applicable.map(({ namespace, name }) => `${namespace}/${name}`),
      proxy,
    ),
    ...withoutLiving(usage.exclusions(gateways.servers, context.virtualServices), routeConfigs),
  ];
  return {
    proxy,
    listeners: built.listeners,
    refusedListeners: built.refused,
    unopenedServers: [...gateways.dropped, ...built.unopened],
    routeConfigs,
    clusters,
    rejections: [...gateways.rejections, ...built.rejections],
    exclusions,
    notSimulated: gateways.servers
      .filter(({ bind }) => bind.startsWith('unix://'))
      .map(({ at }) => ({ what: 'unix-socket', at: { object: at.object, path: [...at.path, 'bind'] } })),
    bindings: usage.bindings,
    servicePorts: ports.targets,
  };
}

/** Virtual services of these Gateways that the workload's namespace does not see. */
function hidden(
  merged: MergedVirtualServices,
  gatewayKeys: readonly string[],
  proxy: Proxy,
): readonly Exclusion[] {
  const found = new Set<Exclusion>();
  const { namespace } = proxy;
  for (const key of gatewayKeys) {
    for (const { exportTo, at } of merged.byGateway.get(key) ?? []) {
      if (exportTo.includes('*') || exportTo.includes(namespace)) continue;
      found.add({ kind: 'not-exported', at: { object: at.object, path: ['spec', 'exportTo'] }, namespace });
    }
  }
  return [...found];
}

/** Virtual services that no gateway gets, and names of Gateways that the manifests do not hold. */
function unbound({ mesh, merged }: MeshIndex): readonly Exclusion[] {
  const known = new Set(mesh.gateways.map(({ namespace, name }) => `${namespace}/${name}`));
  return merged.all.flatMap(({ at, gateways }): Exclusion[] => {
    if (gateways.every((gateway) => gateway === meshGateway)) return [{ kind: 'not-bound-to-gateway', at }];
    return gateways.flatMap((gateway, index): Exclusion[] => {
      if (gateway === meshGateway || known.has(gateway)) return [];
      return [
        { kind: 'gateway-not-found', at: { object: at.object, path: ['spec', 'gateways', index] }, gateway },
      ];
    });
  });
}

const lostPerServer: ReadonlySet<Exclusion['kind']> = new Set([
  'port-differs',
  'gateway-differs',
  'source-differs',
  'after-catch-all',
]);

interface Living {
  readonly objects: ReadonlySet<ObjectRef>;
  readonly places: ReadonlySet<SourceRef>;
}

/** The places of the routes that a call can reach, those behind a catch-all left out. */
const livingOf = remember((routes: readonly Route[]): Living => {
  const end = routes.findIndex(({ match }) => isCatchAll(match));
  const places = new Set((end < 0 ? routes : routes.slice(0, end + 1)).flatMap(({ origin }) => origin));
  return { places, objects: new Set([...places].map(({ object }) => object)) };
});

/** Leaves of the places only those that no virtual host can reach. */
function deleteLiving(places: Set<SourceRef>, routeConfigs: ReadonlyMap<string, RouteConfiguration>): void {
  const byObject = new Map<ObjectRef, SourceRef[]>();
  for (const place of places) {
    const own = byObject.get(place.object);
    if (own) own.push(place);
    else byObject.set(place.object, [place]);
  }
  for (const { virtualHosts } of routeConfigs.values()) {
    for (const { routes } of virtualHosts) {
      const living = livingOf(routes);
      for (const object of living.objects) {
        for (const place of byObject.get(object) ?? []) if (living.places.has(place)) places.delete(place);
      }
    }
  }
}

/** What is lost at one server and lives at another is not lost. */
function withoutLiving(
  exclusions: readonly Exclusion[],
  routeConfigs: ReadonlyMap<string, RouteConfiguration>,
): readonly Exclusion[] {
  const lost = new Set(exclusions.filter(({ kind }) => lostPerServer.has(kind)).map(({ at }) => at));
  if (lost.size === 0) return exclusions;
  deleteLiving(lost, routeConfigs);
  return exclusions.filter(({ kind, at }) => !lostPerServer.has(kind) || lost.has(at));
}
