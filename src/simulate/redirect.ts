import type { RedirectAction, RouteMatch } from '../envoy/types.ts';
import { withoutQuery, type StreamRequest } from './request.ts';

/** `location` of a redirect; mirrors Envoy's `newUri` and `processRequestHost`. */
export function redirectLocation(action: RedirectAction, match: RouteMatch, request: StreamRequest): string {
  const scheme = action.scheme ?? request.scheme;
  const host = action.authority ?? requestHost(action, request, scheme);
  const port = action.port === undefined ? '' : `:${action.port}`;
  let path = request.path;
  if (action.prefixRewrite !== undefined) {
    path = action.prefixRewrite + path.slice(matchedPath(match, request.path).length);
  } else if (action.path !== undefined) {
    const question = request.path.indexOf('?');
    const query = question < 0 || action.path.includes('?') ? '' : request.path.slice(question);
    path = action.path + query;
  }
  return `${scheme}://${host}${port}${path.startsWith('/') ? '' : '/'}${path}`;
}

/** The request's own URL, which Envoy puts into `location` of direct responses with 201 or 3xx. */
export function ownLocation(request: StreamRequest): string {
  return redirectLocation({ kind: 'redirect', status: 301 }, anyPath, request);
}

/** `location` of `httpsRedirect`: Host and path as they are; mirrors `createSslRedirectPath`. */
export function httpsLocation(request: StreamRequest): string {
  return `https://${request.authority}${request.path}`;
}

const anyPath: RouteMatch = {
  path: { kind: 'prefix', value: '/' },
  caseSensitive: true,
  headers: [],
  queryParameters: [],
  claims: [],
};

/** The part of the path that the route's own condition covers: what a rewrite replaces. */
export function matchedPath(match: RouteMatch, path: string): string {
  const { kind, value } = match.path;
  return kind === 'regex' ? withoutQuery(path) : path.slice(0, value.length);
}

/** Host as received; its port goes if the redirect brings one, or if it was the default one of a scheme that changes. */
function requestHost(action: RedirectAction, request: StreamRequest, scheme: string): string {
  const { authority, forwardedProto } = request;
  const colon = authority.lastIndexOf(':');
  if (colon < 0 || authority.indexOf(']', colon) >= 0) return authority;
  const port = authority.slice(colon + 1);
  const isDefault = defaultPorts.get(forwardedProto.toLowerCase()) === port;
  const drop = action.port !== undefined || (scheme !== forwardedProto && isDefault);
  return drop ? authority.slice(0, colon) : authority;
}

const defaultPorts: ReadonlyMap<string, string> = new Map([
  ['http', '80'],
  ['https', '443'],
]);
