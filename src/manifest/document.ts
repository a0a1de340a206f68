import type { Finding } from '../validate/finding.ts';
import type { ComposedJson } from './json.ts';
import { completeItem, composeFrame, divideList, isList } from './list.ts';
import type { Json, JsonObject, Path, Span } from './source.ts';
import { follow, stepInto } from './walk.ts';
import { composeDocument } from './yaml/compose.ts';
import { evaluate, isJsonObject } from './yaml/evaluate.ts';
import type { Duplicate } from './yaml/evaluate.ts';
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

/** Below this length a list is read in one go. */
const shortList = 2048;

/** Reads one document of a text; `json` is given where the text was already read as JSON. */
export function readDocument(
  text: string,
  items: ItemMemory,
  json?: ComposedJson,
  jsonStart = 0,
): DocumentReading {
  const divided = json === undefined && text.length > shortList ? readList(text, items) : undefined;
  if (divided !== undefined) return divided;
  const shift = -jsonStart;
  const composed = json ?? composeDocument(text);
  if (composed.failure !== undefined) return readFailure(text, composed.failure);
  const { root } = composed;
  if (root === undefined) return { isEmpty: true, objects: [], problems: [] };
  const evaluated = evaluate(root);
  if (evaluated.failure !== undefined) return readFailure(text, moved(evaluated.failure, shift));
  if (evaluated.value === null) return { isEmpty: true, objects: [], problems: [] };
  const draft: Draft = { objects: [], problems: [] };
  const rest = json === undefined ? unreadRest(text, composed.end) : undefined;
  addValue(draft, evaluated.value, root, undefined, shift);
  addDuplicates(draft, evaluated.duplicates, evaluated.value, shift);
  if (rest !== undefined) {
    draft.problems.push({
      finding: { code: 'LINT204', path: [] },
      span: rest,
      object: draft.objects.length - 1,
    });
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

/** What stands behind the end of the document, comments aside: go-yaml reads one document of what kubectl hands to it. */
function unreadRest(text: string, end: number): Span | undefined {
  let pos = end;
  while (pos < text.length) {
    const next = text.indexOf('\n', pos);
    const lineEnd = next < 0 ? text.length : next;
    const line = text.slice(pos, lineEnd);
    const word = line.trim();
    if (word !== '' && word !== '...' && !word.startsWith('#')) {
      const start = pos + line.indexOf(word);
      return { start, end: start + word.length };
    }
    pos = lineEnd + 1;
  }
  return undefined;
}

function spanOf(node: Node, shift: number): Span {
  return { start: node.at + shift, end: node.end + shift };
}

/** The first key of an object: where a complaint about the whole is shown. */
function headOf(node: Node, shift: number): Span {
  const first = node.kind === 'map' ? node.entries[0]?.key : undefined;
  return spanOf(first ?? node, shift);
}

function addValue(draft: Draft, value: Json, node: Node, item: number | undefined, shift: number): number {
  if (isJsonObject(value) && isList(value)) {
    const items = Array.isArray(value['items']) ? value['items'] : [];
    const itemsNode = stepInto(node, 'items')?.node;
    let number = item ?? 0;
    for (const [i, one] of items.entries()) {
      const itemNode = itemsNode === undefined ? node : (stepInto(itemsNode, i)?.node ?? node);
      number = addValue(draft, completeItem(one, value), itemNode, number, shift);
    }
    return number;
  }
  if (isJsonObject(value)) addObject(draft, value, spanOf(node, shift), headOf(node, shift), item);
  else
    addUnreadable(
      draft,
      { code: 'LINT001', path: [], params: { reason: 'not-a-mapping' } },
      spanOf(node, shift),
      headOf(node, shift),
      item,
    );
  return (item ?? 0) + 1;
}

function addUnreadable(
  draft: Draft,
  finding: Finding,
  span: Span,
  at: Span,
  item: number | undefined,
  known = {},
): void {
  draft.objects.push({ status: 'unreadable', ...(item === undefined ? {} : { item }), ...known, span });
  draft.problems.push({ finding, span: at, object: draft.objects.length - 1 });
}

function addObject(draft: Draft, value: JsonObject, span: Span, head: Span, item: number | undefined): void {
  const { kind, apiVersion, metadata } = value;
  const name = isJsonObject(metadata ?? null) ? (metadata as JsonObject)['name'] : undefined;
  const namespace = isJsonObject(metadata ?? null) ? (metadata as JsonObject)['namespace'] : undefined;
  const named = {
    name: typeof name === 'string' ? name : '',
    ...(typeof namespace === 'string' && namespace !== '' ? { namespace } : {}),
  };
  if (typeof kind === 'string' && kind !== '' && typeof apiVersion === 'string' && apiVersion !== '') {
    draft.objects.push({
      status: 'read',
      ...(item === undefined ? {} : { item }),
      kind,
      ...named,
      apiVersion,
      value,
      span,
    });
    return;
  }
  const field = typeof kind === 'string' && kind !== '' ? 'apiVersion' : 'kind';
  const known = {
    ...(typeof kind === 'string' && kind !== '' ? { kind } : {}),
    ...(named.name === '' ? {} : named),
  };
  addUnreadable(draft, { code: 'LINT002', path: [], params: { field } }, span, head, item, known);
}

/** Each repeated key, as a problem of the object that it stands in. */
function addDuplicates(draft: Draft, duplicates: readonly Duplicate[], root: Json, shift: number): void {
  if (duplicates.length === 0) return;
  const numbers = isJsonObject(root) && isList(root) ? itemNumbers(root) : undefined;
  for (const { path, key } of duplicates) {
    const [object, inside] = numbers === undefined ? [0, path] : within(numbers, path);
    draft.problems.push({ finding: duplicateFinding(inside), span: spanOf(key, shift), object });
  }
}

function duplicateFinding(path: Path): Finding {
  return { code: 'LINT005', path, part: 'key', params: { key: String(path.at(-1)) } };
}

/** For each list, how its items are numbered: the number of a plain item, the numbers of a list in the list. */
type Numbers = readonly (number | Numbers)[];

function itemNumbers(root: JsonObject): Numbers {
  let next = 0;
  const visit = (list: JsonObject): Numbers => {
    const items = Array.isArray(list['items']) ? (list['items'] as readonly Json[]) : [];
    return items.map((item) => (isJsonObject(item) && isList(item) ? visit(item) : next++));
  };
  return visit(root);
}

function within(numbers: Numbers, path: Path): [object: number, inside: Path] {
  let at: number | Numbers | undefined = numbers;
  let depth = 0;
  while (typeof at === 'object' && path[depth] === 'items' && typeof path[depth + 1] === 'number') {
    at = at[path[depth + 1] as number];
    depth += 2;
  }
  return typeof at === 'number' && depth < path.length ? [at, path.slice(depth)] : [-1, path];
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
    if (!isJsonObject(value)) return undefined;
    addObject(draft, value, movedSpan(item.span, start), movedSpan(item.head, start), number);
    for (const { path, span } of item.duplicates) {
      draft.problems.push({ finding: duplicateFinding(path), span: movedSpan(span, start), object: number });
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
  if (failure !== undefined || !isJsonObject(value) || isList(value) || node !== follow(node))
    return undefined;
  return {
    value,
    span: spanOf(node, 0),
    head: headOf(node, 0),
    duplicates: duplicates.map(({ path, key }) => ({ path, span: spanOf(key, 0) })),
  };
}
