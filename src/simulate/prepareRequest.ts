import { asksForTrailers } from './connectionHeader.ts';
import { normalizePath } from './normalizePath.ts';
import type { DecodedRequest } from './readRequest.ts';
import { isReferer } from './referer.ts';
import { fieldValue, removeField, setField, upgradeOf, type Field, type StreamRequest } from './request.ts';
import type { LocalReply } from './localReply.ts';
import type { FailedBecause } from './trace.ts';

export type Prepared =
  | { readonly kind: 'ready'; readonly request: StreamRequest }
  /** Envoy answers without looking at routes. `request` is the request as it came, for the form of the answer. */
  | {
      readonly kind: 'refused';
      readonly because: FailedBecause;
      readonly reply: LocalReply;
      readonly request: StreamRequest;
    };

export interface ConnectionFacts {
  readonly secure: boolean;
  /** Gateways say themselves what `x-forwarded-proto` is; sidecars believe the caller. */
  readonly useRemoteAddress: boolean;
  /** The client was asked for a certificate and gave one. */
  readonly clientCertificate: boolean;
}

/**
 * What the connection manager checks and changes before it looks for a route: Host, path, then the headers about the connection. Mirrors
 * `ActiveStream::decodeHeaders` and `mutateRequestHeaders`.
 */
export function prepareRequest(decoded: DecodedRequest, facts: ConnectionFacts): Prepared {
  const { method, authority, path, fields } = decoded;
  const raw: StreamRequest = {
    protocol: decoded.protocol,
    method,
    scheme: decoded.scheme ?? '',
    authority: authority ?? '',
    path,
    forwardedProto: fieldValue(fields, 'x-forwarded-proto') ?? '',
    fields,
  };
  const refuse = (because: FailedBecause, reply: LocalReply): Prepared => ({
    kind: 'refused',
    because,
    reply,
    request: raw,
  });
  if (authority === undefined) return refuse('no-host', { status: 400, details: 'missing_host_header' });
  if (method !== 'CONNECT') {
    if (path === '') return refuse('bad-path', { status: 404, details: 'missing_path_rejected' });
    if (!path.startsWith('/')) return refuse('bad-path', { status: 404, details: 'absolute_path_rejected' });
  }
  if (method === 'QUERY' && (fieldValue(fields, 'content-type') ?? '') === '') {
    return refuse('malformed', { status: 400, details: 'query_missing_content_type' });
  }
  const normalized = method === 'CONNECT' ? path : normalizePath(path);
  if (normalized === undefined)
    return refuse('bad-path', { status: 400, details: 'path_normalization_failed' });
  return { kind: 'ready', request: mutate({ ...raw, path: normalized }, facts) };
}

/** Headers whose values depend on the connection or on chance: conditions on more than their presence cannot be judged. */
export const knownToProxy: ReadonlySet<string> = new Set([
  'x-envoy-external-address',
  'x-forwarded-client-cert',
  'x-forwarded-for',
  'x-request-id',
]);

/** Of the last hop, or what Envoy believes only of clients that it counts as internal, which none is by default; mirrors `cleanInternalHeaders`. */
const neverKept: ReadonlySet<string> = new Set([
  ...['keep-alive', 'proxy-connection', 'transfer-encoding', 'x-forwarded-client-cert'],
  ...['x-envoy-expected-rq-timeout-ms', 'x-envoy-force-trace', 'x-envoy-hedge-on-per-try-timeout'],
  ...['x-envoy-internal', 'x-envoy-ip-tags', 'x-envoy-max-retries', 'x-envoy-original-url'],
  ...['x-envoy-retriable-header-names', 'x-envoy-retriable-status-codes', 'x-envoy-retry-grpc-on'],
  ...['x-envoy-retry-on', 'x-envoy-upstream-alt-stat-name', 'x-envoy-upstream-rq-per-try-timeout-ms'],
  ...['x-envoy-upstream-rq-timeout-alt-response', 'x-envoy-upstream-rq-timeout-ms'],
  'x-envoy-upstream-stream-duration-ms',
]);
/** What only a proxy may say, taken from whoever comes to the edge. */
const notFromOutside: ReadonlySet<string> = new Set([
  'x-envoy-decorator-operation',
  'x-envoy-downstream-service-cluster',
  'x-envoy-downstream-service-node',
  'x-envoy-original-host',
  'x-envoy-original-path',
]);
const keptForUpgrades: ReadonlySet<string> = new Set(['connection', 'upgrade', 'te']);

/** Stands for a value that only the running proxy knows. */
const generated = '(set by Envoy)';

function mutate(request: StreamRequest, facts: ConnectionFacts): StreamRequest {
  const { secure, useRemoteAddress, clientCertificate } = facts;
  const upgrades = upgradeOf(request) !== undefined;
  const fields: Field[] = request.fields.filter(
    ([name]) =>
      !neverKept.has(name) &&
      (upgrades || !keptForUpgrades.has(name)) &&
      !(useRemoteAddress && notFromOutside.has(name)),
  );
  const te = upgrades ? undefined : fieldValue(request.fields, 'te');
  if (te === '') fields.push(['te', '']);
  else if (te !== undefined && asksForTrailers(te)) fields.push(['te', 'trailers']);
  const referer = fieldValue(fields, 'referer');
  if (referer !== undefined && !isReferer(referer)) removeField(fields, 'referer');
  if (clientCertificate) fields.push(['x-forwarded-client-cert', generated]);
  const transport = secure ? 'https' : 'http';
  const told = useRemoteAddress ? undefined : fieldValue(fields, 'x-forwarded-proto');
  if (told === undefined) setField(fields, 'x-forwarded-proto', transport);
  const forwardedProto = told ?? transport;
  const scheme = /^https?$/i.test(forwardedProto) ? forwardedProto.toLowerCase() : transport;
  // Each request gets an id, at a gateway whatever the client says, and there the client's address too.
  if (useRemoteAddress || fieldValue(fields, 'x-request-id') === undefined) {
    setField(fields, 'x-request-id', generated);
  }
  if (useRemoteAddress) {
    const before = fieldValue(fields, 'x-forwarded-for');
    setField(fields, 'x-forwarded-for', before === undefined ? generated : `${before},${generated}`);
    setField(fields, 'x-envoy-external-address', generated);
  }
  return { ...request, fields, forwardedProto, scheme: request.scheme === '' ? scheme : request.scheme };
}
