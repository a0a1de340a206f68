import type { MeshIndex } from '../../compile/compile.ts';
import type { ProxyConfig } from '../../compile/compiled.ts';
import { selects } from '../../compile/gatewayContext.ts';
import {
  gatewayServer,
  isPassthrough,
  isTlsServer,
  terminatesHttps,
  withoutNamespace,
  type GatewayServer,
} from '../../compile/gatewayServer.ts';
import { isWildcard, matches, subsetOf } from '../../hostname.ts';
import { isHttp } from '../../istio/protocol.ts';
import type { Draft } from '../draft.ts';
import { buildHostSet, overlapping } from '../hostSet.ts';
import { refKey } from '../../manifest/refKey.ts';

/** What the servers of one gateway workload do to each other, and to clients. */
export function* gatewayWorkload(config: ProxyConfig, index: MeshIndex): Generator<Draft> {
  const listenerPorts = new Map(config.servicePorts.map(({ port, targetPort }) => [port, targetPort]));
  const dropped = new Set(config.unopenedServers.map(({ at }) => refKey(at)));
  const servers = index.mesh.gateways
    .filter((gateway) => selects(gateway, config.proxy.labels))
    .flatMap((gateway) =>
      (gateway.spec.servers ?? []).map((server, place) =>
        gatewayServer(gateway, server, place, listenerPorts),
      ),
    )
    .filter((server): server is GatewayServer => server !== undefined && !dropped.has(refKey(server.at)));
  const domains = domainsOf(config);
  yield* redirects(servers, domains);
  yield* sharedPorts(servers);
  yield* withoutRoutes(servers, domains, config, index);
  yield* reusedConnections(servers);
  yield* capturedHosts(servers, domains);
  yield* ownPorts(servers);
  yield* wideAndNarrow(servers);
}

/** Domains of the virtual hosts that virtual services bring to a server, by its place. */
function domainsOf({ bindings }: ProxyConfig): ReadonlyMap<string, ReadonlySet<string>> {
  const domains = new Map<string, Set<string>>();
  for (const binding of bindings) {
    const key = refKey(binding.server);
    const own = domains.get(key) ?? new Set<string>();
    domains.set(key, own);
    for (const domain of binding.domains) own.add(domain);
  }
  return domains;
}

/** GW202, GW204, GW205. */
function* redirects(
  servers: readonly GatewayServer[],
  domains: ReadonlyMap<string, ReadonlySet<string>>,
): Generator<Draft> {
  const secure = servers.filter(
    (server) => isTlsServer(server) && (server.number === 443 || server.port === 443),
  );
  const secureHosts = buildHostSet(secure.flatMap(({ hosts }) => hosts.map(withoutNamespace)));
  const plain = servers.filter((server) => isHttp(server.protocol));
  const redirected = new Map<string, GatewayServer>();
  for (const server of plain) {
    if (!server.server.tls?.httpsRedirect) continue;
    const at = { object: server.at.object, path: [...server.at.path, 'tls', 'httpsRedirect'] };
    for (const [place, host] of server.hosts.entries()) {
      const bare = withoutNamespace(host);
      redirected.set(`${server.port} ${host}`, server);
      if (overlapping(secureHosts, bare).length === 0) {
        yield { code: 'GW202', at, params: { host: bare } };
        break;
      }
      const isServed = [...(domains.get(refKey(server.at)) ?? [])].some((domain) =>
        subsetOf(domain, bare.toLowerCase()),
      );
      if (host !== bare && !isServed) {
        yield {
          code: 'GW204',
          at: { object: server.at.object, path: [...server.at.path, 'hosts', place] },
          params: { host },
        };
      }
    }
  }
  for (const server of plain) {
    if (server.server.tls?.httpsRedirect) continue;
    const host = server.hosts.find((each) => redirected.has(`${server.port} ${each}`));
    const other = host === undefined ? undefined : redirected.get(`${server.port} ${host}`);
    if (host === undefined || !other) continue;
    const at = { object: other.at.object, path: [...other.at.path, 'tls', 'httpsRedirect'] };
    yield {
      code: 'GW205',
      at,
      others: [server.at],
      params: { host: withoutNamespace(host), gateway: server.gatewayKey },
    };
  }
}

/** GW211: two numbers that the Service leads to one container port. */
function* sharedPorts(servers: readonly GatewayServer[]): Generator<Draft> {
  const first = new Map<number, GatewayServer>();
  for (const server of servers) {
    const other = first.get(server.port);
    if (!other) first.set(server.port, server);
    else if (other.number !== server.number) {
      const at = { object: server.at.object, path: [...server.at.path, 'port', 'number'] };
      const translated = server.number === server.port ? other : server;
      const rest = translated === server ? other : server;
      const params = { port: translated.number, target: server.port, other: rest.number };
      yield { code: 'GW211', at, others: [other.at], params };
      first.set(server.port, server);
    }
  }
}

/**
 * GW213 for HTTP, where the server answers 404 to everything: servers of one port share their routes, so others may answer for its hosts. Of a Gateway that no
 * virtual service of the paste names nothing is said.
 */
