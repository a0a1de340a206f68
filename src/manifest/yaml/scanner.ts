import type { SyntaxFailure, SyntaxReason } from './failure.ts';
import { scanAnchor, scanDirective, scanTag } from './properties.ts';
import { scanBlockScalar, scanPlain, scanQuoted } from './scalars.ts';
import * as Token from './tokens.ts';

/**
 * A place where a key may have begun. Whether it did is known when a colon follows on the same line, so two tokens are held free for it:
 * the start of a block map and the key. One record a flow level, reused.
 */
interface PossibleKey {
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

const freeKey = (): PossibleKey => ({ possible: false, required: false, slot: 0, pos: 0, lineStart: 0 });

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

/** The type of the next token, which stays where it is; its place is at `s.head` of the arrays. */
export function peek(s: Scanner): number {
  for (;;) {
    if (s.failure !== undefined) {
      s.head = s.tail;
      push(s, Token.streamEnd, s.length, s.length);
      return Token.streamEnd;
    }
    if (s.head === s.tail) {
      s.head = 0;
      s.tail = 0;
      fetch(s);
      continue;
    }
    const type = s.types[s.head] ?? Token.streamEnd;
    if (type === Token.skipped) {
      s.head += 1;
    } else if (type === Token.pending) {
      const key = s.owners[s.head];
      if (key !== undefined && isStillPossible(s, key)) fetch(s);
    } else {
      return type;
    }
  }
}

/** Goes past the token that `peek` showed. */
export function take(s: Scanner): void {
  s.head += 1;
}

export function push(s: Scanner, type: number, start: number, end: number, word?: string): void {
  const i = s.tail;
  s.types[i] = type;
  s.starts[i] = start;
  s.ends[i] = end;
  s.words[i] = word;
  s.tail = i + 1;
}

/** One more token, or several where indentation ends. */
function fetch(s: Scanner): void {
  skipToToken(s);
  const { text, pos } = s;
  const column = pos - s.lineStart;
  endBlocks(s, column);
  if (pos >= s.length) return endStream(s);
  const c = text.charCodeAt(pos);
  if (column === 0) {
    if (c === 0x25) return fetchDirective(s);
    if (Token.isDocumentMark(text, pos)) return fetchDocumentMark(s, c);
  }
  const blankFollows = Token.isBlankOrEnd(text.charCodeAt(pos + 1));
  switch (c) {
    case 0x5b:
      return openFlow(s, Token.flowSequenceStart);
    case 0x7b:
      return openFlow(s, Token.flowMapStart);
    case 0x5d:
      return closeFlow(s, Token.flowSequenceEnd);
    case 0x7d:
      return closeFlow(s, Token.flowMapEnd);
    case 0x2c:
      dropKey(s);
      s.keyAllowed = true;
      return fetchMark(s, Token.flowEntry);
    case 0x2a:
    case 0x26:
      saveKey(s);
      s.keyAllowed = false;
      return scanAnchor(s);
    case 0x21:
      saveKey(s);
      s.keyAllowed = false;
      return scanTag(s);
    case 0x27:
    case 0x22:
      saveKey(s);
      s.keyAllowed = false;
      return scanQuoted(s);
    case 0x7c:
    case 0x3e:
      if (s.flow > 0) break;
      dropKey(s);
      s.keyAllowed = true;
      return scanBlockScalar(s);
    case 0x2d:
      if (blankFollows) return fetchDash(s);
      return fetchPlain(s);
    case 0x3f:
      if (blankFollows || s.flow > 0) return fetchQuestion(s);
      return fetchPlain(s);
    case 0x3a:
      if (blankFollows || s.flow > 0) return fetchColon(s);
      return fetchPlain(s);
    case 0x09:
      return fail(s, 'tab-indent', pos);
    case 0x25:
    case 0x40:
    case 0x60:
      break;
    default:
      return fetchPlain(s);
  }
  fail(s, 'unexpected-character', pos);
}

/** Past blanks, comments and line ends. A tab may not stand where a key may begin: there it would be indentation. */
function skipToToken(s: Scanner): void {
  const text = s.text;
  for (;;) {
    let c = text.charCodeAt(s.pos);
    while (c === 0x20 || (c === 0x09 && (s.flow > 0 || !s.keyAllowed))) c = text.charCodeAt(++s.pos);
    if (c === 0x23) s.pos = Token.endOfLine(text, s.pos);
    const next = Token.afterBreak(text, s.pos);
    if (next === s.pos) return;
    s.pos = next;
    s.lineStart = next;
    if (s.flow === 0) s.keyAllowed = true;
  }
}

function fetchMark(s: Scanner, type: number): void {
  push(s, type, s.pos, s.pos + 1);
  s.pos += 1;
}

function endStream(s: Scanner): void {
  // The end counts as a new line, so that no key can begin before it.
  s.lineStart = s.pos;
  endBlocks(s, -1);
  dropKey(s);
  s.keyAllowed = false;
  push(s, Token.streamEnd, s.pos, s.pos);
}

function fetchDirective(s: Scanner): void {
  endBlocks(s, -1);
  dropKey(s);
  s.keyAllowed = false;
  scanDirective(s);
}

function fetchDocumentMark(s: Scanner, c: number): void {
  endBlocks(s, -1);
  dropKey(s);
  s.keyAllowed = false;
  push(s, c === 0x2d ? Token.documentStart : Token.documentEnd, s.pos, s.pos + 3);
  s.pos += 3;
}

function openFlow(s: Scanner, type: number): void {
  saveKey(s);
  s.flow += 1;
  const key = s.keys[s.flow];
  if (key === undefined) s.keys.push(freeKey());
  else key.possible = false;
  s.keyAllowed = true;
  fetchMark(s, type);
}

function closeFlow(s: Scanner, type: number): void {
  dropKey(s);
  if (s.flow > 0) s.flow -= 1;
  s.keyAllowed = false;
  fetchMark(s, type);
}

function fetchDash(s: Scanner): void {
  if (s.flow === 0) {
    if (!s.keyAllowed) return fail(s, 'item-not-allowed', s.pos);
    beginBlock(s, s.pos - s.lineStart, Token.blockSequenceStart);
  }
  dropKey(s);
  s.keyAllowed = true;
  fetchMark(s, Token.blockEntry);
}

function fetchQuestion(s: Scanner): void {
  if (s.flow === 0) {
    if (!s.keyAllowed) return fail(s, 'key-not-allowed', s.pos);
    beginBlock(s, s.pos - s.lineStart, Token.blockMapStart);
  }
  dropKey(s);
  s.keyAllowed = s.flow === 0;
  fetchMark(s, Token.key);
}

function fetchColon(s: Scanner): void {
  const key = s.keys[s.flow];
  if (key !== undefined && key.possible && isStillPossible(s, key)) {
    const column = key.pos - key.lineStart;
    const opens = s.flow === 0 && s.indent < column;
    if (opens) {
      s.indents.push(s.indent);
      s.indent = column;
    }
    s.types[key.slot] = opens ? Token.blockMapStart : Token.skipped;
    s.types[key.slot + 1] = Token.key;
    key.possible = false;
    s.keyAllowed = false;
  } else {
    if (s.failure !== undefined) return;
    if (s.flow === 0) {
      if (!s.keyAllowed) return fail(s, 'value-not-allowed', s.pos);
      beginBlock(s, s.pos - s.lineStart, Token.blockMapStart);
    }
    s.keyAllowed = s.flow === 0;
  }
  fetchMark(s, Token.value);
}

function fetchPlain(s: Scanner): void {
  saveKey(s);
  s.keyAllowed = false;
  scanPlain(s);
}

/** Block collections begin where the column grows (`yaml_parser_roll_indent`) … */
function beginBlock(s: Scanner, column: number, type: number): void {
  if (s.indent >= column) return;
  s.indents.push(s.indent);
  s.indent = column;
  push(s, type, s.pos, s.pos);
}

/** … and end where it shrinks (`yaml_parser_unroll_indent`). */
function endBlocks(s: Scanner, column: number): void {
  if (s.flow > 0) return;
  while (s.indent > column) {
    push(s, Token.blockEnd, s.pos, s.pos);
    s.indent = s.indents.pop() ?? -1;
  }
}

function saveKey(s: Scanner): void {
  if (!s.keyAllowed) return;
  dropKey(s);
  const key = s.keys[s.flow];
  if (key === undefined) return;
  key.possible = true;
  key.required = s.flow === 0 && s.indent === s.pos - s.lineStart;
  key.slot = s.tail;
  key.pos = s.pos;
  key.lineStart = s.lineStart;
  s.owners[s.tail] = key;
  push(s, Token.pending, s.pos, s.pos);
  s.owners[s.tail] = undefined;
  push(s, Token.skipped, s.pos, s.pos);
}

function dropKey(s: Scanner): void {
  const key = s.keys[s.flow];
  if (key === undefined || !key.possible) return;
  if (key.required) failKey(s, key);
  key.possible = false;
  s.types[key.slot] = Token.skipped;
}

/** A key and its colon stand on one line, at most 1,024 characters apart. */
function isStillPossible(s: Scanner, key: PossibleKey): boolean {
  if (key.lineStart === s.lineStart && key.pos + 1024 >= s.pos) return true;
  if (key.required) failKey(s, key);
  key.possible = false;
  s.types[key.slot] = Token.skipped;
  return false;
}

function failKey(s: Scanner, key: PossibleKey): void {
  fail(s, 'expected-colon', key.pos, Token.endOfLine(s.text, key.pos));
}
