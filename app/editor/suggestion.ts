/** Something to write at the cursor. `snippet` marks where the cursor goes next: `$1`, `$0`, `${1:text}`. */
export interface Suggestion {
  readonly label: string;
  readonly kind: 'field' | 'choice' | 'name' | 'document';
  readonly snippet: string;
  /** What it is, in a few words beside the label. */
  readonly detail?: string;
  readonly doc?: string;
  /** Earlier ones first. */
  readonly rank: number;
  /** Another completion should open right after it was taken. */
  readonly goOn?: boolean;
}