function* withoutRoutes(
  servers: readonly GatewayServer[],
  domains: ReadonlyMap<string, ReadonlySet<string>>,
  { routeConfigs }: ProxyConfig,
  { merged }: MeshIndex,
): Generator<Draft> {
  for (const server of servers) {
    if (server.routeConfig === '' || (isPassthrough(server.server) === true && !isHttp(server.protocol)))
      continue;
    if (
      server.server.tls?.httpsRedirect ||
      domains.has(refKey(server.at)) ||
      !merged.byGateway.has(server.gatewayKey)
    )
      continue;
    const answered = (routeConfigs.get(server.routeConfig)?.virtualHosts ?? [])
      .filter(({ routes, requireTls }) => routes.length > 0 || requireTls)
      .flatMap((virtualHost) => virtualHost.domains);
    const hosts = server.hosts.map((host) => withoutNamespace(host).toLowerCase());
    if (hosts.some((host) => answered.some((domain) => matches(host, domain)))) continue;
    yield { code: 'GW213', at: server.at, params: { hosts: server.hosts } };
  }
}

/** GW215: the same certificate on two servers of one port, each with routes of its own. */
function* reusedConnections(servers: readonly GatewayServer[]): Generator<Draft> {
  const first = new Map<string, GatewayServer>();
  for (const server of servers) {
    const certificate = certificateOf(server);
    if (!terminatesHttps(server) || certificate === undefined) continue;
    const key = `${server.port} ${server.bind} ${certificate}`;
    const other = first.get(key);
    if (!other) {
      first.set(key, server);
      continue;
    }
    const at = { object: server.at.object, path: [...server.at.path, 'tls'] };
    const params = { other: other.hosts.map(withoutNamespace), hosts: server.hosts.map(withoutNamespace) };
    yield { code: 'GW215', at, others: [other.at], params };
  }
}

function certificateOf({ server: { tls } }: GatewayServer): string | undefined {
  if (tls?.credentialName !== undefined && tls.credentialName !== '') return tls.credentialName;
  if (tls?.serverCertificate !== undefined && tls.serverCertificate !== '')
    return `file ${tls.serverCertificate}`;
  return undefined;
}

/** GW216: the TLS server name leads to the server that lists it exactly, also where only a wider one has routes for it. */
function* capturedHosts(
  servers: readonly GatewayServer[],
  domains: ReadonlyMap<string, ReadonlySet<string>>,
): Generator<Draft> {
  const secure = servers.filter(terminatesHttps);
  const servedBy = new Map<string, GatewayServer>();
  for (const server of secure) {
    for (const domain of domains.get(refKey(server.at)) ?? [])
      servedBy.set(`${server.port} ${domain}`, server);
  }
  for (const server of secure) {
    const own = domains.get(refKey(server.at));
    for (const [place, written] of server.hosts.entries()) {
      const host = withoutNamespace(written).toLowerCase();
      const other = servedBy.get(`${server.port} ${host}`);
      const isServed = own !== undefined && [...own].some((domain) => subsetOf(host, domain));
      if (isWildcard(host) || !other || other === server || isServed) continue;
      const at = { object: server.at.object, path: [...server.at.path, 'hosts', place] };
      yield { code: 'GW216', at, others: [other.at], params: { host, gateway: server.gatewayKey } };
    }
  }
}

/** GW226: health, metrics and administration of the proxy itself. */
function* ownPorts(servers: readonly GatewayServer[]): Generator<Draft> {
  for (const { at, port } of servers) {
    if (![15000, 15004, 15020, 15021, 15090].includes(port)) continue;
    yield {
      code: 'GW226',
      at: { object: at.object, path: [...at.path, 'port', 'number'] },
      params: { port },
    };
  }
}

/** GW043: a wildcard of one Gateway covers a name of another on one plaintext port. For TLS the narrower name wins, which is what one expects. */
function* wideAndNarrow(servers: readonly GatewayServer[]): Generator<Draft> {
  const wildcards = new Map<string, GatewayServer>();
  for (const server of servers) {
    if (!isHttp(server.protocol)) continue;
    for (const host of server.hosts)
      if (isWildcard(host) && host !== '*') wildcards.set(`${server.port} ${host.slice(1)}`, server);
  }
  if (wildcards.size === 0) return;
  for (const server of servers) {
    if (!isHttp(server.protocol)) continue;
    for (const [place, host] of server.hosts.entries()) {
      if (isWildcard(host)) continue;
      for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
        const other = wildcards.get(`${server.port} ${host.slice(dot)}`);
        if (!other || other.gatewayKey === server.gatewayKey) continue;
        const at = { object: server.at.object, path: [...server.at.path, 'hosts', place] };
        const params = { host, port: server.number, other: `*${host.slice(dot)}`, gateway: other.gatewayKey };
        yield { code: 'GW043', level: 'style', at, others: [other.at], params };
        break;
      }
    }
  }
}
