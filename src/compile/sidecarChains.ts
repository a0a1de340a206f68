import type { NetworkFilter } from '../envoy/types.ts';
import { isWildcard, matches } from '../hostname.ts';
import { isTls } from '../istio/protocol.ts';
import type { PortProtocol } from '../istio/protocol.ts';
import type { L4MatchAttributes, Labels, TLSMatchAttributes } from '../istio/types.ts';
import type { Path, SourceRef } from '../manifest/source.ts';
import type { MergedVirtualService } from './delegates.ts';
import { isSubset } from './destinationRules.ts';
import { l4Clusters } from './l4Destinations.ts';
import { noAddress } from './registry.ts';
import type { RegistryService } from './registry.ts';
import { weightedCluster } from './routeActions.ts';
import type { DestinationContext } from './routeActions.ts';
import { alternativeHosts } from './sidecarDomains.ts';
import { meshGateway } from './virtualServices.ts';

/** A filter chain before its criteria are put in order; mirrors `filterChainOpts`. */
export interface ChainDraft {
  readonly sniHosts: readonly string[];
  readonly ranges: readonly string[];
  /** Taken by plaintext HTTP alone. */
  readonly sniffed: boolean;
  readonly filter: NetworkFilter;
  readonly origin: readonly SourceRef[];
}

/** A port of a service on its way into a listener. */
export interface ListenedPort {
  readonly service: RegistryService;
  readonly port: { readonly number: number; readonly protocol: PortProtocol };
  /** Address of the listener. */
  readonly address: string;
  /** The service's own range, if that is what it has for an address. */
  readonly range?: string;
  readonly origin: readonly SourceRef[];
}

/** What the chains of a workload are made with. */
export interface ChainInput {
  /** What destinations mean to TCP and TLS routes for a dialled port. */
  readonly destinations: (listenPort: number) => DestinationContext;
  /** Of the workload. */
  readonly namespace: string;
  readonly labels: Labels;
}

/**
 * The chains for what is not sniffed as HTTP on a port of a service: by the virtual services whose hosts overlap the service's, `tls` routes on
 * TLS ports, `tcp` routes on all others. Mirrors `buildSidecarOutboundTCPListenerOpts`.
 */
export function serviceChains(
  listened: ListenedPort,
  candidates: L4Candidates,
  input: ChainInput,
): readonly ChainDraft[] {
  const virtualServices = candidatesFor(candidates, listened.service.host);
  return isTls(listened.port.protocol)
    ? tlsChains(listened, virtualServices, input)
    : tcpChains(listened, virtualServices, input);
}

/** Virtual services with `tcp` or `tls` routes by their hosts. */
export interface L4Candidates {
  readonly all: readonly MergedVirtualService[];
  /** Places in `all`. */
  readonly exact: ReadonlyMap<string, readonly number[]>;
  readonly wildcards: readonly (readonly [host: string, place: number])[];
}

/** So that not every service has to look at every virtual service. */
export function indexCandidates(virtualServices: readonly MergedVirtualService[]): L4Candidates {
  const all = virtualServices.filter(({ tcp, tls }) => tcp.length > 0 || tls.length > 0);
  const exact = new Map<string, number[]>();
  const wildcards: (readonly [string, number])[] = [];
  for (const [place, { hosts }] of all.entries()) {
    for (const host of hosts) {
      if (isWildcard(host)) wildcards.push([host, place]);
      else exact.set(host, [...(exact.get(host) ?? []), place]);
    }
  }
  return { all, exact, wildcards };
}

/** Those with a host that overlaps the service's, in either direction; mirrors `getConfigsForHost`. */
function candidatesFor(
  { all, exact, wildcards }: L4Candidates,
  host: string,
): readonly MergedVirtualService[] {
  if (isWildcard(host)) return all.filter(({ hosts }) => hosts.some((candidate) => matches(candidate, host)));
  const places = new Set(exact.get(host));
  for (const [wildcard, place] of wildcards) if (matches(wildcard, host)) places.add(place);
  return [...places].sort((a, b) => a - b).flatMap((place) => all[place] ?? []);
}

