import type { HTTPFaultInjection, HTTPRoute, Percent } from '../istio/types.ts';
import type { Path } from '../manifest/source.ts';
import { validateDestination } from './destinations.ts';
import { validateDuration } from './duration.ts';
import { refuse, warn } from './report.ts';
import type { Report } from './report.ts';

const grpcStatuses = new Set(
  (
    'OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED RESOURCE_EXHAUSTED ' +
    'FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS UNAUTHENTICATED'
  ).split(' '),
);

/** 200 to 599 by Istio's message; its code takes 600 too. Mirrors `validateHTTPStatus`. */
export function isFinalStatus(status: number): boolean {
  return status >= 200 && status <= 600;
}

/** Mirrors `validateHTTPFaultInjection`. An abort without status is a warning there that nobody gets to see. */
export function validateFault(report: Report, path: Path, fault: HTTPFaultInjection): void {
  const { abort, delay } = fault;
  if (!abort && !delay) refuse(report, 'VS039', path);
  if (abort) {
    checkShare(report, [...path, 'abort', 'percentage'], abort.percentage);
    if (abort.http2Error !== undefined)
      refuse(report, 'VS041', [...path, 'abort', 'http2Error'], { got: abort.http2Error });
    if (abort.httpStatus !== undefined && !isFinalStatus(abort.httpStatus)) {
      refuse(report, 'VS042', [...path, 'abort', 'httpStatus'], { got: abort.httpStatus });
    }
    if (abort.grpcStatus !== undefined && !grpcStatuses.has(abort.grpcStatus)) {
      refuse(report, 'VS043', [...path, 'abort', 'grpcStatus'], { got: abort.grpcStatus });
    }
  }
  if (delay) {
    checkShare(report, [...path, 'delay', 'percentage'], delay.percentage);
    if (delay.fixedDelay !== undefined)
      validateDuration(report, 'VS044', [...path, 'delay', 'fixedDelay'], delay.fixedDelay);
    if (delay.exponentialDelay !== undefined) {
      refuse(report, 'VS045', [...path, 'delay', 'exponentialDelay'], { got: delay.exponentialDelay });
    }
  }
}

/** 0, or 0.0001 to 100; mirrors `validatePercentage`. */
function checkShare(report: Report, path: Path, percentage: Percent | undefined): void {
  const value = percentage?.value ?? 0;
  if (value < 0 || value > 100 || (value > 0 && value < 0.0001))
    refuse(report, 'VS040', [...path, 'value'], { got: value });
}

/** Shares and receivers of copies; mirrors `validateHTTPMirrors` and what `validateHTTPRoute` says of `mirrorPercent`. */
export function validateMirrors(
  report: Report,
  path: Path,
  route: HTTPRoute & { readonly mirror_percent?: number },
): void {
  // The second spelling is the one of the API's source; where the first stands the schema has dropped it.
  const field = route.mirrorPercent === undefined ? 'mirror_percent' : 'mirrorPercent';
  const percent = route[field];
  if (percent !== undefined) {
    if (percent > 100) refuse(report, 'VS047', [...path, field], { got: percent });
    warn(report, 'VS048', [...path, field], { got: percent, field });
  }
  checkMirrorShare(report, [...path, 'mirrorPercentage'], route.mirrorPercentage);
  for (const [index, mirror] of (route.mirrors ?? []).entries()) {
    const at = [...path, 'mirrors', index];
    if (!mirror.destination) {
      refuse(report, 'VS049', at);
      continue;
    }
    validateDestination(report, [...at, 'destination'], mirror.destination);
    checkMirrorShare(report, [...at, 'percentage'], mirror.percentage);
  }
}

function checkMirrorShare(report: Report, path: Path, percentage: Percent | undefined): void {
  const value = percentage?.value ?? 0;
  if (value < 0 || value > 100) refuse(report, 'VS047', [...path, 'value'], { got: value });
}
