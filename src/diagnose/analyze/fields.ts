import type { Json, JsonObject } from '../../manifest/source.ts';

/*
 * Reading of objects that nobody has checked: what is missing or of another type reads as Go's zero value, as a field of a protobuf message
 * that was not set does.
 */

const NOTHING: JsonObject = {};

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function valueAt(from: JsonObject, ...keys: readonly string[]): Json | undefined {
  let value: Json | undefined = from;
  for (const key of keys) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** Whether the field is there and not null: a message that is set, even an empty one. */
export function isSet(from: JsonObject, ...keys: readonly string[]): boolean {
  const value = valueAt(from, ...keys);
  return value !== undefined && value !== null;
}

export function objectAt(from: JsonObject, ...keys: readonly string[]): JsonObject {
  const value = valueAt(from, ...keys);
  return isObject(value) ? value : NOTHING;
}

export function textAt(from: JsonObject, ...keys: readonly string[]): string {
  const value = valueAt(from, ...keys);
  return typeof value === 'string' ? value : '';
}

/** Text that is a number counts as one, as it does in protobuf's JSON. */
export function numberAt(from: JsonObject, ...keys: readonly string[]): number {
  const value = valueAt(from, ...keys);
  if (typeof value === 'number') return value;
  const number = typeof value === 'string' && value !== '' ? Number(value) : 0;
  return Number.isFinite(number) ? number : 0;
}

/** The items in their places; one that is no object reads as an empty one, so that indexes stay right. */
export function objectsAt(from: JsonObject, ...keys: readonly string[]): readonly JsonObject[] {
  const value = valueAt(from, ...keys);
  return Array.isArray(value)
    ? (value as readonly Json[]).map((item) => (isObject(item) ? item : NOTHING))
    : [];
}

/** The items in their places; one that is no text reads as an empty one. */
export function textsAt(from: JsonObject, ...keys: readonly string[]): readonly string[] {
  const value = valueAt(from, ...keys);
  return Array.isArray(value)
    ? (value as readonly Json[]).map((item) => (typeof item === 'string' ? item : ''))
    : [];
}

/** A map of texts; null is an empty one, entries of other types are left out. */
export function mapAt(from: JsonObject, ...keys: readonly string[]): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  for (const [key, value] of Object.entries(objectAt(from, ...keys))) {
    if (typeof value === 'string' || value === null) result.set(key, value ?? '');
  }
  return result;
}
