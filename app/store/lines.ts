/** A text by lines, as an editor shows them: without the byte-order mark and without what ends them. */
export interface Lines {
  readonly text: string;
  /** Offset of the first unit of each line. */
  readonly starts: readonly number[];
  /** Offset behind the last unit of each line, before its end. */
  readonly ends: readonly number[];
}

export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
}

export type LineEnd = '\n' | '\r\n' | '\r';

/** The text on the page, the one that the last answer is about, and what an editor shows. */
const remembered = 3;
let known: readonly Lines[] = [];

/** Lines end with LF, CRLF or a lone CR, each line in its own way. Those of the last few texts are remembered. */
export function linesOf(text: string): Lines {
  const found = known.find((lines) => lines.text === text);
  if (found !== undefined) return found;
  const read = readLines(text);
  known = [read, ...known.slice(0, remembered - 1)];
  return read;
}

function readLines(text: string): Lines {
  const starts = [text.charCodeAt(0) === 0xfeff ? 1 : 0];
  const ends: number[] = [];
  const add = (end: number, start: number) => {
    ends.push(end);
    starts.push(start);
  };
  if (/\r(?!\n)/.test(text)) {
    for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) add(index, index + end.length);
  } else {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      add(text.charCodeAt(at - 1) === 13 ? at - 1 : at, at + 1);
    }
  }
  ends.push(text.length);
  return { text, starts, ends };
}

/** The text as an editor holds it: no byte-order mark, every line ended by LF. */
export function shownText({ text, starts, ends }: Lines): string {
  if (!text.includes('\r')) return text.slice(starts[0]);
  return starts.map((start, index) => text.slice(start, ends[index])).join('\n');
}

/** Where an offset is shown; inside a line's end it counts as behind the line's last character. */
export function positionAt(lines: Lines, offset: number): Position {
  let low = 0;
  let high = lines.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines.starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const start = lines.starts[low] ?? 0;
  const end = lines.ends[low] ?? lines.text.length;
  return { line: low + 1, column: Math.max(0, Math.min(offset, end) - start) + 1 };
}

/** The offset of a shown position; a place outside the text counts as the nearest one inside. */
export function offsetAt(lines: Lines, { line, column }: Position): number {
  const index = Math.max(0, Math.min(line - 1, lines.starts.length - 1));
  const start = lines.starts[index] ?? 0;
  return Math.max(start, Math.min(start + column - 1, lines.ends[index] ?? start));
}

/** The lines of the document around a line (from 1) with the separators that bound it, and how many lines stand before them. */
export function documentAround(
  { text, starts, ends }: Lines,
  line: number,
): { readonly lines: readonly string[]; readonly before: number } {
  const separates = (index: number) => text.startsWith('---', starts[index]);
  let from = Math.max(0, Math.min(line - 1, starts.length - 1));
  let to = from;
  while (from > 0 && !separates(from)) from -= 1;
  while (to < starts.length - 1 && (to < line || !separates(to))) to += 1;
  const lines = starts.slice(from, to + 1).map((start, index) => text.slice(start, ends[from + index]));
  return { lines, before: from };
}

export interface LineEnds {
  readonly lf: number;
  readonly crlf: number;
  readonly cr: number;
}

export function countLineEnds({ text, starts, ends }: Lines): LineEnds {
  let [lf, crlf, cr] = [0, 0, 0];
  for (let index = 0; index + 1 < starts.length; index += 1) {
    const end = ends[index] ?? 0;
    if (text.charCodeAt(end) === 10) lf += 1;
    else if (text.charCodeAt(end + 1) === 10) crlf += 1;
    else cr += 1;
  }
  return { lf, crlf, cr };
}

/** How a line that is begun on this one (from 1) should end: as this line does, else as the one above, else with LF. */
export function lineEndAt({ text, starts, ends }: Lines, line: number): LineEnd {
  for (const index of [line - 1, line - 2]) {
    const end = ends[index];
    const next = starts[index + 1];
    if (end !== undefined && next !== undefined) return text.slice(end, next) as LineEnd;
  }
  return '\n';
}

/** All lines ended in the same way; a missing last line end stays missing. */
export function withLineEnds(text: string, end: LineEnd): string {
  return text.replace(/\r\n|\n|\r/g, end);
}
