import { isIpAddress } from '../ipAddress.ts';
import type { Path } from '../manifest/source.ts';
import { isZeroInMilliseconds, validateDuration, validateReadable } from './duration.ts';
import { fqdnProblem, isPort } from './hostFormats.ts';
import { validateLoadBalancer } from './loadBalancer.ts';
import type { LoadBalancer } from './loadBalancer.ts';
import { refuse, warn } from './report.ts';
import type { Report } from './report.ts';

/** A traffic policy with all that the webhook looks at; the engine's own type has only what the engine honours. */
export interface Policy extends PortPolicy {
  readonly portLevelSettings?: readonly (PortPolicy & { readonly port?: object })[];
  readonly tunnel?: {
    readonly protocol?: string;
    readonly targetHost?: string;
    readonly targetPort?: number;
  };
  readonly proxyProtocol?: { readonly version?: string };
  readonly retryBudget?: { readonly budgetInterval?: string };
}
interface PortPolicy {
  readonly outlierDetection?: OutlierDetection;
  readonly connectionPool?: ConnectionPool;
  readonly loadBalancer?: LoadBalancer;
  readonly tls?: ClientTls;
}
interface OutlierDetection {
  readonly baseEjectionTime?: string;
  readonly interval?: string;
  readonly consecutiveErrors?: number;
  readonly splitExternalLocalOriginErrors?: boolean;
  readonly consecutiveLocalOriginFailures?: number;
  readonly maxEjectionPercent?: number;
  readonly minHealthPercent?: number;
}
/** `connectionPool`, also of a Sidecar. */
export interface ConnectionPool {
  readonly tcp?: {
    readonly maxConnections?: number;
    readonly connectTimeout?: string;
    readonly maxConnectionDuration?: string;
    readonly idleTimeout?: string;
    readonly tcpKeepalive?: { readonly time?: string; readonly interval?: string };
  };
  readonly http?: {
    readonly http1MaxPendingRequests?: number;
    readonly http2MaxRequests?: number;
    readonly maxRequestsPerConnection?: number;
    readonly maxRetries?: number;
    readonly maxConcurrentStreams?: number;
    readonly idleTimeout?: string;
    readonly h2UpgradePolicy?: string;
    readonly useClientProtocol?: boolean;
    readonly http2KeepAlive?: { readonly interval?: string; readonly timeout?: string };
  };
}
interface ClientTls {
  readonly mode?: string;
  readonly clientCertificate?: string;
  readonly privateKey?: string;
  readonly caCertificates?: string;
  readonly caCrl?: string;
  readonly credentialName?: string;
  readonly subjectAltNames?: readonly string[];
  readonly insecureSkipVerify?: boolean;
}

/** Mirrors `validateTrafficPolicy`. `namespace` is that of the rule. */
export function validateTrafficPolicy(report: Report, path: Path, policy: Policy, namespace: string): void {
  const ports = policy.portLevelSettings ?? [];
  const filled =
    isFilled(policy) || ports.length > 0 || policy.tunnel || policy.proxyProtocol || policy.retryBudget;
  if (!filled) {
    refuse(report, 'DR002', path);
    return;
  }
  if (policy.tunnel && policy.proxyProtocol) {
    refuse(report, 'DR003', path);
    return;
  }
  validatePortPolicy(report, path, policy, namespace);
  for (const [index, port] of ports.entries()) {
    const at = [...path, 'portLevelSettings', index];
    if (!port.port) refuse(report, 'DR032', at);
    // Warnings about ports get lost on the way in Istio.
    if (isFilled(port)) validatePortPolicy({ errors: report.errors, warnings: [] }, at, port, namespace);
    else refuse(report, 'DR033', at);
  }
  if (policy.tunnel) validateTunnel(report, [...path, 'tunnel'], policy.tunnel);
  validateReadable(report, [...path, 'retryBudget'], 'budgetInterval', policy.retryBudget?.budgetInterval);
}

function isFilled(policy: PortPolicy): boolean {
  return Boolean(policy.outlierDetection ?? policy.connectionPool ?? policy.loadBalancer ?? policy.tls);
}

function validatePortPolicy(report: Report, path: Path, policy: PortPolicy, namespace: string): void {
  const { outlierDetection, connectionPool, loadBalancer, tls } = policy;
  if (outlierDetection) validateOutlierDetection(report, [...path, 'outlierDetection'], outlierDetection);
  if (connectionPool) validateConnectionPool(report, [...path, 'connectionPool'], connectionPool);
  if (loadBalancer) {
    validateLoadBalancer(report, [...path, 'loadBalancer'], loadBalancer, outlierDetection !== undefined);
  }
  if (tls) validateClientTls(report, [...path, 'tls'], tls, namespace);
}

/** Mirrors `validateOutlierDetection`. */
function validateOutlierDetection(report: Report, path: Path, outlier: OutlierDetection): void {
  for (const field of ['baseEjectionTime', 'interval'] as const) {
    const text = outlier[field];
    if (text !== undefined) validateDuration(report, 'DR004', [...path, field], text);
  }
  if (outlier.consecutiveErrors) {
    warn(report, 'DR005', [...path, 'consecutiveErrors'], { got: outlier.consecutiveErrors });
  }
  const failures = outlier.consecutiveLocalOriginFailures ?? 0;
  if (failures > 0 && !outlier.splitExternalLocalOriginErrors) {
    refuse(report, 'DR006', [...path, 'consecutiveLocalOriginFailures'], { got: failures });
  }
  for (const field of ['maxEjectionPercent', 'minHealthPercent'] as const) {
    const percent = outlier[field] ?? 0;
    if (percent < 0 || percent > 100) refuse(report, 'DR007', [...path, field], { got: percent, field });
  }
}

