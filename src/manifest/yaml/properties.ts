import { fail, push } from './scanState.ts';
import type { Scanner } from './scanState.ts';
import * as Token from './tokens.ts';

function isWordCharacter(c: number): boolean {
  return (
    (c >= 0x61 && c <= 0x7a) ||
    (c >= 0x41 && c <= 0x5a) ||
    (c >= 0x30 && c <= 0x39) ||
    c === 0x5f ||
    c === 0x2d
  );
}

/** `&name` or `*name` (`yaml_parser_scan_anchor`). A `*` before anything else, as in `*.example.com`, is an alias without a name. */
export function scanAnchor(s: Scanner): void {
  const { text, pos: start } = s;
  let pos = start + 1;
  while (isWordCharacter(text.charCodeAt(pos))) pos += 1;
  const c = text.charCodeAt(pos);
  if (pos === start + 1 || !(Token.isBlankOrEnd(c) || '?:,]}%@`'.includes(text.charAt(pos)))) {
    return fail(s, 'bad-anchor', start, wordEnd(text, start));
  }
  s.pos = pos;
  push(
    s,
    text.charCodeAt(start) === 0x2a ? Token.alias : Token.anchor,
    start,
    pos,
    text.slice(start + 1, pos),
  );
}

const tagCharacter = /[-0-9A-Za-z_;/?:@&=+$,.!~*'()[\]]|%[0-9a-fA-F]{2}/y;

/**
 * A tag (`yaml_parser_scan_tag`), as a word of two parts that a NUL divides: the handle (`!`, `!!`, `!name!`, or nothing where the tag is
 * complete) and what follows it.
 */
export function scanTag(s: Scanner): void {
  const { text, pos: start } = s;
  const verbatim = text.charCodeAt(start + 1) === 0x3c;
  let handle = '';
  let pos = start + 2;
  if (!verbatim) {
    pos = start + 1;
    while (isWordCharacter(text.charCodeAt(pos))) pos += 1;
    handle = text.charCodeAt(pos) === 0x21 ? text.slice(start, ++pos) : '!';
    if (handle === '!') pos = start + 1;
  }
  const suffixStart = pos;
  tagCharacter.lastIndex = pos;
  while (tagCharacter.test(text)) {
    pos = tagCharacter.lastIndex;
  }
  let suffix = text.slice(suffixStart, pos);
  if (verbatim) {
    if (suffix === '' || text.charCodeAt(pos) !== 0x3e)
      return fail(s, 'bad-tag', start, wordEnd(text, start));
    pos += 1;
  } else if (suffix === '') {
    if (handle !== '!') return fail(s, 'bad-tag', start, wordEnd(text, start));
    handle = '';
    suffix = '!';
  }
  if (!Token.isBlankOrEnd(text.charCodeAt(pos))) return fail(s, 'bad-tag', start, wordEnd(text, start));
  s.pos = pos;
  push(s, Token.tag, start, pos, `${handle}\0${unescape(suffix)}`);
}

function unescape(suffix: string): string {
  if (!suffix.includes('%')) return suffix;
  return suffix.replace(/(?:%[0-9a-fA-F]{2})+/g, (octets) => {
    try {
      return decodeURIComponent(octets);
    } catch {
      return octets;
    }
  });
}

/** A line that begins with `%` (`yaml_parser_scan_directive`): its word is the version, or handle and prefix of a tag, NUL between them. */
export function scanDirective(s: Scanner): void {
  const { text, pos: start } = s;
  const end = Token.endOfLine(text, start);
  const line = text.slice(start, end);
  const version = /^%YAML[ \t]+([0-9]{1,2}\.[0-9]{1,2})[ \t]*(?:#.*)?$/.exec(line);
  const tag = /^%TAG[ \t]+(!|![-0-9A-Za-z_]*!)[ \t]+([^ \t]+)[ \t]*(?:#.*)?$/.exec(line);
  if (version === null && tag === null) return fail(s, 'bad-directive', start, end);
  const word = version === null ? `${tag?.[1]}\0${tag?.[2]}` : (version[1] ?? '');
  s.pos = Token.afterBreak(text, end);
  s.lineStart = s.pos > end ? s.pos : s.lineStart;
  push(s, Token.directive, start, end, word);
}

function wordEnd(text: string, start: number): number {
  let pos = start + 1;
  while (pos < text.length && !Token.isBlankOrEnd(text.charCodeAt(pos))) pos += 1;
  return pos;
}
