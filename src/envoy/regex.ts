import { RE2JS } from 're2js';
import { withGoNames, withRe2Names } from './unicodeClasses.ts';

/*
 * RE2 as Istio and Envoy use it; nothing else knows re2js. Istio compiles patterns with Go's `regexp`, over code points. Envoy (since its security
 * release of August 2026) reads pattern and subject as Latin-1, a character a byte, so a subject here is a text of bytes: one character for
 * each byte, as in a `Call`. A subject with a character above U+00FF is taken to mean its UTF-8 bytes.
 */

/** A pattern that Go's `regexp` refuses; `reason` is the parser's own text (`missing argument to repetition operator: *`). */
export interface InvalidRegex {
  readonly reason: string;
}

/** Undefined if `pattern` compiles as Go's `regexp.Compile` decides (Istio's webhook); otherwise why not. No length limit. */
export function invalidRegex(pattern: string): InvalidRegex | undefined {
  const compiled = compile(pattern, 'code points');
  return compiled.kind === 'valid' ? undefined : { reason: compiled.reason };
}

/** Whether Envoy's RE2 refuses a pattern that Go takes: for a class of Unicode that it has under another name only, or not at all. */
export function isRefusedByEnvoy(pattern: string): boolean {
  return 'reason' in withRe2Names(pattern);
}

/** A pattern that Envoy refuses, with the names that it has for the same classes; undefined where it has none. */
export function withEnvoysNames(pattern: string): string | undefined {
  const named = withGoNames(pattern);
  return 'pattern' in named && !isRefusedByEnvoy(named.pattern) ? named.pattern : undefined;
}

/** Whether the whole of `subject` matches; mirrors Envoy's `CompiledGoogleReMatcher::match`. An invalid pattern matches nothing. */
export function fullMatch(pattern: string, subject: string): boolean {
  const compiled = compile(pattern, 'bytes');
  return compiled.kind === 'valid' && compiled.regex.matcher(toBytes(subject)).matches();
}

/**
 * ASCII text with which everything begins that the whole pattern matches; empty where that is not plain to see. Comparing it is a hundred times
 * cheaper than asking RE2.
 */
