import type { Route, WeightedCluster } from '../../envoy/types.ts';
import { remember } from '../../remember.ts';

export interface RouteDestinations {
  /** Of each name the first. */
  readonly clusters: readonly WeightedCluster[];
  readonly hasGrpc: boolean;
}

/** Where the routes of a host lead. */
export const destinationsOf = remember((routes: readonly Route[]): RouteDestinations => {
  const clusters = new Map<string, WeightedCluster>();
  let hasGrpc = false;
  for (const route of routes) {
    if (route.action.kind !== 'forward') continue;
    for (const cluster of route.action.clusters) {
      if (!clusters.has(cluster.name)) clusters.set(cluster.name, cluster);
    }
    hasGrpc ||= isGrpc(route);
  }
  return { clusters: [...clusters.values()], hasGrpc };
});

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
