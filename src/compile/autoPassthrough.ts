import { sniClusterName } from '../envoy/names.ts';
import type { Cluster, FilterChain } from '../envoy/types.ts';
import { subsetOf } from '../hostname.ts';
import type { SourceRef } from '../manifest/source.ts';
import { clusterName } from './clusters.ts';
import { destinationRuleFor } from './destinationRules.ts';
import { sniHosts, type GatewayServer } from './gatewayServer.ts';
import { serverNameMatch } from './gatewayTransport.ts';
import type { ProxyServices } from './proxyServices.ts';

/** What a client inside a mesh offers, one of which AUTO_PASSTHROUGH demands. */
const meshProtocols = ['istio', 'istio-peer-exchange', 'istio-http/1.0', 'istio-http/1.1', 'istio-h2'];

/**
 * A chain for each port and subset of the services under the server's hosts, taken by its own name as SNI. No virtual service is asked. A DNS
 * service has chains for subsets of which no endpoint is, but no clusters. Mirrors `builtAutoPassthroughFilterChains`.
 */
export function autoPassthroughChains(server: GatewayServer, input: ProxyServices): FilterChain[] {
  const hosts = sniHosts(server);
  const chains: FilterChain[] = [];
  for (const service of input.scope.services) {
    if (service.external || !hosts.some((host) => subsetOf(service.host, host))) continue;
    const rule = destinationRuleFor(input.destinationRules, service, input.proxy);
    for (const port of service.ports) {
      if (port.protocol === 'UDP') continue;
      const add = (subset: string, origin: readonly SourceRef[]): void => {
        const name = sniClusterName(port.number, subset, service.host);
        const missing = input.missing(clusterName(port.number, subset, service.host), undefined);
        const cluster = { name, weight: 100, origin, portFrom: 'destination' as const };
        chains.push({
          match: serverNameMatch([name], meshProtocols),
          transport: { kind: 'raw' },
          filter: { kind: 'tcp', clusters: [missing ? { ...cluster, missing } : cluster] },
          origin: [server.at, ...origin],
        });
      };
      add('', service.origin);
      for (const subset of rule?.subsets ?? []) add(subset.name, [...service.origin, subset.at]);
    }
  }
  return chains;
}

/** The clusters that such chains lead to, which exist where those of the usual names do; mirrors `buildOutboundSniDnatClusters`. */
export function autoPassthroughClusters(chains: readonly FilterChain[]): readonly Cluster[] {
  return chains.flatMap(({ filter }) =>
    filter.kind === 'tcp'
      ? filter.clusters.flatMap(({ name, origin, missing }) => (missing ? [] : { name, origin }))
      : [],
  );
}
