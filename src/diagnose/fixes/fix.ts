import type { Operation } from '../../manifest/edit/operation.ts';
import type { Json, JsonObject, Path, SourceRef } from '../../manifest/source.ts';
import type { Params } from '../../manifest/finding.ts';
import type { Diagnostic, QuickFix } from '../diagnostic.ts';

/** What a fix is made from. */
export interface Fault {
  readonly diagnostic: Diagnostic;
  /** The object as it was read. */
  readonly value: JsonObject;
  /** What is written at the place of the diagnostic. */
  readonly written: string;
}

/** The remedies for one code, best first; none where the place does not have the usual form. */
export type FixMaker = (fault: Fault) => readonly QuickFix[];

export function fix(kind: string, params: Params, ...operations: readonly Operation[]): QuickFix {
  return { kind, params, operations };
}

/** Another place in the object of the diagnostic. */
export function placeAt({ diagnostic: { at } }: Fault, path: Path): SourceRef {
  return { object: at.object, path };
}

export function set(fault: Fault, path: Path, value: Json): Operation {
  return { kind: 'set', at: placeAt(fault, path), value };
}

export function remove(fault: Fault, path: Path): Operation {
  return { kind: 'remove', at: placeAt(fault, path) };
}

export function renameKey(fault: Fault, path: Path, key: string): Operation {
  return { kind: 'rename-key', at: placeAt(fault, path), key };
}

export function insertField(fault: Fault, path: Path, key: string, value: Json, before?: string): Operation {
  return {
    kind: 'insert-field',
    at: placeAt(fault, path),
    key,
    value,
    ...(before !== undefined && { before }),
  };
}

export function insertItem(fault: Fault, path: Path, index: number, value: Json): Operation {
  return { kind: 'insert-item', at: placeAt(fault, path), index, value };
}

/** The value at a path of the object as it was read. */
export function read(fault: Fault, path: Path): Json | undefined {
  let here: Json | undefined = fault.value;
  for (const step of path) {
    if (Array.isArray(here) && typeof step === 'number') here = (here as readonly Json[])[step];
    else if (typeof here === 'object' && here !== null && !Array.isArray(here))
      here = (here as JsonObject)[step];
    else return undefined;
  }
  return here;
}

export function readObject(fault: Fault, path: Path): JsonObject | undefined {
  const value = read(fault, path);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

export function readList(fault: Fault, path: Path): readonly Json[] | undefined {
  const value = read(fault, path);
  return Array.isArray(value) ? (value as readonly Json[]) : undefined;
}

export function textParam({ diagnostic: { params } }: Fault, name: string): string | undefined {
  const value = params[name];
  return typeof value === 'string' ? value : undefined;
}

export function listParam({ diagnostic: { params } }: Fault, name: string): readonly string[] {
  const value = params[name];
  return typeof value === 'object' ? value : [];
}

// ── Makers that many codes share ────────────────────────────────────────────────────────────────────────────────────

/** Writes the text of a parameter at the place. */
export function setTo(param: string): FixMaker {
  return (fault) => {
    const want = textParam(fault, param);
    return want === undefined ? [] : [fix('set-value', { want }, set(fault, fault.diagnostic.at.path, want))];
  };
}

/** Writes what a function makes of the text at the place. */
export function setText(change: (text: string) => string | undefined): FixMaker {
  return (fault) => {
    const { path } = fault.diagnostic.at;
    const text = read(fault, path);
    const want = typeof text === 'string' ? change(text) : undefined;
    return want === undefined || want === text ? [] : [fix('set-value', { want }, set(fault, path, want))];
  };
}

/** Takes the field or item at the place away. */
export const removeIt: FixMaker = (fault) => {
  const { path } = fault.diagnostic.at;
  const last = path.at(-1);
  if (last === undefined || read(fault, path) === undefined) return [];
  return [
    typeof last === 'number'
      ? fix('remove-item', {}, remove(fault, path))
      : fix('remove-field', { field: last }, remove(fault, path)),
  ];
};

/** Takes the item away, if others are left: an empty list of conditions would mean something else. */
export const removeOneOf: FixMaker = (fault) =>
  (readList(fault, fault.diagnostic.at.path.slice(0, -1)) ?? []).length > 1 ? removeIt(fault) : [];

/** Gives the key at the place the name of a parameter, where there is none of that name yet. */
export function renameTo(param: string): FixMaker {
  return (fault) => {
    const { path } = fault.diagnostic.at;
    const want = textParam(fault, param);
    const parent = readObject(fault, path.slice(0, -1));
    if (want === undefined || !parent || Object.hasOwn(parent, want)) return [];
    return [fix('rename-field', { want }, renameKey(fault, path, want))];
  };
}
