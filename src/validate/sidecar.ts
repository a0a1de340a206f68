import { isIpAddress } from '../ipAddress.ts';
import { isHttp, isTls, parseProtocol } from '../istio/protocol.ts';
import type { Destination, Port, ServerTLSSettings, SidecarSpec } from '../istio/types.ts';
import type { Path } from '../manifest/source.ts';
import { validateDestination } from './destinations.ts';
import { validateServerTls } from './gatewayTls.ts';
import {
  fqdnProblem,
  isDnsLabel,
  isGoInteger,
  isPartialWildcard,
  isPort,
  isUnixPath,
  wildcardDomainProblem,
} from './hostFormats.ts';
import { refuse, warn } from './report.ts';
import type { Report } from './report.ts';
import { validateSelectorLabels } from './selector.ts';
import { validateConnectionPool } from './trafficPolicy.ts';
import type { ConnectionPool } from './trafficPolicy.ts';
import type { Meta } from './validateMetadata.ts';

/** A Sidecar with all that the webhook looks at. */
interface Sidecar extends SidecarSpec {
  readonly ingress?: readonly Ingress[];
  readonly inboundConnectionPool?: ConnectionPool;
}
interface Ingress {
  readonly port?: Port;
  readonly bind?: string;
  readonly defaultEndpoint?: string;
  readonly tls?: ServerTLSSettings;
  readonly connectionPool?: ConnectionPool;
}
type Egress = NonNullable<SidecarSpec['egress']>[number];

const unixPrefix = 'unix://';

/** Mirrors `ValidateSidecar`. */
export function validateSidecar(report: Report, meta: Meta, spec: Sidecar): void {
  const selector = spec.workloadSelector;
  if (selector)
    validateSelectorLabels(report, 'SC001', ['spec', 'workloadSelector', 'labels'], selector.labels);
  if (report.errors.length > 0) return;
  if (selector && Object.keys(selector.labels ?? {}).length === 0)
    warn(report, 'SC002', ['spec', 'workloadSelector']);
  const { ingress = [], egress = [], inboundConnectionPool, outboundTrafficPolicy } = spec;
  if (ingress.length === 0 && egress.length === 0 && !outboundTrafficPolicy && !inboundConnectionPool) {
    refuse(report, 'SC003', ['spec']);
    return;
  }
  const ports = new Set<number>();
  for (const [index, listener] of ingress.entries())
    validateIngress(report, ['spec', 'ingress', index], listener, ports);
  if (inboundConnectionPool)
    validateConnectionPool(report, ['spec', 'inboundConnectionPool'], inboundConnectionPool);
  validateEgress(report, egress, meta.namespace);
  const proxy = outboundTrafficPolicy?.egressProxy;
  if (proxy)
    checkEgressProxy(
      report,
      ['spec', 'outboundTrafficPolicy', 'egressProxy'],
      proxy,
      outboundTrafficPolicy.mode,
    );
}

function validateIngress(report: Report, path: Path, listener: Ingress, ports: Set<number>): void {
  const { port, defaultEndpoint = '', tls, connectionPool } = listener;
  if (!port) {
    refuse(report, 'SC004', path);
    return;
  }
  checkPort(report, [...path, 'port'], port);
  const number = port.number ?? 0;
  if (!isPort(number)) refuse(report, 'SC006', [...path, 'port', 'number'], { got: number, field: 'number' });
  checkAddress(report, path, listener.bind);
  if (ports.has(number)) refuse(report, 'SC008', [...path, 'port', 'number'], { got: number });
  ports.add(number);
  if (defaultEndpoint !== '') checkEndpoint(report, [...path, 'defaultEndpoint'], defaultEndpoint);
  if (tls) checkIngressTls(report, [...path, 'tls'], tls, port);
  if (!connectionPool) return;
  validateConnectionPool(report, [...path, 'connectionPool'], connectionPool);
  if (connectionPool.http && !isHttp(parseProtocol(port.protocol ?? ''))) {
    warn(report, 'SC018', [...path, 'connectionPool', 'http'], { protocol: port.protocol ?? '' });
  }
}

/** What ports of both directions are asked. */
function checkPort(report: Report, path: Path, port: Port): void {
  const { name = '', protocol = '', targetPort = 0 } = port;
  if (targetPort > 0) refuse(report, 'SC005', [...path, 'targetPort'], { got: targetPort });
  if (name !== '' && !isDnsLabel(name))
    refuse(report, 'SC006', [...path, 'name'], { got: name, field: 'name' });
  if (protocol !== '' && parseProtocol(protocol) === 'auto') {
    refuse(report, 'SC006', [...path, 'protocol'], { got: protocol, field: 'protocol' });
  }
}

function checkAddress(report: Report, path: Path, bind = ''): void {
  if (bind !== '' && !isIpAddress(bind)) refuse(report, 'SC007', [...path, 'bind'], { got: bind });
}

/** Where the application listens: a socket, or a port of this machine. */
function checkEndpoint(report: Report, path: Path, endpoint: string): void {
  if (endpoint.startsWith(unixPrefix)) {
    if (!isUnixPath(endpoint.slice(unixPrefix.length))) refuse(report, 'SC009', path, { got: endpoint });
    return;
  }
  const [, bracketed, plain, port = ''] = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([^:[\]]*)$/.exec(endpoint) ?? [];
  const local = ['', '127.0.0.1', '0.0.0.0', '::1', '::'].includes(bracketed ?? plain ?? 'none');
  if (!local || !isGoInteger(port) || !isPort(Number(port))) refuse(report, 'SC009', path, { got: endpoint });
}

