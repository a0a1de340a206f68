import { remember } from '../remember.ts';
import type {
  FieldSchema,
  ListSchema,
  MapSchema,
  NumberSchema,
  ObjectSchema,
  TextSchema,
} from '../istio/schema/schema.ts';
import type { Json, JsonObject } from '../manifest/source.ts';
import { checkRule } from './celRules.ts';
import { nearestName } from './nearest.ts';
import { listAsBase64 } from './listAsBase64.ts';
import { refuse } from './report.ts';
import type { Report } from './report.ts';
import type { UnknownField } from './verdict.ts';

/** What is left of a value after pruning, with what is wrong with it. */
export interface Admitted {
  readonly stored: JsonObject;
  readonly unknownFields: readonly UnknownField[];
}

interface Walk {
  readonly report: Report;
  readonly unknownFields: UnknownField[];
  /** Keys and indexes from the root to the value that is looked at. */
  readonly path: (string | number)[];
}

/**
 * What the API server does with an object before any webhook sees it: unknown fields are pruned, null fields and null map values dropped, the rest
 * is held against types, bounds, required fields, keys of lists and CEL rules. Errors go to the report; without any, the stored value has
 * the shape of the schema. Values that need no change are not copied.
 */
export function validateSchema(root: ObjectSchema, value: JsonObject, report: Report): Admitted {
  const walk: Walk = { report, unknownFields: [], path: [] };
  const stored = admitObject(walk, root, value);
  return { stored, unknownFields: walk.unknownFields };
}

function admit(walk: Walk, schema: FieldSchema, value: Json): Json {
  switch (schema.type) {
    case 'any':
      return value;
    case 'text':
      if (schema.format === 'base64' && Array.isArray(value)) return listAsBase64(value) ?? value;
      if (typeof value !== 'string') return wrongType(walk, schema, value);
      checkText(walk, schema, value);
      break;
    case 'integer':
    case 'number':
      if (typeof value !== 'number') return wrongType(walk, schema, value);
      if (schema.type === 'integer' && !(Number.isInteger(value) && Math.abs(value) < 2 ** 63)) {
        return wrongType(walk, schema, value);
      }
      checkBounds(walk, schema, value);
      break;
    case 'integer-or-text':
      if (typeof value !== 'string' && !Number.isInteger(value)) return wrongType(walk, schema, value);
      break;
    case 'boolean':
      if (typeof value !== 'boolean') return wrongType(walk, schema, value);
      break;
    case 'list':
      return Array.isArray(value) ? admitList(walk, schema, value) : wrongType(walk, schema, value);
    case 'map':
      return isObject(value) ? admitMap(walk, schema, value) : wrongType(walk, schema, value);
    case 'object':
      return isObject(value) ? admitObject(walk, schema, value) : wrongType(walk, schema, value);
  }
  checkRules(walk, schema, value);
  return value;
}

function admitObject(walk: Walk, schema: ObjectSchema, value: JsonObject): JsonObject {
  const { fields, required, hiding } = indexOf(schema);
  const keys = Object.keys(value);
  let kept: Record<string, Json> | undefined;
  for (const [index, key] of keys.entries()) {
    const child = value[key] ?? null;
    const field = fields.get(key);
    if (!field && !schema.open) {
      const nearest = nearestName(key, fields.keys());
      walk.unknownFields.push({ path: [...walk.path, key], ...(nearest !== undefined && { nearest }) });
    }
    const dropped = child === null || (!field && !schema.open);
    const admitted = field && !dropped ? admitAt(walk, field, child, key) : child;
    if (dropped || admitted !== child) kept ??= copyOf(value, keys.slice(0, index));
    if (kept && !dropped) define(kept, key, admitted);
  }
  for (const [name, hidden] of hiding) {
    if (!Object.hasOwn(value, name) || !Object.hasOwn(kept ?? value, hidden)) continue;
    kept ??= copyOf(value, keys);
    delete kept[hidden];
  }
  const stored = kept ?? value;
  for (const name of required) {
    if (!Object.hasOwn(stored, name)) refuse(walk.report, 'LINT010', [...walk.path], { field: name });
  }
  for (const group of schema.exclusive ?? []) {
    const present = group.filter((name) => Object.hasOwn(stored, name));
    if (present.length > 1) refuse(walk.report, 'LINT013', [...walk.path], { got: present, want: group });
  }
  checkRules(walk, schema, stored);
  return stored;
}

function admitMap(walk: Walk, schema: MapSchema, value: JsonObject): JsonObject {
  const keys = Object.keys(value);
  let kept: Record<string, Json> | undefined;
  for (const [index, key] of keys.entries()) {
    const child = value[key] ?? null;
    const dropped = child === null && schema.emptyNulls !== true;
    const admitted = dropped ? null : admitAt(walk, schema.values, child ?? '', key);
    if (dropped || admitted !== child) kept ??= copyOf(value, keys.slice(0, index));
    if (kept && !dropped) define(kept, key, admitted);
  }
  const stored = kept ?? value;
  if (schema.maxEntries !== undefined) checkLength(walk, Object.keys(stored).length, 0, schema.maxEntries);
  checkRules(walk, schema, stored);
  return stored;
}

