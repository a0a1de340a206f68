import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fullMatch,
  invalidRegex,
  isRefusedByEnvoy,
  replaceAll,
  literalPrefix,
} from '../../src/envoy/regex.ts';

it('lets two groups have one name', () => {
  expect(fullMatch('(?P<n>a)(?P<n>b)', 'ab')).toBe(true);
  expect(replaceAll('(?P<n>a)(?<n>b)', '\\2\\1', 'xaby')).toBe('xbay');
});

describe('names of Unicode classes', () => {
  it('compiles what only Go knows, and matches nothing with it, since Envoy does not know it', () => {
    expect(invalidRegex('\\p{Letter}')).toBeUndefined();
    expect(fullMatch('\\p{Letter}', 'a')).toBe(false);
    expect(fullMatch('\\p{L}', 'a')).toBe(true);
    expect(fullMatch('[\\p{Lu}\\d]+', 'A1')).toBe(true);
    expect(fullMatch('\\p{^Lu}', 'a')).toBe(true);
    expect(['\\p{Letter}', '\\p{lu}', '\\p{Cn}', '\\p{L}', '\\p{Greek}'].filter(isRefusedByEnvoy)).toEqual([
      '\\p{Letter}',
      '\\p{lu}',
      '\\p{Cn}',
    ]);
  });
});

describe('invalidRegex', () => {
  it.each([
    '(?i)/API',
    '/v[0-9]+(/.*)?',
    '\\Qa*\\E',
    '(?P<n>a)',
    '(?<n>a)',
    '(?P<n>a)(?P<n>b)',
    '[[:alpha:]]',
    'a{1000}',
    '$*',
    '\\pL\\p{Lu}[\\P{Nd}]',
    '\\p{Letter}',
    '\\p{uppercase letter}',
    '\\p{^han}',
    '\\p{Assigned}',
    '\\Q\\p{none}\\E',
  ])('accepts %s', (pattern) => expect(invalidRegex(pattern)).toBeUndefined());
  it.each([
    '*',
    '/(?!api).*',
    '(?<=a)b',
    '(a)\\1',
    'a{1001}',
    '((a{100}){100}){100}',
    'a**',
    '(?>a)',
    '\\Z',
    '\\u0041',
    '\\p{Lowercase}',
    '\\p{White_Space}',
    '\\p{Old_Italic}',
    '[\\p{Emoji}]',
    '\\p{}',
    '\\pX',
    '[z-a]',
    '(',
  ])('refuses %s', (pattern) => {
    expect(invalidRegex(pattern)?.reason).toMatch(/./);
  });
});

describe('fullMatch', () => {
  it.each([
    ['/v[0-9]', '/v1', true],
    ['/v[0-9]', '/v1/x', false],
    ['/a|/ab', '/ab', true],
    ['.*', 'a\nb', false],
    ['(?i)/api', '/API', true],
    ['(?!a)', '', false],
    // Two bytes, not one character.
    ['/caf.', '/cafÃ©', false],
    ['/caf..', '/cafÃ©', true],
    ['/café', '/cafÃ©', true],
    ['/café', '/café', false],
  ])('%s on %s: %s', (pattern, subject, expected) => expect(fullMatch(pattern, subject)).toBe(expected));

  it('takes linear time', () => {
    expect(fullMatch('(a+)+b', 'a'.repeat(50_000))).toBe(false);
  });

  it('keeps no more than a bounded number of patterns, and stays right beyond it', () => {
    for (let n = 0; n < 5000; n++) expect(fullMatch(`/p${n}`, `/p${n}`)).toBe(true);
    expect(fullMatch('/p0', '/p0')).toBe(true);
  });
});

describe('replaceAll', () => {
  it.each([
    ['a*', 'X', 'baac', 'XbXcX'],
    ['^/api/(v[0-9])/(.*)$', '/\\2/\\1', '/api/v1/x', '/x/v1'],
    ['/x', '/y', '/api/x/x', '/api/y/y'],
    ['^/a', '/b', '/a/a', '/b/a'],
    ['\\b', '|', 'ab cd', '|ab| |cd|'],
    ['(a)|(b)', '[\\2]', 'ab', '[][b]'],
    ['a', '$1\\\\\\0', 'a', '$1\\a'],
    ['', '-', 'ab', '-a-b-'],
    ['(', 'x', '/same', '/same'],
    ['(a)', '/\\2', '/a', '/a'],
    ['(a)', '/\\x\\2', '/a', '/a'],
    ['(a)', 'q\\1\\x-', '/a/a', '/qa/qa'],
    ['(a)', 'b\\', '/a', '/b'],
    ['(a)', '\\10', '/a', '/a0'],
  ])('%s → %s on %s gives %s', (pattern, substitution, subject, expected) =>
    expect(replaceAll(pattern, substitution, subject)).toBe(expected),
  );
});

describe('literalPrefix', () => {
  it.each([
    ['/api/.*', '/api/'],
    ['/api/?', '/api'],
    ['/api/+', '/api/'],
    ['/apis{0,1}', '/api'],
    ['^/a\\.b\\d', '/a.b'],
    ['/a|/b', ''],
    ['(?i)/a', ''],
    ['a(?i)?a', ''],
    ['a\\Q\\E*', ''],
    ['', ''],
  ])('of %s is %j', (pattern, prefix) => {
    expect(literalPrefix(pattern)).toBe(prefix);
  });

  it('begins every text that the pattern matches', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '/',
      '.',
      '*',
      '?',
      '+',
      '|',
      '(',
      ')',
      '[ab]',
      '^',
      '$',
      '\\.',
      '\\d',
      '{0,1}',
      '(?i)',
      '\\Qa.\\E',
      '\\Q',
      '\\E',
      '(?:',
      '(?P<n>',
      '(?i:',
    );
    const pattern = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
    const subject = fc
      .array(fc.constantFrom('a', 'b', '/', '.', '1', 'A'), { maxLength: 5 })
      .map((chars) => chars.join(''));
    fc.assert(
      fc.property(pattern, subject, (tried, text) => {
        if (fullMatch(tried, text)) expect(text.startsWith(literalPrefix(tried))).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });
});
