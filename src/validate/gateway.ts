import { isIpAddress } from '../ipAddress.ts';
import type { GatewaySpec, Port, Server } from '../istio/types.ts';
import type { Path } from '../manifest/source.ts';
import { validateServerTls } from './gatewayTls.ts';
import { isDnsLabel, isPartialWildcard, isPort, isUnixPath, wildcardDomainProblem } from './hostFormats.ts';
import { isHttp, isTls, parseProtocol } from '../istio/protocol.ts';
import { refuse, warn } from './report.ts';
import type { Report } from './report.ts';
import type { Meta } from './validateMetadata.ts';

const unixPrefix = 'unix://';

/** Mirrors `ValidateGateway`. Gateways that Istio makes from the Gateway API carry an annotation and are held to less. */
export function validateGateway(report: Report, meta: Meta, spec: GatewaySpec): void {
  const generated = meta.annotations['internal.istio.io/gateway-semantics'] === 'gateway';
  if (!generated && !isDnsLabel(meta.name)) refuse(report, 'GW001', ['metadata', 'name'], { got: meta.name });
  const servers = spec.servers ?? [];
  if (servers.length === 0) refuse(report, 'GW002', ['spec', ...(spec.servers ? ['servers'] : [])]);
  const portNames = new Map<string, number>();
  for (const [index, server] of servers.entries()) {
    const path = ['spec', 'servers', index];
    validateServer(report, path, server, generated);
    checkPortName(report, path, server, index, portNames);
  }
}

/** Port names must differ within the Gateway, and `httpsRedirect` only makes sense for plain HTTP. */
function checkPortName(
  report: Report,
  path: Path,
  server: Server,
  index: number,
  seen: Map<string, number>,
): void {
  if (!server.port) return;
  const name = server.port.name ?? '';
  const first = seen.get(name);
  if (first === undefined) seen.set(name, index);
  else refuse(report, 'GW004', [...path, 'port', 'name'], { got: name, first });
  if (server.tls?.httpsRedirect && !isHttp(parseProtocol(server.port.protocol ?? ''))) {
    warn(report, 'GW005', [...path, 'tls', 'httpsRedirect'], { protocol: server.port.protocol ?? '' });
  }
}

/** Mirrors `validateServer`. */
function validateServer(report: Report, path: Path, server: Server, generated: boolean): void {
  const hosts = server.hosts ?? [];
  if (hosts.length === 0) refuse(report, 'GW006', [...path, 'hosts']);
  for (const [index, host] of hosts.entries())
    validateServerHost(report, [...path, 'hosts', index], host, generated);
  const portIsFine = validateServerPort(report, path, server.port, server.bind ?? '');
  validateBind(report, path, server.port, server.bind ?? '');
  if (server.tls) validateServerTls(report, [...path, 'tls'], server.tls);
  if (portIsFine) checkTlsFitsProtocol(report, path, server);
}

/** HTTPS and TLS need a `tls` block; plain HTTP may only have a redirect in it, other protocols none. */
function checkTlsFitsProtocol(report: Report, path: Path, server: Server): void {
  const { tls } = server;
  const written = server.port?.protocol ?? '';
  const protocol = parseProtocol(written);
  if (isTls(protocol)) {
    if (!tls) refuse(report, 'GW020', path, { protocol: written });
    return;
  }
  if (!tls) return;
  if (!isHttp(protocol)) {
    refuse(report, 'GW022', [...path, 'tls'], { protocol: written });
    return;
  }
  const passesThrough =
    tls.mode === undefined || tls.mode === 'PASSTHROUGH' || tls.mode === 'AUTO_PASSTHROUGH';
  if (!passesThrough || tls.caCertificates || tls.privateKey || tls.serverCertificate) {
    refuse(report, 'GW021', [...path, 'tls'], { protocol: written, mode: tls.mode ?? 'PASSTHROUGH' });
  }
}

/** Mirrors `ValidateNamespaceSlashWildcardHostname` for gateways. */
function validateServerHost(report: Report, path: Path, host: string, generated: boolean): void {
  const slash = host.indexOf('/');
  const namespace = slash < 0 ? undefined : host.slice(0, slash);
  const name = host.slice(slash + 1);
  if (namespace === '' || (namespace !== undefined && name === ''))
    refuse(report, 'GW007', path, { got: host });
  const fine =
    namespace === undefined || namespace === '*' || namespace === '.' || (namespace === '~' && generated);
  if (!fine && !isDnsLabel(namespace)) refuse(report, 'GW008', path, { got: host, namespace });
  if (name !== '*' && !name.includes('.')) refuse(report, 'GW009', path, { got: host, host: name });
  const problem = wildcardDomainProblem(name);
  if (problem && !isIpAddress(name)) refuse(report, 'GW010', path, { got: host, host: name, problem });
  if (isPartialWildcard(name)) {
    refuse(report, 'GW011', path, { got: host, want: `*.${name.replace(/^[^.]*\.?/, '')}` });
  }
}

/** Mirrors `validateServerPort`; answers whether nothing was wrong. */
function validateServerPort(report: Report, path: Path, port: Port | undefined, bind: string): boolean {
  const before = report.errors.length;
  if (!port) {
    refuse(report, 'GW012', path);
    return false;
  }
  const number = port.number ?? 0;
  if (parseProtocol(port.protocol ?? '') === 'auto') {
    refuse(report, 'GW013', [...path, 'port', 'protocol'], { got: port.protocol ?? '' });
  }
  if ((number > 0 || !bind.startsWith(unixPrefix)) && !isPort(number)) {
    refuse(report, 'GW014', [...path, 'port', 'number'], { got: number });
  }
  if ((port.targetPort ?? 0) > 0)
    refuse(report, 'GW015', [...path, 'port', 'targetPort'], { got: port.targetPort ?? 0 });
  if (!port.name) refuse(report, 'GW016', [...path, 'port', ...(port.name === '' ? ['name'] : [])]);
  return report.errors.length === before;
}

/** Mirrors `validateServerBind`. */
function validateBind(report: Report, path: Path, port: Port | undefined, bind: string): void {
  if (bind.startsWith(unixPrefix)) {
    if (!isUnixPath(bind.slice(unixPrefix.length))) refuse(report, 'GW018', [...path, 'bind'], { got: bind });
    if (port?.number) refuse(report, 'GW019', [...path, 'port', 'number'], { got: port.number, bind });
  } else if (bind !== '' && !isIpAddress(bind)) {
    refuse(report, 'GW017', [...path, 'bind'], { got: bind });
  }
}
