import type { ProxyConfig } from '../compile/compiled.ts';
import type { FilterChain, NetworkFilter, Route, RouteConfiguration, VirtualHost } from '../envoy/types.ts';
import { applyRoute, branchesOf } from './applyRoute.ts';
import type { Call } from './call.ts';
import { localReply, type LocalReply } from './localReply.ts';
import { matchRoute } from './matchRoute.ts';
import { matchVirtualHost } from './matchVirtualHost.ts';
import { knownToProxy, prepareRequest, type Prepared } from './prepareRequest.ts';
import { readRequest } from './readRequest.ts';
import { httpsLocation } from './redirect.ts';
import { upgradeOf, type StreamRequest } from './request.ts';
import type { Branch, FailedBecause, NotSimulatedHere, Step } from './trace.ts';

/** From the first bytes of a request on an HTTP connection manager to its end. Adds its steps to `steps`. */
export function simulateHttp(
  config: ProxyConfig,
  chain: FilterChain,
  filter: NetworkFilter & { readonly kind: 'http' },
  call: Call,
  protocol: 'http/1.1' | 'h2',
  steps: Step[],
  notSimulated: NotSimulatedHere[],
): readonly Branch[] {
  if (!call.http) {
    steps.push({ kind: 'codec', protocol: 'not-http', refused: 'not-http' });
    return [{ share: 1, end: { kind: 'closed', because: 'not-http' } }];
  }
  const { transport } = chain;
  const secure = transport.kind === 'tls';
  const decoded = readRequest(call.http, protocol, { refuseHttps: filter.useRemoteAddress && !secure });
  if (decoded.kind === 'closed') {
    steps.push({ kind: 'codec', protocol, refused: 'malformed-http2' });
    return [
      { share: 1, end: { kind: 'closed', because: 'malformed', flags: 'DPE', details: decoded.details } },
    ];
  }
  if (decoded.kind === 'refused') return malformed(decoded, protocol, steps);
  steps.push({ kind: 'codec', protocol });
  const asked = secure && transport.clientCertificate !== 'not-asked';
  const clientCertificate = asked && (call.tls?.clientCertificate ?? false);
  const { useRemoteAddress } = filter;
  const prepared = prepareRequest(decoded.request, { secure, useRemoteAddress, clientCertificate });
  const routes = config.routeConfigs.get(filter.routeConfig);
  if (prepared.kind === 'refused') return refusedEarly(config, routes, prepared, steps);
  const { request } = prepared;
  if (request.path !== call.http.path) {
    steps.push({ kind: 'path', sent: call.http.path, normalized: request.path });
  }
  return routeRequest(config, routes, request, steps, notSimulated);
}

function routeRequest(
  config: ProxyConfig,
  routes: RouteConfiguration | undefined,
  request: StreamRequest,
  steps: Step[],
  notSimulated: NotSimulatedHere[],
): readonly Branch[] {
  if (!routes || routes.refusedFor) return refuse(request, 'route-config-refused', notFound);
  if (request.forwardedProto === '') return refuse(request, 'no-scheme', notFound);
  const { step, virtualHost } = matchVirtualHost(routes, request.authority);
  steps.push(step);
  if (!virtualHost) return refuse(request, 'no-virtual-host', notFound);
  if (virtualHost.requireTls && request.forwardedProto !== 'https') {
    if (isRefusedUpgrade(request)) return refuse(request, 'upgrade-refused', upgradeRefusal);
    steps.push({ kind: 'https-redirect', at: virtualHost.tlsRequiredBy ?? virtualHost.origin });
    const reply: LocalReply = { status: 301, details: 'direct_response', location: httpsLocation(request) };
    return [{ share: 1, end: { kind: 'redirected', answer: localReply(request, reply) } }];
  }
  const { step: routeStep, route } = matchRoute(virtualHost, request);
  steps.push(routeStep);
  noteUnknown(virtualHost, routeStep.taken?.index, notSimulated);
  if (!route) return refuse(request, 'no-route', notFound);
  return applyRoute(config, route, request, isRefusedUpgrade(request), steps, notSimulated);
}

