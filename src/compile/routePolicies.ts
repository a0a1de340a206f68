import type { CorsPolicy, Fault, ForwardAction } from '../envoy/types.ts';
import { readDuration } from '../istio/duration.ts';
import type * as Istio from '../istio/types.ts';
import type { SourceRef } from '../manifest/source.ts';
import { stringMatcher } from './routeMatch.ts';

/**
 * What a fault comes to: a missing percentage is none, kinds that Istio does not support are dropped. Undefined if nothing is left. Mirrors
 * `TranslateFault`.
 */
export function translateFault(fault: Istio.HTTPFaultInjection, at: SourceRef): Fault | undefined {
  const { delay, abort } = fault;
  const fixedDelay = delay?.fixedDelay;
  const status = abortStatus(abort);
  if (fixedDelay === undefined && !status) return undefined;
  return {
    ...(delay &&
      fixedDelay !== undefined && {
        delay: { percent: percentOf(delay.percentage) ?? delay.percent ?? 0, fixedDelay },
      }),
    ...(status && { abort: { percent: percentOf(abort?.percentage) ?? 0, status } }),
    origin: [at],
  };
}

function abortStatus(
  abort: Istio.HTTPFaultInjection['abort'],
): NonNullable<Fault['abort']>['status'] | undefined {
  if (abort?.httpStatus !== undefined) return { http: abort.httpStatus };
  return abort?.grpcStatus === undefined ? undefined : { grpc: abort.grpcStatus };
}

/** Envoy counts in millionths: smaller parts are cut off. */
export function percentOf(percent: Istio.Percent | undefined): number | undefined {
  return percent && Math.trunc((percent.value ?? 0) * 10000) / 10000;
}

/** Mirrors `TranslateCORSPolicy`. */
export function translateCors(policy: Istio.CorsPolicy, at: SourceRef): CorsPolicy {
  const { allowOrigins, allowOrigin, maxAge } = policy;
  const seconds = maxAge === undefined ? undefined : (readDuration(maxAge) ?? 0n) / 1_000_000_000n;
  return {
    allowOrigins: allowOrigins?.length
      ? allowOrigins.map(stringMatcher).filter(({ kind }) => kind !== 'present')
      : (allowOrigin ?? []).map((value) => ({ kind: 'exact', value })),
    allowMethods: (policy.allowMethods ?? []).join(','),
    allowHeaders: (policy.allowHeaders ?? []).join(','),
    exposeHeaders: (policy.exposeHeaders ?? []).join(','),
    ...(seconds !== undefined && { maxAge: `${seconds}` }),
    allowCredentials: policy.allowCredentials ?? false,
    forwardNotMatchingPreflights: policy.unmatchedPreflights !== 'IGNORE',
    origin: [at],
  };
}

/** Mirrors `setTimeout`, which is what `max_grpc_timeout` is too, and `ConvertPolicy`: without attempts there is no time for one. */
export function waitsOf({ timeout, retries }: Istio.HTTPRoute): ForwardAction['waits'] {
  const oneTry = retries?.attempts ? milliseconds(retries.perTryTimeout) : 0;
  const call = milliseconds(timeout);
  return call > 0 || oneTry > 0 ? { call, oneTry } : undefined;
}

function milliseconds(duration: string | undefined): number {
  return duration === undefined ? 0 : Number((readDuration(duration) ?? 0n) / 1_000_000n);
}

/** What is retried, as far as it is written: Istio's own default is not shown. Mirrors `ConvertPolicy`. */
export function translateRetries(retries: Istio.HTTPRetry): NonNullable<ForwardAction['retries']> {
  const { attempts = 0, retryOn, perTryTimeout } = retries;
  return {
    attempts,
    retryOn: retryOn ? withStatusCodes(retryOn) : defaultRetryOn,
    ...(perTryTimeout !== undefined && { perTryTimeout }),
  };
}

const defaultRetryOn = 'connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes';

/** Numbers among the conditions are status codes, for which Envoy needs a condition of its own. */
function withStatusCodes(retryOn: string): string {
  const hasNumber = retryOn.split(',').some((part) => /^\s*[0-9]+\s*$/.test(part));
  return hasNumber && !retryOn.includes('retriable-status-codes')
    ? `${retryOn},retriable-status-codes`
    : retryOn;
}
