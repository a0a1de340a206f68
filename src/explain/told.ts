import type { SourceRef } from '../manifest/source.ts';
import type { Tone } from '../simulate/tone.ts';
import type { StepKind } from '../simulate/trace.ts';
import type { Phrase } from './phrase.ts';

/** A trace in English, in the order in which it is drawn. */
export interface ToldTrace {
  readonly outcome: ToldOutcome;
  readonly steps: readonly ToldStep[];
  /** What decides and is not simulated, or is taken for granted: said beside the answer. */
  readonly limits: readonly ToldLimit[];
}

export interface ToldLimit {
  readonly says: Phrase;
  readonly at: readonly SourceRef[];
}

export interface ToldOutcome {
  readonly tone: Tone;
  /** One clear sentence, without a stop. */
  readonly headline: string;
  /** What the client sees, and Envoy's words for it. */
  readonly detail: Phrase;
  /** One for each way in which it can end; empty if there is only one. */
  readonly shares: readonly ToldShare[];
  /** What the paste would have to hold for a better answer. */
  readonly wanting?: { readonly kind: 'service'; readonly name: string; readonly namespace: string };
}

export interface ToldShare {
  /** 0…1 */
  readonly share: number;
  readonly tone: Tone;
  readonly says: Phrase;
  readonly at: readonly SourceRef[];
}

export interface ToldStep {
  readonly kind: StepKind | 'not-asked';
  /** Envoy's name of the decision. */
  readonly title: string;
  /** Envoy's value, for the margin; may be empty. */
  readonly envoy: string;
  readonly says?: Phrase;
  readonly at: readonly SourceRef[];
  /** `stopped`: the call ends here; `skipped`: it never came here. */
  readonly state: 'passed' | 'stopped' | 'moved' | 'skipped';
  /** Drawn open. */
  readonly candidates: readonly Candidate[];
  /** Named, but drawn only on demand; `others` more are not named. */
  readonly folded: readonly Candidate[];
  readonly others: number;
  /** What the folded ones are: "3 passed over", "5 not reached". Absent: none. */
  readonly more?: string;
}

/** One that was tried. */
export interface Candidate {
  readonly mark: { readonly number: number } | { readonly tone: Tone } | 'none';
  readonly says: Phrase;
  readonly verdict: { readonly words: string; readonly tone: Tone | 'calm' | 'taken' };
  /** What it wants and what the call has, with the characters that decide marked. */
  readonly compared?: Compared;
  /** Envoy's name of it. */
  readonly envoy?: string;
  readonly note?: Phrase;
  readonly at: readonly SourceRef[];
  /** Draws the eye: the one that failed, or the nearest miss. */
  readonly open: boolean;
  readonly remedy?: Remedy;
}

export interface Compared {
  readonly wants: Marked;
  readonly got: Marked;
}

/** Text in pieces. `differs` and `equal` are underlined; `words` is ours and not a value. */
export type Marked = readonly {
  readonly text: string;
  readonly mark: 'plain' | 'equal' | 'differs' | 'words';
}[];

/** What would mend it, as something that the page can turn into an edit; the first choice is the best. */
export type Remedy =
  /** Write `port: { number }` into the destination at `at`. */
  | { readonly kind: 'write-port'; readonly at: SourceRef; readonly choices: readonly number[] }
  /** Set `subset` of the destination at `at`. */
  | { readonly kind: 'write-subset'; readonly at: SourceRef; readonly choices: readonly string[] }
  /** Write another port at `at`, which is `match[i].port` of a rule. */
  | { readonly kind: 'match-port'; readonly at: SourceRef; readonly choices: readonly number[] }
  /** Add a block to the rule that `at` lies in: the path exactly. */
  | { readonly kind: 'match-exact'; readonly at: SourceRef; readonly choices: readonly string[] };
