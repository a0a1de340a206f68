import { contentOfValue, contentOfYaml } from './content.ts';
import type { Content } from './content.ts';
import { addDocument, duplicateDocument, removeDocument } from './documents.ts';
import { changed } from './expected.ts';
import type { Change } from './expected.ts';
import { insertField, removePart, renameKey } from './fields.ts';
import { duplicateItem, insertItem, moveItem } from './items.ts';
import { eolOf, styleOf } from './layout.ts';
import type { Style } from './layout.ts';
import type { Operation, Refusal, Splice } from './operation.ts';
import { placeOf } from './place.ts';
import type { Place } from './place.ts';
import { spliceValue } from './values.ts';
import { objectNode } from '../locate.ts';
import { documentsOf } from '../documents.ts';
import type { TextCache } from '../documents.ts';
import { stepsTo } from '../walk.ts';
import { composeDocument } from '../yaml/compose.ts';
import type { ReadObject } from '../read.ts';
import type { Json, ObjectRef } from '../source.ts';

/** What an operation does to the text, and what it should do to the objects of it. */
export interface Plan {
  readonly splices: readonly Splice[];
  readonly meant: (objects: readonly Json[]) => readonly (Json | undefined)[] | undefined;
}

/** The plan of one operation on a text whose objects are `before`. */
export function planOf(
  text: string,
  operation: Operation,
  before: readonly ReadObject[],
  cache: TextCache,
): Plan | Refusal {
  if (operation.kind === 'add-document') return planAddition(text, operation, before, cache);
  if (operation.kind === 'remove-document') return planRemoval(text, operation.document, before, cache);
  const { at } = operation;
  const index = before.findIndex((object) => isAt(object, at.object));
  if (index < 0 || before[index]?.status !== 'read')
    return index < 0 ? 'no-such-place' : 'unreadable-document';
  if (at.path.length === 0 && at.object.item === undefined) {
    if (operation.kind === 'remove') return planRemoval(text, at.object.document, before, cache);
    if (operation.kind === 'duplicate') return planCopy(text, at.object, before, cache);
  }
  const place =
    at.path.length === 0 && at.object.item !== undefined
      ? itemPlace(text, at.object, cache)
      : placeOf(text, at, cache);
  if ('refused' in place) return place.refused;
  if (
    at.path.length === 0 &&
    operation.kind !== 'set' &&
    operation.kind !== 'replace' &&
    operation.kind !== 'insert-field'
  ) {
    return planItem(place, operation.kind, index);
  }
  return planChange(
    at.path.length === 0 ? { ...place, steps: [], root: place.node } : place,
    operation,
    index,
  );
}

function isAt(object: ReadObject, ref: ObjectRef): boolean {
  const place = object.status === 'read' ? object.ref : object;
  return place.document === ref.document && place.item === ref.item;
}

type ObjectOperation = Exclude<Operation, { kind: 'add-document' | 'remove-document' }>;

/** Changes within one object. */
function planChange(place: Place, operation: ObjectOperation, index: number): Plan | Refusal {
  const { path } = operation.at;
  switch (operation.kind) {
    case 'set': {
      return planned(spliceValue(place, contentOfValue(operation.value)), index, {
        kind: 'set',
        path,
        value: operation.value,
      });
    }
    case 'replace': {
      const content = contentOfYaml(operation.yaml);
      if (content === undefined) return 'unreadable-text';
      return planned(spliceValue(place, content), index, { kind: 'set', path, value: content.value });
    }
    case 'remove':
      return planned(removePart(place), index, { kind: 'remove', path });
    case 'insert-field': {
      const { key, value, before } = operation;
      return planned(insertField(place, key, value, before), index, {
        kind: 'insert',
        path: [...path, key],
        value,
      });
    }
    case 'insert-item': {
      const { value, index: at } = operation;
      return planned(insertItem(place, at, value), index, { kind: 'insert', path: [...path, at], value });
    }
    case 'move-item':
      return planned(moveItem(place, operation.to), index, { kind: 'move', path, to: operation.to });
    case 'duplicate': {
      const last = path.at(-1);
      if (typeof last !== 'number') return 'not-a-list';
      const copied = duplicateItem(place);
      return planned(copied, index, (value) => {
        const item = valueAt(value, path);
        return item === undefined
          ? undefined
          : changed(value, { kind: 'insert', path: [...path.slice(0, -1), last + 1], value: item });
      });
    }
    case 'rename-key':
      return planned(renameKey(place, operation.key), index, { kind: 'rename', path, key: operation.key });
  }
}

