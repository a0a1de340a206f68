import { createLocateCache, locate, type LocateCache } from '../manifest/locate.ts';
import type { JsonObject, Source, SourceRef, Span } from '../manifest/source.ts';
import type { ReadableObject } from './fromReading.ts';
import { objectKey } from './places.ts';

/** Finds out where places are drawn, and remembers it for objects that an edit has not touched: relative to their beginning. */
export interface SpanCache {
  readonly locate: LocateCache[];
  /** For all sources. */
  readonly nodes: LocateCache['objects'];
  readonly relative: WeakMap<JsonObject, Map<string, Span>>;
}

export function createSpanCache(): SpanCache {
  return { locate: [], nodes: new Map(), relative: new WeakMap() };
}

/** Gives up the nodes, which take much more room than the text, when the places have been found. */
export function forgetNodes({ nodes }: SpanCache): void {
  nodes.clear();
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
      const memory = (cache.locate[at.object.source] ??= { ...createLocateCache(), objects: cache.nodes });
      const span = locate(text, at, part, memory) ?? { start, end: start };
      relative = { start: span.start - start, end: span.end - start };
      known.set(key, relative);
    }
    return { start: relative.start + start, end: relative.end + start };
  };
}
