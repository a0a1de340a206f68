import { deflateSync, strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { dictionary1 } from '../../app/share/dictionary1.ts';
import { mostBytes, readLink, writeLink } from '../../app/share/link.ts';
import { findSecrets, withoutSecrets } from '../../app/share/secrets.ts';
import { initialCall, initialSettings, initialView } from '../../app/store/state.ts';

const shared = {
  name: 'bookinfo',
  text: '\uFEFFapiVersion: networking.istio.io/v1\r\nkind: Gateway\r\nmetadata:\r\n  name: "☕ \u{1F600}"\r\nspec: {}',
  call: initialCall,
  view: { ...initialView, pane: 'graph' as const, folds: [3], extra: { a: 1 } },
  settings: { ...initialSettings, closed: true },
  unknown: { later: ['something'] },
};

/** Written once, by the first version of this format; never to be made anew. */
const frozen =
  '#1q1bKAeaJInC3Ph9U9wGzO6jXTNaYCizfAkWgfeH3u_cTUaQAaybUGhMogChPwPUWJBHGKD2aMVXhw_wZDcBiASgOLkEUqmtBYyTQoQaqDC-UZushl0G0G17AtAg2vACNZH1DzHEGtPEq2FgU9cerjJEHrHSUgFFalAiyGEgYkjWABarH0cevagE';

function linkOf(payload: unknown): string {
  const bytes = deflateSync(strToU8(JSON.stringify(payload)), { dictionary: strToU8(dictionary1) });
  return `#1${Buffer.from(bytes).toString('base64url')}`;
}

describe('links', () => {
  it('carry text, call, view and settings, byte for byte, and keys that nobody knows', () => {
    expect(readLink(`#${writeLink(shared)}`)).toEqual({
      kind: 'shared',
      shared: { ...shared, semantics: 'istio 86c9f01, envoy 1.40' },
    });
  });

  it('of format 1 open for ever', () => {
    expect(readLink(frozen)).toEqual({
      kind: 'shared',
      shared: { ...shared, semantics: 'istio 86c9f01, envoy 1.40' },
    });
  });

  it('are short', () => {
    const text = Array.from(
      { length: 10 },
      (_, index) =>
        `---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: shop-${index}\nspec:\n  hosts:\n    - shop${index}.example.com\n  gateways:\n    - istio-system/my-gateway\n  http:\n    - match:\n        - uri:\n            prefix: /v${index}/\n      route:\n        - destination:\n            host: shop-${index}\n`,
    ).join('');
    expect(writeLink({ ...shared, text }).length).toBeLessThan(700);
  });

  it.each([
    ['nothing', '', undefined],
    ['an anchor', '#trace', undefined],
    ['a format of the future', '#2abc', 'unknown-format'],
    ['a link that was cut', `#${writeLink(shared).slice(0, 60)}`, 'unreadable'],
    ['noise', `#1${'zz'.repeat(50)}`, 'unreadable'],
    ['something that is no payload', linkOf(['v', 1]), 'unreadable'],
    ['a payload without a text', linkOf({ v: 1 }), 'unreadable'],
    ['a bomb', linkOf({ v: 1, text: ' '.repeat(mostBytes + 1) }), 'too-large'],
  ])('say what is wrong with %s', (_, fragment, because) => {
    const opened = readLink(fragment);
    expect(opened?.kind === 'broken' ? opened.because : opened).toBe(because);
  });

  it('of a stranger are not believed', () => {
    const opened = readLink(
      linkOf({ v: 1, text: 'a', call: { port: 'x' }, view: { pane: 'evil', sizes: 3 }, __proto__: null }),
    );
    expect(opened).toMatchObject({
      shared: { call: initialCall, view: initialView, settings: initialSettings },
    });
  });
});

describe('findSecrets', () => {
  const secret = `apiVersion: v1
kind: Secret
metadata:
  name: bookinfo-secret
data:
  tls.key: c2VjcmV0
  tls.crt: Y2VydA==
---
kind: Gateway
spec:
  privateKey: /etc/certs/privatekey.pem
  credentialName: bookinfo-secret
`;

  it('names the values of a Secret and nothing of a gateway', () => {
    expect(findSecrets(secret).map(({ what, line }) => [what, line])).toEqual([
      ['Secret bookinfo-secret, tls.key', 6],
      ['Secret bookinfo-secret, tls.crt', 7],
    ]);
  });

  it('finds Secrets among the items of a list, with windows line ends', () => {
    const list =
      'kind: List\nitems:\n- kind: Gateway\n  metadata:\n    name: g\n- data:\n    password: abc\n  kind: Secret\n  metadata:\n    name: s\n';
    expect(findSecrets(list.replaceAll('\n', '\r\n')).map(({ what }) => what)).toEqual([
      'Secret s, password',
    ]);
  });

  it('reads block scalars, flow style and JSON, and leaves what is around the value', () => {
    const block = `apiVersion: v1\nkind: Secret\nmetadata: {name: cert}\nstringData:\n  tls.key: |\n    -----BEGIN PRIVATE KEY-----\n    MIIE\n    -----END PRIVATE KEY-----\n\n  other: x1\n`;
    expect(findSecrets(block).map(({ kind, what, line }) => [kind, what, line])).toEqual([
      ['private-key', 'Secret cert, tls.key: a private key', 6],
      ['secret', 'Secret cert, other', 10],
    ]);
    expect(withoutSecrets(block, findSecrets(block))).toBe(
      'apiVersion: v1\nkind: Secret\nmetadata: {name: cert}\nstringData:\n  tls.key: |\n    REMOVED\n\n  other: REMOVED\n',
    );
    const json = '{\n  "kind": "Secret",\n  "data": {\n    "a": "c2VjcmV0"\n  }\n}\n';
    expect(withoutSecrets(json, findSecrets(json))).toBe(json.replace('c2VjcmV0', 'REMOVED'));
    const applied = `metadata:\n  annotations:\n    applied: |\n      {"data":{"a":"c2VjcmV0"},"kind":"Secret","metadata":{"name":"s"}}\n`;
    expect(withoutSecrets(applied, findSecrets(applied))).toBe(applied.replace('"a":"c2VjcmV0"', 'REMOVED'));
    const flow = 'kind: Secret\ndata: {a: c2VjcmV0}\n';
    expect(withoutSecrets(flow, findSecrets(flow))).toBe('kind: Secret\ndata: {REMOVED}\n');
  });

  it('finds private keys and tokens anywhere', () => {
    const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n';
    const text = `# ${'x'.repeat(10)}\n${key}authorization: Bearer abcdefghijklmnopqrst\njwt: eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.c2lnbmF0dXJlMTIz\n`;
    expect(findSecrets(text).map(({ kind, line }) => [kind, line])).toEqual([
      ['private-key', 2],
      ['token', 5],
      ['token', 6],
    ]);
  });

  it('leaves them out and nothing else', () => {
    const without = withoutSecrets(secret, findSecrets(secret));
    expect(without).toBe(secret.replace('c2VjcmV0', 'REMOVED').replace('Y2VydA==', 'REMOVED'));
    expect(findSecrets('kind: Secret\ndata:\n  a: b\n'.repeat(3000))).toHaveLength(3000);
  });
});
