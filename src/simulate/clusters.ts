import type { ProxyConfig } from '../compile/compiled.ts';
import type { WeightedCluster } from '../envoy/types.ts';
import type { Branch, ClusterShare } from './trace.ts';

/** One way in which Envoy's draw among the destinations can fall. */
export interface Draw {
  readonly cluster: WeightedCluster;
  /** 0…1, above 0. */
  readonly share: number;
  readonly destination: NonNullable<Branch['destination']>;
}

/** All ways in which the draw can fall: by weight, those that do not exist included. One cluster takes all, whatever its weight. */
export function drawn(clusters: readonly WeightedCluster[]): readonly Draw[] {
  const sum = clusters.reduce((total, { weight }) => total + weight, 0);
  const single = clusters.length === 1;
  return clusters
    .filter(({ weight }) => single || weight > 0)
    .map((cluster) => ({
      cluster,
      share: single ? 1 : cluster.weight / sum,
      destination: {
        name: cluster.name,
        at: cluster.origin,
        weight: cluster.weight,
        exists: !cluster.missing,
        ...(cluster.missing && { missing: cluster.missing }),
      },
    }));
}

/** The same as the trace shows it: the destination, and what the cluster behind it was made from. */
export function clusterShares(draws: readonly Draw[], config: ProxyConfig): readonly ClusterShare[] {
  return draws.map(({ cluster, share }) => ({
    name: cluster.name,
    at: [...cluster.origin, ...(config.clusters.get(cluster.name)?.origin ?? [])],
    weight: cluster.weight,
    share,
    exists: !cluster.missing,
    ...(cluster.missing && { missing: cluster.missing }),
    portFrom: cluster.portFrom,
  }));
}
