import type { FilterChainMatch, TlsVersion, Transport } from '../envoy/types.ts';
import { isHttp } from '../istio/protocol.ts';
import type { ServerTLSSettings, TLSProtocol } from '../istio/types.ts';
import type { GatewayServer } from './gatewayServer.ts';

/** Criteria by server name: a star anywhere in the list takes all, else the names in byte order. Mirrors `toFilterChainMatch`. */
export function serverNameMatch(
  names: readonly string[],
  applicationProtocols: readonly string[] = [],
): FilterChainMatch {
  const serverNames = names.includes('*') ? [] : [...names].sort();
  return { serverNames, applicationProtocols, prefixRanges: [] };
}

/** How a server that ends TLS does so; mirrors `BuildListenerTLSContext`. */
export function tlsTransport({ server, protocol }: GatewayServer): Transport {
  const { mode = 'PASSTHROUGH', minProtocolVersion, maxProtocolVersion } = server.tls ?? {};
  const isMesh = mode === 'ISTIO_MUTUAL';
  const opaque = !isHttp(protocol) && protocol !== 'HTTPS';
  return {
    kind: 'tls',
    mode,
    clientCertificate:
      mode === 'MUTUAL' || isMesh ? 'required' : mode === 'OPTIONAL_MUTUAL' ? 'optional' : 'not-asked',
    // ISTIO_MUTUAL keeps to Envoy's own range of versions.
    minVersion: versionOf(isMesh ? undefined : minProtocolVersion, 'TLSv1.2'),
    maxVersion: versionOf(isMesh ? undefined : maxProtocolVersion, 'TLSv1.3'),
    alpn: isMesh && opaque ? ['istio-peer-exchange', 'h2', 'http/1.1'] : ['h2', 'http/1.1'],
  };
}

/**
 * Whether Envoy refuses the settings: names of clients are to be checked, but a credential of mode SIMPLE brings no authority to check them with.
 */
export function lacksAuthority(tls: ServerTLSSettings | undefined): boolean {
  if (tls?.mode !== 'SIMPLE' || !tls.subjectAltNames?.length) return false;
  return Boolean(tls.credentialName) || Boolean(tls.credentialNames?.length);
}

/** Envoy's TLS library by its names and their aliases. */
const curves: ReadonlyMap<string, string> = new Map([
  ...['P-256', 'P-384', 'P-521', 'X25519', 'X25519MLKEM768', 'MLKEM1024'].map(
    (name) => [name, name] as const,
  ),
  ['prime256v1', 'P-256'],
  ['secp384r1', 'P-384'],
  ['secp521r1', 'P-521'],
  ['x25519', 'X25519'],
]);

/**
 * The curves as one list, if Envoy refuses the settings for them: one that its TLS library does not know, or one twice. Modes that leave Envoy's own
 * in force do not count. Mirrors `applyServerTLSSettings` and `SSL_CTX_set1_curves_list`.
 */
export function refusedCurves(tls: ServerTLSSettings | undefined): string | undefined {
  const list = (tls?.ecdhCurves ?? []).join(':');
  if (list === '' || tls?.mode === 'ISTIO_MUTUAL') return undefined;
  const known = list.split(':').map((name) => curves.get(name));
  return known.includes(undefined) || new Set(known).size < known.length ? list : undefined;
}

function versionOf(version: TLSProtocol | undefined, otherwise: TlsVersion): TlsVersion {
  switch (version) {
    case 'TLSV1_0':
      return 'TLSv1.0';
    case 'TLSV1_1':
      return 'TLSv1.1';
    case 'TLSV1_2':
      return 'TLSv1.2';
    case 'TLSV1_3':
      return 'TLSv1.3';
    case 'TLS_AUTO':
    case undefined:
      return otherwise;
  }
}
