import {
  explainGestureRefusal,
  explainGestureWarning,
  summarizeAlongside,
} from '../../src/explain/gestureWarnings.ts';
import { labelGesture } from '../../src/explain/gestures.ts';
import { plain } from '../../src/explain/phrase.ts';
import type { Draft } from '../../src/gesture/draft.ts';
import type { Gesture } from '../../src/gesture/gesture.ts';
import { draftInWorker } from '../engine/engine.ts';
import { patchBetween } from '../store/patch.ts';
import type { Pane } from '../store/state.ts';
import { applyEdits, say, select, undo, useStore } from '../store/store.ts';
import { lineDiff } from './lineDiff.ts';
import { ask, showWritten, useDesign } from './state.ts';

export interface Performing {
  /** Which pane the user acted in. A form stays where it is and shows itself what it wrote. */
  readonly from?: Pane;
  /** The same for all changes of one gesture that goes on under the user's hand: they make one step of undo and land whatever their size. */
  readonly joins?: string;
}

type Drafted = Extract<Draft, { kind: 'drafted' }>;

/** Gestures land one after the other, each on the text that the one before left. */
let last: Promise<unknown> = Promise.resolve();
/** Of a gesture that goes on only the newest turn counts. */
const newest = new Map<string, Gesture>();

/**
 * Does a gesture: one field at once, with a word about it; anything larger is shown first. Resolves to whether it has landed; a gesture that
 * makes no sense says why, and leaves the text alone.
 */
export function perform(gesture: Gesture, how: Performing = {}): Promise<boolean> {
  if (how.joins !== undefined) newest.set(how.joins, gesture);
  const done = last.then(() => {
    if (how.joins === undefined) return performNow(gesture, how);
    const turn = newest.get(how.joins);
    newest.delete(how.joins);
    return turn === undefined ? false : performNow(turn, how);
  });
  last = done.catch(() => undefined);
  return done;
}

async function performNow(gesture: Gesture, how: Performing): Promise<boolean> {
  const { work, textVersion } = useStore.getState();
  const draft = await draftInWorker(work.text, gesture, work.settings.defaultNamespace);
  if (useStore.getState().textVersion !== textVersion) return performNow(gesture, how);
  if (draft.kind === 'refused') {
    if (draft.because.kind !== 'nothing-to-do') say(`Not done. ${refusalWords(draft)}`);
    return false;
  }
  if (!draft.single && how.joins === undefined) {
    ask({ kind: 'gesture', gesture });
    return false;
  }
  return land(gesture, draft, how);
}

/** Writes what was drafted for the text as it stands; false if it was drafted for another one. */
export function land(gesture: Gesture, draft: Drafted, how: Performing): boolean {
  const { text } = useStore.getState().work;
  const before = textBefore(how.joins) ?? text;
  const label = labelGesture(gesture);
  if (!applyEdits(draft.edits, label, how.joins)) return false;
  const { work, textVersion } = useStore.getState();
  const hunks = lineDiff(before, before === text ? draft.edits : wholeChange(before, work.text));
  showWritten({
    label,
    hunks,
    textVersion,
    ...(how.joins === undefined ? {} : { joins: how.joins, before }),
  });
  if (how.from === 'form') return true;
  if (draft.select !== undefined) select(draft.select, how.from ?? 'command');
  sayDone(label, draft);
  return true;
}

/** What the text was before a gesture that goes on began. */
function textBefore(joins: string | undefined): string | undefined {
  const { written } = useDesign.getState();
  return joins !== undefined && written?.joins === joins ? written.before : undefined;
}

function wholeChange(before: string, after: string): Parameters<typeof lineDiff>[1] {
  const patch = patchBetween(before, after);
  if (patch === undefined) return [];
  const { start, removed, inserted } = patch;
  return [{ source: 0, start, end: start + removed.length, text: inserted }];
}

function sayDone(label: string, draft: Drafted): void {
  const also = summarizeAlongside(draft.alongside);
  const warnings = draft.warnings.map((each) => plain(explainGestureWarning(each)));
  const words = [`${capital(label)}${also === '' ? '' : `; ${also}`}.`, ...warnings].join(' ');
  say(words, { label: 'Undo', run: () => void undo() });
}

export function refusalWords(draft: Extract<Draft, { kind: 'refused' }>): string {
  return plain(explainGestureRefusal(draft.because));
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
