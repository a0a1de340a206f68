import { fieldsAt } from '../istio/schema/kinds.ts';
import type { Json, JsonObject, ObjectRef, Path } from '../manifest/source.ts';
import { isObject, place, valueAt } from './board.ts';
import type { FieldValue } from './gesture.ts';
import type { Operation } from '../manifest/edit/operation.ts';

/**
 * The ops that give each field its value, several at once: what is missing on the way is written too, and what a removed field leaves
 * empty goes with it, up to the item of a list. Indexes of the paths count in `value`.
 */
export function putFields(object: ObjectRef, value: JsonObject, fields: readonly FieldValue[]): Operation[] {
  let after: Json = value;
  for (const { path, value: wanted } of fields) {
    after = wanted === undefined ? without(after, path) : withValue(after, path, wanted);
  }
  return differences(object, [], value, after);
}

/** A copy with `wanted` at the path; what stands in the way gives way. */
export function withValue(value: Json | undefined, path: Path, wanted: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return wanted;
  if (typeof key === 'number') {
    const items = Array.isArray(value) ? [...value] : [];
    const index = Math.min(key, items.length);
    items[index] = withValue(items[index], rest, wanted);
    return items;
  }
  const fields = isObject(value) ? value : {};
  const inner = Object.hasOwn(fields, key) ? fields[key] : undefined;
  return withField(fields, key, withValue(inner, rest, wanted));
}

/** A copy without what stands at the path, nor the maps and lists that are empty without it. */
function without(value: Json, path: Path): Json {
  const [key, ...rest] = path;
  if (key === undefined || valueAt(value, path) === undefined) return value;
  if (Array.isArray(value)) {
    if (rest.length === 0) return value.filter((_, index) => index !== key);
    return value.map((item, index) => (index === key ? without(item, rest) : item));
  }
  if (!isObject(value)) return value;
  const name = String(key);
  const inner = rest.length === 0 ? undefined : without(value[name] ?? null, rest);
  if (inner !== undefined && !isEmpty(inner)) return withField(value, name, inner);
  return Object.fromEntries(Object.entries(value).filter(([each]) => each !== name));
}

function isEmpty(value: Json): boolean {
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}

/** Not by assignment, which would not write a key `__proto__`. */
function withField(fields: JsonObject, key: string, value: Json): JsonObject {
  if (Object.hasOwn(fields, key)) {
    return Object.fromEntries(
      Object.entries(fields).map(([name, each]) => [name, name === key ? value : each]),
    );
  }
  return Object.fromEntries([...Object.entries(fields), [key, value]]);
}

/** The ops from one value to another, as small as may be; a list that became shorter is taken to have lost the items that differ first. */
function differences(object: ObjectRef, path: Path, before: Json, after: Json): Operation[] {
  if (before === after) return [];
  if (isObject(before) && isObject(after) && !isEmpty(before)) {
    return mapDifferences(object, path, before, after);
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length > 0) {
    return listDifferences(object, path, before, after);
  }
  return sameJson(before, after) ? [] : [{ kind: 'set', at: place(object, ...path), value: after }];
}

function mapDifferences(object: ObjectRef, path: Path, before: JsonObject, after: JsonObject): Operation[] {
  const ops: Operation[] = [];
  for (const [key, value] of Object.entries(before)) {
    const at = place(object, ...path, key);
    if (!Object.hasOwn(after, key)) ops.push({ kind: 'remove', at });
    else ops.push(...differences(object, [...path, key], value, after[key] ?? null));
  }
  for (const [key, value] of Object.entries(after)) {
    if (Object.hasOwn(before, key)) continue;
    const behind = usuallyBehind(object.kind, path, key, before);
    const at = place(object, ...path);
    ops.push({ kind: 'insert-field', at, key, value, ...(behind === undefined ? {} : { before: behind }) });
  }
  return ops;
}

/** The first of the fields that are there which people write behind a new one: `route` behind `match`, `http` behind `gateways`. */
function usuallyBehind(kind: string, path: Path, key: string, fields: JsonObject): string | undefined {
  const order = Object.keys(fieldsAt(kind, path));
  const own = order.indexOf(key);
  return own < 0 ? undefined : Object.keys(fields).find((each) => order.indexOf(each) > own);
}

function listDifferences(
  object: ObjectRef,
  path: Path,
  before: readonly Json[],
  after: readonly Json[],
): Operation[] {
  const ops: Operation[] = [];
  let taken = 0;
  for (const [index, value] of before.entries()) {
    const surplus = before.length - index - (after.length - taken);
    const next = after[taken];
    if (surplus > 0 && (next === undefined || !sameJson(value, next))) {
      ops.push({ kind: 'remove', at: place(object, ...path, index) });
      continue;
    }
    ops.push(...differences(object, [...path, index], value, next ?? null));
    taken += 1;
  }
  for (const value of after.slice(taken)) {
    ops.push({ kind: 'insert-item', at: place(object, ...path), index: before.length, value });
  }
  return ops;
}

function sameJson(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameJson(item, b[index] ?? null));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key] ?? null, b[key] ?? null))
  );
}
