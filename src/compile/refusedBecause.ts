import type { FilterChain, FilterChainMatch } from '../envoy/types.ts';
import { readIpPrefix } from '../ipAddress.ts';
import type { RefusedBecause } from './decisions.ts';

/**
 * Envoy's reason for refusing a listener with these chains, undefined if it takes them: a server name with a star other than in front of a dot, two
 * chains with equal criteria, or two that share a range and a name without differing in anything else. Mirrors
 * `FilterChainManagerImpl::addFilterChains`.
 */
export function refusedBecause(chains: readonly FilterChain[]): RefusedBecause | undefined {
  const wholes = new Set<string>();
  const parts = new Set<string>();
  for (const { match } of chains) {
    const partial = match.serverNames.find((name) => name.lastIndexOf('*') > 0 || /^\*(?!\.)/.test(name));
    if (partial !== undefined) return { kind: 'partial-wildcard', name: partial };
    const whole = JSON.stringify(match);
    if (wholes.has(whole)) return { kind: 'same-match', names: match.serverNames };
    wholes.add(whole);
    for (const { key, name } of partsOf(match)) {
      if (parts.has(key)) return { kind: 'overlapping-name', name };
    }
    for (const { key } of partsOf(match)) parts.add(key);
  }
  return undefined;
}

/** Every combination of range, name and protocol that a chain asks for; names as Envoy compares them, in lower case. */
function partsOf(match: FilterChainMatch): readonly { readonly key: string; readonly name: string }[] {
  const ranges = match.prefixRanges.length > 0 ? match.prefixRanges.map(normalizeRange) : [''];
  const names = match.serverNames.length > 0 ? match.serverNames.map((name) => name.toLowerCase()) : [''];
  const protocols = match.applicationProtocols.length > 0 ? match.applicationProtocols : [''];
  return ranges.flatMap((range) =>
    names.flatMap((name) =>
      protocols.map((protocol) => ({
        key: [range, name, match.transportProtocol ?? '', protocol].join(' '),
        name: name || range,
      })),
    ),
  );
}

/** Two texts of one range give one text; a range that cannot be read stays as it is. */
export function normalizeRange(range: string): string {
  const prefix = readIpPrefix(range.includes('/') ? range : `${range}/${range.includes(':') ? 128 : 32}`);
  if (!prefix) return range;
  const host = BigInt(prefix.address.bits - prefix.length);
  return `${(prefix.address.value >> host) << host}/${prefix.length}/${prefix.address.bits}`;
}
