import { sniClusterName } from '../envoy/names.ts';
import type { Cluster, FilterChain } from '../envoy/types.ts';
import { subsetOf } from '../hostname.ts';
import type { SourceRef } from '../manifest/source.ts';
import type { ClusterInput } from './clusters.ts';
import { destinationRuleFor } from './destinationRules.ts';
import { sniHosts, type GatewayServer } from './gatewayServer.ts';
import { serverNameMatch } from './gatewayTransport.ts';

/** What a client inside a mesh offers, one of which AUTO_PASSTHROUGH demands. */
const meshProtocols = ['istio', 'istio-peer-exchange', 'istio-http/1.0', 'istio-http/1.1', 'istio-h2'];

/**
 * A chain for each port and subset of the services under the server's hosts, taken by its own name as SNI. No virtual service is asked. Mirrors
 * `builtAutoPassthroughFilterChains`.
 */
export function autoPassthroughChains(server: GatewayServer, input: ClusterInput): FilterChain[] {
  const hosts = sniHosts(server);
  const chains: FilterChain[] = [];
  for (const service of input.scope.services) {
    if (service.external || !hosts.some((host) => subsetOf(service.host, host))) continue;
    const rule = destinationRuleFor(input.destinationRules, service, input.proxy);
    for (const port of service.ports) {
      if (port.protocol === 'UDP') continue;
      const add = (subset: string, origin: readonly SourceRef[]): void => {
        const name = sniClusterName(port.number, subset, service.host);
        chains.push({
          match: serverNameMatch([name], meshProtocols),
          transport: { kind: 'raw' },
          filter: { kind: 'tcp', clusters: [{ name, weight: 100, origin, portFrom: 'destination' }] },
          origin: [server.at, ...origin],
        });
      };
      add('', service.origin);
      for (const subset of rule?.subsets ?? []) add(subset.name, [...service.origin, subset.at]);
    }
  }
  return chains;
}

/** The clusters that such chains lead to. */
export function autoPassthroughClusters(chains: readonly FilterChain[]): readonly Cluster[] {
  return chains.flatMap(({ filter }) =>
    filter.kind === 'tcp' ? filter.clusters.map(({ name, origin }) => ({ name, origin })) : [],
  );
}
