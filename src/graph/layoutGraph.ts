import type { Graph, GraphEdge, GraphNode } from './graph.ts';
import { nodeWidth, rowMiddle } from './sizes.ts';

/** Left edges of the three columns, in CSS pixels at 100 %. */
export const COLUMNS = { entry: 20, rules: 240, destinations: 490 } as const;

const TOP = 72;
const GAP = { entry: 50, rules: 34, destinations: 26 } as const;
const MARGIN = 24;
const WIDTH = COLUMNS.destinations + nodeWidth('destination') + MARGIN;

type Column = keyof typeof COLUMNS;

/**
 * Gives every node its place: the column is known from its kind, the order in the first column is the one given. Virtual services follow the
 * mean of the rows that lead to them, destinations the rule that reaches them first, so that few edges cross. A node stands no higher than the
 * first thing that leads to it. Linear but for two sorts, and the same for the same input.
 */
export function layoutGraph(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Graph {
  const columns: Record<Column, GraphNode[]> = { entry: [], rules: [], destinations: [] };
  for (const node of nodes) columns[columnOf(node)].push(node);

  columns.rules = delegatesBelow(byMeanSource(columns.entry, edges, columns.rules), edges);
  const left = stack(columns.rules, 'rules', () => TOP);
  const entries = stackBeside(columns.entry, columns.rules, edges, left.tops);
  const reached = firstReached(columns.rules, columns.destinations, edges);
  const right = stack(
    reached.nodes,
    'destinations',
    (node) => left.tops.get(reached.from.get(node.id) ?? '') ?? TOP,
  );

  const placed = [
    ...place(columns.entry, 'entry', entries.tops),
    ...place(columns.rules, 'rules', left.tops),
    ...place(reached.nodes, 'destinations', right.tops),
  ];
  return {
    nodes: placed,
    edges,
    width: WIDTH,
    height: Math.max(left.bottom, entries.bottom, right.bottom) + MARGIN,
  };
}

function columnOf(node: GraphNode): Column {
  switch (node.kind) {
    case 'gateway':
    case 'mesh':
      return 'entry';
    case 'virtual-service':
      return 'rules';
    case 'destination':
      return 'destinations';
    case 'group':
      return node.of === 'destination' ? 'destinations' : 'rules';
  }
}

/** Sorts `targets` by the mean height of the rows of `sources` that lead to them; those that nothing leads to keep their order, at the end. */
function byMeanSource(
  sources: readonly GraphNode[],
  edges: readonly GraphEdge[],
  targets: readonly GraphNode[],
): GraphNode[] {
  const heights = new Map<string, number>();
  let top = 0;
  const tops = new Map<string, { readonly top: number; readonly node: GraphNode }>();
  for (const node of sources) {
    tops.set(node.id, { top, node });
    top += node.height + GAP.entry;
  }
  const sums = new Map<string, { sum: number; count: number }>();
  for (const edge of edges) {
    if (edge.kind !== 'binding') continue;
    const from = tops.get(edge.from.node);
    if (from === undefined) continue;
    const key = edge.from.row ?? edge.from.node;
    let height = heights.get(key);
    if (height === undefined) {
      height = from.top + rowMiddle(from.node, edge.from.row);
      heights.set(key, height);
    }
    const sum = sums.get(edge.to.node) ?? { sum: 0, count: 0 };
    sums.set(edge.to.node, { sum: sum.sum + height, count: sum.count + 1 });
  }
  const meanOf = (node: GraphNode): number => {
    const sum = sums.get(node.id);
    return sum === undefined ? Number.POSITIVE_INFINITY : sum.sum / sum.count;
  };
  const keyed = targets.map((node, index) => ({ node, index, mean: meanOf(node) }));
  keyed.sort((a, b) => (a.mean === b.mean ? a.index - b.index : a.mean < b.mean ? -1 : 1));
  return keyed.map((each) => each.node);
}

/** A delegate stands below the first virtual service that names it. */
function delegatesBelow(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): GraphNode[] {
  const delegates = new Map<string, string[]>();
  for (const { kind, from, to } of edges) {
    if (kind !== 'delegate') continue;
    const list = delegates.get(from.node);
    if (list === undefined) delegates.set(from.node, [to.node]);
    else list.push(to.node);
  }
  if (delegates.size === 0) return [...nodes];
  const named = new Set([...delegates.values()].flat());
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const placed = new Set<GraphNode>();
  const place = (node: GraphNode | undefined): void => {
    if (node === undefined || placed.has(node)) return;
    placed.add(node);
    for (const id of delegates.get(node.id) ?? []) place(byId.get(id));
  };
  for (const node of nodes) if (!named.has(node.id)) place(node);
  for (const node of nodes) place(node);
  return [...placed];
}

interface Stacked {
  readonly tops: ReadonlyMap<string, number>;
  readonly bottom: number;
}

/** Puts nodes below each other, each at its wish or below the one before it. */
function stack(nodes: readonly GraphNode[], column: Column, wish: (node: GraphNode) => number): Stacked {
  const tops = new Map<string, number>();
  let bottom = TOP - GAP[column];
  for (const node of nodes) {
    const top = Math.max(bottom + GAP[column], wish(node));
    tops.set(node.id, top);
    bottom = top + node.height;
  }
  return { tops, bottom };
}

/** Gateways stand at the first virtual service of theirs. */
function stackBeside(
  entries: readonly GraphNode[],
  targets: readonly GraphNode[],
  edges: readonly GraphEdge[],
  tops: ReadonlyMap<string, number>,
): Stacked {
  const rank = new Map(targets.map((node, index) => [node.id, index]));
  const first = new Map<string, { readonly id: string; readonly rank: number }>();
  const fed = new Set<string>();
  for (const edge of edges) {
    if (edge.kind !== 'binding') continue;
    const position = rank.get(edge.to.node);
    if (position === undefined) continue;
    const before = first.get(edge.from.node);
    if (before === undefined || position < before.rank)
      first.set(edge.from.node, { id: edge.to.node, rank: position });
  }
  return stack(entries, 'entry', (node) => {
    const target = first.get(node.id);
    if (target === undefined || fed.has(target.id)) return TOP;
    fed.add(target.id);
    return tops.get(target.id) ?? TOP;
  });
}

/** Destinations in the order in which rules, from top to bottom, first lead to them; the rest as given, at the end. */
function firstReached(
  rules: readonly GraphNode[],
  destinations: readonly GraphNode[],
  edges: readonly GraphEdge[],
): { readonly nodes: GraphNode[]; readonly from: ReadonlyMap<string, string> } {
  const rank = new Map(rules.map((node, index) => [node.id, index]));
  const reached = new Map<string, { readonly rank: number; readonly by: string }>();
  // The edges of one node come in the order of its rules.
  const width = edges.length + 1;
  edges.forEach((edge, index) => {
    if (edge.kind === 'binding') return;
    const node = rank.get(edge.from.node);
    if (node === undefined) return;
    const position = node * width + index;
    const before = reached.get(edge.to.node);
    if (before === undefined || position < before.rank)
      reached.set(edge.to.node, { rank: position, by: edge.from.node });
  });
  const keyed = destinations.map((node, index) => ({
    node,
    index,
    at: reached.get(node.id)?.rank ?? Number.POSITIVE_INFINITY,
  }));
  keyed.sort((a, b) => (a.at === b.at ? a.index - b.index : a.at < b.at ? -1 : 1));
  return {
    nodes: keyed.map((each) => each.node),
    from: new Map([...reached].map(([id, { by }]) => [id, by])),
  };
}

const placedBefore = new WeakMap<GraphNode, GraphNode>();

/** A node that stays where it was keeps its identity. */
function place(nodes: readonly GraphNode[], column: Column, tops: ReadonlyMap<string, number>): GraphNode[] {
  const x = COLUMNS[column];
  return nodes.map((node) => {
    const y = tops.get(node.id) ?? TOP;
    const before = placedBefore.get(node);
    if (before?.x === x && before.y === y) return before;
    const placed = { ...node, x, y };
    placedBefore.set(node, placed);
    return placed;
  });
}
