import { isRefusedByEnvoy } from '../envoy/regex.ts';
import type {
  ClaimMatcher,
  HeaderMatcher,
  PathSpecifier,
  QueryParameterMatcher,
  RouteMatch,
  StringMatcher,
} from '../envoy/types.ts';
import { compareText } from '../istio/mesh.ts';
import type { HTTPMatchRequest, StringMatch } from '../istio/types.ts';
import type { Path, SourceRef } from '../manifest/source.ts';
import type { MergedMatch } from './delegates.ts';

/** What a rule without match blocks matches: everything. */
export const matchAll: RouteMatch = {
  path: { kind: 'prefix', value: '/' },
  caseSensitive: true,
  headers: [],
  queryParameters: [],
  claims: [],
};

/**
 * The conditions of one match block that Envoy looks at, those on headers sorted by name as Istio sorts them. `port`, `gateways` and the
 * `source…` fields are decided before. Mirrors `TranslateRouteMatch`.
 */
export function translateMatch(merged: MergedMatch): RouteMatch {
  const { match } = merged;
  const headers: HeaderMatcher[] = [];
  const claims: ClaimMatcher[] = [];
  for (const field of ['headers', 'withoutHeaders'] as const) {
    const invert = field === 'withoutHeaders';
    for (const [name, wanted] of Object.entries(match[field] ?? {})) {
      const origin = originOf(merged, [field, name]);
      if (isClaim(name)) claims.push({ name, invert, origin });
      else headers.push(headerMatcher(name, wanted, invert, origin));
    }
  }
  headers.sort((a, b) => compareText(a.name, b.name));
  for (const field of ['method', 'authority', 'scheme'] as const) {
    const wanted = match[field];
    if (wanted) headers.push(headerMatcher(`:${field}`, wanted, false, originOf(merged, [field])));
  }
  const queryParameters = Object.entries(match.queryParams ?? {}).map(
    ([name, wanted]): QueryParameterMatcher => ({
      name,
      matcher: stringMatcher(wanted),
      origin: originOf(merged, ['queryParams', name]),
    }),
  );
  return {
    path: match.uri ? pathSpecifier(match.uri, originOf(merged, ['uri'])) : matchAll.path,
    caseSensitive: !(match.ignoreUriCase ?? false),
    headers,
    queryParameters,
    claims,
  };
}

/** Whether Envoy refuses a condition, and all routes with it: for a regular expression that only Istio takes, or a query parameter without a name. */
export function isMatchRefused(match: HTTPMatchRequest): boolean {
  return (
    Object.hasOwn(match.queryParams ?? {}, '') ||
    conditionsOf(match).some(([, each]) => isPatternRefused(each))
  );
}

/** All conditions of a match on a text, each with its path from the match on. */
export function conditionsOf(match: HTTPMatchRequest): readonly (readonly [at: Path, StringMatch])[] {
  const texts = (['uri', 'scheme', 'method', 'authority'] as const).flatMap((field) => {
    const condition = match[field];
    return condition ? [[[field], condition] as const] : [];
  });
  const named = (['headers', 'withoutHeaders', 'queryParams'] as const).flatMap((field) =>
    Object.entries(match[field] ?? {}).map(([name, condition]) => [[field, name], condition] as const),
  );
  return [...texts, ...named];
}

/** The same of one condition on a text. */
export function isPatternRefused(match: StringMatch | undefined): boolean {
  return match?.regex !== undefined && isRefusedByEnvoy(match.regex);
}

/** Whether nothing behind this route can match any more; mirrors `IsCatchAllRoute`. */
export function isCatchAll({ path, headers, queryParameters, claims }: RouteMatch): boolean {
  const all = path.kind === 'prefix' ? path.value === '/' : path.kind === 'regex' && path.value === '.*';
  return all && headers.length === 0 && queryParameters.length === 0 && claims.length === 0;
}

/** A string condition; `{}` and the regex `*` only ask that there is a value. Mirrors `canBeConvertedToPresentMatch`. */
export function stringMatcher(match: StringMatch): StringMatcher {
  if (match.exact !== undefined) return { kind: 'exact', value: match.exact };
  if (match.prefix !== undefined) return { kind: 'prefix', value: match.prefix };
  if (match.regex !== undefined && match.regex !== '*') return { kind: 'regex', value: match.regex };
  return { kind: 'present' };
}

function headerMatcher(name: string, wanted: StringMatch, invert: boolean, origin: SourceRef): HeaderMatcher {
  const matcher = stringMatcher(wanted);
  return {
    name: name.toLowerCase(),
    matcher,
    invert,
    treatMissingAsEmpty: invert && matcher.kind !== 'present',
    origin,
  };
}

function pathSpecifier(uri: StringMatch, origin: SourceRef): PathSpecifier {
  if (uri.exact !== undefined) return { kind: 'exact', value: uri.exact, origin };
  if (uri.prefix !== undefined) return { kind: 'prefix', value: uri.prefix, origin };
  if (uri.regex !== undefined) return { kind: 'regex', value: uri.regex, origin };
  return matchAll.path;
}

/** Whether a key of `headers` means a claim of a JWT; mirrors `jwt.ToRoutingClaim`. */
function isClaim(name: string): boolean {
  return /^@request\.auth\.claims(?:\.[^]+|\[[^]+\])$/i.test(name);
}

/** A delegated condition may come from the root's block. */
function originOf({ at, rootAt, fromRoot }: MergedMatch, path: Path): SourceRef {
  const block = rootAt && fromRoot.includes(path.join('.')) ? rootAt : at;
  return { object: block.object, path: [...block.path, ...path] };
}
