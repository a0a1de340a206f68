import { describe, expect, it } from 'vitest';
import type { HttpMessage } from '../../src/simulate/call.ts';
import { brokenHttp2Rule } from '../../src/simulate/http2Rules.ts';

const good: HttpMessage = { method: 'GET', authority: 'shop.example.net', path: '/', headers: [] };
const field = 'http2.invalid.header.field';
const message = 'http2.violation.of.messaging.rule';

function withField(name: string, value: string): Partial<HttpMessage> {
  return { headers: [[name, value]] };
}

describe('brokenHttp2Rule', () => {
  it.each<[string, Partial<HttpMessage>]>([
    ['a method that no list knows', { method: 'Get' }],
    ['a star for OPTIONS', { method: 'OPTIONS', path: '*' }],
    ['bytes beyond ASCII in the path', { path: '/é' }],
    ['a port that is none', { authority: 'shop.example.net:x' }],
    ['host instead of :authority', { authority: null, ...withField('host', 'shop.example.net') }],
    ['te for trailers', withField('te', 'Trailers')],
    ['a length of nothing', withField('content-length', '0')],
    ['an underscore in a name', withField('X_a', '1')],
    ['a tab in a value', withField('x', 'a\tb')],
  ])('lets pass %s', (_, change) => {
    expect(brokenHttp2Rule({ ...good, ...change })).toBeUndefined();
  });
  it.each<[string, Partial<HttpMessage>, string]>([
    ['Connection', withField('Connection', 'close'), field],
    ['Upgrade', withField('upgrade', 'websocket'), field],
    ['Transfer-Encoding', withField('transfer-encoding', 'chunked'), field],
    ['another te', withField('te', 'gzip'), field],
    ['a name that is no token', withField('x y', '1'), field],
    ['a control character', withField('x', 'a\u0001'), field],
    ['a length that is none', withField('content-length', 'x'), field],
    [
      'two Host fields',
      {
        headers: [
          ['host', 'a'],
          ['host', 'a'],
        ],
      },
      field,
    ],
    ['a user in the authority', { authority: 'me@shop.example.net' }, field],
    ['an empty authority', { authority: '' }, field],
    ['no method', { method: '' }, field],
    ['no path', { path: '' }, field],
    ['a blank in the path', { path: '/a b' }, field],
    ['nobody to speak to', { authority: null }, message],
    ['a path without slash', { path: 'a' }, message],
    ['a star for GET', { path: '*' }, message],
    ['CONNECT with a path', { method: 'CONNECT' }, message],
    ['a length without body', withField('content-length', '5'), message],
  ])('refuses %s', (_, change, rule) => {
    expect(brokenHttp2Rule({ ...good, ...change })).toBe(rule);
  });
});
