import type { Report } from '../../src/analyse.ts';
import type { DismissalKey } from '../../src/diagnose/diagnostic.ts';
import type { SourceRef } from '../../src/manifest/source.ts';
import type { Call } from '../../src/simulate/call.ts';
import type { History } from './history.ts';

/** Everything that the user made; what is derived from it is in `answer` or in a hook. */
export interface State {
  readonly work: Work;
  readonly history: History;
  /** Grows with every change of the text. */
  readonly textVersion: number;
  /** What changed the text last: the editor does not echo its own typing. */
  readonly textFrom: TextOrigin;
  /** Grows with every change of text, call or setting that the engine's answer depends on. */
  readonly question: number;
  /** Set after the whole text gave way to another until it is known whether the call meets it. */
  readonly callUnchecked: boolean;
  readonly selection: Selection | undefined;
  readonly cursor: Cursor | undefined;
  readonly answer: Answer;
  readonly overlay: Overlay | undefined;
  readonly toast: Toast | undefined;
  readonly theme: Theme;
  /** Other work of this browser, newest first; filled after start. */
  readonly earlier: readonly EarlierWork[];
  /** Things that stop the page from keeping its promises, as sentences: storage refused, a broken link, … */
  readonly notices: readonly Notice[];
}

/** What is kept over a reload and what a link carries. */
export interface Work {
  /** Slot in this browser's storage; every tab has its own. */
  readonly id: string;
  readonly name: string;
  /** The user's text, byte for byte: line ends, byte-order mark and all. */
  readonly text: string;
  readonly call: Call;
  readonly view: View;
  readonly settings: Settings;
  /** Set while this is a copy that came with a link: the slot of the user's own work to go back to. */
  readonly back?: string;
  /** Set if it is an example as it ships: its id. Gone with the first change of the text. */
  readonly example?: string;
  /** Keys of a link that this version does not know, to be handed on. */
  readonly unknown?: Readonly<Record<string, unknown>>;
}

/** How the panes stand. Panes may add keys of their own; keys that nobody knows are kept. */
export interface View {
  /** The one pane that a narrow window shows. */
  readonly pane: 'trace' | 'graph' | 'yaml' | 'problems';
  /** What stands left of the trace on a window too narrow for three panes. */
  readonly middle: 'graph' | 'yaml';
  readonly graphTab: 'graph' | 'tree' | 'table';
  readonly dockTab: string;
  readonly yamlTab: 'yaml' | 'form';
  /** Lines of the editor's folded regions, from 1. */
  readonly folds: readonly number[];
  /** Shares of the window, in per cent, by pane. */
  readonly sizes: Readonly<Record<string, number>>;
  readonly [key: string]: unknown;
}

export interface Settings {
  /** For documents that name none. */
  readonly defaultNamespace: string;
  /** "This paste is everything": what it does not hold does not exist. */
  readonly closed: boolean;
  readonly dismissed: readonly DismissalKey[];
}

export type Theme = 'system' | 'light' | 'dark';

export interface Selection {
  readonly ref: SourceRef;
  readonly from: Pane;
}

export type Pane = 'text' | 'graph' | 'tree' | 'trace' | 'problems' | 'request' | 'form' | 'command';

/** From 1, as editors show it; `offset` counts UTF-16 units of the text. */
export interface Cursor {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

export type TextOrigin = 'editor' | 'gesture' | 'replace' | 'history' | 'load';

/** What the engine said last, and whether it still holds. */
export interface Answer {
  readonly report?: Report;
  /** Where the report's texts come from: offsets in the report count in this text. */
  readonly text?: string;
  /** Call and settings that it answers. */
  readonly call?: Call;
  readonly textVersion: number;
  readonly question: number;
  /** Set while the newest question could not be answered; the report is then an older one. */
  readonly failure?: Failure;
}

export type Failure =
  | { readonly kind: 'too-slow'; readonly seconds: number }
  | { readonly kind: 'crashed'; readonly message: string };

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

export type Overlay =
  | { readonly kind: 'examples' }
  | { readonly kind: 'palette' }
  | { readonly kind: 'share' }
  | { readonly kind: 'earlier' }
  | { readonly kind: 'settings' };

export interface EarlierWork {
  readonly id: string;
  readonly name: string;
  readonly savedAt: number;
  readonly lines: number;
  readonly open: boolean;
}

export interface Notice {
  readonly id: string;
  readonly level: 'fail' | 'warn';
  readonly text: string;
}

export const initialView: View = {
  pane: 'trace',
  middle: 'graph',
  graphTab: 'graph',
  dockTab: 'problems',
  yamlTab: 'yaml',
  folds: [],
  sizes: {},
};

export const initialSettings: Settings = { defaultNamespace: 'default', closed: false, dismissed: [] };

/** A call as a browser would make it. */
export const initialCall: Call = {
  id: 'call',
  from: { kind: 'outside', portOf: 'service' },
  port: 443,
  tls: { sni: 'uk.bookinfo.com', alpn: ['h2', 'http/1.1'], clientCertificate: false },
  http: { method: 'GET', authority: 'uk.bookinfo.com', path: '/reviews/1', headers: [] },
};
