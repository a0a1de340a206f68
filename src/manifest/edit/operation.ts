import type { Json, SourceRef, TextEdit } from '../source.ts';

/**
 * One change of a text, named by what it means for the objects. Paths are those of the text before the change. An empty path means the whole
 * object: the document, or, in a list, the item.
 */
export type Operation =
  /** Gives the place a new value; a map or list in its stead is replaced whole. */
  | { readonly kind: 'set'; readonly at: SourceRef; readonly value: Json }
  /** The same with YAML text, of which comments and spelling are kept where the place allows (not inside flow style). */
  | { readonly kind: 'replace'; readonly at: SourceRef; readonly yaml: string }
  /** Takes a field or item away, with the comments that belong to it; the last one leaves `{}` or `[]` behind. */
  | { readonly kind: 'remove'; readonly at: SourceRef }
  /** A new field `key` of the map at `at` (which may be empty or null): before another field, or at the end. */
  | {
      readonly kind: 'insert-field';
      readonly at: SourceRef;
      readonly key: string;
      readonly value: Json;
      readonly before?: string;
    }
  /** A new item of the list at `at` (which may be empty or null); `index` may be the length of the list. */
  | { readonly kind: 'insert-item'; readonly at: SourceRef; readonly index: number; readonly value: Json }
  /** The item at `at` gets the index `to` in its list, its comments go with it. */
  | { readonly kind: 'move-item'; readonly at: SourceRef; readonly to: number }
  /** A copy of an item or of a whole object, right behind it. */
  | { readonly kind: 'duplicate'; readonly at: SourceRef }
  | { readonly kind: 'rename-key'; readonly at: SourceRef; readonly key: string }
  /** A new document behind document `after` of the source, or at the end. */
  | {
      readonly kind: 'add-document';
      readonly source: number;
      readonly after?: number;
      readonly content: { readonly value: Json } | { readonly yaml: string };
    }
  /** Takes away a document with all that is in it: one that cannot be read, or a whole list. */
  | { readonly kind: 'remove-document'; readonly source: number; readonly document: number };

/** Why a change is not made; the text stays as it is. */
export type Refusal =
  | 'no-such-place'
  | 'unreadable-document'
  /** The place is written elsewhere and only repeated here. */
  | 'through-alias'
  /** An alias repeats what stands here, so that the change would reach another place too. */
  | 'shared-anchor'
  | 'key-exists'
  /** The key stands twice in its map: what is taken away would bring the other one back. */
  | 'repeated-key'
  | 'not-a-map'
  | 'not-a-list'
  | 'not-a-field'
  | 'no-such-index'
  /** The YAML text that was given cannot be read by itself. */
  | 'unreadable-text'
  /** Operations of one batch touch the same text. */
  | 'overlap'
  /** The new text would not read back as exactly the asked change. */
  | 'not-safe';

/** Edits are sorted by place, do not overlap, and apply to the text at once. */
export type EditResult = { readonly edits: readonly TextEdit[] } | { readonly refused: Refusal };

/** A replacement in the text at hand, before it is known which source that is. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
