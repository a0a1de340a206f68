import { resolveShortName } from '../hostname.ts';
import type {
  Destination,
  HTTPRoute,
  HTTPMatchRequest,
  TCPRoute,
  TLSRoute,
  VirtualService,
} from '../istio/types.ts';
import type { MergedVirtualService, MergedVirtualServices } from './delegates.ts';

/** The reserved gateway that stands for all sidecars. */
export const meshGateway = 'mesh';

/**
 * The key (`namespace/name`) of the Gateway that `spec.gateways` or `match[].gateways` of an object in `namespace` names; `mesh` stays. The
 * old forms `name.namespace` and `name.namespace.svc…` are understood. Mirrors `resolveGatewayName`.
 */
export function resolveGatewayName(name: string, namespace: string): string {
  if (name === meshGateway) return name;
  const slash = name.indexOf('/');
  if (slash >= 0) return name.slice(0, slash) === '.' ? `${namespace}/${name.slice(slash + 1)}` : name;
  const [first = '', second] = name.split('.');
  return second === undefined ? `${namespace}/${first}` : `${second}/${first}`;
}

/** The routes of a virtual service with every destination's host and every gateway's name spelled out in full. */
export interface ResolvedRoutes {
  readonly hosts: readonly string[];
  /** Keys of Gateways, or `mesh`; `['mesh']` if none is written. */
  readonly gateways: readonly string[];
  readonly http: readonly HTTPRoute[];
  readonly tls: readonly TLSRoute[];
  readonly tcp: readonly TCPRoute[];
}

/** Completes short names with the namespace of the virtual service itself; mirrors `ResolveVirtualServiceShortnames`. */
export function resolveVirtualService({ namespace, spec }: VirtualService): ResolvedRoutes {
  const resolve = { namespace };
  return {
    hosts: (spec.hosts ?? []).map((host) => resolveShortName(host, namespace)),
    gateways: spec.gateways?.length
      ? spec.gateways.map((name) => resolveGatewayName(name, namespace))
      : [meshGateway],
    http: (spec.http ?? []).map((route) => resolveHttpRoute(route, resolve)),
    tls: (spec.tls ?? []).map((route) => resolveL4Route(route, resolve)),
    tcp: (spec.tcp ?? []).map((route) => resolveL4Route(route, resolve)),
  };
}

/**
 * What `exportTo` comes to: `.` replaced by the object's own namespace, `['*']` (the mesh's default) if nothing is written. Mirrors
 * `convertExportToSet`.
 */
export function exportSet(exportTo: readonly string[] | undefined, namespace: string): readonly string[] {
  if (!exportTo?.length) return ['*'];
  return exportTo.map((entry) => (entry === '.' ? namespace : entry));
}

/**
 * The virtual services bound to a Gateway (by its key) or to `mesh`, as a workload in `proxyNamespace` sees them, in the order in which they
 * count: private ones of that namespace, then those that others export to it by name, then public ones, each group by age. Mirrors
 * `VirtualServicesForGateway`.
 */
export function virtualServicesFor(
  merged: MergedVirtualServices,
  gateway: string,
  proxyNamespace: string,
): readonly MergedVirtualService[] {
  const own: MergedVirtualService[] = [];
  const exported: MergedVirtualService[] = [];
  const everyone: MergedVirtualService[] = [];
  for (const virtualService of merged.byGateway.get(gateway) ?? []) {
    const { exportTo, namespace } = virtualService;
    if (exportTo.includes('*')) everyone.push(virtualService);
    else if (!exportTo.includes('~') && exportTo.includes(proxyNamespace)) {
      (namespace === proxyNamespace ? own : exported).push(virtualService);
    }
  }
  return [...own, ...exported, ...everyone];
}

interface Resolving {
  readonly namespace: string;
}

function resolveHttpRoute(route: HTTPRoute, resolve: Resolving): HTTPRoute {
  return {
    ...route,
    ...(route.match && {
      match: route.match.map((match) => resolveGateways<HTTPMatchRequest>(match, resolve)),
    }),
    ...(route.route && { route: route.route.map((entry) => resolveDestination(entry, resolve)) }),
    ...(route.mirror && { mirror: resolveHost(route.mirror, resolve) }),
    ...(route.mirrors && { mirrors: route.mirrors.map((entry) => resolveDestination(entry, resolve)) }),
  };
}

function resolveL4Route<Route extends TLSRoute | TCPRoute>(route: Route, resolve: Resolving): Route {
  return {
    ...route,
    ...(route.match && { match: route.match.map((match) => resolveGateways(match, resolve)) }),
    ...(route.route && { route: route.route.map((entry) => resolveDestination(entry, resolve)) }),
  };
}

function resolveGateways<Match extends { readonly gateways?: readonly string[] }>(
  match: Match,
  { namespace }: Resolving,
): Match {
  if (!match.gateways) return match;
  return { ...match, gateways: match.gateways.map((name) => resolveGatewayName(name, namespace)) };
}

function resolveDestination<Entry extends { readonly destination?: Destination }>(
  entry: Entry,
  resolve: Resolving,
): Entry {
  return entry.destination ? { ...entry, destination: resolveHost(entry.destination, resolve) } : entry;
}

function resolveHost(destination: Destination, { namespace }: Resolving): Destination {
  if (destination.host === undefined) return destination;
  return { ...destination, host: resolveShortName(destination.host, namespace) };
}
