/** One text that the user has open: a file, a paste, the editor's only tab. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/** A value as JSON has it; what kubectl makes of YAML before the API server sees it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Keys and indexes from the root of an object: `['spec', 'http', 0, 'route', 1]`. */
export type Path = readonly (string | number)[];

/** What Istio calls the object: a document without a namespace is already in the default one. */
export interface ResourceId {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/**
 * One object as written somewhere. The same `ResourceId` may be written twice, so where it stands belongs to it.
 * `document` counts from 0 over the documents of that source, empty ones left out; `item` counts over the items of a `kind: List`
 * (nested lists are flattened) and is absent outside one.
 */
export interface ObjectRef extends ResourceId {
  readonly source: number;
  readonly document: number;
  readonly item?: number;
}

/** A place in a manifest, by path and never by line: it survives edits, and becomes a line only when drawn. */
export interface SourceRef {
  readonly object: ObjectRef;
  readonly path: Path;
}

/** Half-open range of UTF-16 offsets into the text of one source. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Replace `start…end` of the text of source number `source` by `text`. */
export interface TextEdit extends Span {
  readonly source: number;
  readonly text: string;
}
