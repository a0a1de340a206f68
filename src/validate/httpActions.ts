import type {
  CorsPolicy,
  HTTPDirectResponse,
  HTTPMatchRequest,
  HTTPRedirect,
  HTTPRetry,
  HTTPRewrite,
} from '../istio/types.ts';
import type { Path } from '../manifest/source.ts';
import { hasSubSeconds, validateDuration } from './duration.ts';
import { isHeaderName } from './headerFormats.ts';
import { isGoInteger, isPort } from './hostFormats.ts';
import { isFinalStatus } from './httpFaults.ts';
import { refuse, warn } from './report.ts';
import type { Report } from './report.ts';
import { byteLength, validateRegex, validateRegexMatch } from './stringMatch.ts';

const corsMethods = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'CONNECT',
  'OPTIONS',
  'TRACE',
  '*',
]);
const retryConditions = new Set(
  (
    '5xx gateway-error reset reset-before-request connect-failure retriable-4xx refused-stream retriable-status-codes ' +
    'retriable-headers envoy-ratelimited http3-post-connect-failure cancelled deadline-exceeded internal resource-exhausted unavailable'
  ).split(' '),
);
/** Statuses that Go's `net/http` has a text for. */
const knownStatuses = new Set([
  ...[100, 101, 102, 103],
  ...[200, 201, 202, 203, 204, 205, 206, 207, 208, 226],
  ...[300, 301, 302, 303, 304, 305, 307, 308],
  ...[400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418],
  ...[421, 422, 423, 424, 425, 426, 428, 429, 431, 451],
  ...[500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511],
]);
const largestBody = 1024 * 1024;
const largeBody = 100 * 1024;

/** Mirrors `validateCORSPolicy`. */
export function validateCors(report: Report, path: Path, policy: CorsPolicy): void {
  for (const [index, origin] of (policy.allowOrigins ?? []).entries()) {
    const at = [...path, 'allowOrigins', index];
    const value = origin.exact ?? origin.prefix ?? origin.regex ?? '';
    if (value === '') refuse(report, 'VS035', at);
    else validateRegexMatch(report, at, origin);
  }
  for (const [index, method] of (policy.allowMethods ?? []).entries()) {
    if (!corsMethods.has(method)) {
      refuse(report, 'VS036', [...path, 'allowMethods', index], { got: method, want: [...corsMethods] });
    }
  }
  for (const field of ['allowHeaders', 'exposeHeaders'] as const) {
    for (const [index, name] of (policy[field] ?? []).entries()) {
      if (name !== '*' && !isHeaderName(name))
        refuse(report, 'VS037', [...path, field, index], { got: name });
    }
  }
  if (policy.maxAge === undefined) return;
  const fine = validateDuration(report, 'VS038', [...path, 'maxAge'], policy.maxAge);
  if (fine && hasSubSeconds(policy.maxAge)) {
    refuse(report, 'VS038', [...path, 'maxAge'], { got: policy.maxAge, problem: 'part-of-second' });
  }
}

/** Mirrors `validateHTTPRedirect`, which stops at its first finding. */
export function validateRedirect(
  report: Report,
  path: Path,
  redirect: HTTPRedirect,
  matches: readonly HTTPMatchRequest[],
): void {
  const { uri, prefixRewrite, authority, scheme, port, derivePort, redirectCode } = redirect;
  const other = matches.find((match) => match.uri && match.uri.prefix === undefined);
  if (uri && prefixRewrite) refuse(report, 'VS050', path);
  else if (prefixRewrite && other)
    refuse(report, 'VS051', [...path, 'prefixRewrite'], { got: prefixRewrite });
  else if (
    !uri &&
    !prefixRewrite &&
    !authority &&
    !scheme &&
    port === undefined &&
    derivePort === undefined
  ) {
    refuse(report, 'VS052', path);
  } else if (redirectCode && (redirectCode < 300 || redirectCode > 399)) {
    refuse(report, 'VS053', [...path, 'redirectCode'], { got: redirectCode });
  } else if (scheme && scheme !== 'http' && scheme !== 'https') {
    refuse(report, 'VS054', [...path, 'scheme'], { got: scheme, want: ['http', 'https'] });
  } else if (port && !isPort(port)) {
    refuse(report, 'VS055', [...path, 'port'], { got: port });
  }
}

/** Mirrors `validateHTTPDirectResponse`. */
export function validateDirectResponse(report: Report, path: Path, response: HTTPDirectResponse): void {
  const { string, bytes } = response.body ?? {};
  if (bytes !== undefined && typeof bytes !== 'string') {
    refuse(report, 'LINT016', [...path, 'body', 'bytes']);
    return;
  }
  const size = string === undefined ? decodedLength(bytes ?? '') : byteLength(string);
  if (size > largestBody) refuse(report, 'VS057', [...path, 'body'], { got: size, maximum: largestBody });
  else if (size > largeBody) warn(report, 'VS058', [...path, 'body'], { got: size, maximum: largeBody });
  const status = response.status ?? 0;
  // Istio looks at the status as a signed number.
  if (!isFinalStatus(status | 0)) refuse(report, 'VS056', [...path, 'status'], { got: status });
}

/** Bytes that a base64 text stands for. */
function decodedLength(base64: string): number {
  return Math.floor((base64.replace(/=+$/, '').length * 3) / 4);
}

/** Mirrors `ValidateHTTPRetry`. */
export function validateRetries(report: Report, path: Path, retries: HTTPRetry): void {
  const attempts = retries.attempts ?? 0;
  if (attempts < 0) refuse(report, 'VS059', [...path, 'attempts'], { got: attempts });
  const settings = [
    retries.perTryTimeout !== undefined && 'perTryTimeout',
    Boolean(retries.retryOn) && 'retryOn',
    retries.retryRemoteLocalities !== undefined && 'retryRemoteLocalities',
  ].filter((name) => typeof name === 'string');
  if (attempts === 0 && settings.length > 0) refuse(report, 'VS060', path, { got: settings });
  if (retries.perTryTimeout !== undefined) {
    validateDuration(report, 'VS061', [...path, 'perTryTimeout'], retries.perTryTimeout);
  }
  // No spaces are trimmed, so `5xx, reset` names a condition with a space in front.
  for (const condition of retries.retryOn ? retries.retryOn.split(',') : []) {
    const isStatus = isGoInteger(condition) && knownStatuses.has(Number(condition));
    if (!isStatus && !retryConditions.has(condition))
      refuse(report, 'VS062', [...path, 'retryOn'], { got: condition });
  }
  if (retries.backoff !== undefined) validateDuration(report, 'VS061', [...path, 'backoff'], retries.backoff);
}

/** Mirrors `validateHTTPRewrite`, which stops at its first finding. */
export function validateRewrite(report: Report, path: Path, rewrite: HTTPRewrite): void {
  const { uri, uriRegexRewrite: regex, authority } = rewrite;
  if (uri && regex) refuse(report, 'VS063', path);
  else if (!uri && !regex && !authority) refuse(report, 'VS064', path);
  else if (regex) {
    const at = [...path, 'uriRegexRewrite'];
    const missing = [!regex.match && 'match', !regex.rewrite && 'rewrite'].filter(
      (name) => typeof name === 'string',
    );
    if (missing.length > 0) refuse(report, 'VS065', at, { missing });
    else validateRegex(report, 'VS065', [...at, 'match'], regex.match ?? '');
  }
}
