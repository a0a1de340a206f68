import { describe, expect, it } from 'vitest';
import type { HeaderMatcher, Route, RouteMatch, StringMatcher, VirtualHost } from '../../src/envoy/types.ts';
import { rewritePath } from '../../src/simulate/forward.ts';
import {
  applyHeaderOperations,
  formatValue,
  hasUnknownCommand,
} from '../../src/simulate/headerOperations.ts';
import { localReply } from '../../src/simulate/localReply.ts';
import { matchRoute } from '../../src/simulate/matchRoute.ts';
import { matchVirtualHost } from '../../src/simulate/matchVirtualHost.ts';
import { normalizePath } from '../../src/simulate/normalizePath.ts';
import { looksLikeHttp1, readRequest } from '../../src/simulate/readRequest.ts';
import { redirectLocation } from '../../src/simulate/redirect.ts';
import type { Field, StreamRequest } from '../../src/simulate/request.ts';

const request: StreamRequest = {
  protocol: 'http/1.1',
  method: 'GET',
  scheme: 'http',
  authority: 'a.com',
  path: '/',
  forwardedProto: 'http',
  fields: [],
};
const everything: RouteMatch = {
  path: { kind: 'prefix', value: '/' },
  caseSensitive: true,
  headers: [],
  queryParameters: [],
  claims: [],
};
const none = { remove: [], set: [], add: [] };

function route(match: Partial<RouteMatch>, more: Partial<Route> = {}): Route {
  return {
    name: '',
    match: { ...everything, ...match },
    action: { kind: 'direct-response', status: 200, body: '' },
    responseHeaders: none,
    origin: [],
    ...more,
  };
}

describe('normalizePath', () => {
  it.each([
    ['/a/../b', '/b'],
    ['/a/..', '/'],
    ['/..', '/'],
    ['/a/..;', '/'],
    ['/a//../b', '/a/b'],
    ['/a/%2e%2e%2fb', '/a/..%2fb'],
    ['/a/..%3bx/b', '/a/..%3bx/b'],
    ['/a//b/', '/a//b/'],
    ['/a%2Fb', '/a%2Fb'],
    ['/%61dmin', '/admin'],
    ['/a%2eb', '/a.b'],
    ['/a\tb c?d\te', '/a%09b%20c?d\te'],
    ['/a/..;x=1/b', '/b'],
    ['/a\\b', '/a/b'],
    ['/a\\..\\b', '/b'],
    ['/A/b?x=/../y', '/A/b?x=/../y'],
    ['/a/.', '/a/'],
    ['/a/...', '/a/...'],
    ['/a/..c', '/a/..c'],
    ['/"<>^`{|}', '/%22%3C%3E%5E%60%7B%7C%7D'],
    ['/%', '/%'],
    ['/é?é', '/%E9?é'],
    ['/a%4', '/a%4'],
    ['/a/%00', undefined],
    ['/a#b', undefined],
    ['/a?b#c', undefined],
  ])('%s → %s', (sent, normalized) => {
    expect(normalizePath(sent)).toBe(normalized);
  });
});

