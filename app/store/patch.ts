import type { TextEdit } from '../../src/manifest/source.ts';

/** What happened to a text: at `start`, `removed` gave way to `inserted`. Offsets are UTF-16 and of the text before. */
export interface Patch {
  readonly start: number;
  readonly removed: string;
  readonly inserted: string;
}

/** The smallest single patch between two texts; undefined if they are equal. Never cuts a surrogate pair or a CRLF in two. */
export function patchBetween(before: string, after: string): Patch | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let start = alike(most, (at, length) => before.slice(at, at + length) === after.slice(at, at + length));
  if (start > 0 && (isPairHead(before, start - 1) || isPairHead(after, start - 1))) start -= 1;
  let tail = alike(
    most - start,
    (at, length) =>
      before.slice(before.length - at - length, before.length - at) ===
      after.slice(after.length - at - length, after.length - at),
  );
  if (
    tail > 0 &&
    (isPairHead(before, before.length - tail - 1) || isPairHead(after, after.length - tail - 1))
  ) {
    tail -= 1;
  }
  return {
    start,
    removed: before.slice(start, before.length - tail),
    inserted: after.slice(start, after.length - tail),
  };
}

/** Of `most` letters those that are alike from the first on; whole pieces are compared, since a text may have millions. */
function alike(most: number, isAlike: (at: number, length: number) => boolean): number {
  let known = 0;
  for (let length = 1 << 16; length > 0; length >>= 1) {
    while (known + length <= most && isAlike(known, length)) known += length;
  }
  return known;
}

/** Applies a patch made for exactly this text. */
export function applyPatch(text: string, patch: Patch): string {
  return text.slice(0, patch.start) + patch.inserted + text.slice(patch.start + patch.removed.length);
}

/** The patch that takes `patch` back. */
export function invert(patch: Patch): Patch {
  return { start: patch.start, removed: patch.inserted, inserted: patch.removed };
}

/** One patch that does what `first` and then `second` do; `between` is the text after `first`. */
export function compose(between: string, first: Patch, second: Patch): Patch {
  const firstEnd = first.start + first.inserted.length;
  const secondEnd = second.start + second.removed.length;
  const start = Math.min(first.start, second.start);
  const end = Math.max(firstEnd, secondEnd);
  return {
    start,
    removed: between.slice(start, first.start) + first.removed + between.slice(firstEnd, end),
    inserted: between.slice(start, second.start) + second.inserted + between.slice(secondEnd, end),
  };
}

/**
 * Applies edits whose offsets all count in `text`; their order does not matter. Edits that overlap, or reach outside the text, are
 * refused as a whole: undefined.
 */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string | undefined {
  const sorted = edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.index - b.index);
  const parts: string[] = [];
  let at = 0;
  for (const { edit } of sorted) {
    if (edit.start < at || edit.end < edit.start || edit.end > text.length) return undefined;
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

/** Where an offset of the old text lies after the patch; inside the removed range it moves to the end of what was inserted. */
export function shift(offset: number, patch: Patch): number {
  if (offset <= patch.start) return offset;
  if (offset >= patch.start + patch.removed.length) {
    return offset + patch.inserted.length - patch.removed.length;
  }
  return patch.start + patch.inserted.length;
}

function isPairHead(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit === 13 ? text.charCodeAt(index + 1) === 10 : unit >= 0xd800 && unit <= 0xdbff;
}
