import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineDiff, type DiffLine } from '../../app/design/lineDiff.ts';
import { applyTextEdits } from '../../app/store/patch.ts';

const marks = { same: ' ', removed: '-', added: '+' } as const;
const shown = (line: DiffLine): string =>
  `${line.before ?? ''}${marks[line.kind]}${line.after ?? ''} ${line.text}`;

const edit = (start: number, end: number, text: string) => ({ source: 0, start, end, text });

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

describe('lineDiff', () => {
  const text = 'a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\ng: 7\nh: 8\n';
  test.each([
    ['a value', [edit(8, 9, '9')], [['1 1 a: 1', '2- b: 2', '+2 b: 9', '3 3 c: 3', '4 4 d: 4']]],
    [
      'lines put in',
      [edit(10, 10, 'x: 1\ny: 2\n')],
      [['1 1 a: 1', '2 2 b: 2', '+3 x: 1', '+4 y: 2', '3 5 c: 3', '4 6 d: 4']],
    ],
    ['a line taken out', [edit(10, 15, '')], [['1 1 a: 1', '2 2 b: 2', '3- c: 3', '4 3 d: 4', '5 4 e: 5']]],
    [
      'two places far apart',
      [edit(3, 4, '9'), edit(38, 39, '9')],
      [
        ['1- a: 1', '+1 a: 9', '2 2 b: 2', '3 3 c: 3'],
        ['6 6 f: 6', '7 7 g: 7', '8- h: 8', '+8 h: 9'],
      ],
    ],
    ['text put at the end', [edit(40, 40, 'i: 9\n')], [['7 7 g: 7', '8 8 h: 8', '+9 i: 9']]],
  ])('%s', (_, edits, expected) => {
    expect(lineDiff(text, edits).map((hunk) => hunk.map(shown))).toEqual(expected);
  });

  test('what is removed and added makes one text of the other', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 });
    fc.assert(
      fc.property(
        lines,
        fc.nat(),
        fc.nat(),
        fc.constantFrom('', 'x', 'x\n', '\n', 'x\ny'),
        (made, a, b, put) => {
          const before = made.map((line) => `${line}\n`).join('');
          const [start, end] = [a % (before.length + 1), b % (before.length + 1)].sort((x, y) => x - y) as [
            number,
            number,
          ];
          const edits = [edit(start, end, put)];
          const after = applyTextEdits(before, edits) ?? '';
          const diff = lineDiff(before, edits).flat();
          const old = linesOf(before);
          const fresh = linesOf(after);
          for (const line of diff) {
            if (line.before !== undefined) expect(old[line.before - 1]).toBe(line.text);
            if (line.after !== undefined) expect(fresh[line.after - 1]).toBe(line.text);
          }
          const removed = new Set(diff.flatMap((line) => (line.kind === 'removed' ? [line.before] : [])));
          const added = new Set(diff.flatMap((line) => (line.kind === 'added' ? [line.after] : [])));
          expect(old.filter((_, index) => !removed.has(index + 1))).toEqual(
            fresh.filter((_, index) => !added.has(index + 1)),
          );
        },
      ),
    );
  });
});
