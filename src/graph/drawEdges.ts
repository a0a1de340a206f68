import type { ProxyConfig } from '../compile/compiled.ts';
import { meshGateway, resolveGatewayName } from '../compile/virtualServices.ts';
import type { Mesh, VirtualService } from '../istio/types.ts';
import { collectDestinations, type Destinations } from './destinationNodes.ts';
import type { CompiledTargets, Declared } from './destinations.ts';
import type {
  DestinationNode,
  EdgeEnd,
  GraphEdge,
  GraphNode,
  RuleDestination,
  VirtualServiceNode,
} from './graph.ts';
import { nodeId, type Losses } from './node.ts';
import { objectKey, refKey } from '../manifest/refKey.ts';

export interface Drawing {
  readonly mesh: Mesh;
  readonly configs: readonly ProxyConfig[];
  readonly targets: CompiledTargets;
  readonly declared: ReadonlyMap<string, Declared>;
  readonly left: readonly GraphNode[];
  readonly middle: readonly GraphNode[];
  readonly losses: Losses;
}

/** All edges, and the destinations that they lead to. No two edges join the same ends. */
export function drawEdges(drawing: Drawing): {
  readonly edges: readonly GraphEdge[];
  readonly destinations: readonly DestinationNode[];
} {
  const edges: GraphEdge[] = [];
  bindings(drawing, edges);
  const destinations = collectDestinations(drawing);
  const ids = new Set(drawing.middle.map((node) => node.id));
  for (const node of drawing.middle) {
    if (node.kind === 'virtual-service') rules(node, ids, destinations, edges);
  }
  return { edges, destinations: destinations.nodes() };
}

// ── Servers and the mesh to virtual services ─────────────────────────────────────────────────────────────────────────

function bindings({ mesh, configs, left, middle, losses }: Drawing, edges: GraphEdge[]): void {
  const servers = new Map<string, EdgeEnd>();
  for (const node of left) {
    for (const row of node.rows) {
      if (row.kind === 'server') servers.set(refKey(row.at), { node: node.id, row: row.id });
    }
  }
  const byObject = new Map(
    middle.flatMap((node) => (node.at === undefined ? [] : [[objectKey(node.at.object), node]])),
  );
  const heads = new Map(middle.map((node): [string, EdgeEnd] => [node.id, { node: node.id }]));
  const drawn = new Set<string>();
  const bound = new Set<string>();
  const add = (from: EdgeEnd, to: GraphNode, standing: GraphEdge['standing']): void => {
    const id = `${from.row ?? from.node}>${to.id}`;
    if (drawn.has(id)) return;
    drawn.add(id);
    edges.push({ kind: 'binding', from, to: heads.get(to.id) ?? { node: to.id }, standing });
  };
  for (const { server, virtualService } of configs.flatMap((config) => config.bindings)) {
    const from = servers.get(refKey(server));
    const to = byObject.get(objectKey(virtualService.object));
    if (from === undefined || to === undefined) continue;
    add(from, to, 'part');
    bound.add(`${from.node}>${to.id}`);
  }
  const nodes = new Map(left.map((node) => [node.id, node]));
  const meshEnd: EdgeEnd = { node: meshGateway };
  for (const virtualService of mesh.virtualServices) {
    const to = byObject.get(objectKey(virtualService.at));
    if (to?.kind !== 'virtual-service') continue;
    if (to.mesh) add(meshEnd, to, 'part');
    for (const name of virtualService.spec.gateways ?? []) {
      const gateway = nodes.get(gatewayId(resolveGatewayName(name, virtualService.namespace)));
      if (gateway === undefined || bound.has(`${gateway.id}>${to.id}`)) continue;
      add(lostAt(gateway, virtualService, losses), to, 'not-attached');
    }
  }
}

function gatewayId(key: string): string {
  const slash = key.indexOf('/');
  return nodeId({ kind: 'Gateway', namespace: key.slice(0, Math.max(slash, 0)), name: key.slice(slash + 1) });
}

/** The server that a virtual service is kept from, if its losses name one of this gateway; else the gateway as a whole. */
function lostAt(gateway: GraphNode, virtualService: VirtualService, losses: Losses): EdgeEnd {
  for (const loss of losses.get(objectKey(virtualService.at)) ?? []) {
    for (const row of gateway.rows) {
      if (row.kind !== 'server') continue;
      if (loss.kind === 'port-differs' && loss.port === row.port) return { node: gateway.id, row: row.id };
      if ('by' in loss && loss.by.some((by) => refKey(by) === refKey(row.at)))
        return { node: gateway.id, row: row.id };
    }
  }
  return { node: gateway.id };
}

// ── Rules to destinations ────────────────────────────────────────────────────────────────────────────────────────────

function rules(
  node: VirtualServiceNode,
  ids: ReadonlySet<string>,
  destinations: Destinations,
  edges: GraphEdge[],
): void {
  for (const row of node.rows) {
    if (row.kind !== 'rule') continue;
    const from: EdgeEnd = { node: node.id, row: row.id };
    if (row.does.kind === 'delegate') {
      const { name, namespace } = row.does;
      const id = nodeId({
        kind: 'VirtualService',
        name,
        namespace: namespace === '' ? node.namespace : namespace,
      });
      if (ids.has(id)) edges.push({ kind: 'delegate', from, to: { node: id }, standing: 'part' });
    }
    if (row.does.kind !== 'forward') continue;
    const sharesOf = shares(row.does.destinations);
    const drawn: EdgeEnd[] = [];
    row.does.destinations.forEach((destination, position) => {
      const share = sharesOf?.[position];
      for (const { to, standing, lent } of destinations.endsOf(destination, position, node, row)) {
        if (drawn.includes(to)) continue;
        drawn.push(to);
        edges.push({
          kind: destination.mirror ? 'mirror' : 'route',
          from,
          to,
          standing,
          ...(share !== undefined && { share }),
          ...(lent && { lent: true as const }),
        });
      }
    });
  }
}

/** The part of each of several weighted destinations; undefined for one, which takes everything. */
function shares(destinations: readonly RuleDestination[]): readonly (number | undefined)[] | undefined {
  const weighted = destinations.filter((each) => !each.mirror);
  const sum = weighted.reduce((total, each) => total + (each.weight ?? 0), 0);
  if (weighted.length < 2 || sum <= 0) return undefined;
  return destinations.map((each) => (each.mirror ? undefined : (each.weight ?? 0) / sum));
}
