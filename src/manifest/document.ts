import type { Finding } from './finding.ts';
import type { ComposedJson } from './json.ts';
import { completeItem, composeFrame, divideList, hasKind, isList, shortList } from './list.ts';
import { composeObjects, type PlacedObject } from './objects.ts';
import type { Json, JsonObject, Path, Span } from './source.ts';
import { emptyRow, nextRow } from './textRow.ts';
import type { TextRow } from './textRow.ts';
import { composeDocument } from './yaml/compose.ts';
import { evaluate, isJsonObject } from './yaml/evaluate.ts';
import type { SyntaxFailure } from './yaml/failure.ts';
import type { Node } from './yaml/nodes.ts';

/** One object of a document, without what depends on the place of the document: spans are relative to its text. */
export type DocumentObject =
  | {
      readonly status: 'read';
      readonly item?: number;
      readonly kind: string;
      readonly name: string;
      readonly namespace?: string;
      readonly apiVersion: string;
      readonly value: JsonObject;
      readonly span: Span;
    }
  | {
      readonly status: 'unreadable';
      readonly item?: number;
      readonly kind?: string;
      readonly name?: string;
      readonly namespace?: string;
      readonly span: Span;
    };

/** `object` is an index into the objects of the document. */
export interface DocumentProblem {
  readonly finding: Finding;
  readonly span: Span;
  readonly object: number;
}

export interface DocumentReading {
  readonly isEmpty: boolean;
  readonly objects: readonly DocumentObject[];
  readonly problems: readonly DocumentProblem[];
  /** Where the items of a list stand that was read item by item, each of them one object. */
  readonly list?: readonly Span[];
  /** What was read of the items of a list; undefined for one that cannot be read alone. */
  readonly items?: ItemRow;
}

export type ItemRow = TextRow<ItemReading | undefined>;

/** What is remembered of one item of a list: everything but its number. */
export interface ItemReading {
  readonly value: JsonObject;
  readonly span: Span;
  readonly head: Span;
  readonly duplicates: readonly { readonly path: Path; readonly span: Span }[];
}

export interface DocumentOptions {
  /** Where the text was already read as JSON: with offsets that count from `-shift`. */
  readonly json?: ComposedJson;
  readonly shift?: number;
  /** Of the document in whose place this one stands. */
  readonly items?: ItemRow | undefined;
  /** Is given the objects with their nodes, unless they were read item by item. */
  readonly keep?: (objects: readonly PlacedObject[]) => void;
}

interface Draft {
  readonly objects: DocumentObject[];
  readonly problems: DocumentProblem[];
}

/** Reads one document of a text. */
export function readDocument(text: string, options: DocumentOptions = {}): DocumentReading {
  const { json, shift = 0 } = options;
  const divided = json === undefined && text.length > shortList ? readList(text, options.items) : undefined;
  if (divided?.reading !== undefined) return divided.reading;
  const kept = divided && { items: divided.items };
  const composed = composeObjects(text, json);
  if (composed.status === 'empty') return { isEmpty: true, objects: [], problems: [] };
  if (composed.status === 'failed') return { ...readFailure(text, moved(composed.failure, shift)), ...kept };
  options.keep?.(composed.objects);
  const draft: Draft = { objects: [], problems: [] };
  for (const { value, node, item } of composed.objects) {
    addObject(draft, value, spanOf(node, shift), headOf(node, shift), item);
  }
  for (const { path, key, object } of composed.repeated) {
    draft.problems.push({ finding: repeatedKey(path), span: spanOf(key, shift), object });
  }
  if (composed.unread !== undefined) {
    draft.problems.push({ finding: { code: 'LINT204', path: [] }, span: composed.unread, object: 0 });
  }
  return { isEmpty: false, ...draft, ...kept };
}

/** A document that cannot be read at all. */
export function readFailure(text: string, failure: SyntaxFailure): DocumentReading {
  const { reason, found, start, end } = failure;
  const params = found === undefined ? { reason } : { reason, found };
  const finding: Finding = { code: 'LINT001', path: [], params };
  return {
    isEmpty: false,
    objects: [{ status: 'unreadable', ...guessIdentity(text), span: trimmedSpan(text) }],
    problems: [{ finding, span: { start, end }, object: 0 }],
  };
}

function moved(failure: SyntaxFailure, shift: number): SyntaxFailure {
  return { ...failure, start: failure.start + shift, end: failure.end + shift };
}

function trimmedSpan(text: string): Span {
  const start = Math.max(text.search(/\S/), 0);
  return { start, end: Math.max(start, text.trimEnd().length) };
}

