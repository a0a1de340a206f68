import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { covers } from '../../src/diagnose/rules/covers.ts';
import type { HeaderMatcher, PathSpecifier, RouteMatch, StringMatcher } from '../../src/envoy/types.ts';
import { mismatch } from '../../src/simulate/matchRoute.ts';
import type { StreamRequest } from '../../src/simulate/request.ts';

const letters = fc.constantFrom('', 'a', 'b', 'ab', 'A', 'aB');
const value: fc.Arbitrary<StringMatcher> = fc.oneof(
  fc.record({ kind: fc.constantFrom('exact' as const, 'prefix' as const), value: letters }),
  fc.record({ kind: fc.constant('regex' as const), value: fc.constantFrom('.*', 'a.*', 'ab', 'a|b') }),
  fc.constant({ kind: 'present' as const }),
);
const path: fc.Arbitrary<PathSpecifier> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('exact' as const, 'prefix' as const),
    value: fc.constantFrom('/', '/a', '/A', '/ab', '/a/', '/a/b', '*', ''),
  }),
  fc.record({
    kind: fc.constant('regex' as const),
    value: fc.constantFrom('.*', '/.*', '/a.*', '/ab?', '/a|/b', '/a/[ab]+'),
  }),
);
const header: fc.Arbitrary<HeaderMatcher> = fc
  .record({ name: fc.constantFrom('x', 'y'), matcher: value, invert: fc.boolean() })
  .map((each) => ({ ...each, treatMissingAsEmpty: each.invert && each.matcher.kind !== 'present' }));
const match: fc.Arbitrary<RouteMatch> = fc.record({
  path,
  caseSensitive: fc.boolean(),
  headers: fc.array(header, { maxLength: 2 }),
  queryParameters: fc.array(fc.record({ name: fc.constantFrom('p', 'q'), matcher: value }), { maxLength: 1 }),
  claims: fc.constant([]),
});
const request: fc.Arbitrary<StreamRequest> = fc.record({
  protocol: fc.constant('http/1.1' as const),
  method: fc.constant('GET'),
  scheme: fc.constant('http'),
  authority: fc.constant('a.example.com'),
  path: fc.constantFrom('/', '/a', '/A', '/ab', '/a/', '/a/b', '/b', '*', '/a?p=a', '/a?q=ab&p=b', '/ab?p'),
  forwardedProto: fc.constant('http'),
  fields: fc.array(fc.tuple(fc.constantFrom('x', 'y'), letters), { maxLength: 2 }),
});

function meets(given: RouteMatch, subject: StreamRequest): boolean {
  const route = {
    name: '',
    match: given,
    action: { kind: 'invalid' as const },
    responseHeaders: { remove: [], set: [], add: [] },
    origin: [],
  };
  return mismatch(route, { request: subject, path: subject.path.split('?')[0] ?? '' }) === undefined;
}

test('what meets a covered match meets the one that covers it', () => {
  fc.assert(
    fc.property(
      match,
      match,
      fc.array(request, { minLength: 20, maxLength: 20 }),
      (earlier, later, requests) => {
        if (!covers(earlier, later)) return;
        for (const each of requests) if (meets(later, each)) expect(meets(earlier, each)).toBe(true);
      },
    ),
    { numRuns: 3000 },
  );
});

const plain: RouteMatch = {
  path: { kind: 'prefix', value: '/' },
  caseSensitive: true,
  headers: [],
  queryParameters: [],
  claims: [],
};
const at = (kind: PathSpecifier['kind'], text: string, rest: Partial<RouteMatch> = {}): RouteMatch => ({
  ...plain,
  path: { kind, value: text },
  ...rest,
});

describe('covers', () => {
  test.each([
    [at('prefix', '/api'), at('exact', '/api/v1'), true],
    [at('prefix', '/api'), at('exact', '/apis'), true],
    [at('prefix', '/api/'), at('exact', '/api'), false],
    [at('regex', '/a.*'), at('exact', '/ab'), true],
    [at('regex', '/a.*'), at('prefix', '/ab'), false],
    [at('prefix', '/a'), at('regex', '/ab.*'), true],
    [at('prefix', '/ab'), at('regex', '/ab?.*'), false],
    [at('exact', '/A'), at('exact', '/a', { caseSensitive: false }), false],
    [at('exact', '/A', { caseSensitive: false }), at('exact', '/a'), true],
    [
      at('prefix', '/', { claims: [{ name: '@request.auth.claims.g', invert: false }] }),
      at('prefix', '/a'),
      false,
    ],
  ])('%j covers %j: %j', (earlier, later, answer) => {
    expect(covers(earlier, later)).toBe(answer);
  });
});
