import type { Exclusion, Rejection } from '../compile/decisions.ts';
import type { ObjectRef } from '../manifest/source.ts';
import type { GraphNode, GraphRow } from './graph.ts';
import { nodeHeight, nodeWidth } from './sizes.ts';

/** What is lost, by `objectKey` and then by place. */
export type Losses = ReadonlyMap<string, readonly (Exclusion | Rejection)[]>;

/** Id of the node of an object: kind, namespace and name, so that an edit elsewhere does not change it. */
export function nodeId(ref: Pick<ObjectRef, 'kind' | 'namespace' | 'name'>): string {
  return `${ref.kind}/${ref.namespace}/${ref.name}`;
}

/** A place to be laid out, of the size that kind and rows ask for. */
export function box(
  kind: GraphNode['kind'],
  rows: readonly GraphRow[],
  of?: 'virtual-service' | 'destination',
) {
  return { x: 0, y: 0, width: nodeWidth(kind, of), height: nodeHeight(rows) };
}
