import { subsetOf, matches as hostsOverlap } from '../../hostname.ts';
import type { HTTPMatchRequest, StringMatch, VirtualServiceSpec } from '../../istio/types.ts';
import type { Path } from '../../manifest/source.ts';
import { finding, keyFinding, type LocalFinding } from '../draft.ts';
import { asksForQuery, hasTopAlternative, literalOf, startOf } from './patterns.ts';

/** Conditions of `http` rules that are never true, or mean something else than they seem to. */
export function* httpMatches(spec: VirtualServiceSpec): Generator<LocalFinding> {
  const taken = takenPaths(spec);
  const said = new Set<string>();
  for (const [rule, route] of (spec.http ?? []).entries()) {
    for (const [index, match] of (route.match ?? []).entries()) {
      const path: Path = ['spec', 'http', rule, 'match', index];
      if (match.uri) yield* uriCondition(match.uri, [...path, 'uri']);
      yield* barePath(taken, said, match, [...path, 'uri', 'prefix']);
      yield* emptyMatch(match, path);
      yield* methodAndScheme(match, path);
      yield* authority(match, spec.hosts ?? [], [...path, 'authority']);
      yield* headerKeys(match, path);
      yield* contradictions(match, path);
      yield* ignoredCase(match, path);
      yield* partialExpressions(match, path);
    }
  }
}

/** VS230, VS231, VS232, VS233: Envoy compares the path without the query, which begins with a slash. */
function* uriCondition(uri: StringMatch, path: Path): Generator<LocalFinding> {
  const text = uri.exact ?? uri.prefix;
  const field = uri.exact === undefined ? 'prefix' : 'exact';
  if (text !== undefined && text !== '') {
    const at = [...path, field];
    if (/[?#]/.test(text)) yield finding('VS230', at, { got: text });
    else if (!text.startsWith('/') && !(field === 'exact' && text === '*')) {
      // The path of `OPTIONS *` is a star.
      const level = text === '*' ? 'surprise' : undefined;
      yield finding('VS231', at, { got: text, want: text === '*' ? '/' : `/${text}` }, level);
    }
  }
  if (uri.regex === undefined) return;
  const at = [...path, 'regex'];
  const start = startOf(uri.regex);
  if (uri.regex.startsWith('/^') && !hasTopAlternative(uri.regex)) {
    yield finding('VS232', at, { got: uri.regex });
  } else if (hasFlags(uri.regex)) {
    // A path may look like that, and none does.
    yield finding('VS232', at, { got: uri.regex }, 'surprise');
  } else if (start !== undefined && start !== '/') {
    yield finding('VS232', at, { got: uri.regex, want: `/${uri.regex.replace(/^\^/, '')}` });
  } else if (asksForQuery(uri.regex)) {
    yield finding('VS230', at, { got: uri.regex });
  } else {
    const literal = literalOf(uri.regex);
    if (literal !== undefined)
      yield finding('VS233', at, {
        got: uri.regex,
        only: literal,
        want: `${uri.regex.replace(/\$$/, '')}.*`,
      });
  }
}

/** `/\/api\/v1/i`: delimiters, and flags behind them, as in JavaScript. */
function hasFlags(regex: string): boolean {
  return /^\/.*\\\/.*\/[gimsuy]{1,3}$/.test(regex);
}

/** Paths that the matches of an object take, to look others up in. */
interface TakenPaths {
  /** Some rule or match takes paths that cannot be listed. */
  readonly isOpen: boolean;
  readonly exact: ReadonlySet<string>;
  readonly prefixes: ReadonlySet<string>;
}

function takenPaths({ http = [] }: VirtualServiceSpec): TakenPaths {
  const uris = http.flatMap(({ match = [] }) =>
    match.length === 0 ? [undefined] : match.map(({ uri }) => uri),
  );
  return {
    isOpen: uris.some((uri) => uri?.exact === undefined && uri?.prefix === undefined),
    exact: new Set(uris.flatMap((uri) => uri?.exact ?? [])),
    prefixes: new Set(uris.flatMap((uri) => uri?.prefix ?? [])),
  };
}

/** VS235, once for each prefix: with a slash at its end it leaves out the path without it, unless another match of the object takes it. */
function* barePath(
  { isOpen, exact, prefixes }: TakenPaths,
  said: Set<string>,
  match: HTTPMatchRequest,
  path: Path,
): Generator<LocalFinding> {
  const prefix = match.uri?.prefix;
  if (isOpen || prefix === undefined || prefix.length < 2 || !prefix.endsWith('/')) return;
  const bare = prefix.slice(0, -1);
  if (exact.has(bare) || said.has(prefix)) return;
  said.add(prefix);
  for (let length = 0; length <= bare.length; length += 1) if (prefixes.has(bare.slice(0, length))) return;
  yield finding('VS235', path, { got: prefix, example: bare });
}

const CONDITIONS = [
  'uri',
  'scheme',
  'method',
  'authority',
  'headers',
  'withoutHeaders',
  'queryParams',
  'port',
  'sourceLabels',
  'sourceNamespace',
  'gateways',
] as const;

/** VS236. */
function* emptyMatch(match: HTTPMatchRequest, path: Path): Generator<LocalFinding> {
  const isEmpty = (value: unknown): boolean =>
    value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  const rest = CONDITIONS.filter((field) => field !== 'uri' && !isEmpty(match[field]));
  const isUriEmpty = match.uri === undefined || match.uri.prefix === '';
  if (rest.length === 0 && isUriEmpty) yield finding('VS236', path);
}

const HTTP_METHODS = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'CONNECT',
  'OPTIONS',
  'TRACE',
]);

