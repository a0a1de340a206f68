import type { Finding } from './finding.ts';
import type { DocumentObject } from './document.ts';
import { createTextCache, documentsOf } from './documents.ts';
import type { TextCache } from './documents.ts';
import type { JsonObject, ObjectRef, Source, Span } from './source.ts';

export interface ReadOptions {
  /** The namespace of documents that name none; `default` if absent. */
  readonly defaultNamespace?: string;
  readonly cache?: TextCache;
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
 * Reads texts as kubectl does (sigs.k8s.io/yaml): divides them into documents, takes lists apart, and gives each object as JSON. Bad input
 * becomes `unreadable` objects and problems at their places, and leaves the other documents alone.
 */
export function read(sources: readonly Source[], options: ReadOptions = {}): Reading {
  const { cache = createTextCache(), defaultNamespace = 'default' } = options;
  const reading: { objects: ReadObject[]; problems: ReadProblem[] } = { objects: [], problems: [] };
  for (const [source, { text }] of sources.entries()) {
    for (const [document, { piece, reading: one }] of documentsOf(text, cache, source).entries()) {
      const place: Place = { source, document, start: piece.start, namespace: defaultNamespace };
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
    }
  }
  return reading;
}

interface Place {
  readonly source: number;
  readonly document: number;
  readonly start: number;
  readonly namespace: string;
}

function assemble(object: DocumentObject, place: Place, cache: TextCache): ReadObject {
  const { source, document } = place;
  const span = { start: object.span.start + place.start, end: object.span.end + place.start };
  if (object.status === 'unreadable') return { ...object, source, document, span };
  const { kind, name, item, apiVersion, value } = object;
  const before = cache.assembled.get(value);
  const namespace = object.namespace ?? place.namespace;
  // One value has one kind and one name.
  const known =
    before?.status === 'read' && isSameRef(before.ref, { source, document, item, namespace })
      ? before
      : undefined;
  if (known?.span.start === span.start && known.span.end === span.end) return known;
  const ref = known?.ref ?? {
    kind,
    namespace,
    name,
    source,
    document,
    ...(item === undefined ? {} : { item }),
  };
  const assembled: ReadObject = { status: 'read', ref, apiVersion, value, span };
  cache.assembled.set(value, assembled);
  return assembled;
}

function isSameRef(
  ref: ObjectRef,
  {
    source,
    document,
    item,
    namespace,
  }: Pick<ObjectRef, 'source' | 'document' | 'namespace'> & { readonly item: number | undefined },
): boolean {
  return (
    ref.source === source && ref.document === document && ref.item === item && ref.namespace === namespace
  );
}