describe('readRequest', () => {
  const http = { method: 'GET', authority: 'a.com', path: '/', headers: [] as [string, string][] };
  it.each([
    ['an unknown method', { method: 'get' }, 'http1.codec_error'],
    ['a target without slash', { path: 'x' }, 'http1.codec_error'],
    ['a space in the target', { path: '/a b' }, 'http1.codec_error'],
    ['a space in a name', { headers: [['x bad', '1']] as [string, string][] }, 'http1.codec_error'],
    [
      'a length that is none',
      { headers: [['content-length', 'x']] as [string, string][] },
      'http1.codec_error',
    ],
    [
      'a control character',
      { headers: [['x', 'a\u0001']] as [string, string][] },
      'http1.invalid_characters',
    ],
    [
      'an odd encoding',
      { headers: [['transfer-encoding', 'odd']] as [string, string][] },
      'http1.invalid_transfer_encoding',
    ],
    ['CONNECT to a URL', { method: 'CONNECT', path: 'https://a.com/' }, 'http1.invalid_url'],
    ['a slash in Host', { authority: 'a/b' }, 'http.invalid_authority'],
    ['a control character before a bad target', { path: '/é\u0001' }, 'http1.invalid_characters'],
    ['a control character in Host', { authority: 'a\u0001' }, 'http1.invalid_characters'],
    ['a control character before a bad method', { method: 'x', path: '/\u0001' }, 'http1.invalid_characters'],
    [
      'a control character in a name',
      { headers: [['x\u0001', '1']] as [string, string][] },
      'http1.invalid_characters',
    ],
    ['a line that begins with a blank', { method: '', path: '/\u0001' }, 'http1.codec_error'],
    ['a tab in the target', { path: '/a\tb' }, 'http1.codec_error'],
    [
      'a body of CONNECT',
      { method: 'CONNECT', path: 'a:80', headers: [['content-length', '00']] as [string, string][] },
      'http1.body_disallowed',
    ],
    ['a URL without host', { path: 'http://' }, 'http1.invalid_url'],
    [
      'a length beyond 64 bits',
      { headers: [['content-length', '18446744073709551616']] as [string, string][] },
      'http1.codec_error',
    ],
    [
      'a bad length beside chunks',
      {
        headers: [
          ['content-length', 'x'],
          ['transfer-encoding', 'chunked'],
        ] as [string, string][],
      },
      'http1.content_length_and_chunked_not_allowed',
    ],
    ['a host that no URL has', { path: 'http://a_b/' }, 'http1.invalid_url'],
    ['CONNECT to the version', { method: 'CONNECT', path: '' }, 'http1.invalid_url'],
    ['a name that is no token', { headers: [['x(y)', '1']] as [string, string][] }, 'http1.codec_error'],
    [
      'two lengths',
      {
        headers: [
          ['content-length', '0'],
          ['content-length', '0'],
        ] as [string, string][],
      },
      'http1.codec_error',
    ],
    [
      'a length beside an encoding',
      {
        headers: [
          ['content-length', '0'],
          ['transfer-encoding', 'chunked'],
        ] as [string, string][],
      },
      'http1.content_length_and_chunked_not_allowed',
    ],
    ['a star without OPTIONS', { path: '*' }, 'http1.invalid_url'],
    ['a URL of another scheme', { path: 'ftp://a.com/' }, 'http1.invalid_scheme'],
    ['a URL with a port that is none', { path: 'http://a.com:70000/' }, 'http1.invalid_url'],
    ['a URL with a fragment for a host', { path: 'http://a.com#x' }, 'http1.codec_error'],
    [
      'a Connection header that names where the client is',
      { headers: [['connection', 'close, X-Forwarded-For']] as [string, string][] },
      'http1.connection_header_rejected',
    ],
    [
      'a Connection header with ten names',
      { headers: [['connection', 'a,b,c,d,e,f,g,h,i,j']] as [string, string][] },
      'http1.connection_header_rejected',
    ],
    ['HTTP/1.0 before a bad Host', { version: '1.0' as const, authority: 'a/b' }, 'low_version'],
    [
      'an odd encoding before HTTP/1.0',
      { version: '1.0' as const, headers: [['transfer-encoding', 'odd']] as [string, string][] },
      'http1.invalid_transfer_encoding',
    ],
  ])('refuses %s', (_, change, details) => {
    expect(readRequest({ ...http, ...change }, 'http/1.1')).toMatchObject({ kind: 'refused', details });
  });
  it('leaves out what Connection names, and te but for trailers', () => {
    const headers: [string, string][] = [
      ['connection', 'Close, X-Once, te'],
      ['x-once', '1'],
      ['x-twice', '2'],
      ['te', 'gzip'],
    ];
    const fields = [
      ['connection', 'Close, X-Once, te'],
      ['x-twice', '2'],
    ];
    expect(readRequest({ ...http, headers }, 'http/1.1')).toMatchObject({ request: { fields } });
    const kept = readRequest(
      {
        ...http,
        headers: [
          ['connection', 'te'],
          ['te', 'trailers'],
        ],
      },
      'http/1.1',
    );
    expect(kept).toMatchObject({
      request: {
        fields: [
          ['connection', 'te'],
          ['te', 'trailers'],
        ],
      },
    });
  });
  it('spells the te that Connection names as it should be', () => {
    const headers: [string, string][] = [
      ['connection', 'te'],
      ['te', 'gzip, Trailers'],
    ];
    const read = readRequest({ ...http, headers }, 'http/1.1');
    expect(read).toMatchObject({ request: { fields: [headers[0], ['te', 'trailers']] } });
  });
  it('takes Host away where Connection names it', () => {
    const headers: [string, string][] = [['connection', 'Host']];
    expect(readRequest({ ...http, headers }, 'http/1.1')).not.toHaveProperty('request.authority');
  });
  it('lets only OPTIONS ask for a star', () => {
    const read = readRequest({ ...http, method: 'OPTIONS', path: '*' }, 'http/1.1');
    expect(read).toMatchObject({ request: { path: '*' } });
  });
  it('lets HTTP/2 have any method', () => {
    expect(readRequest({ ...http, method: 'get' }, 'h2').kind).toBe('request');
  });
  it('refuses an https URL over plaintext where it is told to', () => {
    const url = { ...http, path: 'HTTPS://b.com/' };
    expect(readRequest(url, 'http/1.1')).toMatchObject({ request: { scheme: 'https' } });
    expect(readRequest(url, 'http/1.1', { refuseHttps: true })).toMatchObject({
      status: 403,
      details: 'http1.https_url_on_plaintext_connection',
    });
  });
  it('takes runs of blanks between the words of the request line for one', () => {
    expect(readRequest({ ...http, path: ' /a\t ' }, 'http/1.1')).toMatchObject({ request: { path: '/a' } });
  });
  it.each([
    ['an unknown method', { method: 'm-search' }, true],
    ['a control character at the end of a word', { path: '/\u0001' }, true],
    ['a method that is no token', { method: 'G:T' }, false],
    ['no target', { path: '' }, false],
    ['a target without scheme', { path: 'a/b' }, false],
    ['more than three words', { path: '/a b' }, false],
  ])('a sniffer and %s', (_, changed, expected) => {
    expect(looksLikeHttp1({ ...http, ...changed })).toBe(expected);
  });
  it('takes host and path from an absolute target', () => {
    const read = readRequest({ ...http, path: 'http://b.com' }, 'http/1.1');
    expect(read).toMatchObject({ request: { authority: 'b.com', path: '/', scheme: 'http' } });
    const query = readRequest({ ...http, path: 'http://b.com?x' }, 'http/1.1');
    expect(query).toMatchObject({ request: { authority: 'b.com', path: '?x' } });
    const user = readRequest({ ...http, path: 'HTTP://me:secret@b.com:81/x' }, 'http/1.1');
    expect(user).toMatchObject({ request: { authority: 'b.com:81', path: '/x', scheme: 'http' } });
  });
  it('joins what Envoy keeps inline, two Host lines, and cookies of HTTP/2', () => {
    const headers: [string, string][] = [
      ['User-Agent', 'a'],
      ['user-agent', ''],
      ['user-agent', 'b'],
      ['x', '1'],
      ['x', '2'],
      ['cookie', 'a=1'],
      ['cookie', 'b=2'],
    ];
    const read = readRequest({ ...http, headers: [...headers, ['host', ''], ['host', 'b.com']] }, 'http/1.1');
    expect(read).toMatchObject({
      request: {
        authority: 'a.com,b.com',
        fields: [
          ['user-agent', 'a,b'],
          ['x', '1'],
          ['x', '2'],
          ['cookie', 'a=1'],
          ['cookie', 'b=2'],
        ],
      },
    });
    const overHttp2 = readRequest({ ...http, headers }, 'h2');
    expect(overHttp2).toMatchObject({
      request: {
        fields: [
          ['user-agent', 'a,b'],
          ['x', '1'],
          ['x', '2'],
          ['cookie', 'a=1; b=2'],
        ],
      },
    });
  });
});

