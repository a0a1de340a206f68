import { describe, expect, test } from 'vitest';
import { isCurl, readCurl } from '../../app/request/curl.ts';
import { commandsFor } from '../../src/explain/commands.ts';
import type { Call } from '../../src/simulate/call.ts';

const start: Call = {
  id: 'call',
  from: { kind: 'outside', portOf: 'service' },
  port: 443,
  tls: { sni: 'old.example', alpn: [], clientCertificate: true },
  http: { method: 'POST', authority: 'old.example', path: '/old', headers: [['x-old', '1']] },
};

function asked(text: string, from = start): Call {
  const read = readCurl(text, from);
  if ('error' in read) throw new Error(read.error);
  return read.call;
}

describe('a command for curl is the whole request', () => {
  test('of which nothing older is left', () => {
    expect(asked('curl -s -o /dev/null http://a.example/x')).toEqual({
      id: 'call',
      from: start.from,
      port: 80,
      http: { method: 'GET', authority: 'a.example', path: '/x', headers: [] },
    });
  });

  test('with host, variables for the gateway, and several lines', () => {
    const text = `$ curl -v -HHost:web.example --resolve "web.example:$SECURE_PORT:$GW_IP" \\
      --cacert ca.pem -H 'X-User: a "b"' -H "cookie: user=\\"x\\"" \\
      "https://web.example:$SECURE_PORT/status/418"`;
    expect(asked(text)).toEqual({
      id: 'call',
      from: start.from,
      port: 443,
      tls: { sni: 'web.example', alpn: ['h2', 'http/1.1'], clientCertificate: false },
      http: {
        method: 'GET',
        authority: 'web.example',
        path: '/status/418',
        headers: [
          ['x-user', 'a "b"'],
          ['cookie', 'user="x"'],
        ],
      },
    });
    // As a field without line ends has it.
    expect(asked(text.replaceAll('\n', ''))).toEqual(asked(text));
  });

  test.each([
    ['curl -I http://a.example', { method: 'HEAD', path: '/' }],
    ['curl -XPURGE http://a.example/x', { method: 'PURGE' }],
    [
      `curl --json '{"a":1}' http://a.example/x`,
      { method: 'POST', headers: [['content-type', 'application/json']] },
    ],
    [
      'curl -d a=1 -H "Content-Type: text/plain" http://a.example/x',
      { method: 'POST', headers: [['content-type', 'text/plain']] },
    ],
    [
      'curl -G -d a=1 --data-urlencode "b=x y" http://a.example/x?c',
      { method: 'GET', path: '/x?c&a=1&b=x%20y', headers: [] },
    ],
    ['curl -u me:you http://a.example/', { headers: [['authorization', 'Basic bWU6eW91']] }],
    [
      'curl -sSb a=1 -A probe http://a.example/',
      {
        headers: [
          ['cookie', 'a=1'],
          ['user-agent', 'probe'],
        ],
      },
    ],
    ['curl http://a.example/a/./b/../c?d=/../e', { path: '/a/c?d=/../e' }],
    ['curl --path-as-is http://a.example/a/../c', { path: '/a/../c' }],
    [
      'curl -H "Host: web.example" http://$INGRESS_HOST:$INGRESS_PORT/x | head',
      { authority: 'web.example', path: '/x' },
    ],
    [
      'kubectl exec curl -c curl -- curl -sS reviews:9080/health',
      { authority: 'reviews:9080', path: '/health' },
    ],
    ['curl -0 http://a.example/', { version: '1.0' }],
  ])('%s', (text, expected) => {
    expect(asked(text).http).toMatchObject(expected);
  });

  test.each([
    ['curl --http1.1 https://a.example/', { alpn: ['http/1.1'] }],
    ['curl --no-alpn https://a.example/', { alpn: [] }],
    [
      'curl --cert c.pem --key k.pem --tls-max 1.2 https://a.example/',
      { clientCertificate: true, maxVersion: 'TLSv1.2' },
    ],
    ['curl -k --tlsv1.3 https://192.0.2.7/', { sni: null, minVersion: 'TLSv1.3' }],
  ])('%s', (text, expected) => {
    expect(asked(text).tls).toMatchObject(expected);
  });

  test.each([
    'curl -v',
    'curl -H',
    'curl ftp://a.example/',
    'curl --http2-prior-knowledge http://a.example/',
  ])('%s has a reason', (text) => {
    expect(readCurl(text, start)).toHaveProperty('error');
  });
});

test('the commands that the page shows are read as the calls that they are for', () => {
  const calls: readonly Call[] = [
    {
      ...start,
      http: { method: 'DELETE', authority: 'other.example:1', path: '/a/../b?c', headers: [['x', `it's`]] },
    },
    {
      id: 'call',
      from: start.from,
      port: 8080,
      http: { method: 'HEAD', authority: 'a.example:8080', path: '/', headers: [] },
    },
    {
      id: 'call',
      from: start.from,
      port: 443,
      tls: { sni: 'a.example', alpn: ['http/1.1'], clientCertificate: true, maxVersion: 'TLSv1.2' },
      http: { method: 'GET', authority: 'a.example', path: '/', headers: [] },
    },
  ];
  for (const call of calls) {
    const trace = { call, steps: [], outcome: [], notSimulated: [] };
    const curl = commandsFor(trace, undefined).find(({ tool }) => tool === 'curl');
    expect(asked(curl?.text ?? '')).toEqual(call);
  }
});

test('a URL is no command, whatever it says', () => {
  expect(isCurl('https://a.example/ curl x')).toBe(false);
  expect(isCurl('curl https://a.example/')).toBe(true);
  expect(isCurl('curly.example/x')).toBe(false);
});
