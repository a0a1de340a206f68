import type { SourceRef } from '../manifest/source.ts';
import { objectKey, refKey } from '../manifest/refKey.ts';
import { remember } from '../remember.ts';
import type { EdgeEnd, Graph, GraphNode } from './graph.ts';

/** Finds the part of the graph that stands for a place in the text: the row that holds it, else its node. */
export type PlaceOf = (ref: SourceRef) => EdgeEnd | undefined;

/** The lookup for one graph; a place in no object of the graph gives undefined. A Service that many rows name is its node. */
export const placesOf = remember((graph: Graph): PlaceOf => {
  const rows = new Map<string, EdgeEnd>();
  const nodes = new Map<string, EdgeEnd>();
  for (const node of graph.nodes) {
    const own = placesIn(node);
    if (own.object !== undefined && !nodes.has(own.object)) nodes.set(own.object, { node: node.id });
    for (const [key, end] of own.rows) if (!rows.has(key)) rows.set(key, end);
  }
  return (ref) => {
    for (let length = ref.path.length; length > 0; length -= 1) {
      const place = rows.get(refKey({ object: ref.object, path: ref.path.slice(0, length) }));
      if (place !== undefined) return place;
    }
    return nodes.get(objectKey(ref.object));
  };
});

interface NodePlaces {
  /** Key of its object. */
  readonly object: string | undefined;
  readonly rows: readonly (readonly [key: string, end: EdgeEnd])[];
}

/** An edit elsewhere leaves nodes as they are. */
const placesIn = remember((node: GraphNode): NodePlaces => {
  const rows: (readonly [string, EdgeEnd])[] = [];
  for (const row of node.rows) {
    if (row.kind !== 'server' && row.kind !== 'rule' && row.kind !== 'port') continue;
    if (row.at !== undefined) rows.push([refKey(row.at), { node: node.id, row: row.id }]);
  }
  return { object: node.at && objectKey(node.at.object), rows };
});