describe('matchVirtualHost', () => {
  const host = (name: string, domains: readonly string[]): VirtualHost => ({
    name,
    domains,
    routes: [],
    requireTls: false,
    origin: [],
  });
  const config = {
    name: 'http.80',
    virtualHosts: [
      host('exact', ['a.example.com']),
      host('narrow', ['*.b.example.com']),
      host('wide', ['*.example.com']),
      host('any', ['*']),
    ],
  };
  it.each([
    ['a.example.com', 'exact'],
    ['A.Example.com:8080', 'exact'],
    ['a.example.com:', 'exact'],
    ['x.b.example.com', 'narrow'],
    ['b.example.com', 'wide'],
    ['example.com', 'any'],
    ['.example.com', 'any'],
    ['a.example.com.', 'any'],
    ['', 'any'],
    ['[::1]:80', 'any'],
  ])('%s → %s', (authority, name) => {
    expect(matchVirtualHost(config, authority).virtualHost?.name).toBe(name);
  });
  it('names near misses, and counts the rest', () => {
    const many = Array.from({ length: 500 }, (_, index) => host(`h${index}`, [`h${index}.example.com`]));
    const { step } = matchVirtualHost({ name: 'x', virtualHosts: many }, 'h42x.example.com');
    expect(step.taken).toBeUndefined();
    expect(step.passedOver).toHaveLength(4);
    expect(step.passedOver.length + step.others).toBe(500);
    expect(step.passedOver[0]?.because).toMatchObject({ kind: 'host-differs', got: 'h42x.example.com' });
  });
});

