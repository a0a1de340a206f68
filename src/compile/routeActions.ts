import { refusedCommand } from '../envoy/headerFormat.ts';
import { isPatternRefused } from './routeMatch.ts';
import type {
  DirectResponseAction,
  ForwardAction,
  HeaderOptions,
  MissingCluster,
  Mirror,
  RedirectAction,
  RouteAction,
  WeightedCluster,
} from '../envoy/types.ts';
import type { Destination, Headers, HTTPDirectResponse, HTTPRedirect, HTTPRoute } from '../istio/types.ts';
import type { Path, SourceRef } from '../manifest/source.ts';
import { destinationCluster } from './clusters.ts';
import type { MergedHttpRoute } from './delegates.ts';
import { joinOptions, noOptions, translateHeaders, type TranslatedHeaders } from './headerOptions.ts';
import type { RegistryService } from './registry.ts';
import { percentOf, translateRetries, waitsOf } from './routePolicies.ts';

/** What a destination comes to depends on where the route is built: at a gateway, or at a sidecar for one port. */
export interface DestinationContext {
  /** Number of the server at a gateway, dialled port at a sidecar: for destinations that name none. */
  readonly listenPort: number;
  /** What a destination's host means. */
  readonly lookupService: (host: string) => RegistryService | undefined;
  /** Why a cluster does not exist; undefined: it does. `alias` is the service that the host meant. */
  readonly missing: (name: string, alias: RegistryService | undefined) => MissingCluster | undefined;
}

/** The action of a rule, and the response operations that go with it. */
export interface TranslatedAction {
  readonly action: RouteAction;
  readonly responseHeaders: HeaderOptions;
}

/** Redirect before direct response before forwarding; mirrors `TranslateRoute`. `isTls`: the server has a `tls` block. */
export function translateAction(
  merged: MergedHttpRoute,
  isTls: boolean,
  context: DestinationContext,
): TranslatedAction {
  const { route } = merged;
  const headers = translateHeaders(route.headers);
  if (isRefused(route)) return { action: { kind: 'invalid' }, responseHeaders: headers.response };
  if (route.redirect) {
    return {
      action: redirectAction(route.redirect, context.listenPort, isTls),
      responseHeaders: headers.response,
    };
  }
  if (route.directResponse) {
    return { action: directResponseAction(route.directResponse), responseHeaders: headers.response };
  }
  return forwardAction(merged, headers, context);
}

/**
 * Whether Envoy refuses the route, and all others with it: for a redirect code that it does not know, for a status that is none (600 passes Istio's
 * webhook), for a command in a header value that it does not know, for an origin whose pattern it does not know, for weights that add up to more than
 * it can count, or for want of a destination.
 */
export function isRefused(rule: HTTPRoute): boolean {
  const { redirect, directResponse, fault, headers, corsPolicy, route = [] } = rule;
  if (corsPolicy?.allowOrigins?.some(isPatternRefused)) return true;
  if (!isStatus(fault?.abort?.httpStatus) || hasRefusedCommand(headers)) return true;
  if (redirect) return !isRedirectCode(redirect.redirectCode);
  if (directResponse) return !isStatus(directResponse.status ?? 0);
  const total = route.reduce((sum, { weight = 0 }) => sum + weight, 0);
  if (route.length > 1 && total > highestTotal) return true;
  const drawn = route.length === 1 ? route : route.filter(({ weight = 0 }) => weight > 0);
  return drawn.length === 0 || drawn.some(({ headers: own }) => hasRefusedCommand(own));
}

function hasRefusedCommand(headers: Headers | undefined): boolean {
  if (!headers) return false;
  const { request, response } = translateHeaders(headers);
  return [request, response].some(({ set, add }) =>
    [...set, ...add].some(([, value]) => refusedCommand(value) !== undefined),
  );
}

function isStatus(status: number | undefined): boolean {
  return status === undefined || (status >= 200 && status < 600);
}

const highestTotal = 0xffff_ffff;
const usualRedirectCode = 301;
const redirectCodes: readonly number[] = [usualRedirectCode, 302, 303, 307, 308];

/** Whether Envoy can redirect with it; none is the usual one. */
export function isRedirectCode(code: number | undefined): boolean {
  return redirectCodes.includes(code || usualRedirectCode);
}

/** Mirrors `ApplyRedirect`. */
function redirectAction(redirect: HTTPRedirect, listenPort: number, isTls: boolean): RouteAction {
  const { authority, uri, prefixRewrite, redirectCode } = redirect;
  const status = redirectCode || usualRedirectCode;
  const port = redirectPort(redirect, listenPort, isTls);
  const action: RedirectAction = {
    kind: 'redirect',
    status,
    ...(redirect.scheme && { scheme: redirect.scheme }),
    ...(authority && { authority }),
    ...(port !== undefined && { port }),
    ...(prefixRewrite ? { prefixRewrite } : uri && { path: uri }),
  };
  return action;
}

/** A port that the scheme stands for anyway is left out. */
function redirectPort(redirect: HTTPRedirect, listenPort: number, isTls: boolean): number | undefined {
  const port = redirect.derivePort === 'FROM_REQUEST_PORT' ? listenPort : redirect.port;
  const scheme = redirect.scheme || (isTls ? 'https' : 'http');
  const isDefault = (port === 80 && scheme === 'http') || (port === 443 && scheme === 'https');
  return port && !isDefault ? port : undefined;
}

