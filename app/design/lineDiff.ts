import type { TextEdit } from '../../src/manifest/source.ts';

/** A line of a difference; `before` and `after` are its numbers (from 1) where it stands in that text. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
  readonly before?: number;
  readonly after?: number;
}

/** Lines that belong together, with what stands around them. */
export type Hunk = readonly DiffLine[];

/** Above so many pairs of lines a changed range is shown as replaced as a whole. */
const mostPairs = 400_000;

/**
 * What edits change, line by line, with up to `around` lines on either side; changes close together share a hunk. Only the ranges of the edits
 * are compared, so that a large text costs nothing.
 */
export function lineDiff(before: string, edits: readonly TextEdit[], around = 2): Hunk[] {
  const lines = splitLines(before);
  const starts = startsOf(lines);
  const ranges = rangesOf(lines, starts, edits, before.length);
  const hunks: DiffLine[][] = [];
  let shift = 0;
  let shown = 0;
  for (const range of ranges) {
    const old = lines.slice(range.first, range.end);
    const fresh = splitLines(changed(before, range, starts, edits));
    const from = Math.max(shown, range.first - around);
    const joined = hunks.length > 0 && from <= shown;
    const hunk: DiffLine[] = joined ? (hunks.pop() ?? []) : [];
    const context = joined ? shown : from;
    for (let line = context; line < range.first; line += 1) hunk.push(same(lines, line, shift));
    hunk.push(...compare(old, fresh, range.first, range.first + shift));
    shift += fresh.length - old.length;
    const next = ranges[ranges.indexOf(range) + 1];
    const until = Math.min(lines.length, range.end + around, next?.first ?? lines.length);
    for (let line = range.end; line < until; line += 1) hunk.push(same(lines, line, shift));
    shown = until;
    hunks.push(hunk);
  }
  return hunks.map(trimmed);
}

interface Range {
  readonly first: number;
  /** Behind the last line. */
  readonly end: number;
}

function same(lines: readonly string[], line: number, shift: number): DiffLine {
  return { kind: 'same', text: content(lines[line] ?? ''), before: line + 1, after: line + 1 + shift };
}

/** Lines with what ends them; the last one may be empty. */
function splitLines(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}

function startsOf(lines: readonly string[]): number[] {
  const starts = [0];
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length);
  return starts;
}

/** Whole lines that the edits touch; ranges that touch each other become one. */
function rangesOf(
  lines: readonly string[],
  starts: readonly number[],
  edits: readonly TextEdit[],
  length: number,
): Range[] {
  const sorted = [...edits].sort((a, b) => a.start - b.start);
  const ranges: { first: number; end: number }[] = [];
  for (const edit of sorted) {
    const first = lineAt(starts, edit.start);
    const whole = edit.end > edit.start && starts[lineAt(starts, edit.end)] === edit.end;
    // An insertion before a line, or a removal of whole lines, leaves the next line alone if it ends with a line's end.
    const clean =
      starts[first] === edit.start && (edit.end === edit.start || whole) && /(^|\n|\r)$/.test(edit.text);
    const last = lineAt(starts, edit.end);
    const end = Math.min(lines.length, clean || edit.end === length ? (clean ? last : last + 1) : last + 1);
    const previous = ranges.at(-1);
    if (previous !== undefined && first < previous.end) previous.end = Math.max(previous.end, end);
    else ranges.push({ first: Math.min(first, end), end });
  }
  return ranges;
}

/** Number (from 0) of the line that holds an offset. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function changed(
  before: string,
  range: Range,
  starts: readonly number[],
  edits: readonly TextEdit[],
): string {
  const from = starts[range.first] ?? before.length;
  const to = starts[range.end] ?? before.length;
  const parts: string[] = [];
  let at = from;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    const inside =
      edit.start >= from &&
      edit.end <= to &&
      (edit.start < to || range.end === range.first || edit.start === before.length);
    if (!inside) continue;
    parts.push(before.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  parts.push(before.slice(at, to));
  return parts.join('');
}

/** The longest common subsequence of two short lists of lines; numbers count from `before` and `after`. */
function compare(
  old: readonly string[],
  fresh: readonly string[],
  before: number,
  after: number,
): DiffLine[] {
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head += 1;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < fresh.length - head &&
    old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]
  ) {
    tail += 1;
  }
  const a = old.slice(head, old.length - tail);
  const b = fresh.slice(head, fresh.length - tail);
  const pairs = a.length * b.length > mostPairs ? [] : common(a, b);
  const result: DiffLine[] = [];
  const keep = (i: number, j: number): void => {
    result.push({
      kind: 'same',
      text: content(old[i] ?? ''),
      before: before + i + 1,
      after: after + j + 1,
    });
  };
  for (let index = 0; index < head; index += 1) keep(index, index);
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...pairs, [a.length, b.length] as const]) {
    for (; i < nextI; i += 1) {
      result.push({ kind: 'removed', text: content(a[i] ?? ''), before: before + head + i + 1 });
    }
    for (; j < nextJ; j += 1) {
      result.push({ kind: 'added', text: content(b[j] ?? ''), after: after + head + j + 1 });
    }
    if (nextI < a.length) {
      keep(head + nextI, head + nextJ);
      i = nextI + 1;
      j = nextJ + 1;
    }
  }
  for (let index = 0; index < tail; index += 1) {
    keep(old.length - tail + index, fresh.length - tail + index);
  }
  return result;
}

function common(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return pairs;
}

function content(line: string): string {
  return line.replace(/(\r\n|\r|\n)$/, '');
}

/** Cuts what is the same far from a change, as where a whole list was written anew. */
function trimmed(hunk: readonly DiffLine[]): DiffLine[] {
  const changedAt = hunk.flatMap((line, index) => (line.kind === 'same' ? [] : [index]));
  if (changedAt.length === 0) return [...hunk];
  return hunk.filter(
    (line, index) => line.kind !== 'same' || changedAt.some((at) => Math.abs(at - index) <= 3),
  );
}