describe('header conditions', () => {
  const exact = (value: string): StringMatcher => ({ kind: 'exact', value });
  const regex = (value: string): StringMatcher => ({ kind: 'regex', value });
  const present: StringMatcher = { kind: 'present' };
  const sent: Readonly<Record<string, readonly Field[]>> = {
    absent: [],
    empty: [['x', '']],
    a: [['x', 'a']],
    ab: [
      ['x', 'a'],
      ['x', 'b'],
    ],
  };
  it.each<[StringMatcher, boolean, readonly string[]]>([
    [present, false, ['empty', 'a', 'ab']],
    [exact(''), false, ['empty']],
    [exact('a'), false, ['a', 'ab']],
    [exact('a,b'), false, []],
    [regex('.*'), false, ['empty', 'a', 'ab']],
    [regex('a|c'), false, ['a', 'ab']],
    [present, true, ['absent']],
    [exact('a'), true, ['absent', 'empty']],
    [exact(''), true, ['a', 'ab']],
    [regex('.*'), true, []],
    [regex('.+'), true, ['absent', 'empty']],
  ])('%j, inverted: %j → %j', (matcher, invert, expected) => {
    const header: HeaderMatcher = {
      name: 'x',
      matcher,
      invert,
      treatMissingAsEmpty: invert && matcher.kind !== 'present',
    };
    const virtualHost: VirtualHost = {
      name: 'h',
      domains: ['*'],
      routes: [route({ headers: [header] })],
      requireTls: false,
      origin: [],
    };
    const meets = Object.keys(sent).filter((key) => {
      return matchRoute(virtualHost, { ...request, fields: sent[key] ?? [] }).route !== undefined;
    });
    expect(meets).toEqual(expected);
  });
});

describe('matchRoute', () => {
  const routes = [
    route({ path: { kind: 'exact', value: '/a' } }, { name: 'exact' }),
    route({ path: { kind: 'prefix', value: '/API' }, caseSensitive: false }, { name: 'folded' }),
    route({ path: { kind: 'regex', value: '/v[0-9]' } }, { name: 'regex' }),
    route({ queryParameters: [{ name: 'q', matcher: { kind: 'exact', value: '' } }] }, { name: 'query' }),
    route({ claims: [{ name: '@request.auth.claims.a', invert: false }] }, { name: 'claim' }),
    route({ path: { kind: 'prefix', value: '/a' } }, { name: 'last' }),
  ];
  const virtualHost: VirtualHost = { name: 'h', domains: ['*'], routes, requireTls: false, origin: [] };
  it.each([
    ['/a', 'exact'],
    ['/a?x', 'exact'],
    ['/a/', 'last'],
    ['/apiary', 'folded'],
    ['/v1', 'regex'],
    ['/v1/x', undefined],
    ['/x?q', 'query'],
    ['/x?q=&q=1', 'query'],
    ['/x?q=1&q=', undefined],
    ['/x?&&q', 'query'],
  ])('%s → %s', (path, name) => {
    expect(matchRoute(virtualHost, { ...request, path }).step.taken?.name).toBe(name);
  });
  it('says what was passed over, nearest first, and what comes later', () => {
    const { step } = matchRoute(virtualHost, { ...request, path: '/a/b' });
    expect(step.taken).toMatchObject({ index: 5, routeName: 'last' });
    expect(step.passedOver.map(({ name, because }) => [name, because.kind])).toEqual([
      ['claim', 'claim-unknown'],
      ['query', 'query-differs'],
      ['exact', 'path-differs'],
      ['folded', 'path-differs'],
      ['regex', 'path-differs'],
    ]);
    const [later] = matchRoute(virtualHost, { ...request, path: '/a' }).step.passedOver.slice(-1);
    expect(later).toMatchObject({ name: 'last', because: { kind: 'later', than: 'exact' } });
  });
});

