import { isHttp, isTls, parseProtocol } from '../../istio/protocol.ts';
import type { GatewaySpec, Server, ServerTLSSettings } from '../../istio/types.ts';
import type { JsonObject, Path } from '../../manifest/source.ts';
import { isIpAddress } from '../../ipAddress.ts';
import { buildHostSet, covering } from '../hostSet.ts';
import { finding, type LocalFinding } from '../draft.ts';

/** What each server of a Gateway says that does nothing, or something else. */
export function* gatewayServers(spec: GatewaySpec): Generator<LocalFinding> {
  if (Object.keys(spec.selector ?? {}).length === 0) {
    yield finding('GW214', spec.selector === undefined ? ['spec'] : ['spec', 'selector']);
  }
  const names = new Set<string>();
  for (const [index, server] of (spec.servers ?? []).entries()) {
    const path: Path = ['spec', 'servers', index];
    yield* portAndProtocol(server, path);
    yield* tlsFields(server, path);
    yield* coveredHosts(server.hosts ?? [], [...path, 'hosts']);
    if (server.name !== undefined && server.name !== '') {
      if (names.has(server.name)) yield finding('GW223', [...path, 'name'], { got: server.name });
      names.add(server.name);
    }
    if (server.bind !== undefined && /^(?:127\.|::1$)/.test(server.bind)) {
      yield finding('GW227', [...path, 'bind'], { got: server.bind });
    }
    if ('defaultEndpoint' in server) yield finding('GW222', [...path, 'defaultEndpoint']);
  }
}

const TLS_PORTS = new Set([443, 8443]);
const PLAIN_PORTS = new Set([80, 8080]);

/** GW206, GW207, GW217. */
function* portAndProtocol(server: Server, path: Path): Generator<LocalFinding> {
  const { number = 0, name = '', protocol = '' } = server.port ?? {};
  const at = [...path, 'port', 'protocol'];
  const parsed = parseProtocol(protocol);
  if (parsed === 'UDP' || parsed === 'HTTP_PROXY') yield finding('GW207', at, { protocol });
  const saysTls =
    number === 443 || (number === 8443 && !/^http(?:-|$)/.test(name)) || /^(?:https|tls)(?:-|$)/.test(name);
  const saysPlain = PLAIN_PORTS.has(number) || /^http(?:-|$)/.test(name);
  const isContradiction =
    (isHttp(parsed) && saysTls) ||
    // Sidecars speak mutual TLS on any port.
    (isTls(parsed) && saysPlain && !TLS_PORTS.has(number) && server.tls?.mode !== 'ISTIO_MUTUAL');
  if (isContradiction)
    yield finding('GW206', at, { protocol, port: number, name, want: isHttp(parsed) ? 'TLS' : 'plain HTTP' });
  if (!isTls(parsed) || server.tls?.mode === 'AUTO_PASSTHROUGH') return;
  for (const [index, host] of (server.hosts ?? []).entries()) {
    const bare = host.slice(host.indexOf('/') + 1);
    if (isIpAddress(bare)) yield finding('GW217', [...path, 'hosts', index], { host: bare });
  }
}

const CERTIFICATE_FIELDS = [
  'credentialName',
  'credentialNames',
  'serverCertificate',
  'privateKey',
  'caCertificates',
  'tlsCertificates',
] as const;

const VERSIONS = ['TLSV1_0', 'TLSV1_1', 'TLSV1_2', 'TLSV1_3'];

/** GW201, GW218, GW219, GW221. */
function* tlsFields(server: Server, path: Path): Generator<LocalFinding> {
  const { tls } = server;
  if (!tls || isHttp(parseProtocol(server.port?.protocol ?? ''))) return;
  const at = [...path, 'tls'];
  const certificates = CERTIFICATE_FIELDS.filter((field) => tls[field] !== undefined);
  if (tls.mode === undefined && certificates.length > 0) yield finding('GW201', at, { fields: certificates });
  const [minimum, maximum] = [tls.minProtocolVersion, tls.maxProtocolVersion].map((version) =>
    VERSIONS.indexOf(version ?? ''),
  );
  if (minimum !== undefined && maximum !== undefined && maximum >= 0 && minimum > maximum) {
    const params = { minimum: tls.minProtocolVersion ?? '', maximum: tls.maxProtocolVersion ?? '' };
    yield finding('GW219', [...at, 'minProtocolVersion'], params);
  }
  const mode = tls.mode ?? 'PASSTHROUGH';
  const hasSecret = tls.credentialName !== undefined || tls.credentialNames !== undefined;
  const all = tls as ServerTLSSettings & JsonObject;
  if ('caCrl' in all && hasSecret && ['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL'].includes(mode)) {
    yield finding('GW221', [...at, 'caCrl']);
  }
  for (const field of idleTlsFields(mode, hasSecret)) {
    if (field in all) yield finding('GW218', [...at, field], { field, mode });
  }
}

/** Fields that nothing reads in a mode (`BuildListenerTLSContext`). */
function idleTlsFields(mode: string, hasSecret: boolean): readonly string[] {
  const versions = ['minProtocolVersion', 'maxProtocolVersion', 'cipherSuites'];
  const verification = ['verifyCertificateSpki', 'verifyCertificateHash', 'caCertCredentialName'];
  switch (mode) {
    case 'PASSTHROUGH':
    case 'AUTO_PASSTHROUGH':
    case 'ISTIO_MUTUAL':
      return [...versions, ...verification];
    case 'SIMPLE':
      return [...verification, 'insecureSkipVerify'];
    default:
      return hasSecret ? [] : verification;
  }
}

/** GW224: hosts with the same namespace before the slash are compared. */
function* coveredHosts(hosts: readonly string[], path: Path): Generator<LocalFinding> {
  const sets = new Map<string, string[]>();
  for (const host of hosts) {
    const prefix = host.slice(0, host.indexOf('/') + 1);
    const own = sets.get(prefix);
    if (own) own.push(host.slice(prefix.length));
    else sets.set(prefix, [host.slice(prefix.length)]);
  }
  const built = new Map([...sets].map(([prefix, own]) => [prefix, buildHostSet(own)]));
  for (const [index, host] of hosts.entries()) {
    const prefix = host.slice(0, host.indexOf('/') + 1);
    const set = built.get(prefix);
    const name = host.slice(prefix.length);
    const wildcard = set && covering(set, name).find((each) => each !== name);
    if (wildcard !== undefined)
      yield finding('GW224', [...path, index], { host, wildcard: `${prefix}${wildcard}` });
  }
}
