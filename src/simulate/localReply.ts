import { fieldValue, isGrpc, setField, type Field, type StreamRequest } from './request.ts';
import type { HttpAnswer } from './trace.ts';

/** What Envoy wants to say by itself, before a gRPC client makes it look different. */
export interface LocalReply {
  readonly status: number;
  readonly details: string;
  /** In the order of Envoy's log. */
  readonly flags?: readonly string[];
  readonly body?: string;
  readonly location?: string;
  readonly headers?: readonly Field[];
  /** Instead of the one that the HTTP status maps to. */
  readonly grpcStatus?: number;
}

/**
 * An answer that Envoy makes itself. A gRPC request gets HTTP 200, with the status in `grpc-status` and the body in `grpc-message`; mirrors
 * `Utility::prepareLocalReply`.
 */
export function localReply(request: StreamRequest, reply: LocalReply): HttpAnswer {
  const grpc = isGrpc(request);
  const head = request.method === 'HEAD';
  const body = reply.body ?? '';
  const headers: Field[] = [...(reply.headers ?? [])];
  if (grpc) {
    // The route's operations have run, and a status of theirs stays.
    const status = `${reply.grpcStatus ?? grpcStatusFor(reply.status)}`;
    if (!fieldValue(headers, 'grpc-status')) setField(headers, 'grpc-status', status);
    if (body !== '' && !head) setField(headers, 'grpc-message', encodeMessage(body));
  }
  const flags = (reply.flags ?? []).join(',');
  return {
    protocol: request.protocol,
    status: grpc ? 200 : reply.status,
    details: reply.details,
    ...(flags !== '' && { flags }),
    ...(reply.location !== undefined && { location: reply.location }),
    ...(body !== '' && !grpc && !head && { body }),
    responseHeaders: headers,
  };
}

/** Mirrors Envoy's `Grpc::Utility::httpToGrpcStatus`. */
function grpcStatusFor(status: number): number {
  switch (status) {
    case 400:
      return 13;
    case 401:
      return 16;
    case 403:
      return 7;
    case 404:
      return 12;
    case 429:
    case 502:
    case 503:
    case 504:
      return 14;
    default:
      return 2;
  }
}

const grpcStatuses = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];

/** The number of a gRPC status by its name; undefined for a name that gRPC does not know. */
export function grpcStatusNumber(name: string): number | undefined {
  const number = grpcStatuses.indexOf(name);
  return number < 0 ? undefined : number;
}

/** Percent-encodes `%`, `~` and the UTF-8 bytes outside of printable ASCII; a lone surrogate becomes U+FFFD. Mirrors `PercentEncoding::encode`. */
function encodeMessage(text: string): string {
  return text.replace(/[^\u0020-\u007d]+|%/gu, (part) =>
    encodeURIComponent(part.replace(/\p{Surrogate}/gu, '\ufffd')).replace(/~/g, '%7E'),
  );
}
