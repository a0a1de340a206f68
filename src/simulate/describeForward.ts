import type { ProxyConfig } from '../compile/compiled.ts';
import type { ForwardAction, HeaderOptions, Route } from '../envoy/types.ts';
import { rewritePath } from './forward.ts';
import { hasUnknownCommand, isEmpty } from './headerOperations.ts';
import type { StreamRequest } from './request.ts';
import type { NotSimulatedHere, Step } from './trace.ts';

/** What a route that forwards does on the way, as steps of the trace: rewrites, header operations, mirrors, timeouts. */
export function describeForward(
  config: ProxyConfig,
  route: Route,
  action: ForwardAction,
  request: StreamRequest,
  notSimulated: NotSimulatedHere[],
): readonly Step[] {
  const steps: Step[] = [];
  const at = route.origin;
  const path = rewritePath(route, action, request.path);
  const host = action.hostRewrite;
  if (action.pathRewrite || host !== undefined) {
    steps.push({
      kind: 'rewrite',
      at,
      ...(action.pathRewrite && { path: [request.path, path] as const }),
      ...(host !== undefined && { host: [request.authority, host] as const }),
    });
  }
  const headers = (on: 'request' | 'response', operations: HeaderOptions): void => {
    if (isEmpty(operations)) return;
    steps.push({ kind: 'headers', at, on, ...operations });
    if ([...operations.set, ...operations.add].some(([, value]) => hasUnknownCommand(value))) {
      notSimulated.push({ what: 'format-command', at });
    }
  };
  headers('request', action.requestHeaders);
  headers('response', route.responseHeaders);
  for (const { cluster, percent, origin } of action.mirrors) {
    const exists = config.clusters.has(cluster);
    steps.push({ kind: 'mirror', cluster: { name: cluster, at: origin, exists }, percent });
  }
  if (action.timeout !== undefined || action.retries) {
    const { timeout, retries } = action;
    steps.push({
      kind: 'policy',
      at,
      ...(timeout !== undefined && { timeout }),
      ...(retries && { retries }),
    });
  }
  return steps;
}
