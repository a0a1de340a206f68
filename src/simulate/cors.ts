import type { CorsPolicy } from '../envoy/types.ts';
import { stringMatches } from './matchRoute.ts';
import { fieldValue, setField, type Field, type StreamRequest } from './request.ts';

/** What the CORS filter makes of a request. `answered`: it is a preflight that the filter answers, with these headers. */
export interface CorsVerdict {
  readonly origin: string;
  readonly allowed: boolean;
  readonly preflight: boolean;
  readonly answered?: readonly Field[];
}

/** Undefined: no Origin, so the filter does nothing. Mirrors Envoy's `CorsFilter::decodeHeaders`. */
export function judgeCors(policy: CorsPolicy, request: StreamRequest): CorsVerdict | undefined {
  const origin = fieldValue(request.fields, 'origin') ?? '';
  if (origin === '') return undefined;
  const allowed = policy.allowOrigins.some((one) => stringMatches(one, '*') || stringMatches(one, origin));
  const asked = fieldValue(request.fields, 'access-control-request-method') ?? '';
  const preflight = request.method === 'OPTIONS' && asked !== '';
  if (!preflight || (!allowed && policy.forwardNotMatchingPreflights)) return { origin, allowed, preflight };
  const headers: Field[] = [];
  if (allowed) headers.push(['access-control-allow-origin', origin]);
  if (policy.allowCredentials) headers.push(['access-control-allow-credentials', 'true']);
  if (policy.allowMethods !== '') {
    headers.push(['access-control-allow-methods', policy.allowMethods === '*' ? asked : policy.allowMethods]);
  }
  if (policy.allowHeaders !== '') {
    const askedHeaders = fieldValue(request.fields, 'access-control-request-headers') ?? '';
    headers.push([
      'access-control-allow-headers',
      policy.allowHeaders === '*' ? askedHeaders : policy.allowHeaders,
    ]);
  }
  if (policy.maxAge !== undefined) headers.push(['access-control-max-age', policy.maxAge]);
  if (allowed && policy.exposeHeaders !== '')
    headers.push(['access-control-expose-headers', policy.exposeHeaders]);
  return { origin, allowed, preflight, answered: headers };
}

/** Headers that the filter sets on the answer to an allowed request, over whatever the route's operations did. */
export function applyCorsHeaders(fields: Field[], policy: CorsPolicy, verdict: CorsVerdict): void {
  if (!verdict.allowed) return;
  setField(fields, 'access-control-allow-origin', verdict.origin);
  if (policy.allowCredentials) setField(fields, 'access-control-allow-credentials', 'true');
  if (policy.exposeHeaders !== '') setField(fields, 'access-control-expose-headers', policy.exposeHeaders);
}
