import { isHttp, parseProtocol, type PortProtocol } from '../istio/protocol.ts';
import type { Gateway, Server } from '../istio/types.ts';
import type { SourceRef } from '../manifest/source.ts';

/** A server of a Gateway as one workload would open it. */
export interface GatewayServer {
  readonly gateway: Gateway;
  /** `namespace/name` of the Gateway. */
  readonly gatewayKey: string;
  readonly server: Server;
  readonly at: SourceRef;
  /** `./h` is resolved, the all-namespaces prefix is gone; a prefix that is left names a namespace. */
  readonly hosts: readonly string[];
  /** As written: what `match.port` and destinations without port go by. */
  readonly number: number;
  /** After port translation: where Envoy listens. */
  readonly port: number;
  readonly protocol: PortProtocol;
  /** As written. */
  readonly protocolText: string;
  readonly bind: string;
  /** Empty: no HTTP. */
  readonly routeConfig: string;
  /** `host-list-panics`: Istio's control plane crashes on the list of hosts. */
  readonly panics: boolean;
}

/** Undefined for a server without a port, which Istio ignores. */
export function gatewayServer(
  gateway: Gateway,
  server: Server,
  index: number,
  listenerPorts: ReadonlyMap<number, number>,
): GatewayServer | undefined {
  const number = server.port?.number;
  if (!server.port || number === undefined) return undefined;
  const port = listenerPorts.get(number) ?? number;
  const protocolText = server.port.protocol ?? '';
  const { hosts, panics } = sanitizeHosts(server.hosts ?? [], gateway.namespace);
  return {
    gateway,
    gatewayKey: `${gateway.namespace}/${gateway.name}`,
    server,
    at: { object: gateway.at, path: ['spec', 'servers', index] },
    hosts,
    number,
    port,
    protocol: parseProtocol(protocolText),
    protocolText,
    bind: server.bind ?? '',
    routeConfig: routeConfigName(gateway, server, port),
    panics,
  };
}

/** TLS of any mode that is not just the `httpsRedirect` of an HTTP server; mirrors `IsTLSServer`. */
export function isTlsServer({ server, protocol }: GatewayServer): boolean {
  return server.tls !== undefined && !isHttp(protocol);
}

/** PASSTHROUGH, which is also the mode of a `tls` block that names none, or AUTO_PASSTHROUGH; mirrors `IsPassThroughServer`. */
export function isPassthrough({ tls }: Server): boolean {
  if (!tls) return false;
  return tls.mode === undefined || tls.mode === 'PASSTHROUGH' || tls.mode === 'AUTO_PASSTHROUGH';
}

/** HTTP, or HTTPS that is terminated; mirrors `IsHTTPServer`. */
export function isHttpServer({ server, protocol }: GatewayServer): boolean {
  return isHttp(protocol) || (protocol === 'HTTPS' && !isPassthrough(server));
}

/** HTTPS that is terminated; mirrors `IsHTTPSServerWithTLSTermination`. */
export function terminatesHttps({ server, protocol }: GatewayServer): boolean {
  return server.tls !== undefined && protocol === 'HTTPS' && !isPassthrough(server);
}

/** Hosts without their namespace, each once, in byte order; mirrors `GetSNIHostsForServer`. */
export function sniHosts({ hosts }: GatewayServer): readonly string[] {
  return [...new Set(hosts.map(withoutNamespace))].sort();
}

/** What stands behind the first slash of a host. */
export function withoutNamespace(host: string): string {
  return host.includes('/') ? (host.split('/')[1] ?? '') : host;
}

/**
 * Mirrors `sanitizeServerHostNamespace`, which runs over the list as it was while it shortens it: an entry behind the all-inclusive one that has to be
 * rewritten makes it index past the end.
 */
function sanitizeHosts(
  written: readonly string[],
  namespace: string,
): { readonly hosts: readonly string[]; readonly panics: boolean } {
  let hosts = [...written];
  let panics = false;
  for (const [index, host] of written.entries()) {
    if (!host.includes('/')) continue;
    const [prefix, name = ''] = host.split('/');
    if (prefix === '*' && name === '*') hosts = ['*'];
    else if (prefix === '.' || prefix === '*') {
      const clean = prefix === '.' ? `${namespace}/${name}` : name;
      if (index < hosts.length) hosts[index] = clean;
      else panics = true;
    }
  }
  return { hosts, panics };
}

/** Mirrors `gatewayRDSRouteName`. */
function routeConfigName(gateway: Gateway, server: Server, port: number): string {
  const protocol = parseProtocol(server.port?.protocol ?? '');
  const bind = server.bind ? `.${server.bind}` : '';
  if (isHttp(protocol)) return `http.${port}${bind}`;
  if (protocol !== 'HTTPS' || isPassthrough(server)) return '';
  const { number = 0, name = '' } = server.port ?? {};
  return `https.${number}.${name}.${gateway.name}.${gateway.namespace}${bind}`;
}
