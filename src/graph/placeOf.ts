import type { SourceRef } from '../manifest/source.ts';
import type { EdgeEnd, Graph } from './graph.ts';
import { objectKey, refKey } from '../manifest/refKey.ts';

/** Finds the part of the graph that stands for a place in the text: the row that holds it, else its node. */
export type PlaceOf = (ref: SourceRef) => EdgeEnd | undefined;

/** Prepares the lookup for one graph; a place in no object of the graph gives undefined. A Service that many rows name is its node. */
export function placesOf(graph: Graph): PlaceOf {
  const rows = new Map<string, EdgeEnd>();
  const nodes = new Map<string, EdgeEnd>();
  for (const node of graph.nodes) {
    if (node.at !== undefined && !nodes.has(objectKey(node.at.object))) {
      nodes.set(objectKey(node.at.object), { node: node.id });
    }
    for (const row of node.rows) {
      if (row.kind !== 'server' && row.kind !== 'rule' && row.kind !== 'port') continue;
      if (row.at === undefined) continue;
      const key = refKey(row.at);
      if (!rows.has(key)) rows.set(key, { node: node.id, row: row.id });
    }
  }
  return (ref) => {
    for (let length = ref.path.length; length > 0; length -= 1) {
      const place = rows.get(refKey({ object: ref.object, path: ref.path.slice(0, length) }));
      if (place !== undefined) return place;
    }
    return nodes.get(objectKey(ref.object));
  };
}
