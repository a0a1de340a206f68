import type { TlsVersion, Transport } from '../envoy/types.ts';
import type { SourceRef } from '../manifest/source.ts';
import type { TlsHello } from './call.ts';
import type { TlsStep } from './trace.ts';

const versions: readonly TlsVersion[] = ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/** The handshake with a chain that terminates TLS, as far as the configuration decides it: certificates are taken to be in order. */
export function applyTransport(
  transport: Transport & { readonly kind: 'tls' },
  hello: TlsHello | undefined,
  at: readonly SourceRef[],
): TlsStep {
  const step = { kind: 'tls', at, mode: transport.mode, asked: transport.clientCertificate } as const;
  if (!hello) return { ...step, refused: 'plaintext-to-tls' };
  const version = commonVersion(transport, hello);
  if (version === undefined) return { ...step, refused: 'tls-version-refused' };
  if (transport.clientCertificate === 'required' && !hello.clientCertificate) {
    return { ...step, refused: 'client-certificate-required' };
  }
  const alpn = transport.alpn.find((protocol) => hello.alpn.includes(protocol));
  return { ...step, agreed: { version, ...(alpn !== undefined && { alpn }) } };
}

/** The highest version that both sides speak. A client that says nothing speaks TLS 1.2 and 1.3. */
function commonVersion(
  transport: Transport & { readonly kind: 'tls' },
  hello: TlsHello,
): TlsVersion | undefined {
  const lowest = Math.max(
    versions.indexOf(transport.minVersion),
    versions.indexOf(hello.minVersion ?? 'TLSv1.2'),
  );
  const highest = Math.min(
    versions.indexOf(transport.maxVersion),
    versions.indexOf(hello.maxVersion ?? 'TLSv1.3'),
  );
  return lowest <= highest ? versions[highest] : undefined;
}
