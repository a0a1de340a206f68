import { listenerName } from '../envoy/names.ts';
import type { PortProtocol } from '../istio/protocol.ts';
import { isHttp, isHttpOrSniffed } from '../istio/protocol.ts';
import type { SourceRef } from '../manifest/source.ts';
import type { Exclusion } from './decisions.ts';
import { network } from './refusedListener.ts';
import { noAddress } from './registry.ts';
import { serviceChains } from './sidecarChains.ts';
import type { ChainDraft, ChainInput, L4Candidates, ListenedPort } from './sidecarChains.ts';

/** A listener while services are added to it; mirrors `outboundListenerEntry`. */
export interface ListenerDraft {
  readonly address: string;
  readonly port: number;
  /** Of the service that made it; `auto` once plaintext has to be sniffed. */
  protocol: PortProtocol;
  readonly chains: ChainDraft[];
  /** Of its chains, as `criteriaOf` writes them. */
  readonly criteria: Set<string>;
  /** Made by an entry of the Sidecar that has a port: nothing more is added. */
  locked: boolean;
  origin: readonly SourceRef[];
}

/**
 * Adds a port of a service to the listener of its address, or makes that listener. What is there already stays: HTTP services share one chain, and
 * of two TCP services with the same criteria the later one gets nothing. Gives what the service lost, if anything. Mirrors
 * `buildSidecarOutboundListener`.
 */
export function addToListener(
  drafts: Map<string, ListenerDraft>,
  listened: ListenedPort,
  candidates: L4Candidates,
  input: ChainInput,
): readonly Exclusion[] {
  const { address, port, origin } = listened;
  const listener = listenerName(address, port.number);
  const draft = drafts.get(listener);
  if (draft?.locked) return [];
  const http = isHttp(port.protocol);
  const forwardProxy = port.protocol === 'HTTP_PROXY';
  if (draft && http && !forwardProxy && isHttpOrSniffed(draft.protocol)) {
    draft.origin = joinSome(draft.origin, origin);
    return [];
  }
  const taken = (by: readonly SourceRef[]): Exclusion[] =>
    origin.slice(0, 1).map((at) => ({ kind: 'listener-taken', at, by, listener }));
  if (draft && !forwardProxy && !mixes(port.protocol, draft.protocol)) return taken(draft.origin);
  const chains = chainsFor(listened, draft?.protocol === 'auto', candidates, input);
  // What is there is not looked at for HTTP_PROXY: it takes the place of everything.
  if (!draft || forwardProxy || (port.protocol === 'auto' && isHttp(draft.protocol))) {
    // HTTP that is sniffed for shares its listener with anything.
    const protocol = http && address === noAddress && !forwardProxy ? 'auto' : port.protocol;
    drafts.set(listener, {
      address,
      port: port.number,
      protocol,
      chains: [...chains],
      criteria: new Set(chains.map(criteriaOf)),
      locked: false,
      origin,
    });
    const lost = draft?.chains
      .filter(({ filter }) => filter.kind !== 'http')
      .flatMap((chain) => chain.origin);
    return (lost ?? []).map((at) => ({ kind: 'listener-taken', at, by: origin, listener }));
  }
  const isNew = addChains(draft, chains);
  draft.origin = joinSome(draft.origin, origin);
  if (http || port.protocol === 'auto' || isHttp(draft.protocol)) draft.protocol = 'auto';
  return isNew ? [] : taken(draft.chains.slice(0, mostNamed).flatMap((chain) => chain.origin));
}

/** MONGO and MYSQL, where the server speaks first, share with nothing else; mirrors `isConflictWithWellKnownPort`. */
function mixes(incoming: PortProtocol, existing: PortProtocol): boolean {
  const speaksFirst = [incoming, existing].some((protocol) => protocol === 'MONGO' || protocol === 'MYSQL');
  return !speaksFirst || incoming === existing;
}

/** `sniffing`: the listener has a chain for sniffed HTTP already. */
function chainsFor(
  listened: ListenedPort,
  sniffing: boolean,
  candidates: L4Candidates,
  input: ChainInput,
): readonly ChainDraft[] {
  const { protocol } = listened.port;
  if (isHttp(protocol)) {
    const sniffed = listened.address === noAddress && protocol !== 'HTTP_PROXY';
    return [httpChain(listened, `${listened.port.number}`, sniffed)];
  }
  const chains = serviceChains(listened, candidates, input);
  if (protocol !== 'auto' || sniffing) return chains;
  const { number } = listened.port;
  const own = listened.address === noAddress ? `${number}` : `${listened.service.host}:${number}`;
  return [...chains, httpChain(listened, own, true)];
}

/** Mirrors `buildSidecarOutboundHTTPListenerOpts`: a port of unknown protocol has a route configuration for itself. */
function httpChain({ origin }: ListenedPort, routeConfig: string, sniffed: boolean): ChainDraft {
  const filter = { kind: 'http' as const, routeConfig, useRemoteAddress: false };
  return { sniHosts: [], ranges: [], sniffed, filter, origin };
}

/** Leaves out what has the criteria of a chain that is there already, and says whether anything is left; mirrors `mergeTCPFilterChains`. */
function addChains({ chains, criteria }: ListenerDraft, incoming: readonly ChainDraft[]): boolean {
  const before = chains.length;
  for (const chain of incoming) {
    const own = criteriaOf(chain);
    if (criteria.has(own)) continue;
    criteria.add(own);
    chains.push(chain);
  }
  return chains.length > before;
}

/** Equal texts for chains with equal criteria; mirrors `conflictsWith`. */
function criteriaOf({ sniHosts, ranges, sniffed }: ChainDraft): string {
  const names = new Set(sniHosts.filter((name) => name !== '*'));
  const networks = new Set(ranges.filter((range) => !range.startsWith(noAddress)).map(network));
  return JSON.stringify([sniffed, [...names].sort(), [...networks].sort()]);
}

const mostNamed = 10;

/** A shared listener would name hundreds of services; some are enough. */
function joinSome(refs: readonly SourceRef[], more: readonly SourceRef[]): readonly SourceRef[] {
  return refs.length >= mostNamed ? refs : [...refs, ...more];
}
