import { replaceAll } from '../envoy/regex.ts';
import type { ForwardAction, Route, WeightedCluster } from '../envoy/types.ts';
import { applyHeaderOperations } from './headerOperations.ts';
import { setGrpcTimeout } from './grpcTimeout.ts';
import { matchedPath } from './redirect.ts';
import { fieldValue, withoutQuery, type Field, type StreamRequest } from './request.ts';
import type { UpstreamRequest } from './trace.ts';

/** The request as it leaves for a cluster: header operations, then Host, then path (http-routing.md R-83 … R-89). */
export function upstreamRequest(
  route: Route,
  action: ForwardAction,
  cluster: WeightedCluster,
  request: StreamRequest,
): StreamRequest {
  const fields: Field[] = [...request.fields];
  setGrpcTimeout(fields, action, request);
  // The destination's own operations run first, so that the route's have the last word.
  if (cluster.requestHeaders) applyHeaderOperations(fields, cluster.requestHeaders, request);
  applyHeaderOperations(fields, action.requestHeaders, request);
  const bodiless = ['GET', 'HEAD', 'DELETE', 'TRACE', 'CONNECT'].includes(request.method);
  if (!bodiless && fieldValue(fields, 'content-length') === undefined) fields.push(['content-length', '0']);
  return {
    ...request,
    fields,
    authority: action.hostRewrite ?? cluster.hostRewrite ?? request.authority,
    path: rewritePath(route, action, request.path),
  };
}

/** The path after the route's rewrite; it is not normalised again. */
export function rewritePath(route: Route, action: ForwardAction, path: string): string {
  const rewrite = action.pathRewrite;
  if (!rewrite) return path;
  if (rewrite.kind === 'prefix') return rewrite.value + path.slice(matchedPath(route.match, path).length);
  const plain = withoutQuery(path);
  const replaced = replaceAll(rewrite.pattern, rewrite.substitution, plain);
  return replaced === '' ? path : replaced + path.slice(plain.length);
}

/** What the server behind the cluster sees, without what Envoy adds to every request. */
export function describeUpstream(request: StreamRequest): UpstreamRequest {
  return {
    secure: false,
    method: request.method,
    path: request.path,
    authority: request.authority,
    headers: request.fields.filter(([name]) => !isEnvoys(name)),
  };
}

function isEnvoys(name: string): boolean {
  return (
    name === 'x-forwarded-for' ||
    name === 'x-forwarded-proto' ||
    name === 'x-forwarded-client-cert' ||
    name === 'x-request-id' ||
    name === 'connection' ||
    name.startsWith('x-envoy-')
  );
}

/** Response operations of the drawn destination, then of the route, on an answer with `fields`. */
export function applyResponseOperations(
  fields: Field[],
  route: Route,
  cluster: WeightedCluster | undefined,
  request: StreamRequest,
): void {
  if (cluster?.responseHeaders) applyHeaderOperations(fields, cluster.responseHeaders, request, request);
  applyHeaderOperations(fields, route.responseHeaders, request, request);
}
