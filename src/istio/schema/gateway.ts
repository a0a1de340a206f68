import { boolean, choice, integer, list, object, text, uint32 } from './schema.ts';
import type { KindSchema } from './schema.ts';
import { istioKind, labelSelector } from './shared.ts';

const tlsVersions = {
  TLS_AUTO: 'Leaves the choice to Istio: TLS 1.2 at least, TLS 1.3 at most.',
  TLSV1_0: 'TLS 1.0.',
  TLSV1_1: 'TLS 1.1.',
  TLSV1_2: 'TLS 1.2.',
  TLSV1_3: 'TLS 1.3.',
};

/** `servers[].port`, also of a Sidecar's listeners. */
const gatewayPort = object(
  'Port that the gateway listens on.',
  {
    number: integer('Port number; if the Service of the gateway has it, its target port is opened.', {
      ...uint32,
      required: true,
    }),
    protocol: text(
      'What is spoken on the port: HTTP, HTTPS, HTTP2, GRPC, TLS, TCP and a few more, in any case.',
      {
        required: true,
      },
    ),
    name: text('Name of the port, different for each server of the Gateway.', { required: true }),
    targetPort: integer('Has no meaning in a Gateway and is refused.', {
      ...uint32,
      deprecated: 'the target port of the Service',
      simulated: 'no',
    }),
  },
  { required: true },
);

/** `servers[].tls`. */
export const serverTls = object(
  'How TLS is handled, or that plain HTTP is redirected to it.',
  {
    httpsRedirect: boolean('Answers plain HTTP with a redirect (301) to https.'),
    mode: choice('What is done with TLS; PASSTHROUGH if absent.', {
      PASSTHROUGH: 'Leaves TLS as it is and routes by the server name (SNI) that the client sends.',
      SIMPLE: 'Ends TLS here with a certificate of the server.',
      MUTUAL: 'Ends TLS here and demands a certificate of the client too.',
      AUTO_PASSTHROUGH:
        'Leaves TLS as it is; the server name itself says which service is meant, without a VirtualService.',
      ISTIO_MUTUAL: 'Ends mutual TLS with the certificate that Istio gave the gateway.',
      OPTIONAL_MUTUAL: 'Ends TLS here; a client certificate is checked if there is one.',
    }),
    serverCertificate: text('File in the gateway with the certificate of the server.', { format: 'file' }),
    privateKey: text('File in the gateway with the private key of the server.', { format: 'file' }),
    caCertificates: text('File in the gateway with the authorities that sign client certificates.', {
      format: 'file',
    }),
    caCrl: text('File in the gateway with revoked client certificates.', { format: 'file', simulated: 'no' }),
    credentialName: text("Secret with key and certificate, in the gateway's own namespace.", {
      format: 'secret',
    }),
    credentialNames: list(
      'Two Secrets, one for RSA and one for ECDSA, instead of `credentialName`.',
      text("A Secret in the gateway's own namespace.", { format: 'secret' }),
      { minItems: 1, maxItems: 2 },
    ),
    caCertCredentialName: text('Secret with the authorities that sign client certificates.', {
      format: 'secret',
      simulated: 'partly',
    }),
    tlsCertificates: list(
      'Two pairs of files, one for RSA and one for ECDSA.',
      object('One pair of files.', {
        serverCertificate: text('File with the certificate.', { format: 'file' }),
        privateKey: text('File with the private key.', { format: 'file' }),
        caCertificates: text('File with the authorities that sign client certificates.', { format: 'file' }),
      }),
      { minItems: 1, maxItems: 2 },
    ),
    subjectAltNames: list(
      'Names of which the client certificate must carry one.',
      text('A name in the client certificate.'),
      { simulated: 'no' },
    ),
    verifyCertificateSpki: list(
      'Public keys of the client certificates that are accepted.',
      text('SHA-256 of a public key, in base64.'),
      { simulated: 'no' },
    ),
    verifyCertificateHash: list(
      'Client certificates that are accepted.',
      text('SHA-256 of a certificate, in hexadecimal digits.'),
      { simulated: 'no' },
    ),
    minProtocolVersion: choice('Oldest TLS version that the gateway speaks.', tlsVersions),
    maxProtocolVersion: choice('Newest TLS version that the gateway speaks.', tlsVersions),
    cipherSuites: list(
      'Cipher suites that the gateway offers; it matters below TLS 1.3 only.',
      text('Name of a cipher suite.'),
      {
        simulated: 'no',
      },
    ),
    ecdhCurves: list(
      'Elliptic curves that the gateway offers for the key exchange.',
      text('Name of a curve.'),
      { simulated: 'no' },
    ),
    insecureSkipVerify: boolean('Takes any client certificate without checking who signed it.', {
      simulated: 'no',
    }),
  },
  {
    exclusive: [
      ['tlsCertificates', 'credentialNames'],
      ['credentialName', 'credentialNames'],
    ],
  },
);

export const gateway: KindSchema = istioKind(
  'Gateway',
  'What proxies at the edge of the mesh listen on: ports, protocols, hosts and certificates.',
  object('Listeners, and the workloads that open them.', {
    selector: labelSelector,
    servers: list(
      'What is listened on, one entry for each port and set of hosts.',
      object('One port with the hosts that it serves.', {
        port: gatewayPort,
        bind: text('Address or `unix://` socket to listen on; all addresses if absent.', { format: 'ip' }),
        hosts: list(
          'Hosts that the server serves; VirtualServices attach by them.',
          text(
            'A DNS name, with `*.` in front for a suffix, and `namespace/` for the VirtualServices of one namespace only.',
            {
              format: 'host',
            },
          ),
          { required: true },
        ),
        tls: serverTls,
        defaultEndpoint: text('Reserved; Istio ignores it.', { simulated: 'no' }),
        name: text('Name for statistics.', { simulated: 'no' }),
      }),
    ),
  }),
);
