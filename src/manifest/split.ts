import { composeJson } from './json.ts';
import type { ComposedJson } from './json.ts';
import type { Span } from './source.ts';
import type { SyntaxFailure } from './yaml/failure.ts';

/**
 * A piece of a text that kubectl reads as one document. A JSON piece is its value exactly; a YAML piece is everything between two
 * separator lines, comments and blank lines included, and may be empty. `failure` (at offsets of the whole text) says that the piece
 * cannot be told from what follows: a separator line that says more, or JSON that breaks off.
 */
export interface Piece extends Span {
  readonly json?: ComposedJson;
  readonly failure?: SyntaxFailure;
}

/**
 * Divides a text as kubectl does (`yaml.YAMLOrJSONDecoder`): a text that begins with `{` is a row of JSON values as long as it lasts; if
 * at most one could be read, the rest is YAML, divided at each line that begins with `---`.
 */
export function split(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  if (text.charAt(blanks(text, 0)) !== '{') return splitYaml(text, 0, pieces);
  let pos = 0;
  for (;;) {
    while (' \t\r\n'.includes(text.charAt(pos)) && pos < text.length) pos += 1;
    if (pos >= text.length) return pieces;
    const json = composeJson(text, pos);
    if (json.failure === undefined) {
      pieces.push({ start: pos, end: json.end, json });
      pos = json.end;
    } else if (pieces.length > 1) {
      pieces.push({ start: pos, end: text.length, failure: json.failure });
      return pieces;
    } else {
      const last = pieces.at(-1)?.end ?? 0;
      return splitYaml(text, afterFirstLine(text, last), pieces);
    }
  }
}

const blank = /(?:[^\S\ufeff]|\x85)*/y;

/** Where the blanks from there on end; blank is what Go's `unicode.IsSpace` takes for it, so a byte-order mark is none. */
function blanks(text: string, start: number): number {
  blank.lastIndex = start;
  return start + (blank.exec(text)?.[0].length ?? 0);
}

/** Blanks after a JSON value are dropped up to the end of its line. */
function afterFirstLine(text: string, start: number): number {
  const end = blanks(text, start);
  const lineEnd = text.indexOf('\n', start);
  return lineEnd >= 0 && lineEnd < end ? lineEnd + 1 : end;
}

function splitYaml(text: string, from: number, pieces: Piece[]): readonly Piece[] {
  let start = from;
  let line = text.startsWith('---', from) ? from : nextSeparator(text, from);
  while (line >= 0) {
    const lineEnd = text.indexOf('\n', line);
    const end = lineEnd < 0 ? text.length : lineEnd;
    const next = lineEnd < 0 ? text.length : lineEnd + 1;
    const rest = blanks(text, line + 3);
    if (rest < end && text.charAt(rest) !== '#') {
      const restEnd = Math.max(line + text.slice(line, end).trimEnd().length, rest + 1);
      pieces.push({
        start,
        end: line,
        failure: {
          reason: 'bad-separator',
          start: line,
          end: restEnd,
          found: text.slice(rest, restEnd),
        },
      });
      start = next;
    } else if (line > start) {
      pieces.push({ start, end: line });
      start = next;
    }
    // With nothing before it, the line belongs to the piece that it begins.
    line = nextSeparator(text, end);
  }
  pieces.push({ start, end: text.length });
  return pieces;
}

function nextSeparator(text: string, from: number): number {
  const at = text.indexOf('\n---', from);
  return at < 0 ? -1 : at + 1;
}