/** Mirrors `buildSidecarOutboundTLSFilterChainOpts`. */
function tlsChains(
  listened: ListenedPort,
  virtualServices: readonly MergedVirtualService[],
  input: ChainInput,
): ChainDraft[] {
  const chains: ChainDraft[] = [];
  const seen = new Set<string>();
  // Once an entry has ranges they stay in force for all later entries that have none.
  let ranges: readonly string[] = listened.range === undefined ? [] : [listened.range];
  for (const { tls, at } of virtualServices) {
    for (const [index, route] of tls.entries()) {
      if (!route.route?.length) continue;
      for (const [place, match] of (route.match ?? []).entries()) {
        if (!holds(match, listened.port.number, input)) continue;
        if (match.destinationSubnets?.length) ranges = match.destinationSubnets;
        const criteria = `${(match.sniHosts ?? []).join(',')}|${(match.destinationSubnets ?? []).join(',')}`;
        if (seen.has(criteria)) continue;
        seen.add(criteria);
        const routeAt = below(at, ['spec', 'tls', index]);
        chains.push({
          sniHosts: match.sniHosts ?? [],
          ranges,
          sniffed: false,
          filter: routeFilter(route.route, routeAt, listened, input),
          origin: [below(routeAt, ['match', place])],
        });
      }
    }
  }
  if (chains.length > 0) return chains;
  const { address, aliases } = listened.service;
  const byName = address.includes('/') || (address === noAddress && listened.address === noAddress);
  const isForwardProxy = isWildcard(listened.service.host) && listened.service.resolution === 'dynamic-dns';
  const names = [
    listened.service.host,
    ...aliases.flatMap(({ host }) => [host, ...alternativeHosts(host, input.namespace)]),
  ];
  return [{ ...serviceChain(listened, ranges, input), sniHosts: byName || isForwardProxy ? names : [] }];
}

/** Mirrors `buildSidecarOutboundTCPFilterChainOpts`. */
function tcpChains(
  listened: ListenedPort,
  virtualServices: readonly MergedVirtualService[],
  input: ChainInput,
): ChainDraft[] {
  const chains: ChainDraft[] = [];
  const own = listened.range === undefined ? [] : [listened.range];
  let closed = false;
  for (const { tcp, at } of virtualServices) {
    for (const [index, route] of tcp.entries()) {
      if (!route.route?.length) continue;
      const routeAt = below(at, ['spec', 'tcp', index]);
      const filter = routeFilter(route.route, routeAt, listened, input);
      const matched = (route.match ?? []).flatMap((match, place) =>
        holds(match, listened.port.number, input) ? [{ match, at: below(routeAt, ['match', place]) }] : [],
      );
      const open = matched.find(({ match }) => !match.destinationSubnets?.length);
      if (open || !route.match?.length) {
        return [
          ...chains,
          { sniHosts: [], ranges: own, sniffed: false, filter, origin: [open?.at ?? routeAt] },
        ];
      }
      const ranges = matched.flatMap(({ match }) => match.destinationSubnets ?? []);
      if (ranges.length === 0) continue;
      chains.push({ sniHosts: [], ranges, sniffed: false, filter, origin: matched.map((entry) => entry.at) });
      if (sameTexts(ranges, own)) closed = true;
    }
  }
  return closed ? chains : [...chains, serviceChain(listened, own, input)];
}

/** To the service itself. */
function serviceChain(listened: ListenedPort, ranges: readonly string[], input: ChainInput): ChainDraft {
  const { service, port, origin } = listened;
  const cluster = weightedCluster(
    { host: service.host },
    { ...input.destinations(port.number), lookupService: () => service },
  );
  const filter: NetworkFilter = { kind: 'tcp', clusters: [{ ...cluster, weight: 100, origin }] };
  return { sniHosts: [], ranges, sniffed: false, filter, origin };
}

function routeFilter(
  route: Parameters<typeof l4Clusters>[0],
  at: SourceRef,
  { port }: ListenedPort,
  { destinations }: ChainInput,
): NetworkFilter {
  return { kind: 'tcp', clusters: l4Clusters(route, at, destinations(port.number)) };
}

/** The conditions that hold or not for a workload and a port as such; mirrors `matchTLS` and `matchTCP`. */
function holds(
  match: TLSMatchAttributes | L4MatchAttributes,
  port: number,
  { namespace, labels }: ChainInput,
): boolean {
  return (
    (!match.gateways?.length || match.gateways.includes(meshGateway)) &&
    isSubset(match.sourceLabels ?? {}, labels) &&
    (!match.port || match.port === port) &&
    (!match.sourceNamespace || match.sourceNamespace === namespace)
  );
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.toSorted().join() === b.toSorted().join();
}

function below(at: SourceRef, path: Path): SourceRef {
  return { object: at.object, path: [...at.path, ...path] };
}
