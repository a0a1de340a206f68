import { readDocument, readFailure } from './document.ts';
import type { DocumentReading } from './document.ts';
import type { PlacedObject } from './objects.ts';
import type { ReadObject } from './read.ts';
import type { JsonObject } from './source.ts';
import { split } from './split.ts';
import type { Piece } from './split.ts';
import { emptyRow, nextRow } from './textRow.ts';
import type { TextRow } from './textRow.ts';

/** A document that is not empty. Spans in `reading` count from the beginning of the piece. */
export interface DocumentText {
  readonly piece: Piece;
  readonly text: string;
  readonly reading: DocumentReading;
}

/**
 * What reading, locating and editing remember of texts from one call to the next, for each source the last text. What an edit has not touched keeps
 * its `value`, and mostly its whole `ReadObject`, by identity.
 */
export interface TextCache {
  readonly sources: SourceMemory[];
  /** By value. */
  readonly assembled: WeakMap<JsonObject, ReadObject>;
  /** The nodes of what was located last, by what was read of it; they take much more room than the text. */
  readonly nodes: Map<object, readonly PlacedObject[]>;
  /** Reading keeps the nodes too: for those who will ask for many places at once, and then clear `nodes`. */
  readonly keepsNodes: boolean;
}

interface SourceMemory {
  readonly text: string;
  readonly readings: TextRow<DocumentReading>;
  readonly documents: readonly DocumentText[];
}

export function createTextCache(keepsNodes = false): TextCache {
  return { sources: [], assembled: new WeakMap(), nodes: new Map(), keepsNodes };
}

/** The documents of a text that are not empty, in order: number n of an `ObjectRef` is the n-th of them. `source` says whose text the cache may have seen. */
export function documentsOf(text: string, cache: TextCache, source = 0): readonly DocumentText[] {
  const before = cache.sources[source];
  if (before?.text === text) return before.documents;
  limitNodes(cache);
  const pieces = split(text);
  const texts = pieces.map(({ start, end }) => text.slice(start, end));
  const readings = nextRow(
    before?.readings ?? emptyRow<DocumentReading>(),
    pieces.map(keyIn(texts)),
    (index, replaced) =>
      readPiece(pieces[index] ?? { start: 0, end: 0 }, texts[index] ?? '', replaced, cache),
  );
  const documents = pieces.flatMap((piece, index): DocumentText[] => {
    const reading = readings.values[index];
    return reading === undefined || reading.isEmpty ? [] : [{ piece, text: texts[index] ?? '', reading }];
  });
  cache.sources[source] = { text, readings, documents };
  return documents;
}

/** Gives up nodes as soon as they are many. */
export function limitNodes({ nodes }: TextCache): void {
  if (nodes.size > 200) nodes.clear();
}

/** What the reading of a piece depends on. */
function keyIn(texts: readonly string[]): (piece: Piece, index: number) => string {
  return ({ start, json, failure }, index) => {
    const text = texts[index] ?? '';
    if (failure !== undefined) {
      return `${failure.reason} ${failure.start - start} ${failure.end - start} ${failure.found ?? ''}\n${text}`;
    }
    return json === undefined ? text : `json ${text}`;
  };
}

function readPiece(
  { start, json, failure }: Piece,
  text: string,
  replaced: readonly DocumentReading[],
  { nodes, keepsNodes }: TextCache,
): DocumentReading {
  if (failure !== undefined) {
    return readFailure(text, { ...failure, start: failure.start - start, end: failure.end - start });
  }
  if (json !== undefined) return readDocument(text, { json, shift: -start });
  const items = replaced.find((each) => each.items !== undefined)?.items;
  let composed: readonly PlacedObject[] | undefined;
  const reading = readDocument(text, { items, keep: (objects) => (composed = objects) });
  if (keepsNodes && composed !== undefined) nodes.set(reading, composed);
  return reading;
}
