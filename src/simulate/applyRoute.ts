import type { ProxyConfig } from '../compile/compiled.ts';
import type { DirectResponseAction, Fault, ForwardAction, RedirectAction, Route } from '../envoy/types.ts';
import { clusterShares, drawn, type Draw } from './clusters.ts';
import { applyCorsHeaders, judgeCors, type CorsVerdict } from './cors.ts';
import { describeForward } from './describeForward.ts';
import { applyResponseOperations, describeUpstream, upstreamRequest } from './forward.ts';
import { grpcStatusNumber, localReply } from './localReply.ts';
import { ownLocation, redirectLocation } from './redirect.ts';
import { isGrpc, type Field, type StreamRequest } from './request.ts';
import type { Branch, End, NotSimulatedHere, Step } from './trace.ts';

/**
 * What becomes of a request on its route: refused upgrade, fault, CORS, then redirect, direct response or forwarding, in the order of Envoy's
 * filters. One branch for each way in which chance can fall.
 */
export function applyRoute(
  config: ProxyConfig,
  route: Route,
  request: StreamRequest,
  refuseUpgrade: boolean,
  steps: Step[],
  notSimulated: NotSimulatedHere[],
): readonly Branch[] {
  if (refuseUpgrade) {
    return branchesOf(config, route, steps, (draw, replyHeaders) => {
      const reply = { status: 403, details: 'upgrade_failed', headers: replyHeaders(request, draw) };
      return { kind: 'failed', because: 'upgrade-refused', answer: localReply(request, reply) };
    });
  }
  const draws = faultDraws(route.fault);
  describeFault(route.fault, steps);
  const { action } = route;
  if (action.kind === 'invalid') return [];
  if (action.kind !== 'forward') {
    return draws.map(({ share, delay, abort }) => {
      const flags = delay === undefined ? [] : ['DI'];
      const end =
        abort && route.fault
          ? aborted(route.fault, request, flags, [])
          : action.kind === 'redirect'
            ? redirected(route, action, request, flags)
            : responded(route, action, request, flags);
      return { share, ...(delay !== undefined && { delay }), end };
    });
  }
  const cors = route.cors && judgeCors(route.cors, request);
  if (route.cors && cors) {
    const { origin, allowed, preflight } = cors;
    steps.push({ kind: 'cors', at: route.cors.origin, origin, allowed, preflight });
  }
  return draws.flatMap(({ share, delay, abort }, index) => {
    const flags = delay === undefined ? [] : ['DI'];
    const branches = branchesOf(config, route, index === 0 ? steps : undefined, (draw, replyHeaders) =>
      abort && route.fault
        ? aborted(route.fault, request, flags, replyHeaders(request, draw))
        : forwarded(route, action, request, cors, flags, draw),
    );
    if (index === draws.length - 1)
      steps.push(...describeForward(config, route, action, request, notSimulated));
    return branches.map((branch) => ({
      ...branch,
      share: branch.share * share,
      ...(delay !== undefined && { delay }),
    }));
  });
}

type ReplyHeaders = (request: StreamRequest, draw: Draw | undefined) => Field[];

/**
 * One branch for each destination that can be drawn, or a single one if the route does not forward. `replyHeaders` are what the route's
 * response operations make of a local answer: nothing, unless the route forwards.
 */
export function branchesOf(
  config: ProxyConfig,
  route: Route,
  steps: Step[] | undefined,
  endOf: (draw: Draw | undefined, replyHeaders: ReplyHeaders) => End,
): readonly Branch[] {
  const { action } = route;
  if (action.kind !== 'forward') return [{ share: 1, end: endOf(undefined, () => []) }];
  const draws = drawn(action.clusters);
  steps?.push({ kind: 'cluster', clusters: clusterShares(draws, config), weighted: action.weighted });
  const replyHeaders: ReplyHeaders = (request, draw) => {
    const fields: Field[] = [];
    applyResponseOperations(fields, route, draw?.cluster, request);
    return fields;
  };
  return draws.map((draw) => ({
    share: draw.share,
    destination: draw.destination,
    end: endOf(draw, replyHeaders),
  }));
}

interface FaultDraw {
  readonly share: number;
  readonly delay?: string;
  readonly abort: boolean;
}

/** Delay and abort are drawn one by one; those that cannot happen are left out. */
function faultDraws(fault: Fault | undefined): readonly FaultDraw[] {
  const ways = (percent: number | undefined): readonly (readonly [boolean, number])[] => {
    const share = Math.min(100, percent ?? 0) / 100;
    return (
      [
        [true, share],
        [false, 1 - share],
      ] as const
    ).filter(([, chance]) => chance > 0);
  };
  const delay = fault?.delay;
  return ways(delay?.percent).flatMap(([delayed, delayShare]) =>
    ways(fault?.abort?.percent).map(([abort, abortShare]) => ({
      share: delayShare * abortShare,
      ...(delayed && delay && { delay: delay.fixedDelay }),
      abort,
    })),
  );
}

