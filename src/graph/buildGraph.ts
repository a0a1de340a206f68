import type { ProxyConfig } from '../compile/compiled.ts';
import type { Exclusion, Rejection } from '../compile/decisions.ts';
import { meshGateway, resolveGatewayName } from '../compile/virtualServices.ts';
import type { Gateway, Mesh, Server } from '../istio/types.ts';
import type { ObjectRef, SourceRef } from '../manifest/source.ts';
import { compiledTargets, declaredHosts } from './destinations.ts';
import { drawEdges } from './drawEdges.ts';
import type { GatewayNode, Graph, GraphNode, MeshNode, ReasonRow, ServerRow, Standing } from './graph.ts';
import { layoutGraph } from './layoutGraph.ts';
import { box, head, lossAt, nodeId, type Losses } from './node.ts';
import { rulesInUse, sharedHosts, virtualServiceNode } from './virtualServiceNodes.ts';
import { objectKey } from '../manifest/refKey.ts';

export interface GraphInput {
  readonly mesh: Mesh;
  /** The gateway workload that is looked at; absent: the paste has none. */
  readonly gateway?: ProxyConfig;
  /** The calling sidecar, if the call comes from inside the mesh. */
  readonly sidecar?: ProxyConfig;
  /** Exclusions that hold for no workload in particular. */
  readonly exclusions: readonly Exclusion[];
  /** Gateways and virtual services that Istio's validation does not admit. */
  readonly refused: readonly ObjectRef[];
}

/** The graph of a mesh as one gateway workload sees it, laid out. Cost grows with rules and routes, not with their product. */
export function buildGraph(input: GraphInput): Graph {
  const { mesh, gateway, sidecar } = input;
  const configs = [gateway, sidecar].filter((each) => each !== undefined);
  const losses = lossesOf([
    ...configs.flatMap((each) => [...each.rejections, ...each.exclusions]),
    ...input.exclusions,
  ]);
  const targets = compiledTargets(configs);
  const declared = declaredHosts(mesh);
  const bound = new Set(gateway?.bindings.map((each) => objectKey(each.virtualService.object)));
  const usedRules = rulesInUse(gateway, losses);
  const shared = sharedHosts(mesh.virtualServices);

  const gateways = mesh.gateways.map((each) => gatewayNode(each, losses, gateway));
  const virtualServices = mesh.virtualServices.map((each) => {
    const key = objectKey(each.at);
    return virtualServiceNode(each, losses, bound.has(key), usedRules, shared);
  });
  const absent = absentGateways(mesh, input.refused);
  const refused = refusedNodes(
    input.refused,
    new Set([...gateways, ...virtualServices].map((each) => each.id)),
  );
  const meshNodes = virtualServices.some((each) => each.mesh) ? [meshNode] : [];
  const left = [...gateways, ...absent, ...refused.filter((each) => each.kind === 'gateway'), ...meshNodes];
  const middle = [...virtualServices, ...refused.filter((each) => each.kind === 'virtual-service')];
  const drawn = drawEdges({ mesh, configs, targets, declared, left, middle, losses });
  return layoutGraph([...left, ...middle, ...drawn.destinations], drawn.edges);
}

function lossesOf(all: readonly (Exclusion | Rejection)[]): Losses {
  const losses = new Map<string, (Exclusion | Rejection)[]>();
  for (const each of all) {
    const key = objectKey(each.at.object);
    const list = losses.get(key);
    if (list === undefined) losses.set(key, [each]);
    else list.push(each);
  }
  return losses;
}

// ── Gateways ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function gatewayNode(gateway: Gateway, losses: Losses, config: ProxyConfig | undefined): GatewayNode {
  const id = nodeId(gateway);
  const own = losses.get(objectKey(gateway.at)) ?? [];
  const misses = own.find((each) => each.kind === 'selector-misses');
  const standing: Standing = misses !== undefined || config === undefined ? 'other-workload' : 'part';
  const rows: (ServerRow | ReasonRow)[] = (gateway.spec.servers ?? []).map((server, index) =>
    serverRow(server, index, gateway, losses, standing === 'part'),
  );
  if (misses !== undefined) rows.push({ kind: 'reason', id: `${id}#reason`, at: misses.at, because: misses });
  return { ...head('gateway', id, gateway, standing, rows), rows };
}

