import { readDuration } from '../../istio/duration.ts';
import type {
  HTTPMatchRequest,
  HTTPRoute,
  HTTPRouteDestination,
  RouteDestination,
  VirtualServiceSpec,
} from '../../istio/types.ts';
import type { Path } from '../../manifest/source.ts';
import { finding, keyFinding, type LocalFinding } from '../draft.ts';
import { foreignPatterns } from './foreignPatterns.ts';
import { groupsOf } from './patterns.ts';
import { redirects } from './redirects.ts';

/** What `http`, `tls` and `tcp` rules do, and what of it does nothing or something else. */
export function* ruleActions(spec: VirtualServiceSpec): Generator<LocalFinding> {
  for (const [index, route] of (spec.http ?? []).entries()) {
    const path: Path = ['spec', 'http', index];
    yield* weights(route.route ?? [], [...path, 'route']);
    const earlier = (spec.http ?? []).slice(0, index);
    yield* pathRewrites(route, path, earlier);
    yield* redirects(route, path, earlier);
    yield* faults(route, path);
    yield* retries(route, path);
    yield* mirrors(route, path);
    yield* idleFields(route, path);
    yield* headerChanges(route, path);
    yield* foreignPatterns(route, path);
  }
  for (const section of ['tls', 'tcp'] as const) {
    for (const [index, { route }] of (spec[section] ?? []).entries()) {
      yield* weights(route ?? [], ['spec', section, index, 'route']);
    }
  }
}

/** VS098, VS099, VS258, VS259, VS260. */
function* weights(
  routes: readonly (HTTPRouteDestination | RouteDestination)[],
  path: Path,
): Generator<LocalFinding> {
  const [only] = routes;
  if (routes.length === 1 && only?.weight !== undefined) {
    if (only.weight === 0) yield finding('VS260', [...path, 0, 'weight']);
    else if (only.weight < 100) yield finding('VS098', [...path, 0, 'weight'], { got: only.weight });
  }
  if (routes.length < 2) return;
  const seen = new Map<string, number>();
  for (const [index, { destination }] of routes.entries()) {
    const name = `${destination?.host ?? ''}${destination?.subset === undefined ? '' : ` (${destination.subset})`}`;
    const key = `${name} ${destination?.port?.number ?? ''}`;
    if (seen.has(key)) yield finding('VS099', [...path, index], { got: name });
    seen.set(key, index);
  }
  const sum = routes.reduce((total, { weight }) => total + (weight ?? 0), 0);
  if (sum === 0) return;
  for (const [index, { weight, destination }] of routes.entries()) {
    // Written down, 0 is meant.
    if (weight === undefined) yield finding('VS259', [...path, index], { host: destination?.host ?? '' });
  }
  if (sum === 100) return;
  const shares = routes.map(({ weight }) => `${Math.round(((weight ?? 0) / sum) * 1000) / 10} %`);
  yield finding('VS258', path, { sum, shares });
}

/** VS250, VS251, VS252, VS253, VS254, VS255. */
function* pathRewrites(route: HTTPRoute, path: Path, earlier: readonly HTTPRoute[]): Generator<LocalFinding> {
  const uri = route.rewrite?.uri;
  const at = [...path, 'rewrite', 'uri'];
  if (uri !== undefined && uri !== '') {
    if (!uri.startsWith('/')) yield finding('VS253', at, { got: uri, want: `/${uri}` });
    else yield* prefixRewrites(route, uri, at, earlier);
  }
  const rewrite = route.rewrite?.uriRegexRewrite;
  if (rewrite?.rewrite === undefined || rewrite.match === undefined) return;
  const groups = groupsOf(rewrite.match);
  const wrong = /\$\d/.exec(rewrite.rewrite)?.[0] ?? tooHighGroup(rewrite.rewrite, groups);
  if (wrong !== undefined) {
    yield finding('VS254', [...path, 'rewrite', 'uriRegexRewrite', 'rewrite'], { got: wrong, groups });
  }
  if (neverFound(rewrite.match, route)) {
    yield finding('VS255', [...path, 'rewrite', 'uriRegexRewrite', 'match'], { got: rewrite.match });
  }
}

