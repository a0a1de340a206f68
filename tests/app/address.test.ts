import { describe, expect, test } from 'vitest';
import { addressOf, addressText, followsHost, readAddress, withAddress } from '../../app/request/address.ts';
import type { Call } from '../../src/simulate/call.ts';

const call: Call = {
  id: 'call',
  from: { kind: 'outside', portOf: 'service' },
  port: 443,
  tls: { sni: 'uk.bookinfo.com', alpn: ['h2', 'http/1.1'], clientCertificate: true },
  http: { method: 'POST', authority: 'uk.bookinfo.com', path: '/reviews/1', headers: [['a', 'b']] },
};

function typed(text: string, from = call, follows = true): Call {
  const read = readAddress(text, from);
  if ('error' in read) throw new Error(read.error);
  return withAddress(from, read.address, follows);
}

describe('the line and the call', () => {
  test.each([
    'https://uk.bookinfo.com/reviews/1',
    'http://uk.bookinfo.com/',
    'http://uk.bookinfo.com:9080/reviews/1?a=b',
    'https://[::1]:8443/x',
    'tls://a.example:15443',
    'http://user:8080/path:with:colons',
  ])('%s stays as it is', (line) => {
    expect(addressText(addressOf(typed(line)))).toBe(line);
  });

  test.each([
    ['uk.bookinfo.com', 'https://uk.bookinfo.com/'],
    ['eu.bookinfo.com/x', 'https://eu.bookinfo.com/x'],
    ['  HTTP://A.example  ', 'http://A.example/'],
    ['http://a.example:80/x', 'http://a.example/x'],
    ['https://me:secret@a.example/x', 'https://a.example/x'],
    ['https://a.example/x#part', 'https://a.example/x'],
    ['https://a.example?q=1', 'https://a.example/?q=1'],
    ['/other?q=1', 'https://uk.bookinfo.com/other?q=1'],
    ['https://bücher.example/ä', 'https://xn--bcher-kva.example/ä'],
  ])('%s is read as %s', (line, expected) => {
    expect(addressText(addressOf(typed(line)))).toBe(expected);
  });

  test.each([
    'ftp://a.example',
    'http://a.example:70000/',
    'http://a b/',
    '',
    'https:///x',
    'https://a.example/a b',
    'javascript:alert(1)',
    '::1',
  ])('%s is refused with a reason', (line) => {
    expect(readAddress(line, call)).toHaveProperty('error');
  });
});

test('method, headers and certificate stay; Host, port and SNI follow', () => {
  expect(typed('https://eu.bookinfo.com:9443/x')).toMatchObject({
    port: 9443,
    tls: { sni: 'eu.bookinfo.com', clientCertificate: true },
    http: { method: 'POST', authority: 'eu.bookinfo.com:9443', path: '/x', headers: [['a', 'b']] },
  });
});

test('an SNI that is unlinked stays', () => {
  const other = { ...call, tls: { sni: 'other.example', alpn: [], clientCertificate: false } };
  expect(followsHost(other)).toBe(false);
  expect(typed('https://eu.bookinfo.com/', other, false).tls?.sni).toBe('other.example');
});

test('addresses are sent as no SNI', () => {
  expect(typed('https://10.0.0.1/').tls?.sni).toBeNull();
  expect(typed('https://[::1]/').tls?.sni).toBeNull();
});

test('plain http has no TLS, opaque bytes have no HTTP', () => {
  expect(typed('http://a.example/').tls).toBeUndefined();
  expect(typed('tcp://a.example:2379').http).toBeUndefined();
  expect(typed('tcp://a.example:2379').tls).toBeUndefined();
});

test('inside the mesh the line is what the workload dials', () => {
  const inside: Call = { ...call, from: { kind: 'mesh', namespace: 'prod', labels: {}, host: 'x' } };
  expect(typed('http://reviews.prod:9080/', inside).from).toMatchObject({ host: 'reviews.prod' });
});