function describeFault(fault: Fault | undefined, steps: Step[]): void {
  if (!fault) return;
  const { delay, abort, origin } = fault;
  const status = abort && ('http' in abort.status ? `${abort.status.http}` : abort.status.grpc);
  steps.push({
    kind: 'fault',
    at: origin,
    ...(delay && { delay }),
    ...(abort && status !== undefined && { abort: { percent: abort.percent, status } }),
  });
}

function aborted(
  fault: Fault,
  request: StreamRequest,
  flags: readonly string[],
  headers: readonly Field[],
): End {
  const status = fault.abort?.status;
  // A gRPC status travels in HTTP 200; a client that does not speak gRPC sees just that.
  const grpcStatus =
    status && 'grpc' in status && isGrpc(request) ? grpcStatusNumber(status.grpc) : undefined;
  const answer = localReply(request, {
    status: status && 'http' in status ? status.http : 200,
    details: 'fault_filter_abort',
    flags: [...flags, 'FI'],
    body: 'fault filter abort',
    headers,
    ...(grpcStatus !== undefined && { grpcStatus }),
  });
  return { kind: 'responded', by: 'fault', answer };
}

function redirected(
  route: Route,
  action: RedirectAction,
  request: StreamRequest,
  flags: readonly string[],
): End {
  const { headers, location } = ownReply(route, request, redirectLocation(action, route.match, request));
  const reply = { status: action.status, details: 'direct_response', flags, headers };
  return {
    kind: 'redirected',
    answer: localReply(request, { ...reply, ...(location !== undefined && { location }) }),
  };
}

function responded(
  route: Route,
  action: DirectResponseAction,
  request: StreamRequest,
  flags: readonly string[],
): End {
  const { status, body } = action;
  // Envoy adds the request's own URL to 201 and to every 3xx.
  const own = status === 201 || (status >= 300 && status < 400) ? ownLocation(request) : undefined;
  const { headers, location } = ownReply(route, request, own);
  const reply = { status, details: 'direct_response', flags, body, headers };
  const answer = localReply(request, { ...reply, ...(location !== undefined && { location }) });
  // The only direct response that Istio makes by itself is that of a way out that is closed.
  if (route.virtualService === undefined) return { kind: 'failed', because: 'blocked', answer };
  return { kind: 'responded', by: 'direct-response', answer };
}

/** The route's operations come after `location`, and may change it. */
function ownReply(
  route: Route,
  request: StreamRequest,
  location: string | undefined,
): { readonly headers: readonly Field[]; readonly location?: string } {
  const fields: Field[] = location === undefined ? [] : [['location', location]];
  applyResponseOperations(fields, route, undefined, request);
  const last = fields.find(([name]) => name === 'location')?.[1];
  return {
    headers: fields.filter(([name]) => name !== 'location'),
    ...(last !== undefined && { location: last }),
  };
}

function forwarded(
  route: Route,
  action: ForwardAction,
  request: StreamRequest,
  cors: CorsVerdict | undefined,
  flags: readonly string[],
  draw: Draw | undefined,
): End {
  if (cors?.answered) return preflight(request, cors.answered, flags);
  if (!draw || draw.cluster.missing) {
    const headers: Field[] = [];
    applyResponseOperations(headers, route, draw?.cluster, request);
    if (route.cors && cors) applyCorsHeaders(headers, route.cors, cors);
    const reply = { status: 503, details: 'cluster_not_found', flags: [...flags, 'NC'], headers };
    return { kind: 'failed', because: 'no-cluster', answer: localReply(request, reply) };
  }
  const upstream = upstreamRequest(route, action, draw.cluster, request);
  const responseHeaders: Field[] = [];
  applyResponseOperations(responseHeaders, route, draw.cluster, upstream);
  if (route.cors && cors) applyCorsHeaders(responseHeaders, route.cors, cors);
  return {
    kind: 'forwarded',
    cluster: draw.cluster.name,
    answer: {
      protocol: request.protocol,
      status: 200,
      details: 'via_upstream',
      ...(flags.length > 0 && { flags: flags.join(',') }),
      responseHeaders,
    },
    upstream: describeUpstream(upstream),
  };
}

/** Not a local answer in Envoy's sense: neither the route's operations nor gRPC touch it. */
function preflight(request: StreamRequest, headers: readonly Field[], flags: readonly string[]): End {
  const answer = {
    protocol: request.protocol,
    status: 200,
    details: 'cors_response',
    ...(flags.length > 0 && { flags: flags.join(',') }),
    responseHeaders: headers,
  };
  return { kind: 'responded', by: 'preflight', answer };
}
