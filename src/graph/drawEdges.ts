import type { ProxyConfig } from '../compile/compiled.ts';
import { meshGateway, resolveGatewayName } from '../compile/virtualServices.ts';
import type { Mesh, VirtualService } from '../istio/types.ts';
import { remember } from '../remember.ts';
import { collectDestinations, placeOf, type Destinations, type End } from './destinationNodes.ts';
import { writtenTarget, type CompiledTargets, type Declared, type Target } from './destinations.ts';
import type {
  DestinationNode,
  EdgeEnd,
  GraphEdge,
  GraphNode,
  RuleDestination,
  RuleRow,
  VirtualServiceNode,
} from './graph.ts';
import type { SourceRef } from '../manifest/source.ts';
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
  const byObject = new Map(middle.flatMap((node) => (node.at === undefined ? [] : [[node.at.object, node]])));
  /** Of each virtual service the gateways and the servers that it has an edge from. */
  const drawn = new Map<GraphNode, Set<string>>();
  const add = (from: EdgeEnd, to: GraphNode, standing: GraphEdge['standing']): void => {
    let own = drawn.get(to);
    if (own === undefined) drawn.set(to, (own = new Set()));
    const id = from.row ?? from.node;
    if (own.has(id)) return;
    own.add(id).add(from.node);
    edges.push(bindingEdge(from, to, standing));
  };
  // Bindings share the places of their servers.
  const ends = new Map<SourceRef, EdgeEnd | undefined>();
  for (const config of configs) {
    for (const { server, virtualService } of config.bindings) {
      if (!ends.has(server)) ends.set(server, servers.get(refKey(server)));
      const from = ends.get(server);
      const to = byObject.get(virtualService.object);
      if (from !== undefined && to !== undefined) add(from, to, 'part');
    }
  }
  const nodes = new Map(left.map((node) => [node.id, node]));
  const meshEnd: EdgeEnd = { node: meshGateway };
  for (const virtualService of mesh.virtualServices) {
    const to = byObject.get(virtualService.at);
    if (to?.kind !== 'virtual-service') continue;
    if (to.mesh) add(meshEnd, to, 'part');
    for (const id of gatewayIds(virtualService)) {
      const gateway = nodes.get(id);
      if (gateway === undefined || drawn.get(to)?.has(id)) continue;
      add(lostAt(gateway, virtualService, losses), to, 'not-attached');
    }
  }
}

const bindingsBefore = new WeakMap<GraphNode, Map<string, GraphEdge>>();

/** The edge from a server to a virtual service; the same one as before if it is the same. */
function bindingEdge(from: EdgeEnd, to: GraphNode, standing: GraphEdge['standing']): GraphEdge {
  let known = bindingsBefore.get(to);
  if (known === undefined) bindingsBefore.set(to, (known = new Map()));
  const id = from.row ?? from.node;
  const before = known.get(id);
  if (before?.standing === standing && before.from.node === from.node) return before;
  const edge: GraphEdge = { kind: 'binding', from, to: { node: to.id }, standing };
  known.set(id, edge);
  return edge;
}

/** Ids of the nodes of the gateways that a virtual service names. */
const gatewayIds = remember(({ spec, namespace }: VirtualService): readonly string[] =>
  (spec.gateways ?? []).map((name) => {
    const key = resolveGatewayName(name, namespace);
    const slash = key.indexOf('/');
    return nodeId({
      kind: 'Gateway',
      namespace: key.slice(0, Math.max(slash, 0)),
      name: key.slice(slash + 1),
    });
  }),
);

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
  const drawAll = (into: GraphEdge[]): void => {
    for (const row of node.rows) if (row.kind === 'rule') edgesOf(node, row, ids, destinations, into);
  };
  const plain = plainDestinations(node);
  if (plain === undefined) {
    drawAll(edges);
    return;
  }
  const standings = plain.map(({ target, by }) => destinations.note(target, by) ?? '').join(' ');
  let own = plainBefore.get(node);
  if (own?.standings !== standings) {
    const fresh: GraphEdge[] = [];
    drawAll(fresh);
    plainBefore.set(node, (own = { standings, edges: fresh }));
  }
  for (const edge of own.edges) edges.push(edge);
}

/** Of nodes whose edges follow from what is written and from which clusters there are: the edges, with what there was. */
const plainBefore = new WeakMap<
  VirtualServiceNode,
  { readonly standings: string; readonly edges: readonly GraphEdge[] }
