import type {
  HTTPMatchRequest,
  HTTPRoute,
  L4MatchAttributes,
  StringMatch,
  TLSMatchAttributes,
  VirtualServiceSpec,
} from '../istio/types.ts';
import type { Path } from '../manifest/source.ts';
import { warn } from './report.ts';
import type { Report } from './report.ts';

/** A rule, as far as reachability goes. */
interface Rule {
  readonly name?: string;
  readonly match?: readonly AnyMatch[];
}
type AnyMatch = HTTPMatchRequest | TLSMatchAttributes | L4MatchAttributes;

/** Where a match stands: number of its rule, and its own within that. */
interface Spot {
  readonly rule: number;
  readonly match: number;
}
interface HttpMatch extends Spot {
  readonly request: HTTPMatchRequest;
}

/** Beyond this number no more covered pairs of one object are listed, so that a hostile list of prefixes costs no more than its reading. */
const mostPairs = 100_000;

/**
 * Rules and matches that never get a turn, as Istio's webhook sees it: mirrors `analyzeUnreachableHTTPRules` with its two siblings for tls and tcp. What it
 * says of prefixes (VS090) is unreliable, and reproduced as it is.
 */
export function warnUnreachable(report: Report, spec: VirtualServiceSpec): void {
  const compared = warnOfRules(report, ['spec', 'http'], spec.http ?? []);
  warnOfPrefixes(report, spec.http ?? [], compared);
  warnOfRules(report, ['spec', 'tcp'], spec.tcp ?? []);
  warnOfRules(report, ['spec', 'tls'], spec.tls ?? []);
}

/** Warns of what follows a rule without match, and of matches that repeat; returns the matches that are left. */
function warnOfRules(report: Report, path: Path, rules: readonly Rule[]): Spot[] {
  const left: Spot[] = [];
  const seen = new Map<string, Alike>();
  let catchAll = -1;
  for (const [index, rule] of rules.entries()) {
    const matches = rule.match ?? [];
    if (matches.length === 0) {
      if (catchAll >= 0) warn(report, 'VS086', [...path, index], names(rules, index, catchAll));
      catchAll = index;
      continue;
    }
    let repeated = 0;
    for (const [at, match] of matches.entries()) {
      if (catchAll >= 0) {
        warn(report, 'VS087', [...path, index, 'match', at], names(rules, index, catchAll));
        continue;
      }
      const first = findOrAdd(seen, match, index);
      if (first === undefined) left.push({ rule: index, match: at });
      else {
        warn(report, 'VS089', [...path, index, 'match', at], names(rules, index, first));
        repeated++;
      }
    }
    if (repeated === matches.length)
      warn(report, 'VS088', [...path, index], { rule: index, ruleName: rule.name ?? '' });
  }
  return left;
}

/** A match that was met, with the number of its rule. */
interface Seen {
  readonly match: AnyMatch;
  readonly rule: number;
}

/** Matches with the same path: the only one so far, or their rules by identity, which is not worked out before a second one comes. */
type Alike = Seen | Map<string, number>;

/** The rule of an earlier match that is the same; otherwise the match is noted. */
function findOrAdd(seen: Map<string, Alike>, match: AnyMatch, rule: number): number | undefined {
  const look = 'uri' in match ? (match.uri?.prefix ?? match.uri?.exact ?? match.uri?.regex ?? '') : '';
  const alike = seen.get(look);
  if (!alike) {
    seen.set(look, { match, rule });
    return undefined;
  }
  const rules = alike instanceof Map ? alike : new Map([[identityOf(alike.match), alike.rule]]);
  if (rules !== alike) seen.set(look, rules);
  const identity = identityOf(match);
  const first = rules.get(identity);
  if (first === undefined) rules.set(identity, rule);
  return first;
}

function names(rules: readonly Rule[], rule: number, by: number): Record<string, string | number> {
  return { rule, ruleName: rules[rule]?.name ?? '', by, byName: rules[by]?.name ?? '' };
}

/** Prefix matches of which an earlier one, by Istio's comparison, takes everything; one warning for each pair. */
function warnOfPrefixes(report: Report, routes: readonly HTTPRoute[], spots: readonly Spot[]): void {
  const byPrefix = new Map<string, HttpMatch[]>();
  const lengths = new Set<number>();
  let pairs = 0;
  for (const spot of spots) {
    const request = routes[spot.rule]?.match?.[spot.match];
    const prefix = request?.uri?.prefix;
    if (!request || !prefix) continue;
    for (const length of lengths) {
      if (length >= prefix.length || pairs >= mostPairs) continue;
      for (const earlier of byPrefix.get(prefix.slice(0, length)) ?? []) {
        if (!covers(earlier.request, request)) continue;
        pairs++;
        const path = ['spec', 'http', spot.rule, 'match', spot.match];
        const other = { other: earlier.request.uri?.prefix ?? '', byMatch: earlier.match };
        warn(report, 'VS090', path, { got: prefix, ...other, ...names(routes, spot.rule, earlier.rule) });
      }
    }
    const same = byPrefix.get(prefix);
    if (same) same.push({ ...spot, request });
    else byPrefix.set(prefix, [{ ...spot, request }]);
    lengths.add(prefix.length);
  }
}

/** Mirrors `coveredValidation`, prefixes apart: in each part the text of the earlier match must begin with that of the later one. */
function covers(earlier: HTTPMatchRequest, later: HTTPMatchRequest): boolean {
  return (
    (earlier.port ?? 0) === (later.port ?? 0) &&
    (textOf(earlier.method) || 'exact:GET').startsWith(textOf(later.method) || 'exact:GET') &&
    textOf(earlier.authority).startsWith(textOf(later.authority)) &&
    coversAll(earlier.headers, later.headers) &&
    coversAll(earlier.queryParams, later.queryParams) &&
    coversAll(earlier.withoutHeaders, later.withoutHeaders)
  );
}

type Matches = Readonly<Record<string, StringMatch>> | undefined;

function coversAll(earlier: Matches = {}, later: Matches = {}): boolean {
  const keys = Object.keys(earlier);
  if (keys.length !== Object.keys(later).length) return false;
  return keys.every(
    (key) => Object.hasOwn(later, key) && textOf(earlier[key]).startsWith(textOf(later[key])),
  );
}

function textOf(match: StringMatch | undefined): string {
  if (match?.exact) return `exact:${match.exact}`;
  return match?.prefix ? `prefix:${match.prefix}` : '';
}

/** A text that is the same for matches that Istio takes to be the same: the name and what is empty do not count, nor does the order of keys. */
function identityOf(match: AnyMatch): string {
  const parts: unknown[] = [];
  for (const key of Object.keys(match).sort()) {
    const value: unknown = match[key as keyof AnyMatch];
    if (key === 'name' || value === 0 || value === '' || value === false) continue;
    if (Array.isArray(value)) {
      if (value.length > 0) parts.push(key, value);
    } else if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value);
      // `uri: {}` is a condition, an empty map is none.
      if (entries.length > 0 || !maps.has(key))
        parts.push(
          key,
          entries.sort(([a], [b]) => (a < b ? -1 : 1)),
        );
    } else parts.push(key, value);
  }
  return JSON.stringify(parts);
}

const maps = new Set(['headers', 'withoutHeaders', 'queryParams', 'sourceLabels']);
