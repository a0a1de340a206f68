import type { ConnectEnd } from '../../src/gesture/gesture.ts';
import type { Graph, GraphNode } from '../../src/graph/graph.ts';

/** The end that a node (or one of its rows, as `row` says) is. */
export function endOf(node: GraphNode, row?: string): ConnectEnd | undefined {
  const its = row === undefined ? undefined : node.rows.find(({ id }) => id === row);
  const at = its !== undefined && 'at' in its ? its.at : undefined;
  if (at !== undefined) return { kind: 'place', at };
  if (node.at !== undefined) return { kind: 'place', at: node.at };
  if (node.kind !== 'destination') return undefined;
  return { kind: 'host', host: node.host, ...(its?.kind === 'port' && { port: its.port }) };
}

/** What a drawn line that ends on a point of the page ends at; undefined: at nothing. */
export function endAtPoint(graph: Graph, x: number, y: number): ConnectEnd | undefined {
  const under = document.elementFromPoint(x, y);
  const id = under?.closest('[data-node]')?.getAttribute('data-node');
  const node = graph.nodes.find((each) => each.id === id);
  const row = under?.closest('[data-row]')?.getAttribute('data-row') ?? undefined;
  return node === undefined ? undefined : endOf(node, row);
}
