import { createTextCache, documentsOf, limitNodes } from './documents.ts';
import type { DocumentText, TextCache } from './documents.ts';
import { composeObjects } from './objects.ts';
import type { PlacedObject } from './objects.ts';
import type { Json, Path, SourceRef, Span } from './source.ts';
import { stepInto } from './walk.ts';
import type { Step } from './walk.ts';
import { composeDocument } from './yaml/compose.ts';
import { isMerge, plainKey } from './yaml/evaluate.ts';
import type { Node } from './yaml/nodes.ts';

/** The node of one object; `shift` turns its offsets into those of the whole text. */
export interface ObjectNode extends PlacedObject {
  readonly shift: number;
}

/**
 * Where a path stands in the text of its source: `value` (anchor and tag included; nothing wide where no value is written), `key` (the dash
 * of an item), or the whole `entry`. A path that is not there gives the key of its nearest parent that is; an object that is not
 * there gives `undefined`. The last of equal keys counts.
 */
export function locate(
  text: string,
  ref: SourceRef,
  part: 'key' | 'value' | 'entry' = 'value',
  cache: TextCache = createTextCache(),
): Span | undefined {
  const { source, document, item } = ref.object;
  const object = objectNode(text, document, item, cache, source);
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
  cache: TextCache,
  source = 0,
): ObjectNode | undefined {
  const found = documentsOf(text, cache, source)[document];
  if (found === undefined) return undefined;
  if (found.reading.list !== undefined) return item === undefined ? undefined : itemNode(found, item, cache);
  const object = objectsOf(found, cache).find((each) => each.item === item);
  return object && { ...object, shift: shiftOf(found) };
}

/** The node of an item of a list that is read item by item. */
function itemNode(found: DocumentText, item: number, cache: TextCache): ObjectNode | undefined {
  const { list, items, objects } = found.reading;
  const span = list?.[item];
  const key = items?.values[item];
  if (span === undefined || key === undefined) return undefined;
  const known = cache.nodes.get(key) ?? composeItem(found.text.slice(span.start, span.end));
  const [placed] = known;
  if (placed === undefined) return undefined;
  keepNodes(cache, key, known);
  const object = objects[item];
  const value = object?.status === 'read' ? object.value : null;
  return { item, value, node: placed.node, shift: found.piece.start + span.start };
}

function composeItem(text: string): readonly PlacedObject[] {
  const { root } = composeDocument(text);
  const node = root?.kind === 'sequence' ? root.items[0]?.node : undefined;
  return node === undefined ? [] : [{ value: null, node }];
}

function objectsOf({ piece, text, reading }: DocumentText, cache: TextCache): readonly PlacedObject[] {
  if (piece.failure !== undefined) return [];
  const key = piece.json ?? reading;
  const known = cache.nodes.get(key);
  if (known !== undefined) return known;
  const composed = composeObjects(text, piece.json);
  const objects = composed.status === 'composed' ? composed.objects : [];
  keepNodes(cache, key, objects);
  return objects;
}

/** Offsets in JSON are those of the whole text. */
function shiftOf({ piece }: DocumentText): number {
  return piece.json === undefined ? piece.start : 0;
}

function keepNodes(cache: TextCache, key: object, objects: readonly PlacedObject[]): void {
  if (cache.nodes.get(key) === objects) return;
  limitNodes(cache);
  cache.nodes.set(key, objects);
}

export interface RefAtOptions {
  /** The namespace of documents that name none; `default` if absent. */
  readonly defaultNamespace?: string;
  readonly cache?: TextCache;
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
  const cache = options.cache ?? createTextCache();
  const documents = documentsOf(text, cache, source);
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

function objectAt(found: DocumentText, offset: number, cache: TextCache): ObjectNode | undefined {
  const { list } = found.reading;
  if (list !== undefined) {
    const inside = offset - found.piece.start;
    const item = list.findIndex(({ start, end }) => start <= inside && inside < end);
    return itemNode(found, item, cache);
  }
  const shift = shiftOf(found);
  const objects = objectsOf(found, cache);
  const only = objects[0];
  const object =
    objects.length === 1 && only?.item === undefined
      ? only
      : objects.find(({ node }) => node.at + shift <= offset && offset <= node.end + shift);
  return object && { ...object, shift };
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
