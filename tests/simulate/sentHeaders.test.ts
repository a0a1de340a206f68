import { describe, expect, it } from 'vitest';
import type { ForwardAction } from '../../src/envoy/types.ts';
import { setGrpcTimeout } from '../../src/simulate/grpcTimeout.ts';
import { prepareRequest } from '../../src/simulate/prepareRequest.ts';
import { isReferer } from '../../src/simulate/referer.ts';
import { fieldValue, type Field, type StreamRequest } from '../../src/simulate/request.ts';
import { waitsOf } from '../../src/compile/routePolicies.ts';

describe('grpc-timeout', () => {
  const request = (fields: readonly Field[]): StreamRequest => ({
    protocol: 'http/1.1',
    method: 'POST',
    scheme: 'http',
    authority: 'a',
    path: '/',
    forwardedProto: 'http',
    fields,
  });
  const operations = { remove: [], set: [], add: [] };

  function sent(rule: Parameters<typeof waitsOf>[0], asked?: string, type = 'application/grpc') {
    const waits = waitsOf(rule);
    const action: ForwardAction = {
      kind: 'forward',
      clusters: [],
      weighted: false,
      requestHeaders: operations,
      mirrors: [],
      ...(waits && { waits }),
    };
    const fields: Field[] = [['content-type', type]];
    if (asked !== undefined) fields.push(['grpc-timeout', asked]);
    setGrpcTimeout(fields, action, request(fields));
    return fieldValue(fields, 'grpc-timeout');
  }

  it.each([
    ['nothing is said', {}, undefined, undefined],
    ['the caller says, in other words', {}, '1S', '1000m'],
    ['parts of a millisecond', {}, '1n', '1m'],
    ['more than eight digits of milliseconds', {}, '99999999H', '99999999H'],
    ['minutes are enough', { timeout: '100000h' }, undefined, '6000000M'],
    ['what cannot be read', {}, '1s', '1s'],
    ['the rule says', { timeout: '5s' }, undefined, '5000m'],
    ['the rule says less', { timeout: '5s' }, '10S', '5000m'],
    ['the caller says less', { timeout: '5s' }, '3000m', '3000m'],
    ['one try', { timeout: '5s', retries: { attempts: 2, perTryTimeout: '2s' } }, '10S', '2000m'],
    [
      'one try longer than the call',
      { timeout: '1s', retries: { attempts: 2, perTryTimeout: '2s' } },
      '',
      '1000m',
    ],
    ['no tries', { retries: { attempts: 0, perTryTimeout: '2s' } }, '1S', '1000m'],
  ])('%s', (_, rule, asked, expected) => {
    expect(sent(rule, asked)).toBe(expected);
    expect(sent(rule, asked, 'text/plain')).toBe(asked);
  });
});

it.each([
  ['http://x.org/a?b#', true],
  ['foo://[::1]:80', true],
  ['http://x.org/a#b', false],
  ['http://me@x.org/', false],
  ['http://a_b/', false],
  ['/a:b', true],
  ['a:b', false],
  ['', true],
  ['/a|b', false],
])('Referer %s', (value, expected) => {
  expect(isReferer(value)).toBe(expected);
});

it('QUERY is asked for its type before its path is normalised', () => {
  const decoded = {
    protocol: 'http/1.1',
    method: 'QUERY',
    authority: 'a',
    path: '/%00',
    fields: [],
  } as const;
  const facts = { secure: false, useRemoteAddress: true, clientCertificate: false };
  expect(prepareRequest(decoded, facts)).toMatchObject({ reply: { details: 'query_missing_content_type' } });
});
