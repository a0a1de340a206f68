import { remember } from '../remember.ts';
import { fullMatch, literalPrefix } from '../envoy/regex.ts';
import type {
  HeaderMatcher,
  PathSpecifier,
  QueryParameterMatcher,
  Route,
  StringMatcher,
  VirtualHost,
} from '../envoy/types.ts';
import { headerValues, withoutQuery, type StreamRequest } from './request.ts';
import type { Choice, RouteMismatch, RoutePassedOver, RouteTaken } from './trace.ts';

/**
 * The first route whose conditions all hold, in the order of the list. Mirrors `RouteEntryImplBase::matchRoute` with the header, query and path
 * matchers of Envoy.
 */
export function matchRoute(
  virtualHost: VirtualHost,
  request: StreamRequest,
): { readonly step: Choice<'route', RouteMismatch, RouteTaken, RoutePassedOver>; readonly route?: Route } {
  const subject: Subject = { request, path: withoutQuery(request.path) };
  const { routes } = virtualHost;
  const missed: Missed[] = [];
  let taken: RouteTaken | undefined;
  let route: Route | undefined;
  let end = routes.length;
  // Counted by hand: a virtual host that many share has hundreds of routes, and this is most of what a call costs.
  for (let index = 0; index < end; index++) {
    const candidate = routes[index];
    if (!candidate) break;
    const because = mismatch(candidate, subject);
    if (because) {
      if (missed.length < mostRanked) missed.push({ candidate, index, because });
    } else if (taken) missed.push({ candidate, index, because: { kind: 'later', than: taken.name } });
    else {
      route = candidate;
      taken = describe(candidate, index);
      end = Math.min(end, index + 1 + mostLater);
    }
  }
  const named = nearestFirst(missed, subject.path).map(passedOver);
  const others = routes.length - named.length - (taken ? 1 : 0);
  return {
    step: { kind: 'route', passedOver: named, others, ...(taken && { taken }) },
    ...(route && { route }),
  };
}

interface Missed {
  readonly candidate: Route;
  readonly index: number;
  readonly because: RouteMismatch;
}

const mostNamed = 16;
/** Of so many the nearest are named. */
const mostRanked = 256;
/** Routes behind the one that was taken are named as far as this. */
const mostLater = 8;

function describe(route: Route, index: number): RouteTaken {
  const { name: routeName, origin: at, match, virtualService } = route;
  const name = routeName === '' ? `${index}` : routeName;
  return virtualService === undefined
    ? { name, at, index, routeName, match }
    : { name, at, index, routeName, match, virtualService };
}

/** Written out: spreading sixteen of them would be a third of what a call costs. */
function passedOver({ candidate, index, because }: Missed): RoutePassedOver {
  const { name, at, routeName, match, virtualService } = describe(candidate, index);
  return virtualService === undefined
    ? { name, at, index, routeName, match, because }
    : { name, at, index, routeName, match, virtualService, because };
}

interface Subject {
  readonly request: StreamRequest;
  /** Without query. */
  readonly path: string;
}

/** The first condition that fails, or undefined if the route matches. */
export function mismatch(route: Route, subject: Subject): RouteMismatch | undefined {
  const { path, caseSensitive, headers, queryParameters, claims } = route.match;
  // CONNECT comes without a path, which no route of Istio's takes.
  if (subject.path === '' || !pathMatches(path, caseSensitive, subject.path)) {
    return { kind: 'path-differs', wants: path, got: subject.path, ignoreCase: !caseSensitive };
  }
  for (const header of headers) {
    const got = headerValues(subject.request, header.name);
    if (!headerMatches(header, got)) {
      return { kind: 'header-differs', name: header.name, wants: header.matcher, invert: header.invert, got };
    }
  }
  for (const parameter of queryParameters) {
    const got = queryValue(subject.request.path, parameter.name);
    if (!queryMatches(parameter, got)) {
      return { kind: 'query-differs', name: parameter.name, wants: parameter.matcher, got: got ?? null };
    }
  }
  for (const claim of claims) if (!claim.invert) return { kind: 'claim-unknown', name: claim.name };
  return undefined;
}

