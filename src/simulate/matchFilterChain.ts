import { remember } from '../remember.ts';
import type { FilterChain, Listener } from '../envoy/types.ts';
import { prefixContains, readIpAddress, readIpPrefix } from '../ipAddress.ts';
import type { TlsHello } from './call.ts';
import type { Choice, FilterChainMismatch, FilterChainTaken, Named } from './trace.ts';

/** What Envoy's listener filters find out about a connection before it chooses a chain. */
export interface Connection {
  /** The dialled address; absent at gateways, whose chains never ask for it. */
  readonly address?: string;
  readonly port: number;
  readonly tls?: TlsHello;
  /** What plaintext was sniffed as, if it is HTTP. */
  readonly sniffed?: 'http/1.0' | 'http/1.1' | 'h2c';
}

/**
 * Which filter chain takes the connection: by the listener's own port, then destination range, then server name, then TLS or plaintext, then application protocol. Each step
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

  const index = indexOf(listener);
  const inRange = index.ranged
    ? byRange(listener.filterChains, connection.address)
    : { chains: listener.filterChains, ranged: false };
  const named = index.ranged ? byServerName(indexChains(inRange.chains), sni) : byServerName(index, sni);
  const overTransport = byTransport(named.chains, transport);
  const ownPort = connection.port === listener.port ? listener.ownPortChain : undefined;
  const chosen = ownPort ?? byApplicationProtocol(overTransport, protocols);
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
  const why = { listener, connection, sni, protocols, inRange, named, chain };
  for (const one of nearMisses(listener, index, sni, named.kind)) {
    if (one === chain || passedOver.length >= mostNamed) continue;
    passedOver.push({ name: chainName(one), at: one.origin, because: mismatch(one, why) });
  }
  return {
    step: {
      kind: 'filter-chain',
      passedOver: passedOver.sort((a, b) => nearness(a.because, sni) - nearness(b.because, sni)),
      others: listener.filterChains.length - passedOver.length - (chosen && !ownPort ? 1 : 0),
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

/** Chains by what they ask for, so that a call costs the same on a listener with thousands. */
interface ChainIndex {
  readonly byName: ReadonlyMap<string, readonly FilterChain[]>;
  readonly nameless: readonly FilterChain[];
  /** By the last two labels of their names: where near misses are looked for. */
  readonly byTail: ReadonlyMap<string, readonly FilterChain[]>;
  readonly ranged: boolean;
}

const indexOf = remember((listener: Listener): ChainIndex => indexChains(listener.filterChains));

function indexChains(chains: readonly FilterChain[]): ChainIndex {
  const byName = new Map<string, FilterChain[]>();
  const byTail = new Map<string, FilterChain[]>();
  const nameless: FilterChain[] = [];
  const note = (map: Map<string, FilterChain[]>, key: string, chain: FilterChain): void => {
    const group = map.get(key);
    if (!group) map.set(key, [chain]);
    else if (group[group.length - 1] !== chain) group.push(chain);
  };
  for (const chain of chains) {
    if (chain.match.serverNames.length === 0) nameless.push(chain);
    for (const written of chain.match.serverNames) {
      const name = written.toLowerCase();
      note(byName, name, chain);
      note(byTail, tail(name), chain);
    }
  }
  const ranged = chains.some(({ match }) => match.prefixRanges.length > 0);
  return { byName, nameless, byTail, ranged };
}

function tail(name: string): string {
  const dot = name.lastIndexOf('.');
  return name.slice(dot < 0 ? 0 : name.lastIndexOf('.', dot - 1) + 1);
}

/** Chains that nearly met the connection: all of a short listener, else wider ones, and if no name was met, those of the same parent domain. */
function nearMisses(
  listener: Listener,
  index: ChainIndex,
  sni: string,
  met: ByServerName['kind'],
): Iterable<FilterChain> {
  if (listener.filterChains.length <= mostNamed + 1) return listener.filterChains;
  const hit = [sni, ...suffixesOf(sni)].flatMap((name) => index.byName.get(name) ?? []);
  const wider = [...hit, ...index.nameless.slice(0, mostNamed)];
  if (met !== 'any') return new Set(wider);
  const near = index.byTail.get(tail(sni)) ?? [];
  const ranked = near
    .slice(0, mostCompared)
    .map((chain) => ({ chain, shared: sharedEnd(chain.match.serverNames, sni) }))
    .sort((a, b) => b.shared - a.shared)
    .map(({ chain }) => chain);
  return new Set([...wider, ...ranked, ...listener.filterChains.slice(0, mostNamed)]);
}

const mostCompared = 64;

/** The wildcards over a name, the longest first; a name that begins with a dot is what Envoy itself files a wildcard under. */
function suffixesOf(sni: string): readonly string[] {
  const suffixes: string[] = [];
  // No longer name fits into a TLS hello.
  if (sni.length > 255) return suffixes;
  for (let dot = sni.indexOf('.'); dot >= 0; dot = sni.indexOf('.', dot + 1))
    suffixes.push(`*${sni.slice(dot)}`);
  return suffixes;
}

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

function byServerName({ byName, nameless }: ChainIndex, sni: string): ByServerName {
  if (sni !== '') {
    const exact = byName.get(sni);
    if (exact) return { chains: exact, kind: 'exact' };
    for (const suffix of suffixesOf(sni)) {
      const chains = byName.get(suffix);
      if (chains) return { chains, kind: 'wildcard' };
    }
  }
  return { chains: nameless, kind: 'any' };
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
  if (prefixRanges.length > 0 && !why.inRange.chains.includes(chain)) {
    return { kind: 'address-outside', wants: prefixRanges, got: why.connection.address ?? '' };
  }
  if (prefixRanges.length === 0 && why.inRange.ranged) return lessSpecific(why.chain);
  if (!why.named.chains.includes(chain)) {
    if (serverNames.length === 0) return lessSpecific(why.chain);
    const names = serverNames.map((name) => name.toLowerCase());
    if ([why.sni, ...suffixesOf(why.sni)].some((name) => names.includes(name)))
      return lessSpecific(why.chain);
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
      return 1000 - sharedEnd(because.wants, sni);
    case 'address-outside':
      return 2000;
  }
}

function sharedEnd(names: readonly string[], sni: string): number {
  return names.reduce((most, name) => Math.max(most, commonEnd(name.toLowerCase(), sni)), 0);
}

function commonEnd(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[a.length - 1 - length] === b[b.length - 1 - length])
    length++;
  return length;
}