/** Kind and name of a document that cannot be read, as far as its lines look like it. */
function guessIdentity(text: string): { kind?: string; name?: string; namespace?: string } {
  const kind = /^kind:[ \t]*["']?([A-Za-z0-9]+)/m.exec(text)?.[1];
  const metadata = /^metadata:[ \t]*\r?\n((?:[ \t]+.*\r?\n?|\r?\n)*)/m.exec(text)?.[1] ?? '';
  const name = /^ +name:[ \t]*["']?([\w.-]+)/m.exec(metadata)?.[1];
  const namespace = /^ +namespace:[ \t]*["']?([\w.-]+)/m.exec(metadata)?.[1];
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(name === undefined ? {} : { name }),
    ...(namespace === undefined ? {} : { namespace }),
  };
}

function spanOf(node: Node, shift: number): Span {
  return { start: node.at + shift, end: node.end + shift };
}

/** The first key of an object: where a complaint about the whole is shown. */
function headOf(node: Node, shift: number): Span {
  const first = node.kind === 'map' ? node.entries[0]?.key : undefined;
  return spanOf(first ?? node, shift);
}

function addObject(draft: Draft, value: Json, span: Span, head: Span, item: number | undefined): void {
  const numbered = item === undefined ? {} : { item };
  if (!isJsonObject(value)) {
    draft.objects.push({ status: 'unreadable', ...numbered, span });
    const finding: Finding = { code: 'LINT001', path: [], params: { reason: 'not-a-mapping' } };
    draft.problems.push({ finding, span: head, object: draft.objects.length - 1 });
    return;
  }
  const kind = textOf(value['kind']);
  const apiVersion = textOf(value['apiVersion']);
  const metadata = value['metadata'] ?? null;
  const name = isJsonObject(metadata) ? textOf(metadata['name']) : '';
  const namespace = isJsonObject(metadata) ? textOf(metadata['namespace']) : '';
  const placed = namespace === '' ? {} : { namespace };
  if (kind !== '' && apiVersion !== '') {
    draft.objects.push({ status: 'read', ...numbered, kind, name, ...placed, apiVersion, value, span });
    return;
  }
  const known = { ...(kind === '' ? {} : { kind }), ...(name === '' ? {} : { name }), ...placed };
  draft.objects.push({ status: 'unreadable', ...numbered, ...known, span });
  const finding: Finding = {
    code: 'LINT002',
    path: [],
    params: { field: kind === '' ? 'kind' : 'apiVersion' },
  };
  draft.problems.push({ finding, span: head, object: draft.objects.length - 1 });
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function repeatedKey(path: Path): Finding {
  return { code: 'LINT005', path, part: 'key', params: { key: String(path.at(-1)) } };
}

/**
 * A list in block style, item by item, so that an edit costs the reading of one item. Where that cannot be done, only what was read of the items, for the
 * time after this.
 */
function readList(
  text: string,
  before: ItemRow = emptyRow(),
): { readonly items: ItemRow; readonly reading?: DocumentReading } | undefined {
  const divided = divideList(text);
  const root = divided && composeFrame(divided.frame)?.root;
  if (divided === undefined) return undefined;
  if (root === undefined) return { items: before };
  const frame = evaluate(root);
  if (frame.failure !== undefined || frame.duplicates.length > 0) return { items: before };
  if (!isJsonObject(frame.value) || !hasKind(frame.value)) return { items: before };
  const texts = divided.items.map(({ start, end }) => text.slice(start, end));
  const items = nextRow(before, texts, (number) => composeItem(texts[number] ?? ''));
  const draft: Draft = { objects: [], problems: [] };
  for (const [number, { start }] of divided.items.entries()) {
    const item = items.values[number];
    if (item === undefined) return { items };
    const value = completeItem(item.value, frame.value);
    addObject(draft, value, movedSpan(item.span, start), movedSpan(item.head, start), number);
    for (const { path, span } of item.duplicates) {
      draft.problems.push({ finding: repeatedKey(path), span: movedSpan(span, start), object: number });
    }
  }
  return { items, reading: { isEmpty: false, ...draft, list: divided.items, items } };
}

function movedSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

function composeItem(text: string): ItemReading | undefined {
  const { root, end } = composeDocument(text);
  const node = root?.kind === 'sequence' && root.items.length === 1 ? root.items[0]?.node : undefined;
  if (node === undefined || end < text.length) return undefined;
  const { value, duplicates, failure } = evaluate(node);
  if (failure !== undefined || !isJsonObject(value) || isList(value)) return undefined;
  return {
    value,
    span: spanOf(node, 0),
    head: headOf(node, 0),
    duplicates: duplicates.map(({ path, key }) => ({ path, span: spanOf(key, 0) })),
  };
}
