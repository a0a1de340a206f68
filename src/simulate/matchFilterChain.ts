import type { FilterChain, Listener } from '../envoy/types.ts';
import { prefixContains, readIpAddress, readIpPrefix } from '../ipAddress.ts';
import type { TlsHello } from './call.ts';
import type { Choice, FilterChainMismatch, FilterChainTaken, Named } from './trace.ts';

/** What Envoy's listener filters find out about a connection before it chooses a chain. */
export interface Connection {
  /** The dialled address; absent at gateways, whose chains never ask for it. */
  readonly address?: string;
  readonly tls?: TlsHello;
  /** What plaintext was sniffed as, if it is HTTP. */
  readonly sniffed?: 'http/1.0' | 'http/1.1' | 'h2c';
}

/**
 * Which filter chain takes the connection: by destination range, then server name, then TLS or plaintext, then application protocol. Each step
 * keeps to what it found; where a later one then finds nothing, the default chain takes the connection, or nobody. Mirrors Envoy's
 * `FilterChainManagerImpl::findFilterChain`.
 */
export function matchFilterChain(
  listener: Listener,
  connection: Connection,
): {
  readonly step: Choice<'filter-chain', FilterChainMismatch, FilterChainTaken>;
  readonly chain?: FilterChain;
} {
  const sni = listener.tlsInspector ? (connection.tls?.sni ?? '').toLowerCase() : '';
  const transport = listener.tlsInspector && connection.tls ? 'tls' : 'raw_buffer';
  const protocols = applicationProtocols(listener, connection);

  const inRange = byRange(listener.filterChains, connection.address);
  const named = byServerName(inRange.chains, sni);
  const overTransport = byTransport(named.chains, transport);
  const chosen = byApplicationProtocol(overTransport, protocols);
  const chain = chosen ?? listener.defaultFilterChain;
  const matched = !chosen
    ? 'default'
    : chosen.match.applicationProtocols.length > 0 && !connection.tls
      ? 'sniffed-http'
      : named.kind !== 'any'
        ? named.kind
        : inRange.ranged
          ? 'range'
          : 'any';
  const passedOver: (Named & { readonly because: FilterChainMismatch })[] = [];
  let others = 0;
  const why = { listener, connection, sni, protocols, inRange, named, chain };
  for (const one of listener.filterChains) {
    if (one === chain) continue;
    if (passedOver.length >= mostNamed) others++;
    else passedOver.push({ name: chainName(one), at: one.origin, because: mismatch(one, why) });
  }
  return {
    step: {
      kind: 'filter-chain',
      passedOver: passedOver.sort((a, b) => nearness(a.because, sni) - nearness(b.because, sni)),
      others,
      ...(chain && {
        taken: {
          name: chainName(chain),
          at: chain.origin,
          serverNames: chain.match.serverNames,
          applicationProtocols: chain.match.applicationProtocols,
          prefixRanges: chain.match.prefixRanges,
          matched,
          terminatesTls: chain.transport.kind === 'tls',
        },
      }),
    },
    ...(chain && { chain }),
  };
}

const mostNamed = 12;

/** How a chain is called: by its server names or ranges, else by what it does. */
function chainName(chain: FilterChain): string {
  const { serverNames, prefixRanges } = chain.match;
  if (serverNames.length > 0 || prefixRanges.length > 0) return [...prefixRanges, ...serverNames].join(', ');
  return chain.filter.kind === 'http' ? chain.filter.routeConfig : (chain.filter.clusters[0]?.name ?? '*');
}

function applicationProtocols(listener: Listener, connection: Connection): readonly string[] {
  if (connection.tls) return listener.tlsInspector ? connection.tls.alpn : [];
  return listener.httpInspector && connection.sniffed ? [connection.sniffed] : [];
}

interface ByRange {
  readonly chains: readonly FilterChain[];
  readonly ranged: boolean;
}

