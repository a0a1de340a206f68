import { scanAnchor, scanDirective, scanTag } from './properties.ts';
import { scanBlockScalar, scanPlain, scanQuoted } from './scalars.ts';
import { fail, freeKey, push } from './scanState.ts';
import type { PossibleKey, Scanner } from './scanState.ts';
import * as Token from './tokens.ts';

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