describe('redirectLocation', () => {
  it.each([
    [{ path: '/v2' }, { path: '/old?x=1' }, 'http://a.com/v2?x=1'],
    [{ path: '/v2?y=2' }, { path: '/old?x=1' }, 'http://a.com/v2?y=2'],
    [{ path: 'rel' }, { path: '/p?x=1' }, 'http://a.com/rel?x=1'],
    [{ authority: 'b.com' }, { authority: 'a.com:8080', path: '/p?x' }, 'http://b.com/p?x'],
    [{ scheme: 'https' }, { authority: 'a.com:80', path: '/p' }, 'https://a.com/p'],
    [{ scheme: 'https' }, { authority: 'a.com:8080', path: '/p' }, 'https://a.com:8080/p'],
    [{ scheme: 'https', port: 8443 }, { authority: 'a.com:8080', path: '/p' }, 'https://a.com:8443/p'],
    [{ prefixRewrite: '/bar' }, { path: '/foo/baz?q' }, 'http://a.com/bar/baz?q'],
    [{ prefixRewrite: '/' }, { path: '/foo/baz' }, 'http://a.com//baz'],
    [
      { scheme: 'https' },
      { authority: 'a.com:443', path: '/p', scheme: 'https', forwardedProto: 'https' },
      'https://a.com:443/p',
    ],
  ])('%j of %j → %s', (action, change, location) => {
    const match: RouteMatch = { ...everything, path: { kind: 'prefix', value: '/foo' } };
    const redirect = { kind: 'redirect' as const, status: 301, ...action };
    expect(redirectLocation(redirect, match, { ...request, ...change })).toBe(location);
  });
});

describe('rewritePath', () => {
  const forward = {
    kind: 'forward',
    clusters: [],
    weighted: false,
    requestHeaders: none,
    mirrors: [],
  } as const;
  it.each([
    [{ kind: 'prefix', value: '/foo' }, { kind: 'prefix', value: '/bar' }, '/foo/x?q', '/bar/x?q'],
    [{ kind: 'prefix', value: '/foo' }, { kind: 'prefix', value: '/' }, '/foo/x', '//x'],
    [{ kind: 'prefix', value: '/foo' }, { kind: 'prefix', value: '/' }, '/foobar', '/bar'],
    [{ kind: 'exact', value: '/foo' }, { kind: 'prefix', value: '/bar' }, '/foo?q', '/bar?q'],
    [{ kind: 'regex', value: '/v[0-9]+/.*' }, { kind: 'prefix', value: '/new' }, '/v1/a?q', '/new?q'],
    [
      { kind: 'prefix', value: '/api' },
      { kind: 'regex', pattern: '^/api/(v[0-9])/(.*)$', substitution: '/\\2/\\1' },
      '/api/v1/x?q',
      '/x/v1?q',
    ],
    [{ kind: 'prefix', value: '/' }, { kind: 'regex', pattern: '.*', substitution: '' }, '/a?q', '/a?q'],
  ] as const)('%j, %j: %s → %s', (path, pathRewrite, sent, rewritten) => {
    expect(rewritePath(route({ path }), { ...forward, pathRewrite }, sent)).toBe(rewritten);
  });
});