function planned(
  splices: Splice[] | Refusal,
  index: number,
  change: Change | ((value: Json) => Json | undefined),
): Plan | Refusal {
  if (typeof splices === 'string') return splices;
  const apply = typeof change === 'function' ? change : (value: Json) => changed(value, change);
  return { splices, meant: (objects) => objects.map((value, i) => (i === index ? apply(value) : value)) };
}

function valueAt(value: Json | undefined, path: readonly (string | number)[]): Json | undefined {
  let at: Json | undefined = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as { readonly [key: string | number]: Json })[key];
  }
  return at;
}

/** Whole items of a list. */
function planItem(place: Place, kind: Operation['kind'], index: number): Plan | Refusal {
  const splices =
    kind === 'remove' ? removePart(place) : kind === 'duplicate' ? duplicateItem(place) : 'not-a-field';
  if (typeof splices === 'string') return splices;
  return {
    splices,
    meant: (objects) =>
      kind === 'remove'
        ? objects.toSpliced(index, 1)
        : objects.toSpliced(index + 1, 0, objects[index] ?? null),
  };
}

/** The place of an item as a part of its list's document. */
function itemPlace(text: string, object: ObjectRef, cache: TextCache): Place | { readonly refused: Refusal } {
  const document = documentsOf(text, cache)[object.document];
  const item = objectNode(text, object.document, object.item, cache);
  const whole = document && (document.piece.json ?? composeDocument(document.text)).root;
  if (document === undefined || item === undefined || whole === undefined)
    return { refused: 'no-such-place' };
  const shift = document.piece.json === undefined ? document.piece.start : 0;
  const at = item.node.at + item.shift - shift;
  const steps = stepsTo(whole, at, item.node.end + item.shift - shift);
  const node = steps?.at(-1)?.node;
  if (steps === undefined || node === undefined) return { refused: 'no-such-place' };
  const style = styleOf(text, whole, shift);
  return { text, shift, root: whole, steps, node, isJson: document.piece.json !== undefined, style };
}

function planRemoval(
  text: string,
  document: number,
  before: readonly ReadObject[],
  cache: TextCache,
): Plan | Refusal {
  const found = documentsOf(text, cache)[document];
  if (found === undefined) return 'no-such-place';
  const isGone = before.map((object) => numberOf(object) === document);
  return {
    splices: removeDocument(text, found.piece),
    meant: (objects) => objects.filter((_, i) => isGone[i] !== true),
  };
}

function planCopy(
  text: string,
  ref: ObjectRef,
  before: readonly ReadObject[],
  cache: TextCache,
): Plan | Refusal {
  const found = documentsOf(text, cache)[ref.document];
  if (found === undefined) return 'no-such-place';
  const index = before.findIndex((object) => isAt(object, ref));
  const splices = duplicateDocument(text, found.piece, documentStyle(text, cache));
  return { splices, meant: (objects) => objects.toSpliced(index + 1, 0, objects[index] ?? null) };
}

function planAddition(
  text: string,
  operation: Extract<Operation, { kind: 'add-document' }>,
  before: readonly ReadObject[],
  cache: TextCache,
): Plan | Refusal {
  const content: Content | undefined =
    'yaml' in operation.content
      ? contentOfYaml(operation.content.yaml)
      : contentOfValue(operation.content.value);
  if (content === undefined) return 'unreadable-text';
  const { after } = operation;
  const piece = after === undefined ? undefined : documentsOf(text, cache)[after]?.piece;
  if (after !== undefined && piece === undefined) return 'no-such-place';
  const splices = addDocument(text, content, piece, documentStyle(text, cache));
  if (typeof splices === 'string') return splices;
  const next = after === undefined ? -1 : before.findIndex((object) => numberOf(object) > after);
  const index = next < 0 ? before.length : next;
  return { splices, meant: (objects) => objects.toSpliced(index, 0, content.value) };
}

function numberOf(object: ReadObject): number {
  return object.status === 'read' ? object.ref.document : object.document;
}

/** The user's style as the first document shows it. */
function documentStyle(text: string, cache: TextCache): Style {
  const first = documentsOf(text, cache).length === 0 ? undefined : objectNode(text, 0, undefined, cache);
  return first === undefined
    ? { step: 2, dash: 2, eol: eolOf(text) }
    : styleOf(text, first.node, first.shift);
}
