import type { Call, HttpMessage, TlsHello } from '../../src/simulate/call.ts';

/** What the line of the request bar says: scheme, host, port and path as one text. */
export interface Address {
  readonly scheme: 'http' | 'https' | 'tcp' | 'tls';
  readonly host: string;
  /** Absent: the scheme's own. */
  readonly port?: number;
  /** With query; empty for opaque bytes. */
  readonly path: string;
}

/** The parts of the line for a call; the host is that of the Host header, for opaque bytes the SNI or the name that a workload dials. */
export function addressOf({ http, tls, port, from }: Call): Address {
  const scheme =
    http === undefined ? (tls === undefined ? 'tcp' : 'tls') : tls === undefined ? 'http' : 'https';
  const dialled = from.kind === 'mesh' ? from.host : (tls?.sni ?? '');
  const host = http === undefined ? dialled : hostOf(http.authority ?? '');
  return { scheme, host, ...(port !== defaultPort(scheme) && { port }), path: http?.path ?? '' };
}

export function addressText({ scheme, host, port, path }: Address): string {
  return `${scheme}://${host}${port === undefined ? '' : `:${port}`}${path}`;
}

export type ReadAddress = { readonly address: Address } | { readonly error: string };

/**
 * Reads a typed or pasted line. Without a scheme that of `call` stays, and a line that begins with its path keeps the host too; a port that is not
 * written is the scheme's own, and for opaque bytes the call's. A fragment is never sent, so it is left out; other letters than ASCII's are sent as a
 * client sends them.
 */
export function readAddress(text: string, call: Call): ReadAddress {
  const typed = text.trim();
  const line = /^\/(?!\/)/.test(typed) ? addressText({ ...addressOf(call), path: typed }) : typed;
  const [, written, rest = line] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(line) ?? [];
  const scheme = (written ?? addressOf(call).scheme).toLowerCase();
  if (scheme !== 'http' && scheme !== 'https' && scheme !== 'tcp' && scheme !== 'tls') {
    return { error: `Gatehouse speaks http, https, tls and tcp, not ${scheme}` };
  }
  const [, authority = '', after = ''] = /^([^/?#]*)([^#]*)/.exec(rest) ?? [];
  const withoutUser = authority.slice(authority.lastIndexOf('@') + 1);
  const port = /:(\d*)$/.exec(withoutUser.replace(/^\[[^\]]*\]/, ''))?.[1];
  const host = port === undefined ? withoutUser : withoutUser.slice(0, withoutUser.length - port.length - 1);
  if (port !== undefined && port !== '' && (Number(port) < 1 || Number(port) > 65535)) {
    return { error: `${port} is no port: 1 to 65535` };
  }
  if (/\s/.test(host)) return { error: 'A host has no spaces' };
  const name = asciiHost(host);
  if (name === undefined) return { error: `${host} is no host` };
  const number = port === undefined || port === '' ? undefined : Number(port);
  const own = number ?? defaultPort(scheme) ?? call.port;
  const opaque = scheme === 'tcp' || scheme === 'tls';
  if (!opaque && name === '' && addressOf(call).host !== '') return { error: 'A request needs a host' };
  if (!opaque && /\s/.test(after)) return { error: 'A path has no spaces: write %20' };
  const path = opaque ? '' : after.startsWith('/') ? after : `/${after}`;
  return { address: { scheme, host: name, ...(own !== defaultPort(scheme) && { port: own }), path } };
}

/** A host as it goes over the line: a name of other letters in Punycode; undefined for what no URL can have there. */
function asciiHost(host: string): string | undefined {
  if (/^(\[[\da-f:.]+\]|[\w.*-]*)$/i.test(host)) return host;
  // oxlint-disable-next-line no-control-regex
  if (/^[\x00-\x7f]*$/.test(host)) return undefined;
  const url = `http://${host}`;
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

/** The call with another address. Method, headers, ALPN and certificate stay; SNI follows the host as long as `sniFollows`. */
export function withAddress(call: Call, address: Address, sniFollows: boolean): Call {
  const { scheme, host, path } = address;
  const port = address.port ?? defaultPort(scheme) ?? call.port;
  const secure = scheme === 'https' || scheme === 'tls';
  const { tls, http, ...rest } = call;
  const hello: TlsHello = tls ?? {
    sni: null,
    alpn: scheme === 'https' ? ['h2', 'http/1.1'] : [],
    clientCertificate: false,
  };
  const message: HttpMessage = http ?? { method: 'GET', authority: null, path: '/', headers: [] };
  const authority = address.port === undefined ? host : `${host}:${address.port}`;
  const opaque = scheme === 'tcp' || scheme === 'tls';
  return {
    ...rest,
    port,
    from: call.from.kind === 'mesh' ? { ...call.from, host: bare(host) } : call.from,
    ...(secure && { tls: sniFollows || tls === undefined ? { ...hello, sni: sniFor(host) } : hello }),
    ...(!opaque && { http: { ...message, authority, path } }),
  };
}

/** What a client sends as SNI for a host: its name without port, nothing for an address. */
export function sniFor(host: string): string | null {
  const name = bare(host).replace(/\.$/, '');
  return name === '' || /^[\d.]+$/.test(name) || name.includes(':') ? null : name;
}

/** Whether the SNI is the one that a client would send for the host by itself. */
export function followsHost(call: Call): boolean {
  return (
    call.tls === undefined ||
    call.http === undefined ||
    call.tls.sni === sniFor(hostOf(call.http.authority ?? ''))
  );
}

function hostOf(authority: string): string {
  return authority.replace(/:\d+$/, '');
}

function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}

function defaultPort(scheme: Address['scheme']): number | undefined {
  switch (scheme) {
    case 'http':
      return 80;
    case 'https':
      return 443;
    case 'tcp':
    case 'tls':
      return undefined;
  }
}
