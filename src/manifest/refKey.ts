import type { ObjectRef, SourceRef } from './source.ts';

/** Where an object is written, whatever its name, as a key of maps. */
export function objectKey({ source, document, item }: ObjectRef): string {
  return item === undefined ? `${source}.${document}` : `${source}.${document}.${item}`;
}

/** One place in one written object, as a key of maps; no key of YAML that can be read holds a NUL. */
export function refKey({ object, path }: SourceRef): string {
  return `${objectKey(object)}\0${path.join('\0')}`;
}

/** Whether the place `inner` is `outer` or lies in it. */
export function liesIn(inner: SourceRef, outer: SourceRef): boolean {
  if (objectKey(inner.object) !== objectKey(outer.object)) return false;
  return outer.path.every((step, index) => inner.path[index] === step);
}
