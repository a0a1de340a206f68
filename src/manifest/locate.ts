import { readDocument } from './document.ts';
import type { ItemMemory, ItemReading } from './document.ts';
import { divideList, shortList } from './list.ts';
import { composeObjects } from './objects.ts';
import type { Json, Path, SourceRef, Span } from './source.ts';
import { split } from './split.ts';
import type { Piece } from './split.ts';
import { stepInto } from './walk.ts';
import type { Step } from './walk.ts';
import { composeDocument } from './yaml/compose.ts';
import { isMerge, plainKey } from './yaml/evaluate.ts';
import type { Node } from './yaml/nodes.ts';

/** What `locate` remembers between calls: the division of the last text, and the nodes of the objects last asked for. */
export interface LocateCache {
  text: string;
  documents: readonly DocumentText[];
  readonly items: Map<string, { readonly item: ItemReading | undefined }>;
  readonly objects: Map<string, readonly ObjectNode[]>;
}

/** A document that is not empty; `list` divides it where it is a long list in block style. */
export interface DocumentText {
  readonly piece: Piece;
  readonly text: string;
  readonly list: ListParts | undefined;
}

/** The text and the value of each item of a long list. */
interface ListParts {
  readonly items: readonly Span[];
  readonly values: readonly Json[];
}

/** The node of one object; `shift` turns its offsets into those of the whole text. */
export interface ObjectNode {
  readonly item?: number;
  readonly value: Json;
  readonly node: Node;
  readonly shift: number;
}

export function createLocateCache(): LocateCache {
  return { text: '', documents: [], items: new Map(), objects: new Map() };
}

/**
 * Where a path stands in the text of its source: `value` (anchor and tag included; nothing wide where no value is written), `key` (the dash
 * of an item), or the whole `entry`. A path that is not there gives the key of its nearest parent that is; an object that is not
 * there gives `undefined`. The last of equal keys counts. `ref.object.source` is not looked at.
 */
export function locate(
  text: string,
  ref: SourceRef,
  part: 'key' | 'value' | 'entry' = 'value',
  cache: LocateCache = createLocateCache(),
): Span | undefined {
  const object = objectNode(text, ref.object.document, ref.object.item, cache);
  if (object === undefined) return undefined;
  let node = object.node;
  let last: Step | undefined;
  for (const key of ref.path) {
    const step = stepInto(node, key);
    if (step === undefined)
      return moved(last === undefined ? headSpan(object.node) : keySpan(last), object.shift);
    last = step;
    node = step.node;
  }
  if (last === undefined)
    return moved(part === 'key' ? headSpan(node) : { start: node.at, end: node.end }, object.shift);
  return moved(
    part === 'key' ? keySpan(last) : part === 'entry' ? entrySpan(last) : valueSpan(last),
    object.shift,
  );
}

function moved({ start, end }: Span, shift: number): Span {
  return { start: start + shift, end: end + shift };
}

function headSpan(node: Node): Span {
  const first = node.kind === 'map' ? (node.entries[0]?.key ?? node) : node;
  return { start: first.at, end: first.end };
}

function valueSpan({ node }: Step): Span {
  return { start: node.at, end: node.end };
}

function keySpan(step: Step): Span {
  if (step.kind === 'entry') return { start: step.entry.key.at, end: step.entry.key.end };
  return step.parent.flow ? valueSpan(step) : { start: step.item.at, end: step.item.at + 1 };
}

function entrySpan(step: Step): Span {
  if (step.kind === 'item') return { start: step.item.at, end: step.node.end };
  return { start: step.entry.at, end: Math.max(step.node.end, step.entry.key.end, step.entry.colon + 1) };
}

/** The node of one object of a text, by its numbers in an `ObjectRef`. */
export function objectNode(
  text: string,
  document: number,
  item: number | undefined,
  cache: LocateCache,
): ObjectNode | undefined {
  const found = documentsOf(text, cache)[document];
  if (found === undefined) return undefined;
  if (found.list !== undefined)
    return item === undefined ? undefined : itemNode(found, found.list, item, cache);
  return objectsOf(found, cache).find((object) => object.item === item);
}

/** The documents of a text that are not empty, in order: number n of an `ObjectRef` is the n-th of them. */
export function documentsOf(text: string, cache: LocateCache): readonly DocumentText[] {
  if (cache.text === text && cache.documents.length > 0) return cache.documents;
  const documents: DocumentText[] = [];
  for (const piece of split(text)) {
    const own = text.slice(piece.start, piece.end);
    if (piece.failure !== undefined || piece.json !== undefined || looksFull(own) || isFull(own, cache)) {
      documents.push({ piece, text: own, list: listOf(piece, own, cache) });
    }
  }
  cache.text = text;
  cache.documents = documents;
  return documents;
}

/** A line that begins with a word and a colon: no document of blanks, comments or null. */
function looksFull(text: string): boolean {
  return /^[A-Za-z]\w*:/m.test(text.slice(0, 2000));
}

function isFull(text: string, cache: LocateCache): boolean {
  return !readDocument(text, memoryOf(cache)).isEmpty;
}

function memoryOf(cache: LocateCache): ItemMemory {
  return { get: (text) => cache.items.get(text), set: (text, entry) => cache.items.set(text, entry) };
}

