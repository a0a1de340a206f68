import type { ObjectRef, SourceRef } from '../manifest/source.ts';

/** Where an object is written, as a key of maps. */
export function objectKey({ source, document, item }: ObjectRef): string {
  return item === undefined ? `${source}/${document}` : `${source}/${document}/${item}`;
}

/** A place in an object, as a key of maps. */
export function keyOf({ object, path }: SourceRef): string {
  return `${objectKey(object)} ${path.join('\n')}`;
}
