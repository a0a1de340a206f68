import { expect, test } from 'vitest';
import { compareText } from '../../src/explain/compareText.ts';
import type { Marked } from '../../src/explain/told.ts';

/** `[…]` differs, `{…}` agrees, `(…)` are words of ours. */
const shown = (pieces: Marked): string =>
  pieces
    .map(
      ({ text, mark }) =>
        ({ plain: text, differs: `[${text}]`, equal: `{${text}}`, words: `(${text})` })[mark],
    )
    .join('')
    .replaceAll('\u00a0', '_');

test.each([
  ['prefix', '/reviews/', '/reviews', false, '/reviews[/]', '/reviews[_]'],
  ['prefix', '/api/v2', '/api/v1/x', false, '/api/v[2]', '/api/v[1/x]'],
  ['exact', '/a', '/a/b', false, '/a', '/a[/b]'],
  ['exact', '/cart', 'x', false, '/cart', '[x]'],
  ['exact', '/a', '', false, '/a', '(an empty value)'],
  ['regex', '/v[0-9]+', '/vx', false, '/v[0-9]+', '/vx'],
  ['prefix', '/reviews/', '/reviews/1', true, '/reviews/', '{/reviews/}1'],
  ['exact', '/a', '/a', true, '/a', '{/a}'],
  ['regex', '/v[0-9]+', '/v12', true, '/v[0-9]+', '{/v12}'],
] as const)('%s %s against %s', (kind, value, got, agrees, wantsShown, gotShown) => {
  const { wants, got: told } = compareText({ kind, value }, got, { agrees });
  expect([shown(wants), shown(told)]).toEqual([wantsShown, gotShown]);
});

test('what is not there is told in words', () => {
  const { got } = compareText({ kind: 'exact', value: 'x' }, undefined, {
    agrees: false,
    absent: 'no such header',
  });
  expect(shown(got)).toBe('(no such header)');
});

test('a value without end is cut', () => {
  const { got } = compareText({ kind: 'regex', value: 'x' }, 'y'.repeat(100_000), { agrees: false });
  expect(shown(got).length).toBeLessThan(500);
});
