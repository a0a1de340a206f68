import type { SyntaxFailure, SyntaxReason } from './failure.ts';

/**
 * A place where a key may have begun. Whether it did is known when a colon follows on the same line, so two tokens are held free for it:
 * the start of a block map and the key. One record a flow level, reused.
 */
export interface PossibleKey {
  possible: boolean;
  required: boolean;
  slot: number;
  pos: number;
  lineStart: number;
}

/**
 * The state of reading tokens; the rules are those of go-yaml's scanner (`yaml_parser_fetch_next_token`), which kubectl uses. Tokens wait
 * in parallel arrays between `head` and `tail`. `text` ends with a NUL that is no part of the document. After a failure every token is
 * the end of the stream.
 */
export interface Scanner {
  readonly text: string;
  readonly length: number;
  pos: number;
  lineStart: number;
  flow: number;
  indent: number;
  readonly indents: number[];
  keyAllowed: boolean;
  readonly keys: PossibleKey[];
  head: number;
  tail: number;
  readonly types: number[];
  readonly starts: number[];
  readonly ends: number[];
  /** What a token says, where that is not simply its piece of the text. */
  readonly words: (string | undefined)[];
  readonly owners: (PossibleKey | undefined)[];
  failure: SyntaxFailure | undefined;
}

export const freeKey = (): PossibleKey => ({
  possible: false,
  required: false,
  slot: 0,
  pos: 0,
  lineStart: 0,
});

/** A scanner at the start of a document's text, behind its byte-order mark. The text must hold no NUL. */
export function createScanner(text: string): Scanner {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return {
    text: `${text}\0`,
    length: text.length,
    pos: start,
    lineStart: start,
    flow: 0,
    indent: -1,
    indents: [],
    keyAllowed: true,
    keys: [freeKey()],
    head: 0,
    tail: 0,
    types: [],
    starts: [],
    ends: [],
    words: [],
    owners: [],
    failure: undefined,
  };
}

/** Notes the first failure; reading ends there. */
export function fail(s: Scanner, reason: SyntaxReason, start: number, end = start + 1, found?: string): void {
  if (s.failure !== undefined) return;
  const last = Math.min(end, s.length);
  const first = Math.min(start, last);
  s.failure = {
    reason,
    start: first,
    end: last,
    found: found ?? s.text.slice(first, Math.min(last, first + 40)),
  };
}

/** One more token at the end of those that wait. */
export function push(s: Scanner, type: number, start: number, end: number, word?: string): void {
  const i = s.tail;
  s.types[i] = type;
  s.starts[i] = start;
  s.ends[i] = end;
  s.words[i] = word;
  s.tail = i + 1;
}
