import { describe, expect, it } from 'vitest';
import {
  compareSpecificity,
  intersect,
  matches,
  moreSpecific,
  namesForNamespace,
  resolveShortName,
  subsetOf,
} from '../src/hostname.ts';
import { readIpAddress, readIpPrefix, prefixContains } from '../src/ipAddress.ts';

describe('subsetOf and matches', () => {
  it.each([
    ['a.x.io', 'a.x.io', true, true],
    ['a.x.io', '*.x.io', true, true],
    ['*.x.io', 'a.x.io', false, true],
    ['x.io', '*.x.io', false, false],
    ['*.a.x.io', '*.x.io', true, true],
    ['*.x.io', '*.a.x.io', false, true],
    ['*', '*.x.io', false, true],
    ['a.x.io', '*', true, true],
    ['A.x.io', 'a.x.io', false, false],
    ['*foo.io', '*.foo.io', false, true],
    ['*.foo.io', '*foo.io', true, true],
  ])('%s in %s: %s, overlaps: %s', (a, b, within, overlap) => {
    expect(subsetOf(a, b)).toBe(within);
    expect(matches(a, b)).toBe(overlap);
  });
});

it('intersect keeps the narrower of each pair once', () => {
  expect(intersect(['foo.com', '*.net'], ['*.com', 'bar.net', '*.com'])).toEqual(['foo.com', 'bar.net']);
  expect(intersect(['foo.com'], ['bar.com'])).toEqual([]);
});

it('sorts names before wildcards, longer before shorter', () => {
  expect(['*', 'a.io', '*.a.io', 'bb.io', 'b.io'].sort(compareSpecificity)).toEqual([
    'bb.io',
    'a.io',
    'b.io',
    '*.a.io',
    '*',
  ]);
  expect(moreSpecific('', '')).toBe(true);
});

it('namesForNamespace', () => {
  expect(namesForNamespace(['n/a.io', '*/b.io', 'c.io', './d.io', 'o/e.io'], 'n')).toEqual([
    'a.io',
    'b.io',
    'c.io',
  ]);
});

it.each([
  ['a', 'a.n.svc.cluster.local'],
  ['a.b', 'a.b'],
  ['*', '*'],
  ['::1', '::1'],
  ['', ''],
])('short name %s means %s', (host, expected) => expect(resolveShortName(host, 'n')).toBe(expected));

describe('addresses', () => {
  it.each([
    '1.2.3.4',
    '::',
    '::1',
    '1::',
    'fe80::1%eth0',
    '::ffff:1.2.3.4',
    '1:2:3:4:5:6:7:8',
    '1:2:3:4:5:6:1.2.3.4',
    '1:2:3:4:5:6:7::',
  ])('%s is one', (text) => expect(readIpAddress(text)).toBeDefined());
  it.each([
    '',
    '1.2.3',
    '01.2.3.4',
    '1.2.3.256',
    '1.2.3.4%e',
    '1::2::3',
    ':::',
    ':1',
    '1:',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    'fe80::1%',
    '12345::',
    '1.2.3.4::',
    'a',
    '::1.2.3.4:1',
  ])('%s is none', (text) => expect(readIpAddress(text)).toBeUndefined());
  it.each([
    ['10.0.0.0/8', '10.1.2.3', true],
    ['10.0.0.0/8', '11.1.2.3', false],
    ['0.0.0.0/0', '1.2.3.4', true],
    ['::/0', '1.2.3.4', false],
    ['10.1.2.3/32', '10.1.2.3', true],
  ])('%s contains %s: %s', (prefix, address, expected) => {
    const range = readIpPrefix(prefix);
    const ip = readIpAddress(address);
    expect(range && ip && prefixContains(range, ip)).toBe(expected);
  });
  it.each(['10.0.0.0/33', '10.0.0.0/08', '10.0.0.0/', '10.0.0.0', 'fe80::1%e/64', '/8'])(
    '%s is no prefix',
    (text) => expect(readIpPrefix(text)).toBeUndefined(),
  );
});
