import type { Json, JsonObject, ObjectRef, Path, SourceRef } from '../manifest/source.ts';

/** What is to become of the text, by places; every place counts in the text as it stands before any of the ops. */
export type Op =
  | { readonly kind: 'set'; readonly at: SourceRef; readonly value: Json }
  | { readonly kind: 'insert'; readonly at: SourceRef; readonly value: Json }
  | { readonly kind: 'remove'; readonly at: SourceRef }
  | { readonly kind: 'move'; readonly at: SourceRef; readonly to: number }
  /** A copy of an item right behind it; `fields` (paths from the item) get other values in the copy. */
  | {
      readonly kind: 'duplicate';
      readonly at: SourceRef;
      readonly fields: readonly { readonly path: Path; readonly value?: Json }[];
    }
  | { readonly kind: 'rename-key'; readonly at: SourceRef; readonly key: string }
  | { readonly kind: 'write-yaml'; readonly at: SourceRef; readonly yaml: string }
  | {
      readonly kind: 'add-document';
      readonly source: number;
      readonly after?: ObjectRef;
      readonly value: JsonObject;
    }
  | { readonly kind: 'remove-document'; readonly object: ObjectRef }
  | { readonly kind: 'duplicate-document'; readonly object: ObjectRef; readonly name: string };
