import type { Finding } from '../validate/finding.ts';
import { readDocument, readFailure } from './document.ts';
import type { DocumentObject, DocumentReading, ItemMemory, ItemReading } from './document.ts';
import { yamlKey, type LocateCache } from './locate.ts';
import type { JsonObject, ObjectRef, Source, Span } from './source.ts';
import { split } from './split.ts';
import type { Piece } from './split.ts';

export interface ReadOptions {
  /** The namespace of documents that name none; `default` if absent. */
  readonly defaultNamespace?: string;
  readonly cache?: ReadCache;
  /** Gets the nodes of the documents that are read anew, so that `locate` need not read them again. */
  readonly nodes?: LocateCache['objects'];
}

/** An object as kubectl would send it, of any kind, or a document (or item of a list) that cannot be read or has no kind or version. */
export type ReadObject =
  | {
      readonly status: 'read';
      readonly ref: ObjectRef;
      readonly apiVersion: string;
      readonly value: JsonObject;
      readonly span: Span;
    }
  | {
      readonly status: 'unreadable';
      readonly source: number;
      readonly document: number;
      readonly item?: number;
      readonly span: Span;
      /** As far as the broken text shows them. */
      readonly kind?: string;
      readonly name?: string;
      readonly namespace?: string;
    };

/**
 * What is wrong with the text itself. LINT001 has `params.reason`, one of `SyntaxReason`, and mostly `params.found`; LINT002 `field`;
 * LINT005 `key`; LINT204 stands at text behind the end of a document, which kubectl does not read. `span` is the exact place.
 */
export interface ReadProblem {
  readonly source: number;
  readonly document: number;
  readonly span: Span;
  readonly finding: Finding;
  readonly object?: ObjectRef;
}

export interface Reading {
  readonly objects: readonly ReadObject[];
  readonly problems: readonly ReadProblem[];
}

/**
 * What was read before, by the text of each document and each item of a list. What an edit has not touched keeps its `value`, and mostly
 * its whole `ReadObject`, by identity. Texts that two calls in a row did not need are forgotten.
 */
export interface ReadCache {
  documents: Generations<DocumentReading>;
  items: Generations<{ readonly item: ItemReading | undefined }>;
  readonly assembled: WeakMap<DocumentObject, ReadObject>;
}

interface Generations<Value> {
  current: Map<string, Value>;
  previous: Map<string, Value>;
}

export function createReadCache(): ReadCache {
  return { documents: createGenerations(), items: createGenerations(), assembled: new WeakMap() };
}

function createGenerations<Value>(): Generations<Value> {
  return { current: new Map(), previous: new Map() };
}

function recall<Value>(generations: Generations<Value>, text: string): Value | undefined {
  const known = generations.current.get(text);
  if (known !== undefined) return known;
  const older = generations.previous.get(text);
  if (older !== undefined) generations.current.set(text, older);
  return older;
}

function nextGeneration<Value>(generations: Generations<Value>): void {
  generations.previous = generations.current;
  generations.current = new Map();
}

/**
 * Reads texts as kubectl does (sigs.k8s.io/yaml): divides them into documents, takes lists apart, and gives each object as JSON. Bad input
 * becomes `unreadable` objects and problems at their places, and leaves the other documents alone.
 */
export function read(sources: readonly Source[], options: ReadOptions = {}): Reading {
  const cache = options.cache ?? createReadCache();
  nextGeneration(cache.documents);
  nextGeneration(cache.items);
  const reading: { objects: ReadObject[]; problems: ReadProblem[] } = { objects: [], problems: [] };
  for (const [source, { text }] of sources.entries()) {
    let document = 0;
    for (const piece of split(text)) {
      const one = readPiece(text, piece, cache, options.nodes);
      if (one.isEmpty) continue;
      const place: Place = {
        source,
        document,
        start: piece.start,
        namespace: options.defaultNamespace ?? 'default',
      };
      const first = reading.objects.length;
      for (const object of one.objects) reading.objects.push(assemble(object, place, cache));
      for (const { finding, span, object } of one.problems) {
        const owner = object < 0 ? undefined : reading.objects[first + object];
        reading.problems.push({
          source,
          document,
          span: { start: span.start + piece.start, end: span.end + piece.start },
          finding,
          ...(owner?.status === 'read' ? { object: owner.ref } : {}),
        });
      }
      document += 1;
    }
  }
  return reading;
}

function readPiece(
  source: string,
  piece: Piece,
  cache: ReadCache,
  nodes: ReadOptions['nodes'],
): DocumentReading {
  const text = source.slice(piece.start, piece.end);
  if (piece.failure !== undefined) {
    const { start, end } = piece.failure;
    return readFailure(text, { ...piece.failure, start: start - piece.start, end: end - piece.start });
  }
  const key = piece.json === undefined ? text : `json ${text}`;
  const known = recall(cache.documents, key);
  if (known !== undefined) return known;
  const items: ItemMemory = {
    get: (item) => recall(cache.items, item),
    set: (item, entry) => cache.items.current.set(item, entry),
  };
  const reading =
    piece.json === undefined
      ? readDocument(text, items, undefined, 0, (objects) =>
          nodes?.set(
            yamlKey(text),
            objects.map((object) => ({ ...object, shift: 0 })),
          ),
        )
      : readDocument(text, items, piece.json, -piece.start);
  cache.documents.current.set(key, reading);
  return reading;
}

interface Place {
  readonly source: number;
  readonly document: number;
  readonly start: number;
  readonly namespace: string;
}

function assemble(object: DocumentObject, place: Place, cache: ReadCache): ReadObject {
  const { source, document } = place;
  const span = { start: object.span.start + place.start, end: object.span.end + place.start };
  if (object.status === 'unreadable') return { ...object, source, document, span };
  const before = cache.assembled.get(object);
  const namespace = object.namespace ?? place.namespace;
  const known =
    before?.status === 'read' && isSameRef(before.ref, source, document, namespace) ? before : undefined;
  if (known !== undefined && known.span.start === span.start) return known;
  const { kind, name, item, apiVersion, value } = object;
  const ref = known?.ref ?? {
    kind,
    namespace,
    name,
    source,
    document,
    ...(item === undefined ? {} : { item }),
  };
  const assembled: ReadObject = { status: 'read', ref, apiVersion, value, span };
  cache.assembled.set(object, assembled);
  return assembled;
}

function isSameRef(ref: ObjectRef, source: number, document: number, namespace: string): boolean {
  return ref.source === source && ref.document === document && ref.namespace === namespace;
}
