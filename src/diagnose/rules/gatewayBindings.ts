import type { MeshIndex } from '../../compile/compile.ts';
import type { Binding, ProxyConfig } from '../../compile/compiled.ts';
import type { MergedVirtualService } from '../../compile/delegates.ts';
import { isPassthrough, withoutNamespace } from '../../compile/gatewayServer.ts';
import { matches, subsetOf } from '../../hostname.ts';
import { isTls, parseProtocol } from '../../istio/protocol.ts';
import type { Gateway, Server } from '../../istio/types.ts';
import type { SourceRef } from '../../manifest/source.ts';
import type { Draft } from '../draft.ts';
import { objectKey } from '../../manifest/refKey.ts';

/** What VirtualServices say that does not go with the servers that they are bound to. */
export function* gatewayBindings(config: ProxyConfig, index: MeshIndex): Generator<Draft> {
  if (config.bindings.length === 0) return;
  const gateways = new Map(index.mesh.gateways.map((gateway) => [objectKey(gateway.at), gateway]));
  const byVirtualService = new Map<string, Binding[]>();
  for (const binding of config.bindings) {
    const key = objectKey(binding.virtualService.object);
    const own = byVirtualService.get(key);
    if (own) own.push(binding);
    else byVirtualService.set(key, [binding]);
  }
  for (const virtualService of index.merged.all) {
    const own = byVirtualService.get(objectKey(virtualService.at.object));
    if (!own) continue;
    const servers = own.flatMap(({ server }) => serverAt(server, gateways) ?? []);
    yield* unseenSchemes(virtualService, servers);
    for (const { server: at } of own) {
      const server = serverAt(at, gateways);
      if (server && isPassthrough(server)) yield* widerNames(virtualService, server, at);
    }
  }
}

function serverAt({ object, path }: SourceRef, gateways: ReadonlyMap<string, Gateway>): Server | undefined {
  const index = path[2];
  return typeof index === 'number' ? gateways.get(objectKey(object))?.spec.servers?.[index] : undefined;
}

/** VS239: all bound servers are for the other scheme. */
function* unseenSchemes(
  { at, http, gateways }: MergedVirtualService,
  servers: readonly Server[],
): Generator<Draft> {
  if (servers.length === 0 || gateways.includes('mesh')) return;
  const secure = servers.filter(({ port }) => isTls(parseProtocol(port?.protocol ?? ''))).length;
  if (secure > 0 && secure < servers.length) return;
  const [unseen, protocol] = secure > 0 ? ['http', 'HTTPS'] : ['https', 'HTTP'];
  for (const { matches: blocks } of http) {
    for (const { match, at: block } of blocks) {
      if (match.scheme?.exact !== unseen) continue;
      const place = { object: block.object, path: [...block.path, 'scheme', 'exact'] };
      if (objectKey(block.object) !== objectKey(at.object)) continue;
      yield { code: 'VS239', at: place, params: { got: unseen, protocol } };
    }
  }
}

/** VS221: the chain of a passthrough server has the names of the rule, whatever the server lists. */
function* widerNames(
  { at, tls }: MergedVirtualService,
  server: Server,
  serverAt: SourceRef,
): Generator<Draft> {
  const hosts = (server.hosts ?? []).map(withoutNamespace);
  for (const [rule, { match }] of tls.entries()) {
    for (const [index, { sniHosts }] of (match ?? []).entries()) {
      for (const [place, name] of (sniHosts ?? []).entries()) {
        if (hosts.some((host) => subsetOf(name, host))) continue;
        const path = ['spec', 'tls', rule, 'match', index, 'sniHosts', place];
        const gateway = `${serverAt.object.namespace}/${serverAt.object.name}`;
        yield {
          code: 'VS221',
          at: { object: at.object, path },
          others: [serverAt],
          params: { got: name, gateway },
        };
      }
    }
  }
}

/** GW225: in this mode the name says where a connection goes, and no rule is looked at. */
export function* ignoredRules({ mesh, merged }: MeshIndex): Generator<Draft> {
  for (const gateway of mesh.gateways) {
    for (const [place, { tls, hosts }] of (gateway.spec.servers ?? []).entries()) {
      if (tls?.mode !== 'AUTO_PASSTHROUGH') continue;
      const served = (hosts ?? []).map(withoutNamespace);
      const ignored = (merged.byGateway.get(`${gateway.namespace}/${gateway.name}`) ?? []).find(
        (each) =>
          each.tls.length > 0 && each.hosts.some((host) => served.some((name) => matches(name, host))),
      );
      if (!ignored) continue;
      const at = { object: gateway.at, path: ['spec', 'servers', place, 'tls', 'mode'] };
      yield { code: 'GW225', at, others: [{ object: ignored.at.object, path: ['spec', 'tls'] }], params: {} };
    }
  }
}
