import { isWildcard } from '../hostname.ts';
import type { Gateway } from '../istio/types.ts';
import type { Proxy } from './compiled.ts';
import type { MergedVirtualService, MergedVirtualServices } from './delegates.ts';
import { isSubset } from './destinationRules.ts';
import { withoutNamespace } from './gatewayServer.ts';
import type { ProxyServices } from './proxyServices.ts';
import type { Usage } from './usage.ts';
import { virtualServicesFor } from './virtualServices.ts';

/** What the parts of one gateway workload's configuration have in common. */
export interface GatewayContext {
  readonly services: ProxyServices;
  /** The virtual services that the workload sees for a Gateway, in the order in which they count. */
  readonly virtualServices: (gatewayKey: string) => readonly MergedVirtualService[];
  /** Of these, in the same order, at least all that have a host in common with some of `hosts`, which may name a namespace. */
  readonly virtualServicesMeeting: (
    gatewayKey: string,
    hosts: readonly string[],
  ) => readonly MergedVirtualService[];
  /** Who was used for what; filled in as the parts are built. */
  readonly usage: Usage;
}

/** Lists of virtual services are made once for each Gateway. */
export function gatewayContext(
  services: ProxyServices,
  merged: MergedVirtualServices,
  usage: Usage,
): GatewayContext {
  const lists = new Map<string, HostIndex>();
  const indexFor = (gatewayKey: string): HostIndex => {
    const known = lists.get(gatewayKey);
    if (known) return known;
    const index = indexHosts(virtualServicesFor(merged, gatewayKey, services.proxy.namespace));
    lists.set(gatewayKey, index);
    return index;
  };
  return {
    services,
    usage,
    virtualServices: (gatewayKey) => indexFor(gatewayKey).list,
    virtualServicesMeeting: (gatewayKey, hosts) => meeting(indexFor(gatewayKey), hosts),
  };
}

/** Virtual services by host: a Gateway may have thousands of servers, each with a name of its own. */
interface HostIndex {
  readonly list: readonly MergedVirtualService[];
  /** Places in the list. */
  readonly byHost: ReadonlyMap<string, readonly number[]>;
  readonly wildcards: readonly number[];
}

function indexHosts(list: readonly MergedVirtualService[]): HostIndex {
  const byHost = new Map<string, number[]>();
  const wildcards: number[] = [];
  for (const [place, { hosts }] of list.entries()) {
    if (hosts.some(isWildcard)) wildcards.push(place);
    for (const host of hosts) {
      const places = byHost.get(host);
      if (places) places.push(place);
      else byHost.set(host, [place]);
    }
  }
  return { list, byHost, wildcards };
}

function meeting(index: HostIndex, written: readonly string[]): readonly MergedVirtualService[] {
  const hosts = written.map(withoutNamespace);
  if (hosts.some(isWildcard)) return index.list;
  const places = new Set([...index.wildcards, ...hosts.flatMap((host) => index.byHost.get(host) ?? [])]);
  return [...places]
    .sort((a, b) => a - b)
    .map((place) => index.list[place])
    .filter((one) => one !== undefined);
}

/** Whether a workload meets a Gateway's selector; one without a selector takes all. Mirrors `PushContext.mergeGateways`. */
export function selects(gateway: Gateway, labels: Proxy['labels']): boolean {
  return isSubset(gateway.spec.selector ?? {}, labels);
}