/** `path` is without query. Patterns of regexes match as a whole and know no ignoring of case. */
function pathMatches(specifier: PathSpecifier, caseSensitive: boolean, path: string): boolean {
  if (specifier.kind === 'regex') return regexMatches(specifier, path);
  const wanted = caseSensitive ? specifier.value : lowerAscii(specifier.value);
  const got = caseSensitive ? path : lowerAscii(path);
  return specifier.kind === 'exact' ? got === wanted : got.startsWith(wanted);
}

const prefixOf = remember(({ value }: PathSpecifier): string => literalPrefix(value));

function regexMatches(specifier: PathSpecifier, path: string): boolean {
  return path.startsWith(prefixOf(specifier)) && fullMatch(specifier.value, path);
}

/** One value that fits is enough; inverted, none may. */
function headerMatches(header: HeaderMatcher, values: readonly string[]): boolean {
  if (header.matcher.kind === 'present') return values.length > 0 !== header.invert;
  if (values.length === 0) {
    return header.treatMissingAsEmpty && stringMatches(header.matcher, '') !== header.invert;
  }
  return values.some((value) => stringMatches(header.matcher, value)) !== header.invert;
}

function queryMatches(parameter: QueryParameterMatcher, value: string | undefined): boolean {
  return value !== undefined && stringMatches(parameter.matcher, value);
}

/** Whether a value fits; `present` takes any. */
export function stringMatches(matcher: StringMatcher, value: string): boolean {
  switch (matcher.kind) {
    case 'exact':
      return value === matcher.value;
    case 'prefix':
      return value.startsWith(matcher.value);
    case 'regex':
      return fullMatch(matcher.value, value);
    case 'present':
      return true;
  }
}

/** The first value of a name in the query, as written: nothing is decoded, a name without `=` has the empty value. */
function queryValue(path: string, name: string): string | undefined {
  const question = path.indexOf('?');
  if (question < 0) return undefined;
  for (const piece of path.slice(question + 1).split('&')) {
    if (piece === '') continue;
    const equals = piece.indexOf('=');
    if ((equals < 0 ? piece : piece.slice(0, equals)) === name)
      return equals < 0 ? '' : piece.slice(equals + 1);
  }
  return undefined;
}

function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (upper) => upper.toLowerCase());
}

/**
 * Routes that fail late are nearer than those whose path differs, and of these the ones that share the longest beginning. The nearest few of
 * hundreds are picked without sorting all.
 */
function nearestFirst(missed: readonly Missed[], path: string): readonly Missed[] {
  const nearest: Missed[] = [];
  const ranks: number[] = [];
  for (const one of missed) {
    const own = rank(one.because, path);
    let place = nearest.length;
    while (place > 0 && own > (ranks[place - 1] ?? 0)) place--;
    if (place >= mostNamed) continue;
    nearest.splice(place, 0, one);
    ranks.splice(place, 0, own);
    if (nearest.length <= mostNamed) continue;
    nearest.pop();
    ranks.pop();
  }
  return nearest;
}

function rank(because: RouteMismatch, path: string): number {
  switch (because.kind) {
    case 'claim-unknown':
      return 1e6 + 3;
    case 'query-differs':
      return 1e6 + 2;
    case 'header-differs':
      return 1e6 + 1;
    case 'path-differs':
      return because.wants.kind === 'regex' ? 0 : nearnessOfPath(because.wants.value, path);
    case 'later':
      return -1;
  }
}

/** A path that is only one character short or long (a slash at its end, mostly) is nearer than any other miss. */
function nearnessOfPath(wants: string, path: string): number {
  const same = commonStart(wants, path);
  const shorter = Math.min(wants.length, path.length);
  return same === shorter && same > 1 && Math.abs(wants.length - path.length) === 1 ? 1e6 + 4 : same;
}

function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a[length] === b[length]) length++;
  return length;
}
