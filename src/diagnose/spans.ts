import { createTextCache, type TextCache } from '../manifest/documents.ts';
import { locate } from '../manifest/locate.ts';
import type { JsonObject, Source, SourceRef, Span } from '../manifest/source.ts';
import type { ReadableObject } from './fromReading.ts';
import { objectKey } from '../manifest/refKey.ts';

/** Finds out where places are drawn, and remembers it for objects that an edit has not touched: relative to their beginning. */
export interface SpanCache {
  readonly texts: TextCache;
  readonly relative: WeakMap<JsonObject, Map<string, Span>>;
}

/** `texts` has best read the same sources already. */
export function createSpanCache(texts: TextCache = createTextCache()): SpanCache {
  return { texts, relative: new WeakMap() };
}

export type FindSpan = (at: SourceRef, part?: 'key' | 'value') => Span;

/** A function that gives the span of a place in these sources, from the objects by `objectKey`; what cannot be found is drawn at the beginning of its object. */
export function spanFinder(
  sources: readonly Source[],
  objects: ReadonlyMap<string, ReadableObject>,
  cache: SpanCache,
): FindSpan {
  return (at, part = 'value') => {
    const object = objects.get(objectKey(at.object));
    const text = sources[at.object.source]?.text ?? '';
    if (!object) return { start: 0, end: 0 };
    const known = cache.relative.get(object.value) ?? new Map<string, Span>();
    cache.relative.set(object.value, known);
    const key = `${part} ${at.path.join('\n')}`;
    const start = object.span.start;
    let relative = known.get(key);
    if (!relative) {
      const span = locate(text, at, part, cache.texts) ?? { start, end: start };
      relative = { start: span.start - start, end: span.end - start };
      known.set(key, relative);
    }
    return { start: relative.start + start, end: relative.end + start };
  };
}
