import type { Operation } from '../manifest/edit/operation.ts';
import type { ObjectRef, Path, SourceRef, Span } from '../manifest/source.ts';
import type { Params } from '../manifest/finding.ts';

/** What it means for the user: it will not work; it does something that few expect; it could be written better. */
export type Level = 'fail' | 'surprise' | 'style';

/** A finding at its place, with its level, and, where two things conflict, the other places. */
export interface Diagnostic {
  readonly code: string;
  readonly level: Level;
  readonly at: SourceRef;
  readonly part?: 'key' | 'value';
  /** Where `at` is drawn in the text that was analysed. */
  readonly span: Span;
  readonly others?: readonly SourceRef[];
  readonly params: Params;
  /** Mechanical remedies, best first; `kind` and its params are turned into English by `explain`. */
  readonly fixes?: readonly QuickFix[];
}

/** `fixEdits` turns it into edits of the text, when it is asked for. */
export interface QuickFix {
  readonly kind: string;
  readonly params: Params;
  readonly operations: readonly Operation[];
}

/** Identity of a diagnostic across edits, for dismissing it: code, object and path, never an offset. */
export interface DismissalKey {
  readonly code: string;
  readonly object?: ObjectRef;
  readonly path?: Path;
}
