import type { FilterChain, FilterChainMatch } from '../envoy/types.ts';
import { readIpPrefix } from '../ipAddress.ts';
import type { RefusedBecause } from './decisions.ts';

/** Why Envoy refuses a listener, and the chains that are to blame. */
export interface Refused {
  readonly because: RefusedBecause;
  readonly chains: readonly FilterChain[];
}

/**
 * Whether Envoy refuses a listener with these chains: a server name with a star inside, two chains with equal criteria, or criteria that share one
 * combination of range, name and protocol. Mirrors `verifyNoDuplicateMatchers` and `setupFilterChainMatcher`.
 */
export function refusedListener(chains: readonly FilterChain[]): Refused | undefined {
  const seen = new Map<string, FilterChain>();
  for (const chain of chains) {
    const { match } = chain;
    const partial = match.serverNames.find((name) => name.replace(/^\*\./, '').includes('*'));
    if (partial !== undefined)
      return { because: { kind: 'partial-wildcard', name: partial }, chains: [chain] };
    for (const range of orAny(match.prefixRanges.map(network))) {
      for (const name of orAny(match.serverNames)) {
        for (const protocol of orAny(match.applicationProtocols)) {
          const key = [range, name.toLowerCase(), match.transportProtocol ?? '', protocol].join(' ');
          const other = seen.get(key);
          if (!other) seen.set(key, chain);
          else if (other !== chain && sameCriteria(other.match, match)) {
            return { because: { kind: 'same-match', names: match.serverNames }, chains: [other, chain] };
          } else return { because: { kind: 'overlapping-name', name }, chains: [other, chain] };
        }
      }
    }
  }
  return undefined;
}

function orAny(criteria: readonly string[]): readonly string[] {
  return criteria.length > 0 ? criteria : [''];
}

/** The range with the bits below its length cut off, so that different spellings compare as equal. */
export function network(range: string): string {
  const prefix = readIpPrefix(range.includes('/') ? range : `${range}/${range.includes(':') ? 128 : 32}`);
  if (!prefix) return range;
  const host = BigInt(prefix.address.bits - prefix.length);
  return `${prefix.address.bits}:${(prefix.address.value >> host) << host}/${prefix.length}`;
}

function sameCriteria(a: FilterChainMatch, b: FilterChainMatch): boolean {
  const same = (left: readonly string[], right: readonly string[]): boolean =>
    left.length === right.length && left.every((value, index) => value === right[index]);
  return same(a.serverNames, b.serverNames) && same(a.applicationProtocols, b.applicationProtocols);
}