function byRange(chains: readonly FilterChain[], address: string | undefined): ByRange {
  if (!chains.some((chain) => chain.match.prefixRanges.length > 0)) return { chains, ranged: false };
  const ip = address === undefined ? undefined : readIpAddress(address);
  let best: FilterChain[] = [];
  let longest = -1;
  for (const chain of chains) {
    for (const range of chain.match.prefixRanges) {
      const prefix = readIpPrefix(range.includes('/') ? range : `${range}/${range.includes(':') ? 128 : 32}`);
      if (!ip || !prefix || !prefixContains(prefix, ip)) continue;
      if (prefix.length > longest) {
        longest = prefix.length;
        best = [];
      }
      if (prefix.length === longest && !best.includes(chain)) best.push(chain);
    }
  }
  // A chain without ranges stands for the range of length 0.
  const rangeless = chains.filter((chain) => chain.match.prefixRanges.length === 0);
  if (longest > 0) return { chains: best, ranged: true };
  return { chains: [...best, ...rangeless], ranged: false };
}

interface ByServerName {
  readonly chains: readonly FilterChain[];
  readonly kind: 'exact' | 'wildcard' | 'any';
}

function byServerName(chains: readonly FilterChain[], sni: string): ByServerName {
  const withName = (name: string): readonly FilterChain[] =>
    chains.filter((chain) => chain.match.serverNames.some((one) => one.toLowerCase() === name));
  if (sni !== '') {
    const exact = withName(sni);
    if (exact.length > 0) return { chains: exact, kind: 'exact' };
    for (let dot = sni.indexOf('.', 1); dot >= 0; dot = sni.indexOf('.', dot + 1)) {
      const suffix = withName(`*${sni.slice(dot)}`);
      if (suffix.length > 0) return { chains: suffix, kind: 'wildcard' };
    }
  }
  return { chains: chains.filter((chain) => chain.match.serverNames.length === 0), kind: 'any' };
}

function byTransport(
  chains: readonly FilterChain[],
  transport: 'tls' | 'raw_buffer',
): readonly FilterChain[] {
  const exact = chains.filter((chain) => chain.match.transportProtocol === transport);
  return exact.length > 0 ? exact : chains.filter((chain) => chain.match.transportProtocol === undefined);
}

function byApplicationProtocol(
  chains: readonly FilterChain[],
  offered: readonly string[],
): FilterChain | undefined {
  for (const protocol of offered) {
    const chain = chains.find((one) => one.match.applicationProtocols.includes(protocol));
    if (chain) return chain;
  }
  return chains.find((one) => one.match.applicationProtocols.length === 0);
}

interface Why {
  readonly listener: Listener;
  readonly connection: Connection;
  readonly sni: string;
  readonly protocols: readonly string[];
  readonly inRange: ByRange;
  readonly named: ByServerName;
  readonly chain: FilterChain | undefined;
}

function mismatch(chain: FilterChain, why: Why): FilterChainMismatch {
  const { serverNames, applicationProtocols: alpn, prefixRanges } = chain.match;
  if (!why.inRange.chains.includes(chain)) {
    if (prefixRanges.length > 0) {
      return { kind: 'address-outside', wants: prefixRanges, got: why.connection.address ?? '' };
    }
    return lessSpecific(why.chain);
  }
  if (!why.named.chains.includes(chain)) {
    if (serverNames.length === 0) return lessSpecific(why.chain);
    if (why.sni !== '' && byServerName([chain], why.sni).kind !== 'any') return lessSpecific(why.chain);
    return { kind: 'sni-differs', wants: serverNames, got: why.connection.tls?.sni ?? null };
  }
  if (alpn.length > 0 && !alpn.some((one) => why.protocols.includes(one))) {
    if (alpn.includes('h2c')) return { kind: 'not-sniffed-as-http' };
    return { kind: 'alpn-differs', wants: alpn, got: why.protocols };
  }
  return lessSpecific(why.chain);
}

function lessSpecific(than: FilterChain | undefined): FilterChainMismatch {
  return { kind: 'less-specific', than: than ? chainName(than) : '' };
}

/** Small is near: a chain that lost by its protocol, then those whose names share the longest end with the SNI. */
function nearness(because: FilterChainMismatch, sni: string): number {
  switch (because.kind) {
    case 'alpn-differs':
    case 'not-sniffed-as-http':
      return 0;
    case 'less-specific':
      return 1;
    case 'sni-differs':
      return 1000 - Math.max(0, ...because.wants.map((name) => commonEnd(name.toLowerCase(), sni)));
    case 'address-outside':
      return 2000;
  }
}

function commonEnd(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[a.length - 1 - length] === b[b.length - 1 - length])
    length++;
  return length;
}
