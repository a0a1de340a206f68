import { create } from 'zustand';
import type { Report } from '../../src/analyse.ts';
import type { SourceRef, TextEdit } from '../../src/manifest/source.ts';
import type { Call } from '../../src/simulate/call.ts';
import { aroundOf, noHistory, remember, stepBack, stepForward, type Entry, type History } from './history.ts';
import { applyTextEdits, patchBetween, type Patch } from './patch.ts';
import {
  initialCall,
  initialSettings,
  initialView,
  type Answer,
  type Cursor,
  type Failure,
  type Notice,
  type Overlay,
  type Pane,
  type Selection,
  type Settings,
  type State,
  type TextOrigin,
  type Theme,
  type Toast,
  type View,
  type Work,
} from './state.ts';

export const useStore = create<State>(() => ({
  work: {
    id: '',
    name: 'untitled',
    text: '',
    call: initialCall,
    view: initialView,
    settings: initialSettings,
  },
  history: noHistory,
  textVersion: 0,
  textFrom: 'load',
  question: 0,
  callUnchecked: false,
  selection: undefined,
  cursor: undefined,
  answer: { textVersion: -1, question: -1 },
  overlay: undefined,
  toast: undefined,
  theme: 'system',
  earlier: [],
  notices: [],
}));

const { getState: get, setState: set } = useStore;

// What the panes read.

export const useText = (): string => useStore((state) => state.work.text);
export const useCall = (): Call => useStore((state) => state.work.call);
export const useView = (): View => useStore((state) => state.work.view);
export const useSettings = (): Settings => useStore((state) => state.work.settings);
export const useSelection = (): Selection | undefined => useStore((state) => state.selection);
export const useCursor = (): Cursor | undefined => useStore((state) => state.cursor);
export const useAnswer = (): Answer => useStore((state) => state.answer);

/** The newest report there is, and whether it answers what stands on the page now. `stale` for a moment after each change is normal. */
export function useReport(): { report: Report | undefined; stale: boolean; failure: Failure | undefined } {
  const report = useStore((state) => state.answer.report);
  const failure = useStore((state) => state.answer.failure);
  const stale = useStore((state) => state.answer.question !== state.question);
  return { report, stale, failure };
}

// What the panes do. All are plain functions: no component has to be mounted.

/** Something brings a whole new state of the same text. Typing (`editor`) joins into one step of undo. */
export function setText(text: string, from: TextOrigin, label = 'typing', joins?: string): void {
  const patch = patchBetween(get().work.text, text);
  if (patch !== undefined) patchText(text, patch, from, label, joins);
}

/** The user typed: edits whose offsets count in the text before. Nothing is done if they cannot be applied. */
export function typeEdits(edits: readonly TextEdit[]): void {
  const { text } = get().work;
  const after = applyTextEdits(text, edits);
  const [only, ...others] = edits;
  if (after === undefined || only === undefined) return;
  if (others.length > 0) {
    setText(after, 'editor');
    return;
  }
  const { start, end, text: inserted } = only;
  patchText(after, { start, removed: text.slice(start, end), inserted }, 'editor', 'typing');
}

/**
 * One gesture, one undo; edits in a row with the same `joins` are one gesture. Offsets count in the text as it stands now; false, and
 * nothing done, if they overlap or reach outside it (then they were made for another text).
 */
export function applyEdits(edits: readonly TextEdit[], label: string, joins?: string): boolean {
  const text = applyTextEdits(get().work.text, edits);
  if (text === undefined) return false;
  setText(text, 'gesture', label, joins);
  return true;
}

export interface Replacement {
  readonly name: string;
  /** Label of the undo step: "Open example", "Paste", … */
  readonly label?: string;
  readonly call?: Call;
  readonly settings?: Partial<Settings>;
  readonly example?: string;
}

/** Another text takes the place of this one, with its name and, if given, its call. One undo brings all of it back. */
export function replaceText(text: string, by: Replacement): void {
  const state = get();
  const patch = patchBetween(state.work.text, text) ?? { start: 0, removed: '', inserted: '' };
  const entry: Entry = {
    label: by.label ?? `Replace by ${by.name}`,
    patch,
    typing: false,
    at: Date.now(),
    around: aroundOf(state.work),
  };
  const { example: _, ...rest } = state.work;
  change(text, 'replace', remember(state.history, state.work.text, entry), {
    ...rest,
    name: by.name,
    call: by.call ?? state.work.call,
    settings: { ...state.work.settings, ...by.settings },
    view: { ...state.work.view, folds: [] },
    ...(by.example === undefined ? {} : { example: by.example }),
  });
  set({ selection: undefined, cursor: undefined, callUnchecked: by.call === undefined });
}

