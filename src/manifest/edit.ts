import { contentOfValue, contentOfYaml } from './edit/content.ts';
import type { Content } from './edit/content.ts';
import { addDocument, duplicateDocument, removeDocument } from './edit/documents.ts';
import { changed, isEqual } from './edit/expected.ts';
import type { Change } from './edit/expected.ts';
import { insertField, removePart, renameKey } from './edit/fields.ts';
import { duplicateItem, insertItem, moveItem } from './edit/items.ts';
import { eolOf, styleOf } from './edit/layout.ts';
import type { Style } from './edit/layout.ts';
import type { EditResult, Operation, Refusal, Splice } from './edit/operation.ts';
import { placeOf } from './edit/place.ts';
import type { Place } from './edit/place.ts';
import { spliceValue } from './edit/values.ts';
import { createLocateCache, documentsOf, objectNode } from './locate.ts';
import type { LocateCache } from './locate.ts';
import { stepsTo } from './walk.ts';
import { composeDocument } from './yaml/compose.ts';
import { createReadCache, read } from './read.ts';
import type { ReadCache, ReadObject } from './read.ts';
import type { Json, ObjectRef, TextEdit } from './source.ts';

/** What edits of one text share with each other; without it each edit reads the text anew. */
export interface EditCache {
  readonly locate: LocateCache;
  readonly read: ReadCache;
}

export function createEditCache(): EditCache {
  return { locate: createLocateCache(), read: createReadCache() };
}

/** What an operation does to the text, and what it should do to the objects of it. */
interface Plan {
  readonly splices: readonly Splice[];
  readonly meant: (objects: readonly Json[]) => readonly (Json | undefined)[] | undefined;
}

/**
 * The smallest change of a text that does what the operations say, all at once: their paths are those of the text as it is. The new text is
 * read back before it is offered; what would not be exactly the asked change, and nothing else, is refused. `source` of the edits is that
 * of the operations, which all mean the same text.
 */
export function edit(
  text: string,
  asked: Operation | readonly Operation[],
  cache: EditCache = createEditCache(),
): EditResult {
  const operations: readonly Operation[] = 'kind' in asked ? [asked] : asked;
  const before = read([{ name: '', text }], { cache: cache.read }).objects;
  const plans: Plan[] = [];
  for (const operation of operations) {
    const plan = planOf(text, operation, before, cache.locate);
    if (typeof plan === 'string') return { refused: plan };
    plans.push(plan);
  }
  // From the end of the text to its beginning, so that no operation moves the place of one that is still to come.
  const ordered = plans.toSorted((a, b) => (b.splices[0]?.start ?? 0) - (a.splices[0]?.start ?? 0));
  const splices = plans
    .flatMap((plan) => plan.splices)
    .toSorted((a, b) => a.start - b.start || a.end - b.end);
  if (splices.some(({ end }, i) => end > (splices[i + 1]?.start ?? Infinity))) return { refused: 'overlap' };
  let meant: readonly (Json | undefined)[] | undefined = before.map(valueOf);
  for (const plan of ordered) meant = meant && plan.meant(meant as readonly Json[]);
  const safe = [splices, withLastLineEnd(text, splices)].find(
    (attempt) => attempt && meant && readsAs(text, attempt, meant, cache.read),
  );
  if (safe === undefined) return { refused: reasonOf(text) };
  const source = sourceOf(operations[0]);
  return {
    edits: safe
      .filter((splice) => text.slice(splice.start, splice.end) !== splice.text)
      .map((s) => ({ source, ...s })),
  };
}

/** The same with a line end at the end of the text, without which a block of lines loses its last one. */
function withLastLineEnd(text: string, splices: readonly Splice[]): readonly Splice[] | undefined {
  const last = splices.at(-1);
  if (last === undefined || last.end < text.length || last.text.endsWith('\n')) return undefined;
  return splices.with(-1, { ...last, text: last.text + eolOf(text) });
}

function readsAs(
  text: string,
  splices: readonly Splice[],
  meant: readonly (Json | undefined)[],
  cache: ReadCache,
): boolean {
  const { objects } = read([{ name: '', text: applySplices(text, splices) }], { cache });
  return meant.length === objects.length && objects.every((object, i) => isEqual(meant[i], valueOf(object)));
}

/** Applies edits of one source; they must be sorted and not overlap, as `edit` gives them. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return applySplices(text, edits);
}

function applySplices(text: string, splices: readonly Splice[]): string {
  let result = '';
  let pos = 0;
  for (const splice of splices) {
    result += text.slice(pos, splice.start) + splice.text;
    pos = splice.end;
  }
  return result + text.slice(pos);
}

/** The edits that undo others, as edits of the text that they made. */
export function invertEdits(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  let shift = 0;
  return edits.map(({ source, start, end, text: written }) => {
    const undo = {
      source,
      start: start + shift,
      end: start + shift + written.length,
      text: text.slice(start, end),
    };
    shift += written.length - (end - start);
    return undo;
  });
}

function sourceOf(operation: Operation | undefined): number {
  if (operation === undefined) return 0;
  return 'at' in operation ? operation.at.object.source : operation.source;
}

/** Objects that cannot be read stay so, whatever they are. */
function valueOf(object: ReadObject): Json {
  return object.status === 'read' ? object.value : null;
}

function reasonOf(text: string): Refusal {
  return /(^|[\s[{,:-])\*[\w-]/m.test(text) ? 'shared-anchor' : 'not-safe';
}

function planOf(
  text: string,
  operation: Operation,
  before: readonly ReadObject[],
  cache: LocateCache,
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
function itemPlace(
  text: string,
  object: ObjectRef,
  cache: LocateCache,
): Place | { readonly refused: Refusal } {
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
  cache: LocateCache,
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
  cache: LocateCache,
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
  cache: LocateCache,
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
function documentStyle(text: string, cache: LocateCache): Style {
  const first = documentsOf(text, cache).length === 0 ? undefined : objectNode(text, 0, undefined, cache);
  return first === undefined
    ? { step: 2, dash: 2, eol: eolOf(text) }
    : styleOf(text, first.node, first.shift);
}
