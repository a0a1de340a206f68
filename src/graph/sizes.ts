import type { GraphNode, GraphRow } from './graph.ts';

/** CSS pixels at 100 %. */
export const HEAD_HEIGHT = 46;

/** Height of a row in CSS pixels at 100 %. */
export function rowHeight(kind: GraphRow['kind']): number {
  switch (kind) {
    case 'server':
      return 42;
    case 'rule':
      return 46;
    case 'port':
      return 30;
    case 'rest':
    case 'reason':
    case 'summary':
      return 28;
  }
}

/** Height of a whole node: its head, its rows, and the border. */
export function nodeHeight(rows: readonly { readonly kind: GraphRow['kind'] }[]): number {
  let height = HEAD_HEIGHT;
  for (const row of rows) height += rowHeight(row.kind);
  return height + 2;
}

/** Where an edge meets a row, or the head if `row` is absent or unknown: its middle, counted from the top of the node. */
export function rowMiddle(node: Pick<GraphNode, 'rows'>, row?: string): number {
  if (row === undefined) return HEAD_HEIGHT / 2;
  let top = HEAD_HEIGHT;
  for (const each of node.rows) {
    const height = rowHeight(each.kind);
    if (each.id === row) return top + height / 2;
    top += height;
  }
  return HEAD_HEIGHT / 2;
}

/** Width of a node in CSS pixels at 100 %. */
export function nodeWidth(kind: GraphNode['kind'], of?: 'virtual-service' | 'destination'): number {
  switch (kind) {
    case 'gateway':
    case 'mesh':
      return 176;
    case 'virtual-service':
      return 184;
    case 'destination':
      return 128;
    case 'group':
      return of === 'destination' ? 128 : 184;
  }
}
