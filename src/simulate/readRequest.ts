import type { Field } from './request.ts';
import { addField } from './request.ts';
import type { HttpMessage } from './call.ts';

/** What the HTTP codec makes of the bytes. `refused`: it answers by itself and closes (`details` is Envoy's word). */
export type CodecResult =
  | { readonly kind: 'request'; readonly request: DecodedRequest }
  | { readonly kind: 'refused'; readonly status: number; readonly details: string };

/** A request as the codec hands it on: nothing normalised yet. */
export interface DecodedRequest {
  readonly protocol: 'http/1.1' | 'h2';
  readonly http10: boolean;
  readonly method: string;
  /** From an absolute target or from HTTP/2. */
  readonly scheme?: string;
  /** Absent: no Host at all. */
  readonly authority?: string;
  readonly path: string;
  readonly fields: readonly Field[];
}

/** Methods that Envoy's HTTP/1 parser knows; others are no HTTP to it (http-routing.md R-107). */
const http1Methods = new Set(
  (
    'GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH ACL BIND CHECKOUT COPY LINK LOCK MERGE MKACTIVITY MKCALENDAR MKCOL MOVE MSEARCH NOTIFY ' +
    'PROPFIND PROPPATCH PURGE QUERY REBIND REPORT SEARCH SOURCE SUBSCRIBE UNBIND UNLINK UNLOCK UNSUBSCRIBE'
  ).split(' '),
);

const codecError: CodecResult = { kind: 'refused', status: 400, details: 'http1.codec_error' };

/** Whether a sniffer takes the bytes for HTTP/1.0 or 1.1: a request line with a known method. */
export function looksLikeHttp1(http: HttpMessage): boolean {
  return http1Methods.has(http.method) && isTarget(http.method, http.path);
}

/** Mirrors Envoy's HTTP/1 and HTTP/2 server codecs, as far as they decide about a request without body. */
export function readRequest(http: HttpMessage, protocol: 'http/1.1' | 'h2'): CodecResult {
  const fields: Field[] = [];
  const hosts: string[] = [];
  for (const [name, value] of http.headers) {
    const lower = name.toLowerCase();
    if (lower === 'host') hosts.push(trim(value));
    else addHeader(fields, lower, trim(value), protocol);
  }
  return protocol === 'h2' ? readHttp2(http, fields, hosts) : readHttp1(http, fields, hosts);
}

function readHttp2(http: HttpMessage, fields: readonly Field[], hosts: readonly string[]): CodecResult {
  const authority = http.authority ?? hosts[0];
  if (authority !== undefined && !isAuthority(authority)) return invalidAuthority;
  return {
    kind: 'request',
    request: {
      protocol: 'h2',
      http10: false,
      method: http.method,
      scheme: 'https',
      ...(authority !== undefined && { authority }),
      path: http.path,
      fields,
    },
  };
}

function readHttp1(http: HttpMessage, fields: readonly Field[], hosts: readonly string[]): CodecResult {
  if (!http1Methods.has(http.method) || !isTarget(http.method, http.path)) return codecError;
  for (const [name] of fields) if (name === '' || /[\s:]/.test(name)) return codecError;
  for (const [name, value] of fields) {
    if (name === 'content-length' && !/^[0-9]+$/.test(value)) return codecError;
  }
  const controls = /[\u0000-\u0008\u000a-\u001f\u007f]/;
  if (controls.test(http.path) || http.headers.some(([, value]) => controls.test(value))) {
    return { kind: 'refused', status: 400, details: 'http1.invalid_characters' };
  }
  const encoding = fields.find(([name]) => name === 'transfer-encoding');
  if (encoding && encoding[1].toLowerCase() !== 'chunked') {
    return { kind: 'refused', status: 501, details: 'http1.invalid_transfer_encoding' };
  }
  const target = readTarget(http);
  if (!target) return { kind: 'refused', status: 400, details: 'http1.invalid_url' };
  const lines = http.authority === null ? hosts : [trim(http.authority), ...hosts];
  const authority = target.authority ?? (lines.length > 0 ? lines.join(',') : undefined);
  if (authority !== undefined && !isAuthority(authority)) return invalidAuthority;
  return {
    kind: 'request',
    request: {
      protocol: 'http/1.1',
      http10: http.version === '1.0',
      method: http.method,
      ...(target.scheme !== undefined && { scheme: target.scheme }),
      ...(authority !== undefined && { authority }),
      path: target.path,
      fields,
    },
  };
}

const invalidAuthority: CodecResult = { kind: 'refused', status: 400, details: 'http.invalid_authority' };

/** Origin form, absolute form or `*`; the parser knows no other (for CONNECT it leaves the judgement to Envoy). */
function isTarget(method: string, target: string): boolean {
  if (target === '' || /[^\u0000-\u007f]| /.test(target)) return false;
  return method === 'CONNECT' || target === '*' || target.startsWith('/') || /^https?:\/\//i.test(target);
}

interface Target {
  readonly path: string;
  readonly scheme?: string;
  readonly authority?: string;
}

function readTarget(http: HttpMessage): Target | undefined {
  if (http.method === 'CONNECT') {
    return /^[^/@?#]+:[0-9]{1,5}$/.test(http.path) ? { path: '', authority: http.path } : undefined;
  }
  const absolute = /^(https?):\/\/([^/?#]*)([^]*)$/i.exec(http.path);
  if (!absolute) return { path: http.path };
  const [, scheme = '', authority = '', rest = ''] = absolute;
  if (authority === '') return undefined;
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  return { path, scheme: scheme.toLowerCase(), authority };
}

function addHeader(fields: Field[], name: string, value: string, protocol: 'http/1.1' | 'h2'): void {
  const cookie = name === 'cookie' && protocol === 'h2' ? fields.findIndex(([other]) => other === name) : -1;
  const first = fields[cookie];
  // RFC 9113 8.2.3: HTTP/2 may split a Cookie header; Envoy joins it again.
  if (first) fields[cookie] = [name, `${first[1]}; ${value}`];
  else addField(fields, name, value);
}

/** Mirrors nghttp2's table of characters, which Envoy asks for both protocols. */
function isAuthority(authority: string): boolean {
  return /^[!$%&'()*+,\-.0-9:;=@A-Z[\]_a-z~]*$/.test(authority);
}

function trim(value: string): string {
  return value.replace(/^[ \t]+|[ \t]+$/g, '');
}