>();

/** A destination of a rule, with the place that names it first. */
interface PlainDestination {
  readonly target: Target;
  readonly by: SourceRef;
}

/** Where the rules of a node lead, each port once; undefined if that does not follow from the node alone: for delegates, and where a port is left to the server. */
const plainDestinations = remember((node: VirtualServiceNode): readonly PlainDestination[] | undefined => {
  const found = new Map<string, PlainDestination>();
  for (const row of node.rows) {
    if (row.kind !== 'rule') continue;
    if (row.does.kind === 'delegate') return undefined;
    if (row.does.kind !== 'forward') continue;
    for (const [position, destination] of row.does.destinations.entries()) {
      if (destination.port === undefined) return undefined;
      const target = writtenTarget(destination, node.namespace, new Map());
      const key = `${target.host} ${target.cell}`;
      if (!found.has(key)) found.set(key, { target, by: placeOf(row, destination, position) });
    }
  }
  return [...found.values()];
});

function edgesOf(
  node: VirtualServiceNode,
  row: RuleRow,
  ids: ReadonlySet<string>,
  destinations: Destinations,
  edges: GraphEdge[],
): void {
  if (row.does.kind === 'delegate') {
    const { name, namespace } = row.does;
    const id = nodeId({
      kind: 'VirtualService',
      name,
      namespace: namespace === '' ? node.namespace : namespace,
    });
    if (ids.has(id)) {
      const from: EdgeEnd = { node: node.id, row: row.id };
      edges.push({ kind: 'delegate', from, to: { node: id }, standing: 'part' });
    }
  }
  if (row.does.kind !== 'forward') return;
  const leads = leadsOf(node, row, row.does.destinations, destinations);
  let own = drawnBefore.get(row);
  if (own === undefined || !isSame(own.leads, leads)) {
    own = { leads, edges: routes(node, row, row.does.destinations, leads) };
    drawnBefore.set(row, own);
  }
  for (const edge of own.edges) edges.push(edge);
}

/** The edges of rules, which an edit elsewhere mostly leaves as they are. */
const drawnBefore = new WeakMap<
  RuleRow,
  { readonly leads: readonly Lead[]; readonly edges: readonly GraphEdge[] }
>();

interface Lead extends End {
  /** Counts over the destinations of the rule. */
  readonly position: number;
}

/** Where the destinations of a rule lead, each end once. */
function leadsOf(
  node: VirtualServiceNode,
  row: RuleRow,
  written: readonly RuleDestination[],
  destinations: Destinations,
): readonly Lead[] {
  const leads: Lead[] = [];
  written.forEach((destination, position) => {
    for (const { to, standing, lent } of destinations.endsOf(destination, position, node, row)) {
      if (!leads.some((lead) => lead.to === to)) leads.push({ to, standing, lent, position });
    }
  });
  return leads;
}

function isSame(before: readonly Lead[], leads: readonly Lead[]): boolean {
  return (
    before.length === leads.length &&
    before.every(({ to, standing, lent, position }, index) => {
      const lead = leads[index];
      return (
        to.node === lead?.to.node &&
        to.row === lead.to.row &&
        standing === lead.standing &&
        lent === lead.lent &&
        position === lead.position
      );
    })
  );
}

function routes(
  node: VirtualServiceNode,
  row: RuleRow,
  written: readonly RuleDestination[],
  leads: readonly Lead[],
): readonly GraphEdge[] {
  const from: EdgeEnd = { node: node.id, row: row.id };
  const sharesOf = shares(written);
  return leads.map(({ to, standing, lent, position }): GraphEdge => {
    const share = sharesOf?.[position];
    return {
      kind: written[position]?.mirror === true ? 'mirror' : 'route',
      from,
      to,
      standing,
      ...(share !== undefined && { share }),
      ...(lent && { lent: true as const }),
    };
  });
}

/** The part of each of several weighted destinations; undefined for one, which takes everything. */
function shares(destinations: readonly RuleDestination[]): readonly (number | undefined)[] | undefined {
  const weighted = destinations.filter((each) => !each.mirror);
  const sum = weighted.reduce((total, each) => total + (each.weight ?? 0), 0);
  if (weighted.length < 2 || sum <= 0) return undefined;
  return destinations.map((each) => (each.mirror ? undefined : (each.weight ?? 0) / sum));
}
