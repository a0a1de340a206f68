import type { Gateway } from '../istio/types.ts';
import type { Proxy } from './compiled.ts';
import type { MergedVirtualService, MergedVirtualServices } from './delegates.ts';
import { isSubset } from './destinationRules.ts';
import type { ProxyServices } from './proxyServices.ts';
import type { Usage } from './usage.ts';
import { virtualServicesFor } from './virtualServices.ts';

/** What the parts of one gateway workload's configuration have in common. */
export interface GatewayContext {
  readonly services: ProxyServices;
  /** The virtual services that the workload sees for a Gateway, in the order in which they count. */
  readonly virtualServices: (gatewayKey: string) => readonly MergedVirtualService[];
  /** Who was used for what; filled in as the parts are built. */
  readonly usage: Usage;
}

/** Lists of virtual services are made once for each Gateway. */
export function gatewayContext(
  services: ProxyServices,
  merged: MergedVirtualServices,
  usage: Usage,
): GatewayContext {
  const lists = new Map<string, readonly MergedVirtualService[]>();
  return {
    services,
    usage,
    virtualServices: (gatewayKey) => {
      const known = lists.get(gatewayKey);
      if (known) return known;
      const list = virtualServicesFor(merged, gatewayKey, services.proxy.namespace);
      lists.set(gatewayKey, list);
      return list;
    },
  };
}

/** Whether a workload meets a Gateway's selector; one without a selector takes all. Mirrors `PushContext.mergeGateways`. */
export function selects(gateway: Gateway, labels: Proxy['labels']): boolean {
  return isSubset(gateway.spec.selector ?? {}, labels);
}
