import type { Call } from '../../src/simulate/call.ts';
import { applyPatch, compose, invert, type Patch } from './patch.ts';
import type { Settings, Work } from './state.ts';

/** One order of undo for every change of the text, whatever made it. */
export interface History {
  readonly past: readonly Entry[];
  readonly future: readonly Entry[];
}

export interface Entry {
  /** What it did, for the button's label: "weight 80", "Open file". */
  readonly label: string;
  readonly patch: Patch;
  /** Typing joins the entry before it if it goes on at once and close by; `at` is when it was last touched, in milliseconds. */
  readonly typing: boolean;
  readonly at: number;
  /** Changes of one gesture that goes on (a slider, a field being filled in) bear the same mark and make one step. */
  readonly joins?: string;
  /** What stood around the text, if the whole text was replaced: it comes back with the text. */
  readonly around?: Around;
}

export interface Around {
  readonly name: string;
  readonly call: Call;
  readonly settings: Settings;
  readonly example?: string;
}

export const noHistory: History = { past: [], future: [] };

const mostEntries = 300;
const typingPause = 1200;

/** Remembers a change. `between` is the text before `entry`'s patch, that is, after the last one's. */
export function remember(history: History, between: string, entry: Entry): History {
  const last = history.past.at(-1);
  const joined =
    last !== undefined && (sameGesture(last, entry) || (last.typing && entry.typing && goesOn(last, entry)))
      ? { ...entry, patch: compose(between, last.patch, entry.patch) }
      : undefined;
  const past =
    joined === undefined ? [...history.past, entry] : [...history.past.slice(0, -1), ...unlessIdle(joined)];
  return { past: past.slice(-mostEntries), future: [] };
}

export interface Step {
  readonly history: History;
  readonly text: string;
  readonly entry: Entry;
}

/** Takes the last change back; `around` is what stands around the text now, for redo. Undefined: nothing to take back. */
export function stepBack(history: History, work: Work): Step | undefined {
  const entry = history.past.at(-1);
  if (entry === undefined) return undefined;
  return {
    text: applyPatch(work.text, invert(entry.patch)),
    entry,
    history: { past: history.past.slice(0, -1), future: [...history.future, withAround(entry, work)] },
  };
}

export function stepForward(history: History, work: Work): Step | undefined {
  const entry = history.future.at(-1);
  if (entry === undefined) return undefined;
  return {
    text: applyPatch(work.text, entry.patch),
    entry,
    history: { past: [...history.past, withAround(entry, work)], future: history.future.slice(0, -1) },
  };
}

export function aroundOf(work: Work): Around {
  return {
    name: work.name,
    call: work.call,
    settings: work.settings,
    ...(work.example === undefined ? {} : { example: work.example }),
  };
}

function withAround(entry: Entry, work: Work): Entry {
  return entry.around === undefined ? entry : { ...entry, around: aroundOf(work) };
}

/** A gesture that came back to where it began is none. */
function unlessIdle(entry: Entry): Entry[] {
  return entry.patch.removed === entry.patch.inserted ? [] : [entry];
}

function sameGesture(last: Entry, next: Entry): boolean {
  return last.joins !== undefined && last.joins === next.joins && last.around === undefined;
}

/** Typing goes on where the last stroke ended or just before it, without a pause, and a new line starts a new step. */
function goesOn(last: Entry, next: Entry): boolean {
  if (next.at - last.at > typingPause) return false;
  if (/[\r\n]/.test(next.patch.inserted)) return false;
  const from = last.patch.start;
  const to = last.patch.start + last.patch.inserted.length;
  return next.patch.start >= from - 1 && next.patch.start <= to + 1;
}