describe('applyHeaderOperations', () => {
  it('removes, then computes, then sets, then adds', () => {
    const fields: Field[] = [
      ['x', 'old'],
      ['y', 'kept'],
      ['user-agent', 'a'],
    ];
    applyHeaderOperations(
      fields,
      {
        remove: ['x'],
        set: [
          ['y', '%REQ(x?y)%-%PROTOCOL%-100%%'],
          ['z', '%REQ(absent)%'],
        ],
        add: [
          ['y', '%REQ(:METHOD)%'],
          ['user-agent', 'b'],
          ['w', '%START_TIME%'],
        ],
      },
      request,
    );
    expect(fields).toEqual([
      ['y', 'kept-HTTP/1.1-100%'],
      ['user-agent', 'a,b'],
      ['y', 'GET'],
      ['w', '%START_TIME%'],
    ]);
  });
  it.each<[string, 'request' | 'answer', boolean]>([
    ['if-range', 'request', true],
    ['vary', 'request', false],
    ['vary', 'answer', true],
    ['access-control-max-age', 'answer', true],
    ['user-agent', 'answer', false],
  ])('keeps %s of a %s as one field: %s', (name, on, joined) => {
    const fields: Field[] = [];
    const operations = { remove: [], set: [[name, '1']], add: [[name, '2']] } as const;
    applyHeaderOperations(fields, operations, request, on === 'answer' ? request : undefined);
    expect(fields.map(([, value]) => value)).toEqual(joined ? ['1,2'] : ['1', '2']);
  });
});

describe('formatValue', () => {
  const sent: StreamRequest = { ...request, fields: [['x', 'abcdef']] };
  it.each([
    ['%REQ(x):3%', 'abc'],
    ['%REQ(y?x)%/%REQ(:AUTHORITY)%', 'abcdef/a.com'],
    ['%:5%PROTOCOL%', '%:5HTTP/1.1'],
    ['%REQ(x', '%REQ(x'],
    ['%REQ(x%%PROTOCOL%', '%REQ(x%PROTOCOL%'],
    ['100%%%PROTOCOL%%%', '100%HTTP/1.1%'],
    ['%lower%PROTOCOL%', '%lowerHTTP/1.1'],
    ['%', '%'],
    ['%REQ()%', ''],
  ])('reads %s', (value, expected) => {
    expect(formatValue(value, sent)).toBe(expected);
  });
  it('leaves what it does not know, and says so', () => {
    expect(formatValue('a%START_TIME(%s)%b', sent)).toBe('a%START_TIME(%s)%b');
    expect(hasUnknownCommand('a%START_TIME(%s)%b')).toBe(true);
    expect(hasUnknownCommand('%PROTOCOL%')).toBe(false);
  });
  it('takes no longer for many brackets that are left open', () => {
    const open = '%REQ('.repeat(50_000);
    expect(formatValue(open, sent)).toBe(open);
    const read = readRequest(
      { method: 'GET', authority: 'a.com', path: '/', headers: [['x', `b${' '.repeat(100_000)}b`]] },
      'http/1.1',
    );
    expect(read.kind).toBe('request');
  });
});

describe('localReply', () => {
  const grpc: StreamRequest = { ...request, fields: [['content-type', 'application/grpc+proto']] };
  it('looks like gRPC to a gRPC client', () => {
    const answer = localReply(grpc, { status: 503, details: 'x', flags: ['NC'], body: 'ö 1%' });
    expect(answer).toEqual({
      protocol: 'http/1.1',
      status: 200,
      details: 'x',
      flags: 'NC',
      responseHeaders: [
        ['grpc-status', '14'],
        ['grpc-message', '%C3%B6 1%25'],
      ],
    });
  });
  it('keeps a gRPC status that the route sets, and encodes a tilde', () => {
    const headers: Field[] = [['grpc-status', '5']];
    const answer = localReply(grpc, { status: 404, details: 'x', body: '~}\n', headers });
    expect(answer.responseHeaders).toEqual([
      ['grpc-status', '5'],
      ['grpc-message', '%7E}%0A'],
    ]);
  });
  it('has no body for HEAD', () => {
    expect(
      localReply({ ...request, method: 'HEAD' }, { status: 200, details: 'x', body: 'b' }),
    ).not.toHaveProperty('body');
  });
});