/** The division of a list into items, where `read` would read it item by item. */
function listOf(piece: Piece, text: string, cache: LocateCache): ListParts | undefined {
  if (piece.json !== undefined || piece.failure !== undefined || text.length <= shortList) return undefined;
  const items = divideList(text)?.items;
  if (items === undefined) return undefined;
  if (cache.items.size > 20_000) cache.items.clear();
  const reading = readDocument(text, memoryOf(cache));
  const fits =
    reading.objects.length === items.length &&
    items.every(({ start, end }, i) => {
      const span = reading.objects[i]?.span;
      return span !== undefined && span.start >= start && span.end <= end;
    });
  const values = reading.objects.map((object) => (object.status === 'read' ? object.value : null));
  return fits ? { items, values } : undefined;
}

function itemNode(
  found: DocumentText,
  list: ListParts,
  item: number,
  cache: LocateCache,
): ObjectNode | undefined {
  const part = list.items[item];
  if (part === undefined) return undefined;
  const text = found.text.slice(part.start, part.end);
  const known = cache.objects.get(text)?.[0];
  const root = known === undefined ? composeDocument(text).root : undefined;
  const node = known?.node ?? (root?.kind === 'sequence' ? root.items[0]?.node : undefined);
  if (node === undefined) return undefined;
  const object = { item, value: list.values[item] ?? null, node, shift: found.piece.start + part.start };
  remember(cache, text, [object]);
  return object;
}

function objectsOf(found: DocumentText, cache: LocateCache): readonly ObjectNode[] {
  const { piece, text } = found;
  const shift = piece.json === undefined ? piece.start : 0;
  const key = piece.json === undefined ? yamlKey(text) : `${piece.start} ${text}`;
  const known = cache.objects.get(key);
  if (known !== undefined) return known.map((object) => ({ ...object, shift }));
  if (piece.failure !== undefined) return [];
  const composed = composeObjects(text, piece.json);
  const objects =
    composed.status === 'composed' ? composed.objects.map((object) => ({ ...object, shift })) : [];
  remember(cache, key, objects);
  return objects;
}

/** What the objects of a document in YAML are remembered by. */
export function yamlKey(text: string): string {
  return `yaml ${text}`;
}

function remember(cache: LocateCache, text: string, objects: readonly ObjectNode[]): void {
  if (cache.objects.size > 200) cache.objects.clear();
  cache.objects.set(text, objects);
}

export interface RefAtOptions {
  /** The namespace of documents that name none; `default` if absent. */
  readonly defaultNamespace?: string;
  readonly cache?: LocateCache;
}

/**
 * The deepest place whose text holds an offset: a field by its key, its colon or its value, an item from its dash on. Between objects, and in
 * documents that cannot be read, there is none. Comments and blanks inside an object belong to the collection around them.
 */
export function refAt(
  text: string,
  source: number,
  offset: number,
  options: RefAtOptions = {},
): SourceRef | undefined {
  const cache = options.cache ?? createLocateCache();
  const documents = documentsOf(text, cache);
  const document = documents.findIndex(({ piece }) => piece.start <= offset && offset <= piece.end);
  const found = documents[document];
  if (found === undefined) return undefined;
  const object = objectAt(found, offset, cache);
  if (object === undefined || typeof object.value !== 'object') return undefined;
  const value = object.value as { kind?: Json; apiVersion?: Json; metadata?: Json } | null;
  const kind = value?.kind;
  if (typeof kind !== 'string' || typeof value?.apiVersion !== 'string') return undefined;
  const metadata = value.metadata as { name?: Json; namespace?: Json } | null | undefined;
  const name = typeof metadata?.name === 'string' ? metadata.name : '';
  const written = typeof metadata?.namespace === 'string' ? metadata.namespace : '';
  const namespace = written === '' ? (options.defaultNamespace ?? 'default') : written;
  const item = object.item === undefined ? {} : { item: object.item };
  const path: (string | number)[] = [];
  descend(object.node, offset - object.shift, path);
  return { object: { kind, namespace, name, source, document, ...item }, path };
}

function objectAt(found: DocumentText, offset: number, cache: LocateCache): ObjectNode | undefined {
  if (found.list !== undefined) {
    const inside = offset - found.piece.start;
    const item = found.list.items.findIndex(({ start, end }) => start <= inside && inside < end);
    return itemNode(found, found.list, item, cache);
  }
  const objects = objectsOf(found, cache);
  const only = objects[0];
  if (objects.length === 1 && only !== undefined && only.item === undefined) return only;
  return objects.find(({ node, shift }) => node.at + shift <= offset && offset <= node.end + shift);
}

function descend(node: Node, offset: number, path: (string | number)[]): Path {
  if (node.kind === 'sequence') {
    const i = node.items.findIndex((item) => item.at <= offset && offset <= item.node.end);
    const item = node.items[i];
    if (item !== undefined) {
      path.push(i);
      descend(item.node, offset, path);
    }
  } else if (node.kind === 'map') {
    const entry = node.entries.find(
      ({ at, key, colon, value }) => at <= offset && offset <= Math.max(value.end, key.end, colon + 1),
    );
    const key = entry === undefined || isMerge(entry.key) ? undefined : plainKey(entry.key);
    if (entry !== undefined && key !== undefined) {
      path.push(key);
      if (offset >= entry.value.at && entry.value.end > entry.value.at) descend(entry.value, offset, path);
    }
  }
  return path;
}