function serverRow(
  server: Server,
  index: number,
  gateway: Gateway,
  losses: Losses,
  part: boolean,
): ServerRow {
  const at: SourceRef = { object: gateway.at, path: ['spec', 'servers', index] };
  const lost = part ? lossAt(losses, at, true) : undefined;
  return {
    kind: 'server',
    id: `${nodeId(gateway)}#${index}`,
    at,
    port: server.port?.number ?? 0,
    protocol: server.port?.protocol ?? '',
    ...(server.tls !== undefined && modeOf(server)),
    hosts: server.hosts ?? [],
    httpsRedirect: server.tls?.httpsRedirect === true,
    ...(lost !== undefined && { lost }),
  };
}

/** TLS counts on HTTPS and TLS ports only; there, no mode means PASSTHROUGH. */
function modeOf(server: Server): { readonly mode?: string } {
  const protocol = server.port?.protocol?.toUpperCase();
  return protocol === 'HTTPS' || protocol === 'TLS' ? { mode: server.tls?.mode ?? 'PASSTHROUGH' } : {};
}

/** Gateways that virtual services name and that are written nowhere. */
function absentGateways(mesh: Mesh, refused: readonly ObjectRef[]): readonly GatewayNode[] {
  const written = [...mesh.gateways, ...refused.filter((each) => each.kind === 'Gateway')];
  const known = new Set(written.map((each) => `${each.namespace}/${each.name}`));
  const absent = new Map<string, GatewayNode>();
  for (const virtualService of mesh.virtualServices) {
    for (const written of virtualService.spec.gateways ?? []) {
      const name = resolveGatewayName(written, virtualService.namespace);
      if (name === meshGateway || known.has(name) || absent.has(name)) continue;
      absent.set(name, absentGateway(name));
    }
  }
  return [...absent.values()];
}

function absentGateway(key: string): GatewayNode {
  const [namespace = '', ...name] = key.split('/');
  const id = nodeId({ kind: 'Gateway', namespace, name: name.join('/') });
  const rows: ReasonRow[] = [{ kind: 'reason', id: `${id}#reason`, because: { kind: 'not-in-paste' } }];
  return {
    kind: 'gateway',
    id,
    name: name.join('/'),
    namespace,
    standing: 'not-in-paste',
    rows,
    ...box('gateway', rows),
  };
}

const meshNode: MeshNode = {
  kind: 'mesh',
  id: meshGateway,
  name: meshGateway,
  namespace: '',
  standing: 'part',
  rows: [],
  ...box('mesh', []),
};

// ── What is refused, and what all nodes have ─────────────────────────────────────────────────────────────────────────

function refusedNodes(refs: readonly ObjectRef[], taken: ReadonlySet<string>): readonly GraphNode[] {
  const ids = new Set(taken);
  return refs.flatMap((ref): GraphNode[] => {
    if (ref.kind !== 'Gateway' && ref.kind !== 'VirtualService') return [];
    const base = nodeId(ref);
    const id = ids.has(base) ? `${base}@${objectKey(ref)}` : base;
    ids.add(id);
    const at: SourceRef = { object: ref, path: [] };
    const rows: ReasonRow[] = [{ kind: 'reason', id: `${id}#reason`, at, because: { kind: 'refused' } }];
    const resource = { namespace: ref.namespace, name: ref.name, at: ref };
    if (ref.kind === 'Gateway') return [{ ...head('gateway', id, resource, 'refused', rows), rows }];
    return [
      {
        ...head('virtual-service', id, resource, 'refused', rows),
        rows,
        hosts: [],
        mesh: false,
        delegate: false,
      },
    ];
  });
}
