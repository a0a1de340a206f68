import { describe, expect, test } from 'vitest';
import { code, count, fill, list, phrase, plain, say, strong } from '../../src/explain/phrase.ts';

describe('phrase', () => {
  test('joins neighbouring text and drops empty text', () => {
    expect(phrase('a ', '', 'b', code('c'), 1, [' d', strong('e')])).toEqual([
      'a b',
      { code: 'c' },
      '1 d',
      { strong: 'e' },
    ]);
  });

  test('a tagged template shows values as code', () => {
    expect(say`Port ${80} of ${'web'}, ${strong('now')}.`).toEqual([
      'Port ',
      { code: '80' },
      ' of ',
      { code: 'web' },
      ', ',
      { strong: 'now' },
      '.',
    ]);
  });
});

describe('list', () => {
  test.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
    [['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'], '1, 2, 3, 4, 5, 6, 7, 8 and 2 more'],
  ])('%j', (items, text) => {
    expect(plain(list(items))).toBe(text);
  });
});

describe('fill', () => {
  test.each([
    ['Port {port} is free.', { port: 80 }, ['Port ', { code: '80' }, ' is free.']],
    [
      'Use `v1`, **not** {v}.',
      { v: 'v2' },
      ['Use ', { code: 'v1' }, ', ', { strong: 'not' }, ' ', { code: 'v2' }, '.'],
    ],
    ['One of {list|or}.', { list: ['a', 'b'] }, ['One of ', { code: 'a' }, ' or ', { code: 'b' }, '.']],
    [
      'Unknown {f}[; did you mean {near}?]',
      { f: 'x', near: 'y' },
      ['Unknown ', { code: 'x' }, '; did you mean ', { code: 'y' }, '?'],
    ],
    ['Unknown {f}[; did you mean {near}?]', { f: 'x' }, ['Unknown ', { code: 'x' }]],
    ['Empty {f}', { f: '' }, ['Empty ', { code: '""' }]],
    ['Missing {f}', {}, ['Missing ', { code: 'f' }]],
    ['An index [0] stays', {}, ['An index [0] stays']],
  ])('%s %j', (template, params, parts) => {
    expect(fill(template, params)).toEqual(parts);
  });
});

test('count', () => {
  expect([count(1, 'host'), count(2, 'host'), count(0, 'entry', 'entries')]).toEqual([
    '1 host',
    '2 hosts',
    '0 entries',
  ]);
});
