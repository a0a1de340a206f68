/** Name in lower case, value as it was sent. */
export type Field = readonly [name: string, value: string];

/**
 * A request as Envoy's routing and filters see it: after the codec, with the path normalised and `x-forwarded-proto` set. All text is bytes,
 * one character for each (Latin-1).
 */
export interface StreamRequest {
  readonly protocol: 'http/1.1' | 'h2';
  readonly method: string;
  readonly scheme: string;
  /** Host as received, with port and letter case. */
  readonly authority: string;
  /** Normalised, with the query. */
  readonly path: string;
  /** What `x-forwarded-proto` says: the scheme that redirects and `httpsRedirect` go by. */
  readonly forwardedProto: string;
  readonly fields: readonly Field[];
}

/** Headers that Envoy keeps as one field: repeated ones are joined with a bare comma as they arrive (http-routing.md R-43, `INLINE_REQ_HEADERS`). */
const inlineNames = new Set([
  'accept',
  'accept-encoding',
  'access-control-request-headers',
  'access-control-request-method',
  'access-control-request-private-network',
  'authorization',
  'cache-control',
  'cdn-loop',
  'connection',
  'content-encoding',
  'content-type',
  'expect',
  'grpc-accept-encoding',
  'grpc-timeout',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'keep-alive',
  'origin',
  'pragma',
  'proxy-connection',
  'referer',
  'te',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'via',
  'x-client-trace-id',
  'x-envoy-attempt-count',
  'x-envoy-decorator-operation',
  'x-envoy-downstream-service-cluster',
  'x-envoy-downstream-service-node',
  'x-envoy-external-address',
  'x-envoy-is-timeout-retry',
  'x-envoy-original-host',
  'x-envoy-original-path',
  'x-forwarded-client-cert',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-request-id',
]);

/** What repeated values of an inline header become: an empty one adds nothing. Mirrors `HeaderMapImpl::appendToHeader`. */
export function joinValues(before: string, value: string): string {
  if (before === '' || value === '') return before || value;
  return `${before},${value}`;
}

/** The same for answers (`INLINE_RESP_HEADERS`, and what the CORS filter registers). */
const inlineInAnswers: ReadonlySet<string> = new Set(
  (
    'access-control-allow-credentials access-control-allow-headers access-control-allow-methods access-control-allow-origin ' +
    'access-control-allow-private-network access-control-expose-headers access-control-max-age age cache-control connection content-encoding ' +
    'content-type date etag expires grpc-message grpc-status keep-alive last-modified location server transfer-encoding upgrade vary via x-request-id ' +
    'x-envoy-attempt-count x-envoy-decorator-operation x-envoy-degraded x-envoy-immediate-health-check-fail x-envoy-ratelimited ' +
    'x-envoy-upstream-canary x-envoy-upstream-healthchecked-cluster x-envoy-upstream-service-time'
  ).split(' '),
);

/** Puts one more value behind those of its name; an inline header stays one field. */
export function addField(
  fields: Field[],
  name: string,
  value: string,
  on: 'request' | 'answer' = 'request',
): void {
  const inline = on === 'request' ? inlineNames : inlineInAnswers;
  const at = inline.has(name) ? fields.findIndex(([other]) => other === name) : -1;
  const existing = fields[at];
  if (!existing) fields.push([name, value]);
  else fields[at] = [name, joinValues(existing[1], value)];
}

/** Replaces all values of a name by one, in the place of the first. */
export function setField(fields: Field[], name: string, value: string): void {
  const at = fields.findIndex(([other]) => other === name);
  if (at < 0) fields.push([name, value]);
  else {
    removeField(fields, name);
    fields.splice(at, 0, [name, value]);
  }
}

/** Drops all values of a name. */
export function removeField(fields: Field[], name: string): void {
  for (let index = fields.length - 1; index >= 0; index--) {
    if (fields[index]?.[0] === name) fields.splice(index, 1);
  }
}

/** The first value of a header, or undefined. */
export function fieldValue(fields: readonly Field[], name: string): string | undefined {
  for (const [other, value] of fields) if (other === name) return value;
  return undefined;
}

/**
 * All values that a header matcher sees: pseudo headers by their names, `host` as another name of `:authority`, other headers field by field.
 * `name` is in lower case.
 */
export function headerValues(request: StreamRequest, name: string): readonly string[] {
  switch (name) {
    case ':method':
      return [request.method];
    case ':authority':
    case 'host':
      return [request.authority];
    case ':scheme':
      return [request.scheme];
    case ':path':
      return [request.path];
    default: {
      let values: string[] | undefined;
      for (const [other, value] of request.fields) if (other === name) (values ??= []).push(value);
      return values ?? none;
    }
  }
}

const none: readonly string[] = [];

/** The path without query and fragment, which `uri` matchers compare; mirrors Envoy's `removeQueryAndFragment`. */
export function withoutQuery(path: string): string {
  for (let index = 0; index < path.length; index++) {
    const char = path.charCodeAt(index);
    if (char === 0x3f || char === 0x23) return path.slice(0, index);
  }
  return path;
}

/** Whether the request speaks gRPC, whose local answers look different; mirrors Envoy's `Grpc::Common::isGrpcRequestHeaders`. */
export function isGrpc(request: StreamRequest): boolean {
  const type = fieldValue(request.fields, 'content-type');
  return type === 'application/grpc' || (type?.startsWith('application/grpc+') ?? false);
}

/** The protocol that the client wants to change to, or undefined; mirrors `Utility::isUpgrade`. */
export function upgradeOf({ fields }: { readonly fields: readonly Field[] }): string | undefined {
  const upgrade = fieldValue(fields, 'upgrade');
  if (upgrade === undefined) return undefined;
  const tokens = (fieldValue(fields, 'connection') ?? '').split(',');
  return tokens.some((token) => token.trim().toLowerCase() === 'upgrade') ? upgrade : undefined;
}
