import type { EdgeEnd, Graph, GraphEdge, GraphNode } from '../../src/graph/graph.ts';
import type { LitEdge, LitPath } from '../../src/graph/litPath.ts';
import { rowMiddle } from '../../src/graph/sizes.ts';

/** A line to draw, with how it looks: calm, not attached, on the path, or broken. */
export interface Way {
  readonly id: string;
  readonly from: EdgeEnd;
  readonly to: EdgeEnd;
  readonly look: 'calm' | 'not-attached' | 'broken' | 'call' | 'ok' | 'fail' | 'move' | 'warn' | 'unknown';
  readonly share?: number;
}

/** Edges of the graph with the lit ones in their colour, in the order in which they are drawn: calm first, the path last. */
export function waysOf(graph: Graph, lit: LitPath | undefined): readonly Way[] {
  const drawn = new Set(graph.nodes.map((node) => node.id));
  const onPath = new Map<string, LitEdge>();
  for (const edge of lit?.edges ?? []) {
    if (drawn.has(edge.from.node) && drawn.has(edge.to.node)) onPath.set(wayId(edge.from, edge.to), edge);
  }
  const rest = graph.edges.map(calmWay).filter((way) => !onPath.has(way.id));
  const path = [...onPath].map(([id, { from, to, tone, share }]): Way => ({
    id,
    from,
    to,
    look: tone,
    ...(share !== undefined && { share }),
  }));
  return [
    ...rest.sort((a, b) => RANK[a.look] - RANK[b.look]),
    ...path.sort((a, b) => RANK[a.look] - RANK[b.look]),
  ];
}

const RANK: Readonly<Record<Way['look'], number>> = {
  'not-attached': 1,
  calm: 0,
  call: 2,
  ok: 3,
  move: 3,
  warn: 3,
  unknown: 3,
  fail: 4,
  broken: 1,
};

function calmWay(edge: GraphEdge): Way {
  const { from, to, standing } = edge;
  return { id: wayId(from, to), from, to, look: standing === 'part' ? 'calm' : standing };
}

function wayId(from: EdgeEnd, to: EdgeEnd): string {
  return `${from.row ?? from.node}>${to.row ?? to.node}`;
}

/** Name of the handle at a row, or at the head of a node. */
export function handleId(side: 'from' | 'to', row: string | undefined): string {
  return `${side} ${row ?? 'head'}`;
}

/** The handles that lines use, by node: where they are, and whether the path runs through them. */
export interface HandleSpec {
  readonly id: string;
  readonly side: 'from' | 'to';
  readonly y: number;
  readonly look: 'calm' | 'not-attached' | 'on' | 'ok' | 'hidden';
}

export function handlesOf(graph: Graph, ways: readonly Way[]): ReadonlyMap<string, readonly HandleSpec[]> {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const handles = new Map<string, Map<string, HandleSpec>>();
  const add = (end: EdgeEnd, side: 'from' | 'to', way: Way): void => {
    const node = nodes.get(end.node);
    if (node === undefined) return;
    const own = handles.get(end.node) ?? new Map<string, HandleSpec>();
    handles.set(end.node, own);
    const id = handleId(side, end.row);
    // A line to a delegate comes back to the right side of its own column.
    const beside = side === 'to' && nodes.get(way.from.node)?.x === node.x;
    const look = beside ? 'hidden' : handleLook(way, side);
    const before = own.get(id);
    if (before !== undefined && RANKS[before.look] >= RANKS[look]) return;
    own.set(id, { id, side, y: rowMiddle(node, end.row), look });
  };
  for (const way of ways) {
    add(way.from, 'from', way);
    add(way.to, 'to', way);
  }
  return new Map([...handles].map(([id, own]) => [id, [...own.values()]]));
}

const RANKS: Readonly<Record<HandleSpec['look'], number>> = {
  hidden: 0,
  'not-attached': 1,
  calm: 2,
  ok: 3,
  on: 4,
};

function handleLook({ look }: Way, side: 'from' | 'to'): HandleSpec['look'] {
  switch (look) {
    case 'calm':
      return 'calm';
    case 'not-attached':
      return 'not-attached';
    case 'broken':
    case 'fail':
      return side === 'to' ? 'hidden' : look === 'fail' ? 'on' : 'calm';
    case 'ok':
      return side === 'to' ? 'ok' : 'on';
    default:
      return 'on';
  }
}

/** Whether a search finds a node: by name, namespace, hosts, or anything in its rows. */
export function isFound(node: GraphNode, words: string): boolean {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return true;
  return textOf(node).includes(wanted);
}

const texts = new WeakMap<GraphNode, string>();

function textOf(node: GraphNode): string {
  const known = texts.get(node);
  if (known !== undefined) return known;
  const rows = node.rows.map((row) => {
    switch (row.kind) {
      case 'server':
        return `:${row.port} ${row.protocol} ${row.hosts.join(' ')}`;
      case 'rule':
        return row.matches
          .flatMap((block) => block.map((each) => `${each.name ?? ''} ${each.value}`))
          .join(' ');
      case 'port':
        return `:${row.port} ${row.subset ?? ''}`;
      default:
        return '';
    }
  });
  const hosts =
    node.kind === 'virtual-service' ? node.hosts.join(' ') : node.kind === 'destination' ? node.host : '';
  const text = `${node.name} ${node.namespace} ${hosts} ${rows.join(' ')}`.toLowerCase();
  texts.set(node, text);
  return text;
}
