import { isHttp } from '../istio/protocol.ts';
import type { Gateway } from '../istio/types.ts';
import type { SourceRef } from '../manifest/source.ts';
import type { UnopenedServer } from './compiled.ts';
import type { Rejection } from './decisions.ts';
import { gatewayServer, isHttpServer, isTlsServer, type GatewayServer } from './gatewayServer.ts';

/** Servers that share a port, a protocol as written, and a bind. */
export interface MergedServers {
  readonly port: number;
  readonly bind: string;
  readonly servers: readonly GatewayServer[];
  /** Of the first server, for HTTP. */
  readonly routeConfig: string;
}

export interface MergedGateways {
  /** In order of first appearance, which is the order of filter chains. */
  readonly merged: readonly MergedServers[];
  /** Servers that share a route configuration, by its name. */
  readonly byRouteConfig: ReadonlyMap<string, readonly GatewayServer[]>;
  /** Every server that was not dropped. */
  readonly servers: readonly GatewayServer[];
  readonly rejections: readonly Rejection[];
  readonly dropped: readonly UnopenedServer[];
}

type MutableMerged = { -readonly [Key in keyof MergedServers]: MergedServers[Key] } & {
  servers: GatewayServer[];
};

/**
 * Joins the Gateways of one workload, oldest first: which servers share a port, and which are dropped because an earlier one has it or has one of their
 * hosts. Mirrors `mergeGateways`.
 */
export function mergeGateways(
  gateways: readonly Gateway[],
  listenerPorts: ReadonlyMap<number, number>,
): MergedGateways {
  const merged = new Map<string, MutableMerged>();
  const byRouteConfig = new Map<string, GatewayServer[]>();
  const ports = new Set<number>();
  /** The plaintext server that was registered last on a port. */
  const plain = new Map<number, GatewayServer>();
  const tlsHosts = new Map<number, Map<string, GatewayServer>>();
  const servers: GatewayServer[] = [];
  const rejections: Rejection[] = [];
  const dropped: UnopenedServer[] = [];

  for (const gateway of gateways) {
    for (const [index, written] of (gateway.spec.servers ?? []).entries()) {
      const server = gatewayServer(gateway, written, index, listenerPorts);
      if (server) add(server);
    }
  }
  return { merged: [...merged.values()], byRouteConfig, servers, rejections, dropped };

  function add(server: GatewayServer): void {
    const { port, bind, routeConfig, at } = server;
    if (server.panics) {
      rejections.push({ kind: 'host-list-panics', at: { ...at, path: [...at.path, 'hosts'] } });
    }
    if (server.server.tls && repeatsHost(server)) return;
    if (!ports.has(port)) {
      ports.add(port);
      return open(server);
    }
    const current = plain.get(port);
    if (current?.bind === bind) {
      if (!isHttp(server.protocol) || !isHttp(current.protocol)) {
        const { protocolText: protocol } = server;
        const by = [current.at];
        const other = current.protocolText;
        return drop(server, { kind: 'port-conflict', at, by, port, protocol, other });
      }
      return join(keyOf(current), server);
    }
    if (current) return merged.has(keyOf(server)) ? join(keyOf(server), server) : open(server);
    if (!isTlsServer(server)) return open(server);
    if (isHttpServer(server)) {
      const [holder] = byRouteConfig.get(routeConfig) ?? [];
      if (holder) {
        return drop(server, { kind: 'duplicate-route-config', at, by: [holder.at], name: routeConfig });
      }
      byRouteConfig.set(routeConfig, [server]);
    }
    const group = merged.get(keyOf(server));
    if (group) group.servers.push(server);
    else merged.set(keyOf(server), { port, bind, servers: [server], routeConfig: '' });
    servers.push(server);
  }

  function open(server: GatewayServer): void {
    const { port, bind, routeConfig } = server;
    if (!isTlsServer(server)) plain.set(port, server);
    if (isHttpServer(server)) byRouteConfig.set(routeConfig, [server]);
    merged.set(keyOf(server), { port, bind, servers: [server], routeConfig });
    servers.push(server);
  }

  function join(key: string, server: GatewayServer): void {
    const group = merged.get(key);
    if (!group) return;
    group.servers.push(server);
    const sharing = byRouteConfig.get(server.routeConfig);
    if (sharing) sharing.push(server);
    else byRouteConfig.set(server.routeConfig, [server]);
    servers.push(server);
  }

  /** A host that an earlier server with a `tls` block has on this port and bind takes the whole server away; mirrors `CheckDuplicates`. */
  function repeatsHost(server: GatewayServer): boolean {
    const { port, bind, hosts, at } = server;
    const known = tlsHosts.get(port) ?? new Map<string, GatewayServer>();
    tlsHosts.set(port, known);
    const repeated = hosts.find((host) => known.get(host)?.bind === bind);
    const holder = repeated === undefined ? undefined : known.get(repeated);
    if (repeated === undefined || !holder) {
      for (const host of hosts) known.set(host, server);
      return false;
    }
    drop(server, { kind: 'duplicate-tls-host', at, by: [hostAt(holder, repeated)], port, host: repeated });
    return true;
  }

  function drop(
    server: GatewayServer,
    rejection: Rejection & { readonly kind: UnopenedServer['why']; readonly by: readonly SourceRef[] },
  ): void {
    rejections.push(rejection);
    dropped.push({ at: server.at, port: server.port, why: rejection.kind, by: rejection.by });
  }
}

function keyOf({ port, protocolText, bind }: GatewayServer): string {
  return `${port} ${protocolText} ${bind}`;
}

/** Where a server names a host. */
function hostAt({ at, hosts }: GatewayServer, host: string): SourceRef {
  const index = hosts.indexOf(host);
  return { object: at.object, path: [...at.path, 'hosts', ...(index < 0 ? [] : [index])] };
}
