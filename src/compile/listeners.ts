import type { FilterChain, Listener, NetworkFilter } from '../envoy/types.ts';
import { listenerName } from '../envoy/names.ts';
import { isHttp } from '../istio/protocol.ts';
import type { SourceRef } from '../manifest/source.ts';
import { autoPassthroughChains } from './autoPassthrough.ts';
import type { ProxyConfig, UnopenedServer } from './compiled.ts';
import type { Rejection } from './decisions.ts';
import type { GatewayContext } from './gatewayContext.ts';
import { isPassthrough, sniHosts, terminatesHttps, type GatewayServer } from './gatewayServer.ts';
import { lacksAuthority, refusedCurves, serverNameMatch, tlsTransport } from './gatewayTransport.ts';
import { tcpRoute, tlsChains, type TakenNames } from './l4Routes.ts';
import type { MergedGateways, MergedServers } from './mergeGateways.ts';
import { refusedListener, type Refused } from './refusedListener.ts';

export interface GatewayListeners {
  readonly listeners: readonly Listener[];
  readonly refused: ProxyConfig['refusedListeners'];
  readonly rejections: readonly Rejection[];
  readonly unopened: readonly UnopenedServer[];
}

/** The address of servers that bind none. */
const anyAddress = '0.0.0.0';

interface OpenListener {
  readonly address: string;
  readonly port: number;
  readonly chains: { readonly chain: FilterChain; readonly server: GatewayServer; readonly names: boolean }[];
}

/**
 * One listener for each address and port, with the chains of all servers that land there. One without chains is not made, and one whose chains
 * Envoy cannot tell apart is refused. Mirrors `buildGatewayListeners`.
 */
export function gatewayListeners(gateways: MergedGateways, context: GatewayContext): GatewayListeners {
  const open = new Map<string, OpenListener>();
  const takenNames = new Map<number, TakenNames>();
  const unopened: UnopenedServer[] = [];
  for (const merged of gateways.merged) {
    const address = merged.bind === '' ? anyAddress : merged.bind;
    const name = listenerName(address, merged.port);
    const listener = open.get(name) ?? { address, port: merged.port, chains: [] };
    open.set(name, listener);
    const taken = takenNames.get(merged.port) ?? new Map();
    takenNames.set(merged.port, taken);
    for (const { server, chains } of chainsOf(merged, taken, context)) {
      if (chains.length === 0) {
        unopened.push({ at: server.at, port: server.port, why: 'server-without-route', by: [] });
        context.usage.exclude([{ kind: 'server-without-route', at: server.at }]);
      }
      for (const chain of chains) {
        // Counted before a star empties the list: Istio looks at the names as written.
        const names = server.server.tls !== undefined && !isHttp(server.protocol);
        listener.chains.push({ chain, server, names });
      }
    }
  }
  return { ...finish(open), unopened };
}

/** The chains of each server; HTTP servers that share a port have one chain together. */
function chainsOf(
  { servers, routeConfig }: MergedServers,
  taken: TakenNames,
  context: GatewayContext,
): readonly { readonly server: GatewayServer; readonly chains: readonly FilterChain[] }[] {
  const [first] = servers;
  if (first && isHttp(first.protocol)) {
    const chain = httpChain(
      routeConfig,
      servers.map(({ at }) => at),
    );
    return [{ server: first, chains: [chain] }];
  }
  return servers.map((server) => ({ server, chains: serverChains(server, taken, context) }));
}

function httpChain(routeConfig: string, origin: readonly SourceRef[]): FilterChain {
  return { match: serverNameMatch([]), transport: { kind: 'raw' }, filter: httpFilter(routeConfig), origin };
}

function httpFilter(routeConfig: string): NetworkFilter {
  return { kind: 'http', routeConfig, useRemoteAddress: true };
}

/** Mirrors `buildGatewayTCPBasedFilterChains` and `createGatewayTCPFilterChainOpts`. */
function serverChains(
  server: GatewayServer,
  taken: TakenNames,
  context: GatewayContext,
): readonly FilterChain[] {
  if (terminatesHttps(server)) {
    const filter = httpFilter(server.routeConfig);
    return [
      {
        match: serverNameMatch(sniHosts(server)),
        transport: tlsTransport(server),
        filter,
        origin: [server.at],
      },
    ];
  }
  if (isPassthrough(server.server)) {
    if (server.server.tls?.mode === 'AUTO_PASSTHROUGH')
      return autoPassthroughChains(server, context.services);
    return tlsChains(server, taken, context);
  }
  const route = tcpRoute(server, context);
  if (!route) return [];
  const terminates = server.server.tls !== undefined;
  return [
    {
      match: serverNameMatch(terminates ? sniHosts(server) : []),
      transport: terminates ? tlsTransport(server) : { kind: 'raw' },
      filter: { kind: 'tcp', clusters: route.clusters },
      origin: [server.at, ...route.origin],
    },
  ];
}

function finish(open: ReadonlyMap<string, OpenListener>): Omit<GatewayListeners, 'unopened'> {
  const listeners: Listener[] = [];
  const refused: GatewayListeners['refused'][number][] = [];
  const rejections: Rejection[] = [];
  for (const [name, { address, port, chains }] of open) {
    if (chains.length === 0) continue;
    const filterChains = chains.map(({ chain }) => chain);
    const origin = [...new Set(filterChains.map((chain) => chain.origin[0]))].filter(
      (ref) => ref !== undefined,
    );
    const refusal = refusedListener(filterChains) ?? withoutAuthority(chains) ?? withOddCurves(chains);
    if (refusal) {
      const { because } = refusal;
      refused.push({ name, port, because, origin });
      const [by, at] = [refusal.chains[0], refusal.chains[refusal.chains.length - 1]].map(
        (chain) => chain?.origin ?? [],
      );
      const [last] = at ?? [];
      if (last)
        rejections.push({ kind: 'refused-listener', at: last, by: by ?? [], listener: name, because });
      continue;
    }
    const tlsInspector = chains.some(({ names }) => names);
    listeners.push({ name, address, port, filterChains, tlsInspector, httpInspector: false, origin });
  }
  return { listeners, refused, rejections };
}

function withoutAuthority(chains: OpenListener['chains']): Refused | undefined {
  const culprit = chains.find(
    ({ chain, server }) => chain.transport.kind === 'tls' && lacksAuthority(server.server.tls),
  );
  return culprit && { because: { kind: 'san-without-ca' }, chains: [culprit.chain] };
}

function withOddCurves(chains: OpenListener['chains']): Refused | undefined {
  for (const { chain, server } of chains) {
    const curves = chain.transport.kind === 'tls' ? refusedCurves(server.server.tls) : undefined;
    if (curves !== undefined) return { because: { kind: 'unknown-curves', curves }, chains: [chain] };
  }
  return undefined;
}