/** The fields of an object schema by name, and those that must be there. */
interface FieldIndex {
  readonly fields: ReadonlyMap<string, FieldSchema>;
  readonly required: readonly string[];
  /** Fields with another spelling that they hide. */
  readonly hiding: readonly (readonly [name: string, hidden: string])[];
}
const indexOf = remember((schema: ObjectSchema): FieldIndex => {
  const entries = Object.entries(schema.fields);
  const required = entries.filter(([, field]) => field.required).map(([name]) => name);
  const hiding = entries.flatMap(([name, { hides }]) =>
    hides === undefined ? [] : [[name, hides] as const],
  );
  return { fields: new Map(entries), required, hiding };
});

function copyOf(value: JsonObject, keys: readonly string[]): Record<string, Json> {
  const copy: Record<string, Json> = {};
  for (const key of keys) define(copy, key, value[key] ?? null);
  return copy;
}

function admitList(walk: Walk, schema: ListSchema, value: readonly Json[]): readonly Json[] {
  let kept: Json[] | undefined;
  for (const [index, item] of value.entries()) {
    const admitted = item === null ? nullItem(walk, index) : admitAt(walk, schema.items, item, index);
    if (admitted === item) continue;
    kept ??= [...value];
    kept[index] = admitted;
  }
  const stored = kept ?? value;
  checkLength(walk, stored.length, schema.minItems ?? 0, schema.maxItems);
  if (schema.keys) checkKeys(walk, schema.keys, stored);
  checkRules(walk, schema, stored);
  return stored;
}

function admitAt(walk: Walk, schema: FieldSchema, value: Json, step: string | number): Json {
  walk.path.push(step);
  const admitted = admit(walk, schema, value);
  walk.path.pop();
  return admitted;
}

/** An own property, whatever the key (`__proto__` too). */
function define(object: Record<string, Json>, key: string, value: Json): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}

function nullItem(walk: Walk, index: number): null {
  refuse(walk.report, 'LINT017', [...walk.path, index]);
  return null;
}

function wrongType(walk: Walk, schema: FieldSchema, value: Json): Json {
  refuse(walk.report, 'LINT008', [...walk.path], {
    got: typeOf(value),
    want: schema.type,
    value: shown(value),
  });
  return value;
}

function checkText(walk: Walk, schema: TextSchema, value: string): void {
  const choices = schema.choices;
  if (choices && !choices.some((choice) => choice.value === value)) {
    const want = choices.map((choice) => choice.value);
    const nearest = nearestName(value, want);
    refuse(walk.report, 'LINT009', [...walk.path], {
      got: value,
      want,
      ...(nearest !== undefined && { nearest }),
    });
  }
  // `length` counts more than characters only beyond the basic plane.
  if (schema.maxLength !== undefined && value.length > schema.maxLength) {
    checkLength(walk, Array.from(value).length, 0, schema.maxLength);
  }
  if (
    schema.format === 'base64' &&
    !/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/.test(value)
  ) {
    refuse(walk.report, 'LINT016', [...walk.path], { got: value });
  }
}

function checkBounds(walk: Walk, schema: NumberSchema, value: number): void {
  const { minimum = -Infinity, maximum = Infinity } = schema;
  if (value >= minimum && value <= maximum) return;
  refuse(walk.report, 'LINT012', [...walk.path], {
    got: value,
    ...(schema.minimum !== undefined && { minimum: schema.minimum }),
    ...(schema.maximum !== undefined && { maximum: schema.maximum }),
  });
}

function checkLength(walk: Walk, length: number, least: number, most: number | undefined): void {
  if (length < least) refuse(walk.report, 'LINT011', [...walk.path], { got: length, minimum: least });
  else if (most !== undefined && length > most)
    refuse(walk.report, 'LINT011', [...walk.path], { got: length, maximum: most });
}

/** Lists of type map: no two items may have the same keys. */
function checkKeys(walk: Walk, keys: readonly string[], items: readonly Json[]): void {
  const seen = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    if (!isObject(item)) continue;
    const identity = JSON.stringify(keys.map((key) => item[key] ?? null));
    const first = seen.get(identity);
    if (first === undefined) seen.set(identity, index);
    else
      refuse(walk.report, 'SE010', [...walk.path, index, keys[0] ?? ''], {
        got: shown(item[keys[0] ?? ''] ?? null),
        first,
      });
  }
}

function checkRules(walk: Walk, schema: FieldSchema, value: Json): void {
  if (!schema.rules) return;
  for (const rule of schema.rules) checkRule(walk.report, rule, value, walk.path);
}

/** Whether a value is a mapping. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'object';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return 'boolean';
}

/** A value for a sentence: itself if it is a scalar, else its beginning as JSON. */
function shown(value: Json): string | number | boolean {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value).slice(0, 80);
}
