import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnose/diagnostic.ts';
import { explainDiagnostic } from '../../src/explain/diagnostics.ts';
import { plain } from '../../src/explain/phrase.ts';
import { diagnosticsOf } from './diagnosticsOf.ts';
import {
  bound,
  destinationRule,
  inDestinationRule,
  inGateway,
  inSpec,
  route,
  secure,
  server,
  service,
  virtualService,
  yaml,
} from './manifests.ts';

function found(code: string, text: string): readonly Diagnostic[] {
  return diagnosticsOf(text).filter((each) => each.code === code);
}

const prefix = (text: string, rest: object = {}) => ({ match: [{ uri: { prefix: text } }], route, ...rest });
const rules = (...http: readonly object[]) => inSpec({ http });
const pages = { route: [{ destination: { host: 'pages' } }] };
const regex = (text: string) => rules({ match: [{ uri: { regex: text } }], route });

describe('nothing is said', () => {
  test.each<readonly [code: string, what: string, text: string]>([
    ['VS234', 'of siblings that go there anyway', rules(prefix('/api'), prefix('/shop'), { route })],
    [
      'VS089',
      'of a match that stands twice, where all of its rule do',
      inSpec({
        http: undefined,
        tcp: [
          { match: [{ port: 5432 }], route },
          { match: [{ port: 5432 }], ...pages },
        ],
      }),
    ],
    ['VS234', 'of siblings that go the same way', rules(prefix('/api'), prefix('/'))],
    ['VS230', 'of an expression that may have a query', regex('/api(\\?.*)?')],
    ['VS230', 'of an expression with an optional question mark', regex('/api\\??')],
    ['VS230', 'of an alternative with a query', regex('/api|/api\\?x=1')],
    [
      'VS250',
      'of a rewrite whose lower paths an even block takes',
      rules({
        match: [{ uri: { prefix: '/api/' } }, { uri: { prefix: '/api' } }],
        route,
        rewrite: { uri: '/' },
      }),
    ],
    [
      'VS250',
      'of a rewrite whose lower paths an even rule takes',
      rules(prefix('/api/', { rewrite: { uri: '/' } }), prefix('/api', { rewrite: { uri: '/' } })),
    ],
    [
      'DR202',
      'of one algorithm instead of another',
      inDestinationRule({
        trafficPolicy: {
          loadBalancer: { simple: 'ROUND_ROBIN' },
          portLevelSettings: [{ port: { number: 443 }, tls: { mode: 'SIMPLE' } }],
        },
      }),
    ],
    ['DR053', 'of a wildcard', yaml(destinationRule({ host: '*.local' }), service('web'))],
    [
      'GW206',
      'of mutual TLS between proxies on port 80',
      inGateway(
        secure(
          { mode: 'ISTIO_MUTUAL', credentialName: undefined },
          { port: { number: 80, name: 'https', protocol: 'HTTPS' } },
        ),
      ),
    ],
    [
      'GW206',
      'of plain HTTP on 8443 that is named so',
      inGateway(server({ port: { number: 8443, name: 'http-proxy', protocol: 'HTTP' } })),
    ],
  ])('%s %s', (code, _, text) => {
    expect(found(code, text)).toEqual([]);
  });
});

describe('said as far as it goes', () => {
  test.each<readonly [code: string, what: string, text: string]>([
    ['VS234', 'siblings that would be answered 404', rules(prefix('/api'))],
    ['VS230', 'an expression that asks for a query', regex('/api\\?x=1')],
    ['VS230', 'the same in a class', rules({ match: [{ uri: { regex: '/api[?]x\\?' } }], route })],
    [
      'VS250',
      'a rewrite before the even one',
      rules({
        match: [{ uri: { prefix: '/api' } }, { uri: { prefix: '/api/' } }],
        route,
        rewrite: { uri: '/' },
      }),
    ],
    [
      'DR202',
      'a balancer by hash',
      inDestinationRule({
        trafficPolicy: {
          loadBalancer: { consistentHash: { useSourceIp: true } },
          portLevelSettings: [{ port: { number: 443 }, tls: { mode: 'SIMPLE' } }],
        },
      }),
    ],
  ])('%s: %s', (code, _, text) => {
    expect(found(code, text)).toHaveLength(1);
  });

  test('delimiters and flags may be a path, however unlikely', () => {
    expect(found('VS232', regex('/api\\/v1/i')).map(({ level }) => level)).toEqual(['surprise']);
    expect(found('VS232', regex('/^\\/api')).map(({ level }) => level)).toEqual(['fail']);
    expect(found('VS232', regex('/^x|/api'))).toEqual([]);
  });

  test('OPTIONS has a path that is a star', () => {
    expect(found('VS231', rules(prefix('*'))).map(({ level }) => level)).toEqual(['surprise']);
  });
});

describe('said once', () => {
  const saysOnce = (code: string, text: string, words: string): void => {
    const all = found(code, text);
    expect(all.map((each) => plain(explainDiagnostic(each).sentence))).toEqual([words]);
  };

  test('prefixes with siblings, for each object', () => {
    saysOnce(
      'VS234',
      rules(prefix('/api'), prefix('/v1'), prefix('/cart'), pages),
      'A prefix is compared by letters: /api also takes /api-old, which rule 4 would take. The same holds for /v1 and /cart.',
    );
  });

  test('a prefix that leaves out the path itself, in several rules', () => {
    const get = { match: [{ uri: { prefix: '/api/' }, method: { exact: 'GET' } }], route };
    saysOnce('VS235', rules(get, prefix('/api/')), 'With the slash at its end, /api/ does not take /api.');
  });

  test('a gateway that is elsewhere, for many objects', () => {
    const objects = ['one', 'two', 'three'].map((name) =>
      virtualService({ hosts: [`${name}.example.com`], gateways: ['edge/gw'], http: [{ route }] }, name),
    );
    saysOnce(
      'REF004',
      yaml(...objects),
      'No Gateway in this paste is called edge/gw. Other places that name it: 2.',
    );
    const [first] = found('REF004', yaml(...objects));
    expect(first?.at.object.name).toBe('one');
    expect(first?.others?.map(({ object }) => object.name)).toEqual(['two', 'three']);
  });

  test('delegates whose root is elsewhere', () => {
    const objects = ['one', 'two'].map((name) => virtualService({ http: [{ route }] }, name));
    saysOnce(
      'VS272',
      yaml(...objects),
      'Without hosts this is a delegate, and no VirtualService of this paste refers to it. The same holds for 1 more.',
    );
  });

  test('one object before another', () => {
    const second = virtualService(
      { hosts: ['a.example.com'], gateways: ['gw'], http: [prefix('/api/v1'), prefix('/api/v2')] },
      'vs2',
    );
    saysOnce(
      'VS217',
      bound({ http: [prefix('/api')] }, [server()], [second]),
      'Rules for a.example.com come from several objects. shop/vs stands before this one, and takes what this match is for, and 1 more.',
    );
  });
});