/** VS237: methods are case-sensitive and in capitals, schemes are `http` or `https`. */
function* methodAndScheme(match: HTTPMatchRequest, path: Path): Generator<LocalFinding> {
  const { method, scheme } = match;
  const methodText = method?.exact ?? method?.prefix;
  if (methodText !== undefined && methodText !== '' && !/^[A-Z][A-Z0-9!#$%&'*+.^_`|~-]*$/.test(methodText)) {
    const field = method?.exact === undefined ? 'prefix' : 'exact';
    const want = methodText.toUpperCase();
    // Other protocols have methods of their own, which filters of other projects put here.
    yield finding(
      'VS237',
      [...path, 'method', field],
      { got: methodText, want },
      HTTP_METHODS.has(want) ? 'fail' : 'style',
    );
  }
  if (scheme?.exact !== undefined && scheme.exact !== 'http' && scheme.exact !== 'https') {
    const want = scheme.exact.toLowerCase() === 'http' ? 'http' : 'https';
    yield finding('VS237', [...path, 'scheme', 'exact'], { got: scheme.exact, want });
  }
}

/** VS238: an `authority` that no host of the object can have. A port may follow the host. */
function* authority(match: HTTPMatchRequest, hosts: readonly string[], path: Path): Generator<LocalFinding> {
  const wanted = match.authority;
  if (wanted?.exact !== undefined) {
    const host = wanted.exact.replace(/:\d+$/, '').toLowerCase();
    const isPossible = hosts.some((each) => couldBe(each.toLowerCase(), host));
    if (!isPossible) yield finding('VS238', [...path, 'exact'], { got: wanted.exact, hosts });
  } else if (wanted?.prefix !== undefined && wanted.prefix !== '') {
    const prefix = wanted.prefix.toLowerCase();
    const isPossible = hosts.some(
      (host) => host.startsWith('*') || isShort(host) || couldStart(host.toLowerCase(), prefix),
    );
    if (!isPossible) yield finding('VS238', [...path, 'prefix'], { got: wanted.prefix, hosts });
  }
}

/** A short host stands for names that callers in the mesh spell in several ways. */
function isShort(host: string): boolean {
  return !host.includes('.') || host.endsWith('.svc.cluster.local');
}

function couldBe(host: string, wanted: string): boolean {
  return (
    subsetOf(wanted, host) ||
    hostsOverlap(host, wanted) ||
    (isShort(host) && wanted.split('.')[0] === host.split('.')[0])
  );
}

function couldStart(host: string, prefix: string): boolean {
  return host.startsWith(prefix) || prefix.startsWith(`${host}:`);
}

const FIELDS = new Set(['uri', 'scheme', 'method', 'authority']);

/** VS240, VS242, VS243. */
function* headerKeys(match: HTTPMatchRequest, path: Path): Generator<LocalFinding> {
  for (const field of ['headers', 'withoutHeaders'] as const) {
    for (const name of Object.keys(match[field] ?? {})) {
      const at = [...path, field, name];
      if (FIELDS.has(name.toLowerCase())) yield keyFinding('VS240', at, { got: name });
      else if (name === ':path' || name === ':status') yield keyFinding('VS243', at, { got: name });
      else if (name !== name.toLowerCase() && !name.startsWith('@')) {
        yield keyFinding('VS242', at, { got: name, want: name.toLowerCase() });
      }
    }
  }
}

/** VS244: two conditions that no request meets together. */
function* contradictions(match: HTTPMatchRequest, path: Path): Generator<LocalFinding> {
  const headers = lowerCased(match.headers);
  for (const [name, without] of lowerCased(match.withoutHeaders)) {
    const wanted = headers.get(name);
    if (wanted !== undefined && implies(wanted[1], without[1])) {
      yield keyFinding('VS244', [...path, 'withoutHeaders', without[0]], { got: name });
    }
  }
  for (const [header, field] of [
    [':method', 'method'],
    [':authority', 'authority'],
    ['host', 'authority'],
  ] as const) {
    const first = match[field]?.exact;
    const second = headers.get(header);
    if (first !== undefined && second?.[1].exact !== undefined && second[1].exact !== first) {
      yield keyFinding('VS244', [...path, 'headers', second[0]], { got: field });
    }
  }
  for (const [name, wanted] of Object.entries(match.queryParams ?? {})) {
    if (wanted.exact !== undefined && /[&#]/.test(wanted.exact)) {
      yield finding('VS244', [...path, 'queryParams', name, 'exact'], { got: name });
    }
  }
}

function lowerCased(
  map: Readonly<Record<string, StringMatch>> | undefined,
): ReadonlyMap<string, readonly [written: string, match: StringMatch]> {
  return new Map(Object.entries(map ?? {}).map(([name, match]) => [name.toLowerCase(), [name, match]]));
}

/** Whether each value that meets `a` meets `b` too, as far as it can be said without looking into expressions. */
function implies(a: StringMatch, b: StringMatch): boolean {
  const isPresence = b.exact === undefined && b.prefix === undefined && b.regex === undefined;
  if (isPresence || b.regex === '*' || b.regex === '.*') return true;
  if (a.exact !== undefined)
    return a.exact === b.exact || (b.prefix !== undefined && a.exact.startsWith(b.prefix));
  if (a.prefix !== undefined) return b.prefix !== undefined && a.prefix.startsWith(b.prefix);
  return a.regex !== undefined && a.regex === b.regex;
}

/** VS245. */
function* ignoredCase(match: HTTPMatchRequest, path: Path): Generator<LocalFinding> {
  if (match.ignoreUriCase !== true) return;
  if (match.uri === undefined || match.uri.regex !== undefined)
    yield finding('VS245', [...path, 'ignoreUriCase']);
}

/** VS246: an expression without anything open is compared with the whole value of a header or parameter. */
function* partialExpressions(match: HTTPMatchRequest, path: Path): Generator<LocalFinding> {
  for (const field of ['headers', 'queryParams'] as const) {
    for (const [name, { regex }] of Object.entries(match[field] ?? {})) {
      const literal = regex === undefined ? undefined : literalOf(regex);
      if (literal === undefined || regex === undefined) continue;
      const want = `.*${regex.replace(/^\^|\$$/g, '')}.*`;
      yield finding('VS246', [...path, field, name, 'regex'], { got: regex, want });
    }
  }
}