/** Mirrors `validateConnectionPool`. */
export function validateConnectionPool(report: Report, path: Path, pool: ConnectionPool): void {
  const { http, tcp } = pool;
  if (!http && !tcp) refuse(report, 'DR008', path);
  if (http) validateHttpPool(report, [...path, 'http'], http);
  if (tcp) validateTcpPool(report, [...path, 'tcp'], tcp);
}

function validateHttpPool(report: Report, path: Path, http: NonNullable<ConnectionPool['http']>): void {
  const counts = [
    'http1MaxPendingRequests',
    'http2MaxRequests',
    'maxRequestsPerConnection',
    'maxRetries',
    'maxConcurrentStreams',
  ] as const;
  for (const field of counts) checkCount(report, path, field, http[field]);
  checkDuration(report, path, 'idleTimeout', http.idleTimeout);
  if (http.h2UpgradePolicy === 'UPGRADE' && http.useClientProtocol)
    refuse(report, 'DR011', [...path, 'useClientProtocol']);
  const keepAlive = http.http2KeepAlive;
  if (!keepAlive) return;
  const at = [...path, 'http2KeepAlive'];
  for (const field of ['interval', 'timeout'] as const) {
    if (keepAlive[field] === undefined) refuse(report, 'DR012', at, { field });
    checkDuration(report, at, field, keepAlive[field]);
  }
}

function validateTcpPool(report: Report, path: Path, tcp: NonNullable<ConnectionPool['tcp']>): void {
  checkCount(report, path, 'maxConnections', tcp.maxConnections);
  checkDuration(report, path, 'connectTimeout', tcp.connectTimeout);
  checkDuration(report, path, 'maxConnectionDuration', tcp.maxConnectionDuration);
  // Nothing in whole milliseconds switches the timeout off.
  if (tcp.idleTimeout !== undefined && !isZeroInMilliseconds(tcp.idleTimeout)) {
    checkDuration(report, path, 'idleTimeout', tcp.idleTimeout);
  }
  checkDuration(report, [...path, 'tcpKeepalive'], 'time', tcp.tcpKeepalive?.time);
  checkDuration(report, [...path, 'tcpKeepalive'], 'interval', tcp.tcpKeepalive?.interval);
}

function checkCount(report: Report, path: Path, field: string, count = 0): void {
  if (count < 0) refuse(report, 'DR009', [...path, field], { got: count, field });
}

function checkDuration(report: Report, path: Path, field: string, text: string | undefined): void {
  if (text !== undefined) validateDuration(report, 'DR010', [...path, field], text);
}

/** Mirrors `agent.ValidateTLS`. */
function validateClientTls(report: Report, path: Path, tls: ClientTls, namespace: string): void {
  const originates = tls.mode === 'SIMPLE' || tls.mode === 'MUTUAL';
  const credential = tls.credentialName ?? '';
  if (credential.startsWith('configmap://')) {
    const [of, name] = credential.slice('configmap://'.length).split('/');
    if (of !== namespace || !name)
      refuse(report, 'DR028', [...path, 'credentialName'], { got: credential, namespace });
  }
  if (tls.insecureSkipVerify && originates) {
    const verification = [
      ...(tls.caCertificates ? ['caCertificates'] : []),
      ...(tls.mode === 'SIMPLE' && credential !== '' ? ['credentialName'] : []),
      ...(tls.subjectAltNames?.length ? ['subjectAltNames'] : []),
    ];
    if (verification.length > 0)
      refuse(report, 'DR029', [...path, 'insecureSkipVerify'], { fields: verification });
  }
  if (originates && credential !== '') {
    const files = (['clientCertificate', 'caCertificates', 'privateKey', 'caCrl'] as const).filter(
      (field) => tls[field],
    );
    if (files.length > 0)
      refuse(report, 'DR030', [...path, 'credentialName'], { got: credential, field: files });
    return;
  }
  if (tls.mode !== 'MUTUAL') return;
  for (const field of ['clientCertificate', 'privateKey'] as const) {
    if (!tls[field]) refuse(report, 'DR031', path, { field });
  }
}

/** Mirrors `validateTunnelSettings`. */
function validateTunnel(report: Report, path: Path, tunnel: NonNullable<Policy['tunnel']>): void {
  const { protocol = '', targetHost = '', targetPort = 0 } = tunnel;
  if (!['', 'CONNECT', 'POST'].includes(protocol)) {
    refuse(report, 'DR034', [...path, 'protocol'], {
      got: protocol,
      want: ['CONNECT', 'POST'],
      field: 'protocol',
    });
  }
  if (fqdnProblem(targetHost) && !isIpAddress(targetHost)) {
    refuse(report, 'DR034', [...path, 'targetHost'], { got: targetHost, field: 'targetHost' });
  }
  if (!isPort(targetPort))
    refuse(report, 'DR034', [...path, 'targetPort'], { got: targetPort, field: 'targetPort' });
}
