import type { FilterChain, WeightedCluster } from '../envoy/types.ts';
import { matches } from '../hostname.ts';
import type { L4MatchAttributes, TLSMatchAttributes } from '../istio/types.ts';
import type { SourceRef } from '../manifest/source.ts';
import type { Exclusion } from './decisions.ts';
import type { MergedVirtualService } from './delegates.ts';
import type { GatewayContext } from './gatewayContext.ts';
import type { GatewayServer } from './gatewayServer.ts';
import { serverNameMatch } from './gatewayTransport.ts';
import { l4Clusters } from './l4Destinations.ts';
import type { DestinationContext } from './routeActions.ts';
import { scopeService } from './scope.ts';

/** Where a TCP or TLS rule sends connections. */
export interface OpaqueRoute {
  readonly clusters: readonly WeightedCluster[];
  /** The rule, and the match block that let it hold. */
  readonly origin: readonly SourceRef[];
}

/**
 * The one TCP route of a server that carries opaque bytes: the first rule, over all virtual services in order, that holds at this server. There is
 * no most specific host. Mirrors `buildGatewayNetworkFiltersFromTCPRoutes`.
 */
export function tcpRoute(server: GatewayServer, context: GatewayContext): OpaqueRoute | undefined {
  let taken: OpaqueRoute | undefined;
  const exclusions: Exclusion[] = [];
  for (const virtualService of candidates(server, context)) {
    context.usage.read(server, virtualService, 'tcp');
    for (const [index, rule] of virtualService.tcp.entries()) {
      const at = place(virtualService, ['spec', 'tcp', index]);
      const held = holdingMatch(rule.match ?? [], at, server, exclusions);
      if (!held || !rule.route?.length) continue;
      if (taken) {
        exclusions.push({ kind: 'tcp-route-taken', at, by: taken.origin });
        continue;
      }
      const clusters = l4Clusters(rule.route, at, destinations(server, context));
      taken = { clusters, origin: [...held, at] };
      const { at: virtualServiceAt } = virtualService;
      context.usage.bind({ server: server.at, virtualService: virtualServiceAt, domains: [], routes: [at] });
    }
  }
  context.usage.exclude(exclusions);
  return taken;
}

/** Names that a passthrough chain of the listener port has taken already, with the bind and the block that took them. */
export type TakenNames = Map<string, { readonly bind: string; readonly at: SourceRef }>;

/**
 * The chains of a passthrough server: one for each match block of a `tls` rule, with exactly its `sniHosts`; those of the server do not count. A block
 * that repeats a name is left out as a whole. Mirrors `buildGatewayNetworkFiltersFromTLSRoutes`.
 */
export function tlsChains(server: GatewayServer, taken: TakenNames, context: GatewayContext): FilterChain[] {
  const chains: FilterChain[] = [];
  const exclusions: Exclusion[] = [];
  for (const virtualService of candidates(server, context)) {
    context.usage.read(server, virtualService, 'tls');
    const used: SourceRef[] = [];
    for (const [index, rule] of virtualService.tls.entries()) {
      const at = place(virtualService, ['spec', 'tls', index]);
      if (!rule.route?.length) continue;
      for (const [position, match] of (rule.match ?? []).entries()) {
        const matchAt = place(virtualService, ['spec', 'tls', index, 'match', position]);
        const exclusion = excludes(match, matchAt, server) ?? repeats(match, matchAt, server, taken);
        if (exclusion) {
          exclusions.push(exclusion);
          continue;
        }
        for (const name of match.sniHosts ?? []) taken.set(name, { bind: server.bind, at: matchAt });
        if (!used.includes(at)) used.push(at);
        chains.push({
          match: serverNameMatch(match.sniHosts ?? []),
          transport: { kind: 'raw' },
          filter: { kind: 'tcp', clusters: l4Clusters(rule.route, at, destinations(server, context)) },
          origin: [server.at, matchAt, at],
        });
      }
    }
    if (used.length > 0) {
      const { at: virtualServiceAt } = virtualService;
      context.usage.bind({ server: server.at, virtualService: virtualServiceAt, domains: [], routes: used });
    }
  }
  context.usage.exclude(exclusions);
  return chains;
}

/** Virtual services of the server's Gateway with some host that overlaps one of the server's; mirrors `pickMatchingGatewayHosts`. */
function candidates(server: GatewayServer, context: GatewayContext): readonly MergedVirtualService[] {
  return context.virtualServicesMeeting(server.gatewayKey, server.hosts).filter((virtualService) =>
    server.hosts.some((host) => {
      const [prefix = '', name] = host.split('/');
      if (name !== undefined && prefix !== virtualService.namespace) return false;
      return virtualService.hosts.some((one) => matches(name ?? host, one));
    }),
  );
}

function destinations(server: GatewayServer, context: GatewayContext): DestinationContext {
  return {
    listenPort: server.number,
    lookupService: (host) => scopeService(context.services.scope, host),
    missing: context.services.missing,
  };
}

/** The block that holds, if any; a rule without blocks always does. Undefined: it does not hold here. Mirrors `l4MultiMatch`. */
function holdingMatch(
  blocks: readonly L4MatchAttributes[],
  at: SourceRef,
  server: GatewayServer,
  exclusions: Exclusion[],
): readonly SourceRef[] | undefined {
  if (blocks.length === 0) return [];
  for (const [index, block] of blocks.entries()) {
    const blockAt = { object: at.object, path: [...at.path, 'match', index] };
    const exclusion = excludes(block, blockAt, server);
    if (!exclusion) return [blockAt];
    exclusions.push(exclusion);
  }
  return undefined;
}

/** A gateway reads port and gateways, and nothing else; mirrors `l4SingleMatch`. */
function excludes(
  match: L4MatchAttributes | TLSMatchAttributes,
  at: SourceRef,
  server: GatewayServer,
): Exclusion | undefined {
  const { number: port, gatewayKey: gateway } = server;
  if (match.port && match.port !== port) return { kind: 'port-differs', at, wanted: match.port, port };
  if (match.gateways?.length && !match.gateways.includes(gateway))
    return { kind: 'gateway-differs', at, gateway };
  return undefined;
}

function repeats(
  match: TLSMatchAttributes,
  at: SourceRef,
  server: GatewayServer,
  taken: TakenNames,
): Exclusion | undefined {
  for (const name of match.sniHosts ?? []) {
    const holder = taken.get(name);
    if (holder?.bind === server.bind) return { kind: 'repeated-sni', at, by: [holder.at], name };
  }
  return undefined;
}

function place(virtualService: MergedVirtualService, path: readonly (string | number)[]): SourceRef {
  return { object: virtualService.at.object, path };
}
