import type { HttpMessage } from './call.ts';
import { nominates, withoutNominated } from './connectionHeader.ts';
import { brokenHttp2Rule } from './http2Rules.ts';
import { addField, fieldValue, joinValues, upgradeOf, type Field } from './request.ts';

/** What the HTTP codec makes of the bytes. `refused`: it answers by itself and closes (`details` is Envoy's word). */
export type CodecResult =
  | { readonly kind: 'request'; readonly request: DecodedRequest }
  | { readonly kind: 'refused'; readonly status: number; readonly details: string }
  /** It closes without an answer. */
  | { readonly kind: 'closed'; readonly details: string };

/** A request as the codec hands it on: nothing normalised yet. */
export interface DecodedRequest {
  readonly protocol: 'http/1.1' | 'h2';
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

type Refused = CodecResult & { readonly kind: 'refused' };

function refused(status: number, details: string): Refused {
  return { kind: 'refused', status, details };
}

const codecError = refused(400, 'http1.codec_error');

/** The request line in the words that the parser sees. */
interface RequestLine {
  readonly method: string;
  readonly target: string;
  readonly version: string;
}

/** Words end at blanks and control characters, as many as there are; undefined if the line begins with one. Mirrors `ParseHTTPFirstLine`. */
function readLine({ method, path, version }: HttpMessage): RequestLine | undefined {
  const line = `${method} ${path} HTTP/${version ?? '1.1'}`;
  const words = /^([^\u0000-\u0020]+)[\u0000-\u0020]+([^\u0000-\u0020]+)[\u0000-\u0020]*([^]*)$/.exec(line);
  return words ? { method: words[1] ?? '', target: words[2] ?? '', version: words[3] ?? '' } : undefined;
}

/** Mirrors the checks of `OnRequestFirstLineInput`; what has no version is HTTP/0.9. */
function isLine({ method, target, version }: RequestLine): boolean {
  return isTarget(method, target) && /^(HTTP\/[0-9]\.[0-9])?$/.test(version);
}

/** Whether a sniffer takes the bytes for HTTP/1.0 or 1.1: a request line, whatever its method. Mirrors Envoy's HTTP inspector. */
export function looksLikeHttp1(http: HttpMessage): boolean {
  const line = readLine(http);
  return line !== undefined && isToken(line.method) && isLine(line);
}

export interface CodecRules {
  /** Gateways: who speaks plaintext cannot ask for an https URL. */
  readonly refuseHttps: boolean;
}

/** Mirrors Envoy's HTTP/1 and HTTP/2 server codecs, as far as they decide about a request without body. */
export function readRequest(
  http: HttpMessage,
  protocol: 'http/1.1' | 'h2',
  rules: CodecRules = { refuseHttps: false },
): CodecResult {
  const fields: Field[] = [];
  const hosts: string[] = [];
  for (const [name, value] of http.headers) {
    const lower = name.toLowerCase();
    if (lower === 'host') hosts.push(trim(value));
    else addHeader(fields, lower, trim(value), protocol);
  }
  return protocol === 'h2' ? readHttp2(http, fields, hosts) : readHttp1(http, fields, hosts, rules);
}

function readHttp2(http: HttpMessage, fields: readonly Field[], hosts: readonly string[]): CodecResult {
  const broken = brokenHttp2Rule(http);
  if (broken) return { kind: 'closed', details: broken };
  const authority = http.authority ?? hosts[0];
  return {
    kind: 'request',
    request: {
      protocol: 'h2',
      method: http.method,
      scheme: 'https',
      ...(authority !== undefined && { authority }),
      path: http.path,
      fields,
    },
  };
}

/** The checks are in the order of the parser and of `ServerConnectionImpl::onHeadersCompleteBase`. */
function readHttp1(
  http: HttpMessage,
  sent: readonly Field[],
  hosts: readonly string[],
  rules: CodecRules,
): CodecResult {
  const { authority: host } = http;
  const line = readLine(http);
  if (!line) return codecError;
  // The parser reads the whole block for these before it says what else is wrong.
  if ([http.method, http.path, host ?? '', ...http.headers.flat()].some(hasControl)) {
    return refused(400, 'http1.invalid_characters');
  }
  const { method, target: path } = line;
  if (!http1Methods.has(method) || !isLine(line) || !areFields(sent)) return codecError;
  const length = method === 'CONNECT' ? fieldValue(sent, 'content-length') : undefined;
  if (length !== undefined && length !== '0') return refused(400, 'http1.body_disallowed');
  const bodiless = method === 'CONNECT' ? sent.filter(([name]) => name !== 'content-length') : sent;
  const kept = withoutOldUpgrade(bodiless);
  const encoding = fieldValue(kept, 'transfer-encoding');
  if (encoding !== undefined && fieldValue(kept, 'content-length') !== undefined) {
    return refused(400, 'http1.content_length_and_chunked_not_allowed');
  }
  if (encoding !== undefined && (encoding.toLowerCase() !== 'chunked' || method === 'CONNECT')) {
    return refused(501, 'http1.invalid_transfer_encoding');
  }
  const upgrades = upgradeOf({ fields: kept }) !== undefined || method === 'CONNECT';
  const fields = upgrades ? kept : withoutNominated(kept);
  if (!fields) return refused(400, 'http1.connection_header_rejected');
  const target = readTarget(method, path, rules);
  if ('kind' in target) return target;
  if (http.version === '1.0') return refused(426, 'low_version');
  const lines = host === null ? hosts : [trim(host), ...hosts];
  // Host is taken away like any other header that Connection names.
  const hasHost = lines.length > 0 && (upgrades || !nominates(kept, 'host'));
  const authority = target.authority ?? (hasHost ? lines.reduce(joinValues) : undefined);
  if (authority !== undefined && !isAuthority(authority)) return invalidAuthority;
  return {
    kind: 'request',
    request: {
      protocol: 'http/1.1',
      method,
      ...(target.scheme !== undefined && { scheme: target.scheme }),
      ...(authority !== undefined && { authority }),
      path: target.path,
      fields,
    },
  };
}

const invalidAuthority = refused(400, 'http.invalid_authority');

function hasControl(text: string): boolean {
  return /[\u0000-\u0008\u000a-\u001f\u007f]/.test(text);
}

function isToken(text: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i.test(text);
}

const longest = 2n ** 64n - 1n;

/** Names are tokens, and there is at most one length, a number that is not read if the body comes in chunks. */
function areFields(fields: readonly Field[]): boolean {
  const lengths = fields.filter(([name]) => name === 'content-length');
  const chunked = fieldValue(fields, 'transfer-encoding')?.toLowerCase() === 'chunked';
  return (
    fields.every(([name]) => isToken(name)) &&
    lengths.length < 2 &&
    (chunked || lengths.every(([, value]) => /^[0-9]+$/.test(value) && BigInt(value) <= longest))
  );
}

/** The codec itself drops the wish to change to HTTP/2. */
function withoutOldUpgrade(fields: readonly Field[]): readonly Field[] {
  if (upgradeOf({ fields })?.toLowerCase() !== 'h2c') return fields;
  return fields.filter(([name]) => name !== 'upgrade' && name !== 'http2-settings');
}

/** Origin form, absolute form of any scheme, or what begins with a star; for CONNECT a host is enough. Mirrors the parser's `isUrlValid`. */
function isTarget(method: string, target: string): boolean {
  if (/[^!-~]/.test(target)) return false;
  if (target.startsWith('/') || target.startsWith('*')) return true;
  const scheme = method === 'CONNECT' ? '' : /^[a-z][a-z0-9+\-.]*:\/\//i.exec(target)?.[0];
  if (scheme === undefined) return false;
  const [host = ''] = target.slice(scheme.length).split(/[/?]/, 1);
  return /^[!$%&'()*+,\-.0-9:;=@A-Z[\]_a-z~]*$/.test(host) && !host.includes('@@');
}

interface Target {
  readonly path: string;
  readonly scheme?: string;
  readonly authority?: string;
}

/** Only OPTIONS can ask for a star. Mirrors `ServerConnectionImpl::handlePath`. */
function readTarget(method: string, path: string, { refuseHttps }: CodecRules): Target | Refused {
  if (method === 'CONNECT') {
    return /:[0-9]+$/.test(path) && isUrlHost(path) ? { path: '', authority: path } : invalidUrl;
  }
  if (path.startsWith('/') || (path.startsWith('*') && method === 'OPTIONS')) return { path };
  // A user in front of the host is dropped.
  const [, scheme = '', authority = '', rest = ''] =
    /^([^:]+):\/\/(?:[^/?]*@)?([^/?]*)([^]*)$/.exec(path) ?? [];
  if (!isUrlHost(authority)) return invalidUrl;
  if (!/^https?$/i.test(scheme)) return refused(400, 'http1.invalid_scheme');
  if (refuseHttps && /^https$/i.test(scheme)) return refused(403, 'http1.https_url_on_plaintext_connection');
  return { path: rest === '' ? '/' : rest, scheme: scheme.toLowerCase(), authority };
}

/** Host and port as they stand in a URL, which is stricter than a Host header; mirrors `Utility::Url::initialize`. */
export function isUrlHost(authority: string): boolean {
  return /^([0-9A-Za-z.-]+|\[[0-9A-Fa-f:.]*:[^\]]*\])(:|$)/.test(authority) && hasPort(authority);
}

/** Whether the port, if there is one, is a number that a port can be. */
function hasPort(authority: string): boolean {
  const port = /:([^\]]*)$/.exec(authority)?.[1];
  return port === undefined || (/^[0-9]{1,5}$/.test(port) && Number(port) <= 65535);
}

const invalidUrl = refused(400, 'http1.invalid_url');

function addHeader(fields: Field[], name: string, value: string, protocol: 'http/1.1' | 'h2'): void {
  const cookie = name === 'cookie' && protocol === 'h2' ? fields.findIndex(([other]) => other === name) : -1;
  const first = fields[cookie];
  // RFC 9113 8.2.3: HTTP/2 may split a Cookie header; Envoy joins it again.
  if (first) fields[cookie] = [name, first[1] === '' ? value : `${first[1]}; ${value}`];
  else addField(fields, name, value);
}

/** Mirrors nghttp2's table of characters, which Envoy asks for HTTP/1.1 too. */
function isAuthority(authority: string): boolean {
  return /^[!$%&'()*+,\-.0-9:;=@A-Z[\]_a-z~]*$/.test(authority);
}

/** Without blanks and tabs at both ends; by hand, since a pattern would try every run inside. */
function trim(value: string): string {
  const isBlank = (char: string | undefined): boolean => char === ' ' || char === '\t';
  let start = 0;
  let end = value.length;
  while (start < end && isBlank(value[start])) start++;
  while (end > start && isBlank(value[end - 1])) end--;
  return value.slice(start, end);
}
