import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyRow, nextRow, type TextRow } from '../../src/manifest/textRow.ts';

interface Made {
  readonly of: string;
}

function step(before: TextRow<Made>, texts: readonly string[]): { row: TextRow<Made>; made: number } {
  let made = 0;
  const row = nextRow(before, texts, (index) => {
    made += 1;
    return { of: texts[index] ?? '' };
  });
  return { row, made };
}

const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 8 });

test('each text has its own value, whatever stood there before', () => {
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 6 }), (rows) => {
      let row = emptyRow<Made>();
      for (const texts of rows) {
        ({ row } = step(row, texts));
        expect(row.values.map(({ of }) => of)).toEqual(texts);
      }
    }),
  );
});

test('a change makes one value, a removal and a move none, and an undo brings the old one back', () => {
  const texts = ['a', 'b', 'c', 'd'];
  const first = step(emptyRow<Made>(), texts);
  expect(first.made).toBe(4);
  expect(step(first.row, [...texts]).row).toBe(first.row);
  const changed = step(first.row, ['a', 'x', 'c', 'd']);
  expect(changed.made).toBe(1);
  expect(changed.row.values[0]).toBe(first.row.values[0]);
  expect(changed.row.values[3]).toBe(first.row.values[3]);
  const undone = step(changed.row, texts);
  expect(undone.made).toBe(0);
  expect(undone.row.values[1]).toBe(first.row.values[1]);
  expect(step(first.row, ['a', 'c', 'd']).made).toBe(0);
  expect(step(first.row, ['d', 'b', 'c', 'a']).made).toBe(0);
});