function checkIngressTls(report: Report, path: Path, tls: ServerTLSSettings, port: Port): void {
  const unsupported = [
    ...(tls.subjectAltNames?.length ? ['subjectAltNames'] : []),
    ...(tls.httpsRedirect ? ['httpsRedirect'] : []),
    ...(tls.credentialName ? ['credentialName'] : []),
    ...(tls.credentialNames?.length ? ['credentialNames'] : []),
    ...(tls.tlsCertificates?.length ? ['tlsCertificates'] : []),
    ...(tls.mode === 'ISTIO_MUTUAL' || tls.mode === 'AUTO_PASSTHROUGH' ? ['mode'] : []),
  ];
  for (const field of unsupported) refuse(report, 'SC010', [...path, field], { field });
  const protocol = port.protocol ?? '';
  if (!isTls(parseProtocol(protocol))) refuse(report, 'SC019', path, { protocol });
  validateServerTls(report, path, tls);
}

function validateEgress(report: Report, listeners: readonly Egress[], namespace: string): void {
  const ports = new Set<number>();
  const sockets = new Set<string>();
  let catchAll = false;
  for (const [index, listener] of listeners.entries()) {
    const path = ['spec', 'egress', index];
    if (listener.port) checkEgressPort(report, path, listener, listener.port, ports, sockets);
    else if (catchAll || index < listeners.length - 1)
      refuse(report, 'SC011', path, { got: index, last: listeners.length - 1 });
    else catchAll = true;
    checkEgressHosts(report, [...path, 'hosts'], listener.hosts ?? [], namespace);
  }
}

function checkEgressPort(
  report: Report,
  path: Path,
  listener: Egress,
  port: Port,
  ports: Set<number>,
  sockets: Set<string>,
): void {
  const number = port.number ?? 0;
  const bind = listener.bind ?? '';
  checkPort(report, [...path, 'port'], port);
  if (number > 0) {
    if (!isPort(number))
      refuse(report, 'SC006', [...path, 'port', 'number'], { got: number, field: 'number' });
    checkAddress(report, path, bind);
    if (ports.has(number)) refuse(report, 'SC008', [...path, 'port', 'number'], { got: number });
    ports.add(number);
    return;
  }
  if (!bind.startsWith(unixPrefix) || !isUnixPath(bind.slice(unixPrefix.length))) {
    refuse(report, 'SC007', [...path, ...(listener.bind === undefined ? [] : ['bind'])], { got: bind });
  }
  if (listener.captureMode === 'IPTABLES')
    refuse(report, 'SC017', [...path, 'captureMode'], { got: 'IPTABLES' });
  if (sockets.has(bind)) refuse(report, 'SC008', [...path, 'bind'], { got: bind });
  sockets.add(bind);
}

/** Hosts are `namespace/host`; one that another entry has said already is a warning. */
function checkEgressHosts(report: Report, path: Path, hosts: readonly string[], namespace: string): void {
  if (hosts.length === 0) refuse(report, 'SC012', path);
  const known = new Map<string, Set<string>>();
  for (const [index, host] of hosts.entries()) {
    const at = [...path, index];
    const slash = host.indexOf('/');
    if (slash >= 0 && !host.startsWith('~')) {
      const of = host.slice(0, slash) === '.' ? namespace : host.slice(0, slash);
      const name = host.slice(slash + 1);
      const before = known.get(of) ?? new Set<string>();
      if (name === '*' ? before.size > 0 : before.has(name) || before.has('*'))
        warn(report, 'SC014', at, { got: host });
      known.set(of, before.add(name));
    }
    checkEgressHost(report, at, host);
  }
  if (known.get('*')?.has('*') && known.size > 1) warn(report, 'SC015', path, { got: hosts });
}

/** Mirrors `ValidateNamespaceSlashWildcardHostname` for sidecars. */
function checkEgressHost(report: Report, path: Path, host: string): void {
  const slash = host.indexOf('/');
  const namespace = host.slice(0, Math.max(slash, 0)).replace(/^~/, '');
  const name = host.slice(slash + 1);
  const named = namespace === '' || namespace === '*' || namespace === '.' || isDnsLabel(namespace);
  const wrong =
    slash <= 0 ||
    !named ||
    (name !== '*' && !name.includes('.')) ||
    wildcardDomainProblem(name) ||
    isPartialWildcard(name);
  if (wrong) refuse(report, 'SC013', path, { got: host });
}

function checkEgressProxy(report: Report, path: Path, proxy: Destination, mode: string | undefined): void {
  // Without a mode it is REGISTRY_ONLY.
  if (mode !== 'ALLOW_ANY') {
    refuse(report, 'SC016', path, { mode: mode ?? 'REGISTRY_ONLY', problem: 'mode' });
    return;
  }
  const host = proxy.host ?? '';
  if (fqdnProblem(host)) refuse(report, 'SC016', [...path, 'host'], { got: host, problem: 'host' });
  if (proxy.port) validateDestination(report, path, proxy);
  else refuse(report, 'SC016', path, { problem: 'port' });
}