/** The label of what was taken back; undefined if there was nothing. */
export function undo(): string | undefined {
  return step(stepBack(get().history, get().work));
}

export function redo(): string | undefined {
  return step(stepForward(get().history, get().work));
}

/** Fields given replace fields of the call; `tls: undefined` or `http: undefined` takes the part away. */
export function setCall(patch: { [K in keyof Call]?: Call[K] | undefined }): void {
  const state = get();
  const call = Object.fromEntries(
    Object.entries({ ...state.work.call, ...patch }).filter(([, value]) => value !== undefined),
  ) as unknown as Call;
  set({ work: { ...state.work, call }, question: state.question + 1 });
}

/** `from` says which pane the user acted in: the others follow, that one stays where it is. */
export function select(ref: SourceRef | undefined, from: Pane): void {
  const before = get().selection;
  if (ref === undefined) {
    if (before !== undefined) set({ selection: undefined });
    return;
  }
  if (before !== undefined && before.from === from && sameRef(before.ref, ref)) return;
  set({ selection: { ref, from } });
}

export function setCursor(cursor: Cursor | undefined): void {
  set({ cursor });
}

export function setView(patch: Partial<View>): void {
  const { work } = get();
  set({ work: { ...work, view: { ...work.view, ...patch } } });
}

export function setSettings(patch: Partial<Settings>): void {
  const { work, question } = get();
  set({ work: { ...work, settings: { ...work.settings, ...patch } }, question: question + 1 });
}

export function setName(name: string): void {
  const { work } = get();
  set({ work: { ...work, name } });
}

export function setTheme(theme: Theme): void {
  set({ theme });
}

/** Another piece of work comes onto the page (start, link, earlier work): with its own history. */
export function load(work: Work, history: History = noHistory): void {
  const state = get();
  set({
    work,
    history,
    textVersion: state.textVersion + 1,
    textFrom: 'load',
    question: state.question + 1,
    selection: undefined,
    cursor: undefined,
    toast: undefined,
  });
}

export function answer(answered: Answer): void {
  set({ answer: answered });
}

/** The same question once more: after the engine gave up. */
export function askAgain(): void {
  set({ question: get().question + 1 });
}

export function fail(question: number, failure: Failure): void {
  set({ answer: { ...get().answer, question, failure } });
}

/** A line that tells what a gesture did; the newest takes the place of the one before. */
export function say(text: string, action?: Toast['action']): void {
  set({
    toast: { id: (get().toast?.id ?? 0) + 1, text, ...(action === undefined ? {} : { action }) },
  });
}

export function unsay(): void {
  set({ toast: undefined });
}

export function open(overlay: Overlay | undefined): void {
  set({ overlay });
}

export function notice(added: Notice): void {
  set({ notices: [...get().notices.filter((each) => each.id !== added.id), added] });
}

export function dropNotice(id: string): void {
  set({ notices: get().notices.filter((each) => each.id !== id) });
}

/** The same place: object with where it stands, and path. */
export function sameRef(a: SourceRef, b: SourceRef): boolean {
  return (
    a.object.source === b.object.source &&
    a.object.document === b.object.document &&
    a.object.item === b.object.item &&
    a.path.length === b.path.length &&
    a.path.every((key, index) => key === b.path[index])
  );
}

function patchText(text: string, patch: Patch, from: TextOrigin, label: string, joins?: string): void {
  const { history, work } = get();
  const entry: Entry = {
    label,
    patch,
    typing: from === 'editor',
    at: Date.now(),
    ...(joins === undefined ? {} : { joins }),
  };
  change(text, from, remember(history, work.text, entry), withoutExample(work));
}

function change(text: string, from: TextOrigin, history: History, work: Work): void {
  const state = get();
  set({
    // What it offers to take back is no longer the last change.
    toast: undefined,
    work: { ...work, text },
    history,
    textVersion: state.textVersion + 1,
    textFrom: from,
    question: state.question + 1,
  });
}

function step(taken: ReturnType<typeof stepBack>): string | undefined {
  if (taken === undefined) return undefined;
  const { example: _, ...rest } = get().work;
  const around = taken.entry.around;
  change(taken.text, 'history', taken.history, around === undefined ? rest : { ...rest, ...around });
  return taken.entry.label;
}

function withoutExample(work: Work): Work {
  const { example: _, ...rest } = work;
  return rest;
}
