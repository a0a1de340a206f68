import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countLineEnds,
  documentAround,
  lineEndAt,
  linesOf,
  offsetAt,
  positionAt,
  shownText,
  withLineEnds,
} from '../../app/store/lines.ts';
import { applyPatch, applyTextEdits, compose, invert, patchBetween, shift } from '../../app/store/patch.ts';

/** Texts with all that lines can end with, a mark in front and characters of two units. */
const anyText = fc
  .array(fc.constantFrom('a', 'b', ':', ' ', '\n', '\r\n', '\r', '\u{1F600}', '\u2028', '\uFEFF'), {
    maxLength: 40,
  })
  .map((parts) => parts.join(''));

describe('patches', () => {
  it('lead from one text to the other and back', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const patch = patchBetween(before, after);
        expect(patch === undefined).toBe(before === after);
        if (patch === undefined) return;
        expect(applyPatch(before, patch)).toBe(after);
        expect(applyPatch(after, invert(patch))).toBe(before);
      }),
    );
  });

  it('join into one', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (a, b, c) => {
        const [first, second] = [patchBetween(a, b), patchBetween(b, c)];
        if (first === undefined || second === undefined) return;
        const joined = compose(b, first, second);
        expect(applyPatch(a, joined)).toBe(c);
        expect(applyPatch(c, invert(joined))).toBe(a);
      }),
    );
  });

  it('cut neither a character nor a line end in two', () => {
    expect(patchBetween('a\r\nb', 'a\nb')).toEqual({ start: 1, removed: '\r\n', inserted: '\n' });
    expect(patchBetween('\u{1F600}', '\u{1F601}')).toEqual({
      start: 0,
      removed: '\u{1F600}',
      inserted: '\u{1F601}',
    });
  });

  it('carry offsets along', () => {
    const patch = { start: 2, removed: 'xy', inserted: 'z' };
    expect([0, 2, 3, 4, 9].map((offset) => shift(offset, patch))).toEqual([0, 2, 3, 3, 8]);
  });
});

describe('applyTextEdits', () => {
  const edit = (start: number, end: number, text: string) => ({ source: 0, start, end, text });

  it('counts all offsets in the text before', () => {
    expect(applyTextEdits('abcdef', [edit(4, 5, ''), edit(1, 2, 'XY'), edit(1, 1, '-')])).toBe('a-XYcdf');
  });

  it.each([
    ['overlap', [edit(0, 3, ''), edit(2, 4, '')]],
    ['reach outside', [edit(4, 7, '')]],
    ['run backwards', [edit(3, 2, '')]],
  ])('refuses edits that %s', (_, edits) => {
    expect(applyTextEdits('abcdef', edits)).toBeUndefined();
  });
});

describe('lines', () => {
  it('know every place on both sides', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = linesOf(text);
        const shown = linesOf(shownText(lines));
        expect(shown.starts).toHaveLength(lines.starts.length);
        for (let at = 0; at <= shown.text.length; at += 1) {
          const position = positionAt(shown, at);
          expect(positionAt(lines, offsetAt(lines, position))).toEqual(position);
        }
      }),
    );
  });

  it('show no mark and no carriage return', () => {
    const lines = linesOf('\uFEFFa\r\nb\rc\n');
    expect(shownText(lines)).toBe('a\nb\nc\n');
    expect(countLineEnds(lines)).toEqual({ lf: 1, crlf: 1, cr: 1 });
    expect([1, 2, 3, 4].map((line) => lineEndAt(lines, line))).toEqual(['\r\n', '\r', '\n', '\n']);
    expect(lineEndAt(linesOf('a'), 1)).toBe('\n');
    expect(offsetAt(lines, { line: 1, column: 1 })).toBe(1);
  });

  it('of one document are found without the others', () => {
    const lines = linesOf('a\n---\nb\r\nc\n---\nd');
    expect(documentAround(lines, 3)).toEqual({ lines: ['---', 'b', 'c', '---'], before: 1 });
    expect(documentAround(lines, 6)).toEqual({ lines: ['---', 'd'], before: 4 });
    expect(documentAround(lines, 1)).toEqual({ lines: ['a', '---'], before: 0 });
    expect(documentAround(linesOf(''), 9)).toEqual({ lines: [''], before: 0 });
  });

  it('can all be ended alike', () => {
    expect(withLineEnds('a\r\nb\rc\nd', '\r\n')).toBe('a\r\nb\r\nc\r\nd');
  });
});
