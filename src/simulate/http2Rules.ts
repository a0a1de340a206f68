import type { HttpMessage } from './call.ts';

type Http2Error = 'http2.invalid.header.field' | 'http2.violation.of.messaging.rule';

/**
 * What HTTP/2 forbids in a request, in Envoy's word for it; undefined if nothing. Envoy ends the connection without an answer. Mirrors the header
 * validation of its HTTP/2 library: each field by itself, then what only the whole block shows.
 */
export function brokenHttp2Rule(http: HttpMessage): Http2Error | undefined {
  const { authority, method, path } = http;
  const fields = http.headers.map(([name, value]): readonly [string, string] => [name.toLowerCase(), value]);
  const areGood =
    token.test(method) &&
    target.test(path) &&
    (authority === null || host.test(authority)) &&
    fields.every(isField) &&
    onlyOnce.every((once) => fields.filter(([name]) => name === once).length < 2);
  if (!areGood) return 'http2.invalid.header.field';
  const named = authority !== null || fields.some(([name]) => name === 'host');
  const isTarget = path.startsWith('/') || (path === '*' && method === 'OPTIONS');
  // A CONNECT has no path, and what has no body has no length.
  const hasBody = fields.some(([name, value]) => name === 'content-length' && !/^0+$/.test(value));
  if (!named || !isTarget || method === 'CONNECT' || hasBody) return 'http2.violation.of.messaging.rule';
  return undefined;
}

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const target = /^[^\u0000-\u0020\u007f]+$/;
const host = /^[!$%&'()*+,\-.0-9:;=A-Z[\]_a-z~]+$/;
const control = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** About the connection, which HTTP/2 handles by itself. */
const ofConnection = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
]);
const onlyOnce = ['content-length', 'host'];

function isField([name, value]: readonly [string, string]): boolean {
  if (!token.test(name) || control.test(value) || ofConnection.has(name)) return false;
  if (name === 'te') return value.toLowerCase() === 'trailers';
  if (name === 'content-length') return /^[0-9]+$/.test(value);
  if (name === 'host') return host.test(value);
  return true;
}
