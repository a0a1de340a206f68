import type { Cluster, MissingCluster } from '../envoy/types.ts';
import type { Gateway } from '../istio/types.ts';
import { missingCluster, type ClusterInput } from './clusters.ts';
import type { Proxy } from './compiled.ts';
import type { MergedVirtualService, MergedVirtualServices } from './delegates.ts';
import type { RegistryService } from './registry.ts';
import type { Usage } from './usage.ts';
import { virtualServicesFor } from './virtualServices.ts';

/** What the parts of one gateway workload's configuration have in common. */
export interface GatewayContext extends ClusterInput {
  readonly proxy: Proxy;
  readonly clusters: ReadonlyMap<string, Cluster>;
  /** The virtual services that the workload sees for a Gateway, in the order in which they count. */
  readonly virtualServices: (gatewayKey: string) => readonly MergedVirtualService[];
  readonly missing: (name: string, alias: RegistryService | undefined) => MissingCluster | undefined;
  /** Who was used for what; filled in as the parts are built. */
  readonly usage: Usage;
}

/** Lists of virtual services and reasons for missing clusters are looked up once for each. */
export function gatewayContext(
  input: ClusterInput & { readonly proxy: Proxy },
  clusters: ReadonlyMap<string, Cluster>,
  merged: MergedVirtualServices,
  usage: Usage,
): GatewayContext {
  const lists = new Map<string, readonly MergedVirtualService[]>();
  const reasons = new Map<string, MissingCluster | undefined>();
  return {
    ...input,
    clusters,
    usage,
    virtualServices: (gatewayKey) => {
      const known = lists.get(gatewayKey);
      if (known) return known;
      const list = virtualServicesFor(merged, gatewayKey, input.proxy.namespace);
      lists.set(gatewayKey, list);
      return list;
    },
    missing: (name, alias) => {
      if (alias) return missingCluster(input, clusters, name, alias);
      if (clusters.has(name)) return undefined;
      if (!reasons.has(name)) reasons.set(name, missingCluster(input, clusters, name));
      return reasons.get(name);
    },
  };
}

/** The Gateways whose selector the workload meets; mirrors `PushContext.mergeGateways`. */
export function selects(gateway: Gateway, labels: Proxy['labels']): boolean {
  return Object.entries(gateway.spec.selector ?? {}).every(
    ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
  );
}