/** Conditions that were judged on the way to the route and that depend on what only the running proxy knows. */
function noteUnknown(
  virtualHost: VirtualHost,
  taken: number | undefined,
  notSimulated: NotSimulatedHere[],
): void {
  let unknown = unknowns.get(virtualHost);
  if (!unknown) unknowns.set(virtualHost, (unknown = virtualHost.routes.flatMap(unknownOf)));
  for (const { index, what, at } of unknown) {
    if (taken === undefined || index <= taken) notSimulated.push({ what, at });
  }
}

type Unknown = NotSimulatedHere & { readonly index: number };

/** Looked for once in each virtual host: hardly any has some. */
const unknowns = new WeakMap<VirtualHost, readonly Unknown[]>();

function unknownOf({ match, origin }: Route, index: number): readonly Unknown[] {
  const addresses = match.headers
    .filter(({ name, matcher }) => knownToProxy.has(name) && matcher.kind !== 'present')
    .map(({ origin: at }): Unknown => ({ index, what: 'client-address', at: at ? [at] : origin }));
  return match.claims.length > 0 ? [{ index, what: 'jwt-claims', at: origin }, ...addresses] : addresses;
}

const notFound: LocalReply = { status: 404, details: 'route_not_found', flags: ['NR'] };
const upgradeRefusal: LocalReply = { status: 403, details: 'upgrade_failed' };

/** Istio enables WebSocket and nothing else. Envoy refuses once it has a route of whatever kind; without one it answers 404. */
function isRefusedUpgrade(request: StreamRequest): boolean {
  const upgrade = upgradeOf(request);
  return upgrade !== undefined && upgrade.toLowerCase() !== 'websocket';
}

function refuse(request: StreamRequest, because: FailedBecause, reply: LocalReply): readonly Branch[] {
  return [{ share: 1, end: { kind: 'failed', because, answer: localReply(request, reply) } }];
}

/** The codec answers by itself and knows nothing of gRPC; what it cannot read at all the records call not HTTP. */
function malformed(
  { status, details }: { readonly status: number; readonly details: string },
  protocol: 'http/1.1' | 'h2',
  steps: Step[],
): readonly Branch[] {
  if (details === 'http1.codec_error') {
    steps.push({ kind: 'codec', protocol: 'not-http', refused: 'not-http' });
    return [{ share: 1, end: { kind: 'closed', because: 'not-http' } }];
  }
  const because = details === 'low_version' ? 'http-1.0' : 'malformed';
  steps.push({ kind: 'codec', protocol: because === 'malformed' ? protocol : 'http/1.0', refused: because });
  const body = codecBodies.get(status) ?? 'Bad Request';
  const answer = { protocol, status, details, flags: 'DPE', body, responseHeaders: [] };
  return [{ share: 1, end: { kind: 'failed', because, answer } }];
}

const codecBodies: ReadonlyMap<number, string> = new Map([
  [403, 'Forbidden'],
  [426, 'Upgrade Required'],
  [501, 'Not Implemented'],
]);

/**
 * A refusal before `x-forwarded-proto` is set: Envoy looks up no route without it. If the client sent one, a route is found by Host and the raw
 * path, and its response operations apply. Without Host one is found only where all calls have the same virtual host.
 */
function refusedEarly(
  config: ProxyConfig,
  routes: RouteConfiguration | undefined,
  { request, because, reply }: Prepared & { readonly kind: 'refused' },
  steps: Step[],
): readonly Branch[] {
  if (request.forwardedProto === '' || request.path === '' || !routes || routes.refusedFor) {
    return refuse(request, because, reply);
  }
  const anyHost = routes.virtualHosts.every(({ domains }) => domains.every((domain) => domain === '*'));
  if (because === 'no-host' && !anyHost) return refuse(request, because, reply);
  const found = matchVirtualHost(routes, request.authority);
  const { virtualHost } = found;
  if (!virtualHost || (virtualHost.requireTls && request.forwardedProto !== 'https')) {
    return refuse(request, because, reply);
  }
  const { step, route } = matchRoute(virtualHost, request);
  if (!route) return refuse(request, because, reply);
  steps.push(found.step, step);
  return branchesOf(config, route, steps, (draw, replyHeaders) => {
    const answer = localReply(request, { ...reply, headers: replyHeaders(request, draw) });
    return { kind: 'failed', because, answer };
  });
}
