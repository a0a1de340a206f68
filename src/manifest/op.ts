import type { Json, JsonObject, ObjectRef, Path, SourceRef } from './source.ts';

/**
 * What is to become of a text, by places. Of several ops that land together every place counts in the text as it stands before any of them;
 * `src/gesture` plans in these words.
 */
export type Op =
  /** Any value takes the place of the one that is there; a text keeps its style of quoting where it can. */
  | { readonly kind: 'set'; readonly at: SourceRef; readonly value: Json }
  /** A new field of a map, or a new item of a list in front of the one of that number (behind the last: the length). The parent exists. */
  | { readonly kind: 'insert'; readonly at: SourceRef; readonly value: Json }
  | { readonly kind: 'remove'; readonly at: SourceRef }
  /** An item, with its comments, takes the place of number `to` among the others. */
  | { readonly kind: 'move'; readonly at: SourceRef; readonly to: number }
  /** A copy of an item right behind it; `fields` (paths from the item) get other values in the copy. */
  | {
      readonly kind: 'duplicate';
      readonly at: SourceRef;
      readonly fields: readonly { readonly path: Path; readonly value: Json }[];
    }
  | { readonly kind: 'rename-key'; readonly at: SourceRef; readonly key: string }
  /** The value becomes what this YAML says, written as it stands, only indented. */
  | { readonly kind: 'write-yaml'; readonly at: SourceRef; readonly yaml: string }
  /** A document of its own behind the one that holds `after`, else at the end. */
  | {
      readonly kind: 'add-document';
      readonly source: number;
      readonly after?: ObjectRef;
      readonly value: JsonObject;
    }
  | { readonly kind: 'remove-document'; readonly object: ObjectRef }
  /** A copy right behind it, under another name. */
  | { readonly kind: 'duplicate-document'; readonly object: ObjectRef; readonly name: string };