function tooHighGroup(substitution: string, groups: number): string | undefined {
  for (const [, escape = ''] of substitution.matchAll(/\\(.)/g)) {
    if (/\d/.test(escape) && Number(escape) > groups) return `\\${escape}`;
  }
  return undefined;
}

/** An anchored literal beginning that no prefix or exact path of the rule can begin with. */
function neverFound(pattern: string, route: HTTPRoute): boolean {
  const head = /^\^((?:[\w/-]|\\[/.-])+)/.exec(pattern);
  if (head === null || /^[*+?{|]/.test(pattern.slice(head[0].length)) || pattern.includes('|')) return false;
  const literal = (head[1] ?? '').replace(/\\(.)/g, '$1');
  const paths = (route.match ?? []).map(({ uri }) => uri?.exact ?? uri?.prefix);
  if (paths.length === 0 || paths.includes(undefined)) return false;
  return (route.match ?? []).every(({ uri }) => {
    if (uri?.exact !== undefined) return !uri.exact.startsWith(literal);
    const prefix = uri?.prefix ?? '';
    return !prefix.startsWith(literal) && !literal.startsWith(prefix);
  });
}

function* prefixRewrites(
  route: HTTPRoute,
  uri: string,
  at: Path,
  earlier: readonly HTTPRoute[],
): Generator<LocalFinding> {
  const matches = route.match ?? [];
  if (matches.every((match) => match.uri === undefined)) {
    // Without a condition on the path the prefix `/` is what gets replaced.
    if (!uri.endsWith('/')) yield finding('VS251', at, { example: '/cart', result: `${uri}cart` });
    return;
  }
  let whole = false;
  const before = earlier.flatMap(({ match = [] }) => match);
  for (const [index, { uri: condition }] of matches.entries()) {
    if (condition === undefined) continue;
    const prefix = condition.prefix;
    if (prefix === undefined) {
      whole = true;
      continue;
    }
    const isEven = prefix.endsWith('/') === uri.endsWith('/') || prefix === '';
    if (isEven || (prefix === '/' && uri === '/')) continue;
    const example = `${prefix}${prefix.endsWith('/') ? 'cart' : '/cart'}`;
    if ([...before, ...matches.slice(0, index)].some((each) => takesPath(each, example))) continue;
    yield finding('VS250', at, {
      prefix,
      got: uri,
      example,
      result: `${uri}${example.slice(prefix.length)}`,
    });
    return;
  }
  if (whole && matches.every((match) => match.uri?.prefix === undefined && match.uri?.exact === undefined)) {
    yield finding('VS252', at, { got: uri });
  }
}

/** A match that asks for nothing but a path that begins like this one: `/api/` before `/api` takes what lies below. */
function takesPath(match: HTTPMatchRequest, path: string): boolean {
  const { uri, name: _, statPrefix: __, ...rest } = match;
  return Object.keys(rest).length === 0 && uri?.prefix !== undefined && path.startsWith(uri.prefix);
}

/** VS046, VS261. */
function* faults(route: HTTPRoute, path: Path): Generator<LocalFinding> {
  const { abort, delay } = route.fault ?? {};
  if (abort) {
    const at = [...path, 'fault', 'abort'];
    if (abort.httpStatus === undefined && abort.grpcStatus === undefined) yield finding('VS046', at);
    else if (!abort.percentage?.value) yield finding('VS261', at, { field: 'abort' });
  }
  if (delay && !delay.percentage?.value && !delay.percent) {
    yield finding('VS261', [...path, 'fault', 'delay'], { field: 'delay' });
  }
}

/** VS262, VS263. */
function* retries(route: HTTPRoute, path: Path): Generator<LocalFinding> {
  const { retries: policy, timeout } = route;
  if (!policy) return;
  const at = [...path, 'retries'];
  const attempts = policy.attempts ?? 0;
  if (attempts === 0) {
    for (const field of ['backoff', 'retryIgnorePreviousHosts'] as const) {
      if (policy[field] !== undefined)
        yield finding('VS263', [...at, field], { field, problem: 'no-attempts' });
    }
    return;
  }
  const conditions = (policy.retryOn ?? '').split(',');
  if (conditions.includes('retriable-headers')) {
    yield finding('VS263', [...at, 'retryOn'], { field: 'retriable-headers', problem: 'no-headers' });
  }
  if (conditions.includes('retriable-status-codes') && !conditions.some((each) => /^\d+$/.test(each))) {
    yield finding('VS263', [...at, 'retryOn'], {
      field: 'retriable-status-codes',
      problem: 'no-status-codes',
    });
  }
  if (timeout === undefined || policy.perTryTimeout === undefined) return;
  const [all, each] = [readDuration(timeout) ?? 0n, readDuration(policy.perTryTimeout) ?? 0n];
  if (all > 0n && each > 0n && (each >= all || each * BigInt(attempts) > all)) {
    yield finding('VS262', at, { timeout, attempts, perTry: policy.perTryTimeout });
  }
}

/** VS264. */
function* mirrors(route: HTTPRoute, path: Path): Generator<LocalFinding> {
  const fields = ['mirrorPercentage', 'mirrorPercent'] as const;
  for (const field of fields) {
    if (route[field] === undefined) continue;
    if (!route.mirror) yield finding('VS264', [...path, field], { field, problem: 'no-mirror' });
  }
  if (route.mirror && route.mirrorPercentage && route.mirrorPercent !== undefined) {
    yield finding('VS264', [...path, 'mirrorPercent'], {
      field: 'mirrorPercent',
      problem: 'percentage-wins',
    });
  }
  if (route.mirror && route.mirrorPercentage?.value === 0) {
    yield finding('VS264', [...path, 'mirrorPercentage'], { field: 'mirror', problem: 'mirrors-none' });
  }
}

/** VS268: what only a forwarded request needs. */
function* idleFields(route: HTTPRoute, path: Path): Generator<LocalFinding> {
  const action = route.redirect ? 'redirect' : route.directResponse ? 'directResponse' : undefined;
  if (action === undefined) return;
  for (const field of ['timeout', 'retries', 'mirror', 'mirrors'] as const) {
    if (route[field] !== undefined) yield finding('VS268', [...path, field], { field, action });
  }
}

/** Headers that belong to a connection, or that Envoy sets by itself. */
const LEFT_ALONE = new Set([
  'connection',
  'transfer-encoding',
  'content-length',
  'upgrade',
  'te',
  'keep-alive',
]);

/** VS273. */
function* headerChanges(route: HTTPRoute, path: Path): Generator<LocalFinding> {
  const places: (readonly [HTTPRoute['headers'], Path])[] = [[route.headers, [...path, 'headers']]];
  for (const [index, { headers }] of (route.route ?? []).entries())
    places.push([headers, [...path, 'route', index, 'headers']]);
  for (const [headers, at] of places) {
    for (const side of ['request', 'response'] as const) {
      const operations = headers?.[side];
      const set = new Set(Object.keys(operations?.set ?? {}).map((name) => name.toLowerCase()));
      for (const operation of ['set', 'add'] as const) {
        for (const name of Object.keys(operations?.[operation] ?? {})) {
          const problem = headerProblem(name, operation === 'add' && set.has(name.toLowerCase()));
          if (problem !== undefined)
            yield keyFinding('VS273', [...at, side, operation, name], { got: name, problem });
        }
      }
    }
  }
}

function headerProblem(name: string, isSetToo: boolean): string | undefined {
  if (!/^:?[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) return 'no-header-name';
  if (LEFT_ALONE.has(name.toLowerCase())) return 'belongs-to-connection';
  if (name.toLowerCase().startsWith('x-envoy-')) return 'envoy-header';
  return isSetToo ? 'set-and-added' : undefined;
}
