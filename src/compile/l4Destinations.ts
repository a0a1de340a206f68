import type { WeightedCluster } from '../envoy/types.ts';
import type { RouteDestination } from '../istio/types.ts';
import type { SourceRef } from '../manifest/source.ts';
import { weightedCluster } from './routeActions.ts';
import type { DestinationContext } from './routeActions.ts';

/**
 * The clusters of a `tcp` or `tls` route, for gateways and sidecars: one takes all whatever its weight, of several those without weight are
 * left out. `at` is the route. Mirrors `buildOutboundNetworkFilters`.
 */
export function l4Clusters(
  route: readonly RouteDestination[],
  at: SourceRef,
  context: DestinationContext,
): readonly WeightedCluster[] {
  const single = route.length === 1;
  return route.flatMap(({ destination, weight = 0 }, index) => {
    if (!single && weight <= 0) return [];
    return {
      ...weightedCluster(destination, context),
      weight: single ? 100 : weight,
      origin: [{ object: at.object, path: [...at.path, 'route', index] }],
    };
  });
}
