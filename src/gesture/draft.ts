import { createTextCache, type TextCache } from '../manifest/documents.ts';
import { applyEdits, edit } from '../manifest/edit.ts';
import type { Operation, Refusal } from '../manifest/edit/operation.ts';
import { read } from '../manifest/read.ts';
import type { Json, SourceRef, TextEdit } from '../manifest/source.ts';
import { isObject, objectAt, valueAt, type Board } from './board.ts';
import { buildPlan } from './buildPlan.ts';
import type { Alongside, Gesture, GestureKind, GestureRefusal, GestureWarning, Planned } from './gesture.ts';
import { readBoard } from './readBoard.ts';

/** A gesture tried on a text: the edits, the text after them, and what is to be said first; or why it is not done. */
export type Draft =
  | {
      readonly kind: 'drafted';
      readonly edits: readonly TextEdit[];
      readonly text: string;
      readonly select?: SourceRef;
      readonly warnings: readonly GestureWarning[];
      readonly alongside: readonly Alongside[];
      /** It changes one field, or the order of a list, and so may land without being shown first. */
      readonly single: boolean;
    }
  | { readonly kind: 'refused'; readonly because: GestureRefusal };

export interface DraftOptions {
  readonly defaultNamespace?: string;
  readonly cache?: TextCache;
}

/** What a gesture writes into a text. The text is that of source 0; the draft is for exactly this text. */
export function draftGesture(text: string, gesture: Gesture, options: DraftOptions = {}): Draft {
  const { cache = createTextCache(), defaultNamespace = 'default' } = options;
  const board = readBoard(read([{ name: '', text }], { defaultNamespace, cache }), defaultNamespace);
  const plan = buildPlan(board, gesture);
  if (plan.kind === 'refused') return plan;
  const edited = editInTurn(text, plan, cache);
  if ('refused' in edited) return { kind: 'refused', because: { kind: 'text', because: edited.refused } };
  const { select, warnings, alongside } = plan;
  return {
    kind: 'drafted',
    ...edited,
    ...(select === undefined ? {} : { select }),
    warnings,
    alongside,
    single: isSingle(gesture, plan, board),
  };
}

type Edited = { readonly edits: readonly TextEdit[]; readonly text: string } | { readonly refused: Refusal };

/** The operations that land together, then those that follow; of several steps the edits become one, from the first change to the last. */
function editInTurn(text: string, { ops, afterwards = [] }: Planned, cache: TextCache): Edited {
  const first = edit(text, ops, cache);
  if ('edits' in first && afterwards.length === 0) {
    return { edits: first.edits, text: applyEdits(text, first.edits) };
  }
  // Neighbours that go together touch the same line between them: one after the other they can.
  const apart = 'refused' in first && ops.length > 1 ? fromTheEnd(ops) : [ops];
  let after = text;
  for (const operations of [...apart, ...afterwards.map((each) => [each])]) {
    const next = edit(after, operations, cache);
    if ('refused' in next) return 'refused' in first ? first : next;
    after = applyEdits(after, next.edits);
  }
  return { edits: [changedRange(text, after)], text: after };
}

/** One by one, so that none moves the place of another: what stands further down goes first. */
function fromTheEnd(ops: readonly Operation[]): Operation[][] {
  return ops
    .toReversed()
    .toSorted((a, b) => comparePlaces(placeOf(b), placeOf(a)))
    .map((operation) => [operation]);
}

function placeOf(operation: Operation): readonly (string | number)[] {
  if (operation.kind === 'add-document') return [operation.after ?? Infinity];
  if (operation.kind === 'remove-document') return [operation.document];
  const { object, path } = operation.at;
  const within = [object.document, object.item ?? 0, ...path];
  return operation.kind === 'insert-item' ? [...within, operation.index] : within;
}

/** Numbers by size; keys do not move each other. */
function comparePlaces(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (const [index, key] of a.entries()) {
    const other = b[index];
    if (typeof key === 'number' && typeof other === 'number' && key !== other) return key - other;
    if (key !== other) return 0;
  }
  return 0;
}

function changedRange(before: string, after: string): TextEdit {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let tail = 0;
  while (
    tail < most - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail += 1;
  }
  return { source: 0, start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}

/** Weights that move together are one gesture of the hand. */
const small: ReadonlySet<GestureKind> = new Set(['set-weight', 'share-evenly', 'rename-key', 'move']);

function isSingle(gesture: Gesture, { ops, afterwards = [], alongside }: Planned, board: Board): boolean {
  if (small.has(gesture.kind)) return true;
  if (ops.length > 1 || afterwards.length > 0 || alongside.length > 0) return false;
  return ops.every((operation) => leavesOf(operation, board) <= 1);
}

/** How many scalars an operation writes or takes away. */
function leavesOf(operation: Operation, board: Board): number {
  switch (operation.kind) {
    case 'set':
    case 'insert-field':
    case 'insert-item':
      return countLeaves(operation.value);
    case 'remove': {
      const { object, path } = operation.at;
      return countLeaves(valueAt(objectAt(board, object)?.value ?? null, path) ?? null);
    }
    case 'replace':
      return operation.yaml.trim().includes('\n') ? Infinity : 1;
    case 'move-item':
    case 'rename-key':
      return 1;
    case 'duplicate':
    case 'add-document':
    case 'remove-document':
      return Infinity;
  }
}

function countLeaves(value: Json): number {
  const inner = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : undefined;
  if (inner === undefined) return 1;
  return Math.max(
    1,
    inner.reduce<number>((all, each: Json) => all + countLeaves(each), 0),
  );
}
