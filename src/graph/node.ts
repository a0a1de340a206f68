import type { Exclusion, Rejection } from '../compile/decisions.ts';
import { objectKey } from '../manifest/refKey.ts';
import type { ObjectRef, SourceRef } from '../manifest/source.ts';
import type { GraphNode, GraphRow, Standing } from './graph.ts';
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

/** What the nodes of all objects have. */
export function head<Kind extends GraphNode['kind']>(
  kind: Kind,
  id: string,
  resource: { readonly namespace: string; readonly name: string; readonly at: ObjectRef },
  standing: Standing,
  rows: readonly GraphRow[],
) {
  const { namespace, name } = resource;
  const at: SourceRef = { object: resource.at, path: [] };
  return { kind, id, name, namespace, at, standing, ...box(kind, rows) };
}

/** The first loss at a place; below it too, unless it is to be `exact`. */
export function lossAt(losses: Losses, place: SourceRef, exact: boolean): Exclusion | Rejection | undefined {
  return losses.get(objectKey(place.object))?.find((each) => {
    const { path } = each.at;
    if (exact && path.length !== place.path.length) return false;
    return place.path.every((step, index) => path[index] === step);
  });
}
