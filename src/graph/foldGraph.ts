import type { EdgeEnd, Graph, GraphEdge, GraphNode, GroupNode } from './graph.ts';
import { layoutGraph } from './layoutGraph.ts';
import { box } from './node.ts';

/** A graph with more virtual services or destinations than this is folded. */
const MOST_OPEN = 40;
/** So many destinations of folded virtual services alone stay open beside them. */
const MOST_BESIDE = 6;

export interface Folding {
  /** Ids of nodes that stay: the way of the call, and what is selected. */
  readonly keep: ReadonlySet<string>;
  /** Ids of groups that the user opened. */
  readonly open: ReadonlySet<string>;
}

/**
 * Folds virtual services by namespace, and destinations that none of the open ones leads to, into one node each. A graph that is small enough is
 * given back as it is.
 */
export function foldGraph(graph: Graph, { keep, open }: Folding): Graph {
  const virtualServices = graph.nodes.filter((node) => node.kind === 'virtual-service');
  const destinations = graph.nodes.filter((node) => node.kind === 'destination');
  const groups = new Map<string, GraphNode[]>();
  const groupOf = new Map<string, string>();
  const fold = (node: GraphNode, group: string): void => {
    groupOf.set(node.id, group);
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [node]);
    else members.push(node);
  };
  if (virtualServices.length > MOST_OPEN) {
    for (const node of virtualServices) {
      const group = `group/rules/${node.namespace}`;
      if (!keep.has(node.id) && !open.has(group)) fold(node, group);
    }
  }
  const most = groups.size > 0 ? MOST_BESIDE : MOST_OPEN;
  if (!open.has(OTHERS)) {
    const reached = new Set(
      graph.edges.flatMap((edge) => (groupOf.has(edge.from.node) ? [] : [edge.to.node])),
    );
    const others = destinations.filter((node) => !reached.has(node.id) && !keep.has(node.id));
    if (others.length > most) for (const node of others) fold(node, OTHERS);
  }
  if (groups.size === 0) return graph;
  return layoutGraph(
    [
      ...graph.nodes.filter((node) => !groupOf.has(node.id)),
      ...[...groups].map(([id, members]) => groupNode(id, members)),
    ],
    foldEdges(graph.edges, groupOf),
  );
}

const OTHERS = 'group/destinations';

function groupNode(id: string, members: readonly GraphNode[]): GroupNode {
  const of = id === OTHERS ? 'destination' : 'virtual-service';
  const [first] = members;
  const rules = members.reduce((sum, node) => sum + node.rows.filter((row) => row.kind === 'rule').length, 0);
  const rows = of === 'destination' ? [] : [{ kind: 'summary' as const, id: `${id}#summary` }];
  return {
    kind: 'group',
    id,
    name: of === 'destination' ? '' : (first?.namespace ?? ''),
    namespace: first?.namespace ?? '',
    standing: members.some((node) => node.standing === 'part') ? 'part' : 'not-attached',
    of,
    count: members.length,
    rules,
    members: members.map((node) => node.id),
    rows,
    ...box('group', rows, of),
  };
}

/** Ends in a group lose their row; edges that become the same are one, attached if any of them is. */
function foldEdges(edges: readonly GraphEdge[], groupOf: ReadonlyMap<string, string>): readonly GraphEdge[] {
  const folded = new Map<string, GraphEdge>();
  for (const edge of edges) {
    const from = endOf(edge.from, groupOf);
    // From a group it does not matter which port.
    const to = groupOf.has(edge.from.node) ? { node: endOf(edge.to, groupOf).node } : endOf(edge.to, groupOf);
    if (from.node === to.node) continue;
    const id = `${from.row ?? from.node}>${to.row ?? to.node}`;
    const before = folded.get(id);
    if (before === undefined) folded.set(id, { ...edge, from, to });
    else if (before.standing !== 'part' && edge.standing === 'part')
      folded.set(id, { ...before, standing: 'part' });
  }
  return [...folded.values()];
}

function endOf(end: EdgeEnd, groupOf: ReadonlyMap<string, string>): EdgeEnd {
  const group = groupOf.get(end.node);
  return group === undefined ? end : { node: group };
}
