import { kindOf } from '../../istio/schema/kinds.ts';
import type { FieldSchema, ObjectSchema } from '../../istio/schema/schema.ts';
import type { Json, JsonObject } from '../../manifest/source.ts';
import { durationProblem } from '../../validate/duration.ts';
import { isObject } from './fields.ts';

const UNREADABLE: unique symbol = Symbol('unreadable');
type Decoded<Value> = Value | typeof UNREADABLE;

const remembered = new WeakMap<JsonObject, JsonObject | null>();

/**
 * The object as `istioctl` decodes it from a file into a protobuf message: fields in snake case count, unknown ones are left out, and a value of
 * a wrong type makes the whole object unreadable (undefined). Objects of kinds that have no schema here come back as they are. Mirrors
 * `protomarshal.ApplyJSON`. Remembered by the identity of `value`.
 */
export function decodeMessage(apiVersion: string, kind: string, value: JsonObject): JsonObject | undefined {
  const known = remembered.get(value);
  if (known !== undefined) return known ?? undefined;
  const schema = apiVersion.startsWith('networking.istio.io/') ? kindOf(apiVersion, kind) : undefined;
  const specSchema = schema?.root.fields['spec'];
  const spec = value['spec'];
  let decoded: JsonObject | null = value;
  if (specSchema?.type === 'object' && spec !== undefined && spec !== null) {
    const fields = isObject(spec) ? decodeObject(specSchema, spec) : UNREADABLE;
    decoded = fields === UNREADABLE ? null : { ...value, spec: fields };
  }
  remembered.set(value, decoded);
  return decoded ?? undefined;
}

function decodeObject(schema: ObjectSchema, value: JsonObject): Decoded<JsonObject> {
  const result: Record<string, Json> = {};
  for (const [key, given] of Object.entries(value)) {
    const name = Object.hasOwn(schema.fields, key) ? key : camelCase(key);
    const field = Object.hasOwn(schema.fields, name) ? schema.fields[name] : undefined;
    if (field === undefined || given === null) continue;
    const decoded = decodeValue(field, given);
    if (decoded === UNREADABLE) return UNREADABLE;
    result[name] = decoded;
  }
  return result;
}

function camelCase(key: string): string {
  return key.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

function decodeValue(schema: FieldSchema, value: Json): Decoded<Json> {
  switch (schema.type) {
    case 'object':
      return isObject(value) ? decodeObject(schema, value) : UNREADABLE;
    case 'list': {
      if (!Array.isArray(value)) return UNREADABLE;
      const items = (value as readonly Json[]).map((item) => decodeValue(schema.items, item));
      return items.every((item): item is Json => item !== UNREADABLE) ? items : UNREADABLE;
    }
    case 'map': {
      if (!isObject(value)) return UNREADABLE;
      const entries = Object.entries(value).map(
        ([key, item]) => [key, decodeEntry(schema.values, item)] as const,
      );
      if (!entries.every((entry): entry is readonly [string, Json] => entry[1] !== UNREADABLE))
        return UNREADABLE;
      return Object.fromEntries(entries);
    }
    case 'text':
      if (typeof value !== 'string') return UNREADABLE;
      if (schema.choices !== undefined && !schema.choices.some((choice) => choice.value === value))
        return UNREADABLE;
      return schema.format === 'duration' && durationProblem(value) === 'unreadable' ? UNREADABLE : value;
    case 'integer':
    case 'number': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      if (typeof number !== 'number' || Number.isNaN(number)) return UNREADABLE;
      return schema.type === 'integer' && !Number.isInteger(number) ? UNREADABLE : number;
    }
    case 'boolean':
      return typeof value === 'boolean' ? value : UNREADABLE;
    case 'integer-or-text':
    case 'any':
      return value;
  }
}

/** A null in a map of messages is an empty message. */
function decodeEntry(schema: FieldSchema, value: Json): Decoded<Json> {
  return decodeValue(schema, value === null && schema.type === 'object' ? {} : value);
}
