import { fail, push } from './scanState.ts';
import type { Scanner } from './scanState.ts';
import * as Token from './tokens.ts';

/** A word without quotes, over as many lines as are indented deeper than the block that it stands in (`yaml_parser_scan_plain_scalar`). */
export function scanPlain(s: Scanner): void {
  const { text, flow } = s;
  const start = s.pos;
  const leastColumn = s.indent + 1;
  let pos = start;
  let end = start;
  let folded = '';
  let from = start;
  let fold: string | undefined;
  for (;;) {
    if (pos === s.lineStart && Token.isDocumentMark(text, pos)) break;
    let c = text.charCodeAt(pos);
    if (c === 0x23) break;
    const word = pos;
    while (!Token.isBlankOrEnd(c)) {
      if (c === 0x3a) {
        if (Token.isBlankOrEnd(text.charCodeAt(pos + 1))) break;
      } else if (flow > 0 && endsFlowWord(c)) break;
      c = text.charCodeAt(++pos);
    }
    if (pos > word) {
      if (fold !== undefined) {
        folded += text.slice(from, end) + fold;
        from = word;
        fold = undefined;
      }
      end = pos;
    }
    if (!Token.isBlank(c) && !Token.isBreak(c)) break;
    let first = '';
    let rest = '';
    while (Token.isBlank(c) || Token.isBreak(c)) {
      if (Token.isBlank(c)) {
        if (first !== '' && c === 0x09 && pos - s.lineStart < leastColumn) return fail(s, 'tab-indent', pos);
        pos += 1;
      } else {
        if (first === '') first = breakText(c);
        else rest += breakText(c);
        pos = Token.afterBreak(text, pos);
        s.lineStart = pos;
      }
      c = text.charCodeAt(pos);
    }
    if (first !== '') fold = foldBreaks(first, rest);
    if (flow === 0 && pos - s.lineStart < leastColumn) break;
  }
  s.pos = pos;
  if (fold !== undefined) s.keyAllowed = true;
  push(s, Token.plain, start, end, folded === '' ? undefined : folded + text.slice(from, end));
}

function endsFlowWord(c: number): boolean {
  return c === 0x2c || c === 0x3f || c === 0x5b || c === 0x5d || c === 0x7b || c === 0x7d;
}

function breakText(c: number): string {
  return c === 0x2028 ? '\u2028' : c === 0x2029 ? '\u2029' : '\n';
}

/** One line end between words is a blank; of several the first is dropped. */
function foldBreaks(first: string, rest: string): string {
  if (first !== '\n') return first + rest;
  return rest === '' ? ' ' : rest;
}

/** A text in single or double quotes (`yaml_parser_scan_flow_scalar`). */
export function scanQuoted(s: Scanner): void {
  const text = s.text;
  const start = s.pos;
  const quote = text.charCodeAt(start);
  let pos = start + 1;
  let from = pos;
  let done = '';
  for (;;) {
    if (pos === s.lineStart && Token.isDocumentMark(text, pos)) {
      return fail(s, 'separator-in-quotes', start, pos + 3);
    }
    if (pos >= s.length) return fail(s, 'quote-not-closed', start, Token.endOfLine(text, start));
    let broke = false;
    let c = text.charCodeAt(pos);
    while (!Token.isBlankOrEnd(c)) {
      if (c === quote) {
        if (quote !== 0x27 || text.charCodeAt(pos + 1) !== 0x27) break;
        done += text.slice(from, pos + 1);
        pos += 2;
        from = pos;
      } else if (c === 0x5c && quote === 0x22) {
        done += text.slice(from, pos);
        if (Token.isBreak(text.charCodeAt(pos + 1))) {
          pos = Token.afterBreak(text, pos + 1);
          s.lineStart = pos;
          from = pos;
          broke = true;
          break;
        }
        s.pos = pos;
        done += scanEscape(s);
        if (s.failure !== undefined) return;
        pos = s.pos;
        from = pos;
      } else {
        pos += 1;
      }
      c = text.charCodeAt(pos);
    }
    c = text.charCodeAt(pos);
    if (c === quote) break;
    const wordEnd = pos;
    let first = '';
    let rest = '';
    while (Token.isBlank(c) || Token.isBreak(c)) {
      if (Token.isBlank(c)) {
        pos += 1;
      } else {
        if (!broke) {
          done += text.slice(from, wordEnd);
          first = breakText(c);
          broke = true;
        } else {
          rest += breakText(c);
        }
        pos = Token.afterBreak(text, pos);
        s.lineStart = pos;
      }
      c = text.charCodeAt(pos);
    }
    if (broke) {
      done += first === '' ? rest : foldBreaks(first, rest);
      from = pos;
    }
  }
  s.pos = pos + 1;
  push(s, quote === 0x27 ? Token.single : Token.double, start, pos + 1, done + text.slice(from, pos));
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};

