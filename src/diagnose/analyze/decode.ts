import { kindOf } from '../../istio/schema/kinds.ts';
import { int32, uint32 } from '../../istio/schema/schema.ts';
import type {
  Choice,
  FieldSchema,
  KindSchema,
  NumberSchema,
  ObjectSchema,
} from '../../istio/schema/schema.ts';
import { metadata as metadataSchema } from '../../istio/schema/shared.ts';
import type { Json, JsonObject } from '../../manifest/source.ts';
import { durationProblem } from '../../validate/duration.ts';
import { checkKeptTypes, isTime } from '../../validate/metadataFields.ts';
import { newReport } from '../../validate/report.ts';
import { isObject } from './fields.ts';

const UNREADABLE: unique symbol = Symbol('unreadable');
type Decoded<Value> = Value | typeof UNREADABLE;

const remembered = new WeakMap<JsonObject, JsonObject | null>();

/**
 * The object as `istioctl` decodes it from a file. The spec of Istio's kinds becomes a protobuf message: fields in snake case count, unknown
 * ones are left out. A value of a wrong type makes the whole object unreadable (undefined), in metadata and in Kubernetes' kinds too, as far
 * as their fields are described. Mirrors `protomarshal.ApplyJSON` and Go's JSON. Remembered by the identity of `value`.
 */
export function decodeMessage(apiVersion: string, kind: string, value: JsonObject): JsonObject | undefined {
  const known = remembered.get(value);
  if (known !== undefined) return known ?? undefined;
  const decoded = decodeFresh(kindOf(apiVersion, kind), value);
  remembered.set(value, decoded === UNREADABLE ? null : decoded);
  return decoded === UNREADABLE ? undefined : decoded;
}

function decodeFresh(schema: KindSchema | undefined, value: JsonObject): Decoded<JsonObject> {
  if (!hasReadableMetadata(value) || !isReadableStatus(value['status'] ?? {})) return UNREADABLE;
  if (schema === undefined) return value;
  if (schema.group !== 'networking.istio.io') return fits(schema.root, value) ? value : UNREADABLE;
  const specSchema = schema.root.fields['spec'];
  const spec = value['spec'] ?? null;
  if (specSchema?.type !== 'object' || spec === null) return value;
  const fields = isObject(spec) ? decodeObject(specSchema, spec) : UNREADABLE;
  return fields === UNREADABLE ? UNREADABLE : { ...value, spec: fields };
}

function hasReadableMetadata(value: JsonObject): boolean {
  const metadata = value['metadata'] ?? {};
  if (!isObject(metadata) || !fits(metadataSchema, metadata)) return false;
  const report = newReport();
  checkKeptTypes(report, metadata);
  return report.errors.length === 0;
}

/** As far as the analyzers read it, and the times of conditions, which break the whole object if they are none. */
function isReadableStatus(status: Json): boolean {
  if (!isObject(status)) return false;
  const conditions = status['conditions'] ?? [];
  if (!Array.isArray(conditions)) return false;
  return (conditions as readonly Json[]).every((condition) => {
    if (condition === null) return true;
    const time = isObject(condition) ? (condition['lastTransitionTime'] ?? null) : false;
    return time === null || (typeof time === 'string' && isTime(time));
  });
}

/** Whether Go can decode the value into a struct of these fields; null leaves any field as it is. */
function fits(schema: FieldSchema, value: Json): boolean {
  if (value === null) return true;
  switch (schema.type) {
    case 'object':
      return (
        isObject(value) &&
        Object.entries(value).every(([key, item]) => {
          const field = Object.hasOwn(schema.fields, key) ? schema.fields[key] : undefined;
          return field === undefined || fits(field, item);
        })
      );
    case 'list':
      return Array.isArray(value) && (value as readonly Json[]).every((item) => fits(schema.items, item));
    case 'map':
      return isObject(value) && Object.values(value).every((item) => fits(schema.values, item));
    case 'text':
      return typeof value === 'string';
    case 'integer':
      return Number.isInteger(value) && isWithin(Number(value), int32);
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer-or-text':
      return typeof value === 'string' || (Number.isInteger(value) && isWithin(Number(value), int32));
    case 'any':
      return true;
  }
}

function isWithin(value: number, { minimum, maximum }: typeof int32 | typeof uint32): boolean {
  return value >= minimum && value <= maximum;
}

function decodeObject(schema: ObjectSchema, value: JsonObject): Decoded<JsonObject> {
  const result: Record<string, Json> = {};
  for (const [key, given] of Object.entries(value)) {
    const name = Object.hasOwn(schema.fields, key) ? key : camelCase(key);
    const field = Object.hasOwn(schema.fields, name) ? schema.fields[name] : undefined;
    // The name in camel case wins over that in snake case, with a null too.
    if (field === undefined || given === null || (name !== key && Object.hasOwn(value, name))) continue;
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
      const items = (value as readonly Json[]).map((item) => decodeElement(schema.items, item));
      return items.every((item): item is Json => item !== UNREADABLE) ? items : UNREADABLE;
    }
    case 'map': {
      if (!isObject(value)) return UNREADABLE;
      const entries = Object.entries(value).map(
        ([key, item]) => [key, decodeElement(schema.values, item)] as const,
      );
      if (!entries.every((entry): entry is readonly [string, Json] => entry[1] !== UNREADABLE))
        return UNREADABLE;
      return Object.fromEntries(entries);
    }
    case 'text':
      if (schema.choices !== undefined) return decodeChoice(schema.choices, value);
      if (typeof value !== 'string') return UNREADABLE;
      return schema.format === 'duration' && durationProblem(value) === 'unreadable' ? UNREADABLE : value;
    case 'integer':
    case 'number':
      return decodeNumber(schema, value);
    case 'boolean':
      return typeof value === 'boolean' ? value : UNREADABLE;
    case 'integer-or-text':
    case 'any':
      return value;
  }
}

/** An item of a list or a value of a map; null is the zero value of its type, but no duration. */
function decodeElement(schema: FieldSchema, value: Json): Decoded<Json> {
  return decodeValue(schema, value ?? zeroOf(schema));
}

function zeroOf(schema: FieldSchema): Json {
  switch (schema.type) {
    case 'object':
    case 'map':
      return {};
    case 'list':
      return [];
    case 'text':
      return schema.choices?.[0]?.value ?? '';
    case 'integer':
    case 'number':
      return 0;
    case 'boolean':
      return false;
    case 'integer-or-text':
    case 'any':
      return null;
  }
}

/** By name, or by number, of which any will do. */
function decodeChoice(choices: readonly Choice[], value: Json): Decoded<Json> {
  if (typeof value === 'number' && Number.isInteger(value)) return choices[value]?.value ?? '';
  return choices.some((choice) => choice.value === value) ? value : UNREADABLE;
}

/** A number of JSON, in quotes or not; whole numbers within 32 bits, where the schema does not reach further. */
function decodeNumber(schema: NumberSchema, value: Json): Decoded<Json> {
  if (typeof value !== 'number' && typeof value !== 'string') return UNREADABLE;
  const text = typeof value === 'string' ? value.trim() : '0';
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(text)) return UNREADABLE;
  const number = Number(value);
  if (!Number.isFinite(number)) return UNREADABLE;
  if (schema.type === 'number') return number;
  const signed = (schema.minimum ?? -1) < 0;
  const { minimum, maximum } = signed ? int32 : uint32;
  const whole = Number.isInteger(number) && !/[.eE]/.test(text);
  return whole && number >= minimum && number <= Math.max(maximum, schema.maximum ?? 2 ** 64)
    ? number
    : UNREADABLE;
}
