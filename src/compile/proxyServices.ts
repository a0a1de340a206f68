import type { Cluster, MissingCluster } from '../envoy/types.ts';
import { clientKey } from './clients.ts';
import { buildClusters, missingCluster, type ClusterInput } from './clusters.ts';
import type { Proxy } from './compiled.ts';
import type { DestinationRuleIndex } from './destinationRules.ts';
import type { Registry, RegistryService } from './registry.ts';
import { scopeFor } from './scope.ts';

/** What one gateway workload knows of services, and the clusters that it gets for them. */
export interface ProxyServices extends ClusterInput {
  readonly proxy: Proxy;
  readonly clusters: ReadonlyMap<string, Cluster>;
  /** Why a cluster does not exist; undefined: it does. `alias` is the ExternalName that the destination meant. */
  readonly missing: (name: string, alias: RegistryService | undefined) => MissingCluster | undefined;
}

const remembered = new WeakMap<Registry, WeakMap<DestinationRuleIndex, Map<string, ProxyServices>>>();

/** The same object for as long as services, rules and workload are the same: whatever was made of it then stays right. */
export function proxyServices(
  registry: Registry,
  destinationRules: DestinationRuleIndex,
  proxy: Proxy,
): ProxyServices {
  const byRules = remembered.get(registry) ?? new WeakMap<DestinationRuleIndex, Map<string, ProxyServices>>();
  remembered.set(registry, byRules);
  const byProxy = byRules.get(destinationRules) ?? new Map<string, ProxyServices>();
  byRules.set(destinationRules, byProxy);
  const key = clientKey(proxy);
  const known = byProxy.get(key);
  if (known) return known;
  const made = buildServices({ scope: scopeFor(registry, proxy), destinationRules, proxy });
  byProxy.set(key, made);
  return made;
}

/** Reasons for missing clusters are looked up once for each name. */
function buildServices(input: ClusterInput & { readonly proxy: Proxy }): ProxyServices {
  const clusters = buildClusters(input);
  const reasons = new Map<string, MissingCluster | undefined>();
  return {
    ...input,
    clusters,
    missing: (name, alias) => {
      if (clusters.has(name)) return undefined;
      if (alias) return missingCluster(input, clusters, name, alias);
      if (!reasons.has(name)) reasons.set(name, missingCluster(input, clusters, name));
      return reasons.get(name);
    },
  };
}