export function literalPrefix(pattern: string): string {
  // Flags and empty quotes are nothing in themselves: a quantifier behind them is about what stands before.
  if (pattern.includes('|') || pattern.includes('\\Q') || /\(\?[a-zA-Z-]*\)/.test(pattern)) return '';
  let prefix = '';
  let at = pattern.startsWith('^') ? 1 : 0;
  for (; at < pattern.length; at++) {
    const char = pattern[at] ?? '';
    if (char === '\\') {
      const escaped = pattern[at + 1] ?? '';
      if (!/^[!-/:-@[-`{-~]$/.test(escaped)) break;
      prefix += escaped;
      at++;
    } else if (/^[^.[\](){}*+?^$\u0080-\uffff]$/.test(char)) prefix += char;
    else break;
  }
  // A quantifier may ask for none of the last character, one behind a group of flags too: `a(?i)?`.
  return '*?{('.includes(pattern[at] ?? ' ') ? prefix.slice(0, -1) : prefix;
}

/**
 * `subject` with each match of `pattern` (unanchored, not overlapping) replaced; mirrors `RE2::GlobalReplace`, which Envoy uses to rewrite paths.
 * An empty match that touches the match before it is not replaced. With an invalid pattern, and with a substitution that asks for a group which the
 * pattern does not have, the subject comes back as it is.
 */
export function replaceAll(pattern: string, substitution: string, subject: string): string {
  const compiled = compile(pattern, 'bytes');
  const text = toBytes(subject);
  if (compiled.kind === 'invalid') return text;
  const replacement = toBytes(substitution);
  if (highestGroup(replacement) > compiled.regex.groupCount()) return text;
  const matcher = compiled.regex.matcher(text);
  const out: string[] = [];
  let at = 0;
  let lastEnd = -1;
  while (at <= text.length && matcher.find(at)) {
    const start = matcher.start();
    const end = matcher.end();
    out.push(text.slice(at, start));
    if (start === end && start === lastEnd) {
      out.push(text.slice(start, start + 1));
      at = start + 1;
      continue;
    }
    out.push(substitute(replacement, (group) => matcher.group(group) ?? ''));
    at = end;
    lastEnd = end;
  }
  out.push(text.slice(at));
  return out.join('');
}

/** Mirrors `RE2::MaxSubmatch`. */
function highestGroup(replacement: string): number {
  const escapes = replacement.match(/\\[^]?/g) ?? [];
  return Math.max(0, ...escapes.filter((escape) => /[0-9]/.test(escape)).map((escape) => Number(escape[1])));
}

/** A backslash before anything but a digit or a backslash ends the replacement. Mirrors `RE2::Rewrite`. */
function substitute(replacement: string, group: (index: number) => string): string {
  const usable = /^(?:[^\\]|\\[0-9\\])*/.exec(replacement)?.[0] ?? '';
  return usable.replace(/\\([0-9\\])/g, (_, escaped: string) =>
    escaped === '\\' ? '\\' : group(Number(escaped)),
  );
}

type Compiled =
  { readonly kind: 'valid'; readonly regex: RE2JS } | ({ readonly kind: 'invalid' } & InvalidRegex);

/** Compiled patterns of either reading, least recently used first. */
const cache = new Map<string, Compiled>();
/** A usual pattern takes some 25 KB; patterns that need more memory count as several. */
const cacheLimit = 4096;
const instructionsPerEntry = 200;
let cacheSize = 0;

function compile(pattern: string, reading: 'code points' | 'bytes'): Compiled {
  const named = reading === 'bytes' ? withRe2Names(pattern) : withGoNames(pattern);
  if ('reason' in named) return { kind: 'invalid', reason: named.reason };
  const text = reading === 'bytes' ? utf8(named.pattern) : named.pattern;
  const known = cache.get(text);
  if (known) {
    cache.delete(text);
    cache.set(text, known);
    return known;
  }
  const compiled = compileFresh(text);
  cache.set(text, compiled);
  cacheSize += cost(compiled);
  for (const [oldest, value] of cache) {
    if (cacheSize <= cacheLimit || cache.size === 1) break;
    cache.delete(oldest);
    cacheSize -= cost(value);
  }
  return compiled;
}

function compileFresh(pattern: string): Compiled {
  try {
    return { kind: 'valid', regex: RE2JS.compile(pattern) };
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replace(
      /^error parsing regexp: /,
      '',
    );
    // Go and Envoy let two groups have one name, and nothing asks for a group by its name.
    const unnamed = pattern.replace(/\\[^]|\(\?P?<\w+>/g, (found) => (found.startsWith('(') ? '(' : found));
    return reason.startsWith('duplicate capture group name') && unnamed !== pattern
      ? compileFresh(unnamed)
      : { kind: 'invalid', reason };
  }
}

function cost(compiled: Compiled): number {
  return compiled.kind === 'invalid'
    ? 1
    : 1 + Math.floor(compiled.regex.programSize() / instructionsPerEntry);
}

function toBytes(text: string): string {
  return /[^\u0000-\u00ff]/.test(text) ? utf8(text) : text;
}

/** The UTF-8 bytes of a text, a character for each; a lone surrogate becomes U+FFFD, as in Go and in the editor's own files. */
function utf8(text: string): string {
  if (!/[^\u0000-\u007f]/.test(text)) return text;
  let bytes = '';
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    const code = point >= 0xd800 && point < 0xe000 ? 0xfffd : point;
    if (code < 0x80) bytes += char;
    else if (code < 0x800) bytes += String.fromCharCode(0xc0 | (code >> 6), continuation(code));
    else if (code < 0x10000)
      bytes += String.fromCharCode(0xe0 | (code >> 12), continuation(code >> 6), continuation(code));
    else {
      bytes += String.fromCharCode(
        0xf0 | (code >> 18),
        continuation(code >> 12),
        continuation(code >> 6),
        continuation(code),
      );
    }
  }
  return bytes;
}

function continuation(code: number): number {
  return 0x80 | (code & 0x3f);
}