function directResponseAction({ status, body }: HTTPDirectResponse): DirectResponseAction {
  const text = body?.string ?? (body?.bytes === undefined ? '' : decodeBase64(body.bytes));
  return { kind: 'direct-response', status: status ?? 0, body: text };
}

/** Mirrors `applyHTTPRouteDestination`. */
function forwardAction(
  merged: MergedHttpRoute,
  headers: TranslatedHeaders,
  context: DestinationContext,
): TranslatedAction {
  const { route } = merged;
  const destinations = route.route ?? [];
  const single = destinations.length === 1;
  let requestHeaders = headers.request;
  let responseHeaders = headers.response;
  let hostRewrite = route.rewrite?.authority || headers.authority;
  const clusters: WeightedCluster[] = [];
  for (const [index, destination] of destinations.entries()) {
    const weight = single ? 100 : (destination.weight ?? 0);
    if (weight <= 0) continue;
    const own = translateHeaders(destination.headers);
    if (single) {
      // The operations of an only destination and of the rule are one set.
      requestHeaders = joinOptions(requestHeaders, own.request);
      responseHeaders = joinOptions(responseHeaders, own.response);
      hostRewrite ??= own.authority;
    }
    const origin = [below(merged.delegateAt ?? merged.at, ['route', index])];
    const { name, portFrom, missing } = weightedCluster(destination.destination, context);
    const cluster: Mutable<WeightedCluster> = { name, weight, portFrom, origin };
    if (missing) cluster.missing = missing;
    if (!single && own.request !== noOptions) cluster.requestHeaders = own.request;
    if (!single && own.response !== noOptions) cluster.responseHeaders = own.response;
    if (!single && own.authority !== undefined) cluster.hostRewrite = own.authority;
    clusters.push(cluster);
  }
  const pathRewrite = pathRewriteOf(route);
  const mirrors = mirrorsOf(merged, context);
  const action: Mutable<ForwardAction> = {
    kind: 'forward',
    clusters,
    weighted: !single,
    requestHeaders,
    mirrors,
  };
  if (hostRewrite !== undefined) action.hostRewrite = hostRewrite;
  if (pathRewrite) action.pathRewrite = pathRewrite;
  const waits = waitsOf(route);
  if (waits) action.waits = waits;
  if (route.timeout !== undefined) action.timeout = route.timeout;
  if (route.retries) action.retries = translateRetries(route.retries);
  return { action, responseHeaders };
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** The cluster of a destination, without weight and origin; also for TCP and TLS routes. */
export function weightedCluster(
  destination: Destination | undefined,
  context: DestinationContext,
): Pick<WeightedCluster, 'name' | 'portFrom' | 'missing'> {
  const service = context.lookupService(destination?.host ?? '');
  const cluster = destinationCluster(destination ?? {}, service, context.listenPort);
  const missing = context.missing(cluster.name, service?.externalName === undefined ? undefined : service);
  return missing ? { ...cluster, missing } : cluster;
}

function pathRewriteOf({ rewrite }: HTTPRoute): ForwardAction['pathRewrite'] {
  const regex = rewrite?.uriRegexRewrite;
  if (regex) return { kind: 'regex', pattern: regex.match ?? '', substitution: regex.rewrite ?? '' };
  return rewrite?.uri ? { kind: 'prefix', value: rewrite.uri } : undefined;
}

function mirrorsOf(merged: MergedHttpRoute, context: DestinationContext): readonly Mirror[] {
  const { route } = merged;
  if (!route.mirror && !route.mirrors) return [];
  const mirrors: Mirror[] = [];
  const add = (destination: Destination | undefined, percent: number, at: SourceRef): void => {
    if (!destination || percent <= 0) return;
    const { name, missing } = weightedCluster(destination, context);
    mirrors.push({ cluster: name, percent, origin: [at], ...(missing && { missing }) });
  };
  if (route.mirror) {
    const percent = percentOf(route.mirrorPercentage) ?? route.mirrorPercent ?? 100;
    add(route.mirror, percent, fieldAt(merged, 'mirror', []));
  }
  for (const [index, mirror] of (route.mirrors ?? []).entries()) {
    add(mirror.destination, percentOf(mirror.percentage) ?? 100, fieldAt(merged, 'mirrors', [index]));
  }
  return mirrors;
}

/** Where a field of a rule is written: with delegation perhaps in the root. */
export function fieldAt(merged: MergedHttpRoute, field: string, path: Path): SourceRef {
  const { at, delegateAt, inherited } = merged;
  return below(delegateAt && !inherited.includes(field) ? delegateAt : at, [field, ...path]);
}

function below(at: SourceRef, path: Path): SourceRef {
  return { object: at.object, path: [...at.path, ...path] };
}

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The text of base64, read as UTF-8 where it is UTF-8, else a character for each byte. */
function decodeBase64(encoded: string): string {
  const bytes: number[] = [];
  let bits = 0;
  let width = 0;
  for (const char of encoded.replace(/-/g, '+').replace(/_/g, '/')) {
    const value = base64.indexOf(char);
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xfff;
    width += 6;
    if (width < 8) continue;
    width -= 8;
    bytes.push((bits >> width) & 0xff);
  }
  try {
    return decodeURIComponent(bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
  } catch {
    return bytes.map((byte) => String.fromCharCode(byte)).join('');
  }
}
