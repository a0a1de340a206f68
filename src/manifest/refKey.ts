import type { ObjectRef, SourceRef } from './source.ts';

/** One written object, whatever its name: where it stands in the sources. */
export function objectKey(ref: ObjectRef): string {
  return ref.item === undefined
    ? `${ref.source}.${ref.document}`
    : `${ref.source}.${ref.document}.${ref.item}`;
}

/** One place in one written object. */
export function refKey(ref: SourceRef): string {
  return `${objectKey(ref.object)}:${ref.path.join('/')}`;
}

/** Whether the place `inner` is `outer` or lies in it. */
export function liesIn(inner: SourceRef, outer: SourceRef): boolean {
  if (objectKey(inner.object) !== objectKey(outer.object)) return false;
  return outer.path.every((step, index) => inner.path[index] === step);
}
