import type { ProxyConfig } from '../compile/compiled.ts';
import { meshGateway, resolveGatewayName } from '../compile/virtualServices.ts';
import type { Mesh, VirtualService } from '../istio/types.ts';
import {
  destinationId,
  portRowId,
  writtenTarget,
  type CompiledTargets,
  type Declared,
  type Target,
} from './destinations.ts';
import type {
  DestinationNode,
  EdgeEnd,
  GraphEdge,
  GraphNode,
  PortRow,
  RuleDestination,
  RuleRow,
  VirtualServiceNode,
} from './graph.ts';
import type { SourceRef } from '../manifest/source.ts';
import { box, nodeId, type Losses } from './node.ts';
import { objectKey, refKey } from './refKey.ts';

interface Drawing {
  readonly mesh: Mesh;
  readonly configs: readonly ProxyConfig[];
  readonly targets: CompiledTargets;
  readonly declared: ReadonlyMap<string, Declared>;
  readonly left: readonly GraphNode[];
  readonly middle: readonly GraphNode[];
  readonly losses: Losses;
}

/** Hosts that no rule names are drawn as long as they are not more than this. */
const UNNAMED_LIMIT = 40;

/** All edges, and the destinations that they lead to. */
export function drawEdges(drawing: Drawing): {
  readonly edges: readonly GraphEdge[];
  readonly destinations: readonly DestinationNode[];
} {
  const edges = collectEdges();
  bindings(drawing, edges);
  const needed = collectNeeded(drawing);
  const ids = new Set(drawing.middle.map((node) => node.id));
  for (const node of drawing.middle) {
    if (node.kind === 'virtual-service') rules(node, ids, needed, edges);
  }
  return { edges: edges.all(), destinations: needed.nodes() };
}

interface Edges {
  readonly add: (
    kind: GraphEdge['kind'],
    from: EdgeEnd,
    to: EdgeEnd,
    standing: GraphEdge['standing'],
    more?: Pick<GraphEdge, 'share' | 'lent'>,
  ) => void;
  readonly all: () => readonly GraphEdge[];
}

/** Edges without repetition, in the order in which they were found. */
function collectEdges(): Edges {
  const byId = new Map<string, GraphEdge>();
  return {
    add: (kind, from, to, standing, more) => {
      const id = `${from.row ?? from.node}>${to.row ?? to.node}`;
      if (!byId.has(id)) byId.set(id, { id, kind, from, to, standing, ...more });
    },
    all: () => [...byId.values()],
  };
}

// ── Servers and the mesh to virtual services ─────────────────────────────────────────────────────────────────────────

