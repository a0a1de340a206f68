import type { Json, JsonObject, Path } from '../source.ts';
import { isJsonObject } from '../yaml/evaluate.ts';

/** What a change does to the value of one object: the function that it means, on the value at a path. */
export type Change =
  | { readonly kind: 'set'; readonly path: Path; readonly value: Json }
  | { readonly kind: 'remove'; readonly path: Path }
  | { readonly kind: 'insert'; readonly path: Path; readonly value: Json }
  | { readonly kind: 'move'; readonly path: Path; readonly to: number }
  | { readonly kind: 'rename'; readonly path: Path; readonly key: string };

/** The value after a change; the given one is not touched. `undefined` if the path leads nowhere. */
export function changed(value: Json, change: Change, depth = 0): Json | undefined {
  const key = change.path[depth];
  if (key === undefined) return change.kind === 'set' ? change.value : undefined;
  const isLast = depth === change.path.length - 1;
  if (typeof key === 'number') {
    if (!Array.isArray(value) && !(isLast && change.kind === 'insert' && value === null)) return undefined;
    return changedList(Array.isArray(value) ? value : [], key, change, depth, isLast);
  }
  if (!isJsonObject(value) && !(isLast && change.kind === 'insert' && value === null)) return undefined;
  return changedMap(isJsonObject(value) ? value : {}, key, change, depth, isLast);
}

function changedList(
  list: readonly Json[],
  index: number,
  change: Change,
  depth: number,
  isLast: boolean,
): Json | undefined {
  if (isLast && change.kind === 'insert') return list.toSpliced(index, 0, change.value);
  const old = list[index];
  if (old === undefined) return undefined;
  if (isLast && change.kind === 'remove') return list.toSpliced(index, 1);
  if (isLast && change.kind === 'move') return list.toSpliced(index, 1).toSpliced(change.to, 0, old);
  const item = changed(old, change, depth + 1);
  return item === undefined ? undefined : list.with(index, item);
}

function changedMap(
  map: JsonObject,
  key: string,
  change: Change,
  depth: number,
  isLast: boolean,
): Json | undefined {
  const fields = new Map(Object.entries(map));
  const old = fields.get(key);
  if (isLast && change.kind === 'insert') {
    fields.set(key, change.value);
  } else if (old === undefined) {
    return undefined;
  } else if (isLast && change.kind === 'remove') {
    fields.delete(key);
  } else if (isLast && change.kind === 'rename') {
    fields.delete(key);
    fields.set(change.key, old);
  } else {
    const field = changed(old, change, depth + 1);
    if (field === undefined) return undefined;
    fields.set(key, field);
  }
  return Object.fromEntries(fields);
}

/** Whether two JSON values are the same, whatever the order of their fields. */
export function isEqual(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((one: Json, i) => isEqual(one, b[i] as Json))
    );
  }
  const fields = Object.entries(a);
  return (
    fields.length === Object.keys(b).length &&
    fields.every(([key, one]) => Object.hasOwn(b, key) && isEqual(one as Json, (b as JsonObject)[key]))
  );
}
