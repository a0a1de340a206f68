import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matches, subsetOf } from '../../src/hostname.ts';
import { readDuration } from '../../src/istio/duration.ts';
import { durationProblem } from '../../src/validate/duration.ts';
import { headerValueProblem, isClaimName, isHeaderName } from '../../src/validate/headerFormats.ts';
import { buildHostCover, coveringHost } from '../../src/validate/hostCover.ts';
import {
  fqdnProblem,
  gatewayDomainProblem,
  isIpOrCidr,
  isLabelKey,
  isUnixPath,
  wildcardDomainProblem,
} from '../../src/validate/hostFormats.ts';
import { nearestName } from '../../src/validate/nearest.ts';
import { byteLength } from '../../src/validate/stringMatch.ts';

describe('durations', () => {
  it.each([
    ['1.5s', 1_500_000_000n],
    ['1h2m', 3_720_000_000_000n],
    ['-2m30s', -150_000_000_000n],
    ['+1ms', 1_000_000n],
    ['.5s', 500_000_000n],
    ['1.s', 1_000_000_000n],
    ['0', 0n],
    ['1µs', 1_000n],
    ['9223372036854775807ns', 9_223_372_036_854_775_807n],
  ])('%s', (text, nanoseconds) => expect(readDuration(text)).toBe(nanoseconds));
  it.each([
    '',
    '1',
    's',
    '.s',
    '1 s',
    '1m 5s',
    '1d',
    '1S',
    '9223372036854775808ns',
    '2540400000h',
    '1s1',
    '--1s',
  ])('%s is none', (text) => expect(readDuration(text)).toBeUndefined());
  it.each([
    ['1ms', undefined],
    ['999us', 'below-1ms'],
    ['1.5ms', 'part-of-ms'],
    ['-1s', 'below-1ms'],
    ['soon', 'unreadable'],
  ])('problem of %s: %s', (text, problem) => expect(durationProblem(text)).toBe(problem));
});

describe('header values', () => {
  it.each([
    '',
    'a',
    '100%%',
    '%HOSTNAME%',
    'a %A% b',
    '% %',
    '%lower%',
    '%A(b)%',
    '%A(b) %',
    '%A(["x"])%',
    '%A([ "x" , "y" ] ) %',
    '%A())%',
    '%A(a\\)b)%',
  ])('%s is fine', (value) => expect(headerValueProblem(value)).toBeUndefined());
  it.each([
    ['%', 'lone-percent'],
    ['100%', 'lone-percent'],
    ['%A', 'unclosed-variable'],
    ['%A(b', 'unclosed-variable'],
    ['%A(b)', 'unclosed-variable'],
    ['%A(b)c%', 'bad-arguments'],
    ['%A([x])%', 'bad-arguments'],
    ['%A(["x" "y"])%', 'bad-arguments'],
    ['%A(["x"] x)%', 'bad-arguments'],
    ['%A%%', 'lone-percent'],
  ])('%s: %s', (value, problem) => expect(headerValueProblem(value)).toBe(problem));
  it('names', () => {
    expect(['x-a', 'x,a', 'X_1', '', 'x a', ':path', 'ü'].map(isHeaderName)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(
      [
        '@request.auth.claims.a',
        '@REQUEST.auth.claims[a]',
        '@request.auth.claims',
        '@request.auth.claims.',
        '@request.auth.claims[]',
      ].map(isClaimName),
    ).toEqual([true, true, false, false, false]);
  });
});

describe('hosts', () => {
  it.each([
    ['a', undefined],
    ['a.b.', undefined],
    ['A-1.b', undefined],
    ['', 'empty'],
    ['.', 'bad-label'],
    ['a..b', 'bad-label'],
    ['a_b', 'bad-label'],
    ['-a', 'bad-label'],
    ['a.1', 'numeric-last-label'],
    ['a.99999999999999999999', undefined],
    ['10.0.0.1', 'numeric-last-label'],
    [`${'a'.repeat(63)}.b`, undefined],
    [`${'a'.repeat(64)}.b`, 'bad-label'],
    ['ab.'.repeat(86), 'too-long'],
    ['*.a', 'bad-label'],
  ])('name %s: %s', (text, problem) => expect(fqdnProblem(text)).toBe(problem));
  it.each([
    ['*', undefined],
    ['*.a', undefined],
    ['*foo.a', undefined],
    ['*-foo.a', undefined],
    ['7', undefined],
    ['a*.b', 'bad-label'],
    ['a.*', 'bad-label'],
    ['*.1', 'numeric-last-label'],
  ])('with wildcard %s: %s', (text, problem) => expect(wildcardDomainProblem(text)).toBe(problem));
  it('takes the names of AUTO_PASSTHROUGH where server names are matched', () => {
    expect(gatewayDomainProblem('outbound_.80_._.a.b', true)).toBeUndefined();
    expect(gatewayDomainProblem('outbound_.80_._.a.b', false)).toBe('bad-label');
    expect(gatewayDomainProblem('outbound_.x_._.a.b', true)).toBe('sni-form');
    expect(gatewayDomainProblem('outbound_.80_._.1', true)).toBe('sni-form');
  });
  it('addresses, sockets and labels', () => {
    expect(['10.0.0.0/8', '::/0', '10.0.0.1', '10.0.0.0/8/8', '10.0.0.0/33', 'a'].map(isIpOrCidr)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(['/a', '@a', '@', 'a', '/a/', ''].map(isUnixPath)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(['a', 'x.io/a', 'x.io/a/b', '', 'x.io/', '-a', 'a_b.c'].map(isLabelKey)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
      true,
    ]);
  });
  it('finds what covers a host as `subsetOf` does', () => {
    const host = fc.stringMatching(/^(\*|\*?[ab](\.[ab]){0,2}|\*\.[ab])$/);
    fc.assert(
      fc.property(fc.array(host, { maxLength: 6 }), host, (hosts, asked) => {
        const found = coveringHost(buildHostCover(hosts), asked);
        expect(found !== undefined).toBe(hosts.some((other) => subsetOf(asked, other)));
        if (found !== undefined) expect(matches(asked, hosts[found] ?? '')).toBe(true);
      }),
    );
  });
});

it.each([
  ['host', 'hosts'],
  ['credential_name', 'credentialName'],
  ['HTTP', 'http'],
  ['matchs', 'match'],
  ['rotue', 'route'],
  ['somethingElse', undefined],
])('nearest to %s is %s', (name, nearest) => {
  expect(nearestName(name, ['hosts', 'http', 'match', 'route', 'credentialName'])).toBe(nearest);
});

it('counts bytes of UTF-8', () => {
  expect(['a', 'é', '€', '😀', ''].map(byteLength)).toEqual([1, 2, 3, 4, 0]);
});
