import type { Route, WeightedCluster } from '../../envoy/types.ts';

export interface RouteDestinations {
  /** Of each name the first. */
  readonly clusters: readonly WeightedCluster[];
  readonly hasGrpc: boolean;
}

const destinationsRemembered = new WeakMap<readonly Route[], RouteDestinations>();

/** Where the routes of a host lead; remembered by their identity, which an edit elsewhere does not change. */
export function destinationsOf(routes: readonly Route[]): RouteDestinations {
  const known = destinationsRemembered.get(routes);
  if (known) return known;
  const clusters = new Map<string, WeightedCluster>();
  let hasGrpc = false;
  for (const route of routes) {
    if (route.action.kind !== 'forward') continue;
    for (const cluster of route.action.clusters) {
      if (!clusters.has(cluster.name)) clusters.set(cluster.name, cluster);
    }
    hasGrpc ||= isGrpc(route);
  }
  const destinations = { clusters: [...clusters.values()], hasGrpc };
  destinationsRemembered.set(routes, destinations);
  return destinations;
}

/** A path as gRPC has it: `/package.Service/`, or a content type. */
export function isGrpc({ match }: Route): boolean {
  if (match.path.kind !== 'regex' && /^\/[\w]+(?:\.\w+)+(?:\/|$)/.test(match.path.value))
    return /^\/[\w.]*\.[A-Z]\w*(?:\/|$)/.test(match.path.value);
  return match.headers.some(
    ({ name, matcher, invert }) =>
      name === 'content-type' &&
      !invert &&
      matcher.kind !== 'present' &&
      matcher.value.startsWith('application/grpc'),
  );
}