function bindings({ mesh, configs, left, middle, losses }: Drawing, edges: Edges): void {
  const servers = new Map<string, EdgeEnd>();
  for (const node of left) {
    for (const row of node.rows)
      if (row.kind === 'server') servers.set(refKey(row.at), { node: node.id, row: row.id });
  }
  const byObject = new Map(
    middle.flatMap((node) => (node.at === undefined ? [] : [[objectKey(node.at.object), node]])),
  );
  const bound = new Set<string>();
  for (const binding of configs.flatMap((config) => config.bindings)) {
    const from = servers.get(refKey(binding.server));
    const to = byObject.get(objectKey(binding.virtualService.object));
    if (from === undefined || to === undefined) continue;
    edges.add('binding', from, { node: to.id }, 'part');
    bound.add(`${from.node}>${to.id}`);
  }
  const nodes = new Map(left.map((node) => [node.id, node]));
  for (const virtualService of mesh.virtualServices) {
    const to = byObject.get(objectKey(virtualService.at));
    if (to?.kind !== 'virtual-service') continue;
    if (to.mesh) edges.add('binding', { node: meshGateway }, { node: to.id }, 'part');
    for (const name of virtualService.spec.gateways ?? []) {
      const gateway = nodes.get(gatewayId(resolveGatewayName(name, virtualService.namespace)));
      if (gateway === undefined || bound.has(`${gateway.id}>${to.id}`)) continue;
      edges.add('binding', lostAt(gateway, virtualService, losses), { node: to.id }, 'not-attached');
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

function rules(node: VirtualServiceNode, ids: ReadonlySet<string>, needed: Needed, edges: Edges): void {
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
      if (ids.has(id)) edges.add('delegate', from, { node: id }, 'part');
    }
    if (row.does.kind !== 'forward') continue;
    const sharesOf = shares(row.does.destinations);
    for (const destination of row.does.destinations) {
      for (const end of needed.endsOf(destination, node, row)) {
        const share = sharesOf.get(destination);
        edges.add(destination.mirror ? 'mirror' : 'route', from, end.to, end.standing, {
          ...(share !== undefined && { share }),
          ...(end.lent && { lent: true as const }),
        });
      }
    }
  }
}

/** The part of each of several weighted destinations; empty for one, which takes everything. */
function shares(destinations: readonly RuleDestination[]): ReadonlyMap<RuleDestination, number> {
  const weighted = destinations.filter((each) => !each.mirror);
  const sum = weighted.reduce((total, each) => total + (each.weight ?? 0), 0);
  if (weighted.length < 2 || sum <= 0) return new Map();
  return new Map(weighted.map((each) => [each, (each.weight ?? 0) / sum]));
}

/** The ports and subsets that rules name, host by host in the order in which they are first named. */
interface Needed {
  /** Where a destination leads: one end for each cluster that became of it. */
  readonly endsOf: (
    destination: RuleDestination,
    node: VirtualServiceNode,
    row: RuleRow,
  ) => readonly { readonly to: EdgeEnd; readonly standing: GraphEdge['standing']; readonly lent: boolean }[];
  readonly nodes: () => readonly DestinationNode[];
}

function collectNeeded(drawing: Drawing): Needed {
  const { targets, declared, configs } = drawing;
  const hosts = new Map<string, Map<string, Target>>();
  const standings = new Map<string, PortRow['standing']>();
  /** Who names a port first, by row. */
  const namers = new Map<string, SourceRef>();

  function endsOf(
    destination: RuleDestination,
    node: VirtualServiceNode,
    row: RuleRow,
  ): ReturnType<Needed['endsOf']> {
    const compiled = targets.targets.get(refKey(destination.at));
    const used = compiled !== undefined || node.mesh || destination.mirror || configs.length === 0;
    const attached = node.standing === 'part' && used && !(row.lost !== undefined && compiled === undefined);
    return (compiled ?? [writtenTarget(destination, node.namespace, declared)]).map((target) => {
      const to = endAt(target, destination.at);
      const lent =
        destination.port === undefined && targets.lent.has(`${refKey(destination.at)}>${to.row ?? ''}`);
      if (!attached) return { to, standing: 'not-attached', lent };
      return {
        to,
        standing: to.row !== undefined && standingOf(target) === 'missing' ? 'broken' : 'part',
        lent,
      };
    });
  }

  function endAt(target: Target, by: SourceRef): EdgeEnd {
    const node = destinationId(target.host);
    const ports = hosts.get(target.host) ?? new Map<string, Target>();
    hosts.set(target.host, ports);
    if (target.port === undefined) return { node };
    const row = portRowId(target);
    ports.set(row, target);
    if (!namers.has(row)) namers.set(row, by);
    return { node, row };
  }

  function standingOf(target: Target): PortRow['standing'] {
    const id = portRowId(target);
    const before = standings.get(id);
    if (before !== undefined) return before;
    const standing = judge(target);
    standings.set(id, standing);
    return standing;
  }

  function judge(target: Target): PortRow['standing'] {
    const cluster = clusterOf(target);
    if (configs.some((config) => config.clusters.has(cluster))) return 'exists';
    if (targets.missing.get(cluster) === 'host-not-in-paste') return 'unknown';
    const host = declared.get(target.host);
    if (host === undefined) return targets.missing.has(cluster) ? 'missing' : 'unknown';
    if (configs.length > 0) return 'missing';
    return host.ports.some((each) => each.port === target.port) ? 'exists' : 'missing';
  }

  function nodes(): readonly DestinationNode[] {
    const named = [...hosts].map(([host, ports]) => destinationNode(host, declared.get(host), ports, true));
    const others = [...declared.values()].filter((each) => !hosts.has(each.host));
    if (others.length > UNNAMED_LIMIT) return named;
    return [...named, ...others.map((each) => destinationNode(each.host, each, new Map(), false))];
  }

  function destinationNode(
    host: string,
    declared: Declared | undefined,
    ports: ReadonlyMap<string, Target>,
    named: boolean,
  ): DestinationNode {
    const rows = portRows(host, declared, ports);
    const [name, namespace] = declared === undefined ? nameOf(host) : [declared.name, declared.namespace];
    return {
      kind: 'destination',
      id: destinationId(host),
      name,
      namespace,
      host,
      ...(declared !== undefined && { at: declared.at }),
      standing:
        declared === undefined && rows.every((row) => row.standing === 'unknown') ? 'not-in-paste' : 'part',
      source: declared?.source ?? 'nothing',
      named,
      rows,
      ...box('destination', rows),
    };
  }

  function portRows(
    host: string,
    declared: Declared | undefined,
    ports: ReadonlyMap<string, Target>,
  ): readonly PortRow[] {
    const rows: PortRow[] = [];
    const left = new Map(ports);
    for (const { port, at } of declared?.ports ?? []) {
      const id = portRowId({ host, port });
      const target = left.get(id);
      left.delete(id);
      if (rows.some((row) => row.id === id)) continue;
      rows.push(
        target === undefined ? { kind: 'port', id, at, port, standing: 'exists' } : portRow(target, declared),
      );
      for (const [key, each] of ports) {
        if (each.port !== port || each.subset === undefined) continue;
        rows.push(portRow(each, declared));
        left.delete(key);
      }
    }
    for (const target of left.values()) rows.push(portRow(target, declared));
    return rows;
  }

  function portRow(target: Target, declared: Declared | undefined): PortRow {
    const port = target.port ?? 0;
    const standing = standingOf(target);
    // What does not exist is written nowhere: the place that asks for it stands for it.
    const written = declared?.ports.find((each) => each.port === port)?.at ?? declared?.at;
    const at = standing === 'exists' ? written : (namers.get(portRowId(target)) ?? written);
    return {
      kind: 'port',
      id: portRowId(target),
      ...(at !== undefined && { at }),
      port,
      ...(target.subset !== undefined && { subset: target.subset }),
      standing,
      ...(standing === 'missing' && { missing: missingKind(target, declared) }),
    };
  }

  function missingKind(target: Target, declared: Declared | undefined): NonNullable<PortRow['missing']> {
    const told = targets.missing.get(clusterOf(target));
    if (told !== undefined) return told;
    return declared?.ports.some((each) => each.port === target.port) === true && target.subset !== undefined
      ? 'no-such-subset'
      : 'no-such-port';
  }

  return { endsOf, nodes };
}

function clusterOf({ host, port, subset }: Target): string {
  return `outbound|${port ?? ''}|${subset ?? ''}|${host}`;
}

/** `reviews` and `prod` of `reviews.prod.svc.cluster.local`; other names are left whole. */
function nameOf(host: string): readonly [name: string, namespace: string] {
  const match = /^([^.]+)\.([^.]+)\.svc\./.exec(host);
  return match?.[1] !== undefined && match[2] !== undefined ? [match[1], match[2]] : [host, ''];
}