/** What a backslash at `s.pos` and the letters after it stand for; the position moves behind them. */
function scanEscape(s: Scanner): string {
  const at = s.pos;
  const letter = s.text.charAt(at + 1);
  const digits = letter === 'x' ? 2 : letter === 'u' ? 4 : letter === 'U' ? 8 : 0;
  if (digits === 0) {
    const meant = escapes[letter];
    if (meant === undefined) {
      fail(s, 'unknown-escape', at, at + 2);
      return '';
    }
    s.pos = at + 2;
    return meant;
  }
  const written = s.text.slice(at + 2, at + 2 + digits);
  const code =
    /^[0-9a-fA-F]+$/.test(written) && written.length === digits ? Number.parseInt(written, 16) : -1;
  if (code < 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    fail(s, 'bad-escape', at, Math.min(at + 2 + digits, Token.endOfLine(s.text, at)));
    return '';
  }
  s.pos = at + 2 + digits;
  return String.fromCodePoint(code);
}

const blockHeader = /[|>](?:([+-])([0-9])?|([0-9])([+-])?)?[ \t]*(?:#[^\0\n\r\x85\u2028\u2029]*)?/y;

/** A literal or folded block (`yaml_parser_scan_block_scalar`). Its end is the end of its last line, without the line end. */
export function scanBlockScalar(s: Scanner): void {
  const text = s.text;
  const start = s.pos;
  const literal = text.charCodeAt(start) === 0x7c;
  blockHeader.lastIndex = start;
  const parts = blockHeader.exec(text);
  const digit = parts?.[2] ?? parts?.[3];
  const chomp = parts?.[1] ?? parts?.[4];
  const headerEnd = Token.endOfLine(text, start);
  if (digit === '0' || blockHeader.lastIndex !== headerEnd)
    return fail(s, 'bad-block-header', start, headerEnd);
  const lines: BlockLines = {
    pos: Token.afterBreak(text, headerEnd),
    column: digit === undefined ? 0 : Math.max(s.indent, 0) + Number(digit),
    breaks: '',
    end: headerEnd,
  };
  s.lineStart = lines.pos > headerEnd ? lines.pos : s.lineStart;
  let value = '';
  let breakBefore = '';
  let blankBefore = false;
  let end = headerEnd;
  skipBlockBreaks(s, lines);
  while (s.failure === undefined && lines.pos - s.lineStart === lines.column && lines.pos < s.length) {
    const blankHere = Token.isBlank(text.charCodeAt(lines.pos));
    if (!literal && breakBefore === '\n' && !blankBefore && !blankHere) {
      if (lines.breaks === '') value += ' ';
    } else {
      value += breakBefore;
    }
    value += lines.breaks;
    lines.breaks = '';
    blankBefore = blankHere;
    end = Token.endOfLine(text, lines.pos);
    value += text.slice(lines.pos, end);
    lines.pos = Token.afterBreak(text, end);
    // kubectl ends every line that it reads, the last one too.
    breakBefore = lines.pos > end ? breakText(text.charCodeAt(end)) : '\n';
    if (lines.pos > end) s.lineStart = lines.pos;
    else break;
    skipBlockBreaks(s, lines);
  }
  if (s.failure !== undefined) return;
  if (chomp !== '-') value += breakBefore;
  if (chomp === '+') {
    value += lines.breaks;
    if (lines.breaks !== '') end = lines.end;
  }
  s.pos = lines.pos;
  push(s, literal ? Token.literal : Token.folded, start, end, value);
}

/** Where reading a block stands: `column` is 0 until the first line has told it, `breaks` the empty lines since the last full one. */
interface BlockLines {
  pos: number;
  column: number;
  breaks: string;
  end: number;
}

function skipBlockBreaks(s: Scanner, lines: BlockLines): void {
  const text = s.text;
  let widest = 0;
  for (;;) {
    let c = text.charCodeAt(lines.pos);
    while (c === 0x20 && (lines.column === 0 || lines.pos - s.lineStart < lines.column))
      c = text.charCodeAt(++lines.pos);
    const column = lines.pos - s.lineStart;
    if (column > widest) widest = column;
    if (c === 0x09 && (lines.column === 0 || column < lines.column)) return fail(s, 'tab-indent', lines.pos);
    if (!Token.isBreak(c)) break;
    lines.breaks += breakText(c);
    lines.end = lines.pos;
    lines.pos = Token.afterBreak(text, lines.pos);
    s.lineStart = lines.pos;
  }
  if (lines.column === 0) lines.column = Math.max(widest, s.indent + 1, 1);
}
