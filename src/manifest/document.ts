import type { Finding } from '../validate/finding.ts';
import type { ComposedJson } from './json.ts';
import { completeItem, composeFrame, divideList, isList, shortList } from './list.ts';
import { composeObjects, type PlacedObject } from './objects.ts';
import type { Json, JsonObject, Path, Span } from './source.ts';
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
}

/** What is remembered of one item of a list: everything but its number. */
export interface ItemReading {
  readonly value: JsonObject;
  readonly span: Span;
  readonly head: Span;
  readonly duplicates: readonly { readonly path: Path; readonly span: Span }[];
}

/** Item texts that were read before; `undefined` for one that cannot be read alone. */
export interface ItemMemory {
  get(text: string): { readonly item: ItemReading | undefined } | undefined;
  set(text: string, entry: { readonly item: ItemReading | undefined }): void;
}

interface Draft {
  readonly objects: DocumentObject[];
  readonly problems: DocumentProblem[];
}

/**
 * Reads one document of a text; `json` is given where the text was already read as JSON, with offsets that count from `-shift`. `keep` is given the
 * objects with their nodes, unless they were read item by item.
 */
export function readDocument(
  text: string,
  items: ItemMemory,
  json?: ComposedJson,
  shift = 0,
  keep?: (objects: readonly PlacedObject[]) => void,
): DocumentReading {
  const divided = json === undefined && text.length > shortList ? readList(text, items) : undefined;
  if (divided !== undefined) return divided;
  const composed = composeObjects(text, json);
  if (composed.status === 'empty') return { isEmpty: true, objects: [], problems: [] };
  if (composed.status === 'failed') return readFailure(text, moved(composed.failure, shift));
  keep?.(composed.objects);
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
  return { isEmpty: false, ...draft };
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

/** A list in block style, item by item, so that an edit costs the reading of one item; `undefined` where that cannot be done. */
function readList(text: string, memory: ItemMemory): DocumentReading | undefined {
  const divided = divideList(text);
  const root = divided && composeFrame(divided.frame)?.root;
  if (divided === undefined || root === undefined) return undefined;
  const frame = evaluate(root);
  if (frame.failure !== undefined || frame.duplicates.length > 0 || !isJsonObject(frame.value))
    return undefined;
  const draft: Draft = { objects: [], problems: [] };
  for (const [number, { start, end }] of divided.items.entries()) {
    const item = readItem(text.slice(start, end), memory);
    if (item === undefined) return undefined;
    const value = completeItem(item.value, frame.value);
    addObject(draft, value, movedSpan(item.span, start), movedSpan(item.head, start), number);
    for (const { path, span } of item.duplicates) {
      draft.problems.push({ finding: repeatedKey(path), span: movedSpan(span, start), object: number });
    }
  }
  return { isEmpty: false, ...draft };
}

function movedSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

function readItem(text: string, memory: ItemMemory): ItemReading | undefined {
  const known = memory.get(text);
  if (known !== undefined) return known.item;
  const item = composeItem(text);
  memory.set(text, { item });
  return item;
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
