import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse, createAnalyseMemory } from '../../src/analyse.ts';
import { explainTrace } from '../../src/explain/explainTrace.ts';
import { plain } from '../../src/explain/phrase.ts';
import { explainWhyNot, type ToldWhyNot } from '../../src/explain/whyNot.ts';
import { hasPart, subjectOf } from '../../src/explore/subject.ts';
import { whyNot } from '../../src/explore/whyNot.ts';
import type { SourceRef } from '../../src/manifest/source.ts';
import type { Call } from '../../src/simulate/call.ts';

const bookinfo = readFileSync('app/examples/bookinfo.yaml', 'utf8');
const reviews: Call = {
  id: 'call',
  from: { kind: 'outside', portOf: 'service' },
  port: 443,
  tls: { sni: 'uk.bookinfo.com', alpn: ['h2', 'http/1.1'], clientCertificate: false },
  http: { method: 'GET', authority: 'uk.bookinfo.com', path: '/reviews/1', headers: [] },
};

/** Selects `path` of the object `kind/namespace/name`; undefined: it has a part in the call. */
function select(
  text: string,
  [id, path]: readonly [id: string, path: string],
  call = reviews,
): ToldWhyNot | undefined {
  const memory = createAnalyseMemory();
  const { objects, traces, workloads, graph } = analyse(
    { sources: [{ name: 'a', text }], calls: [call] },
    memory,
  );
  const object = objects.find(({ ref }) => ref && `${ref.kind}/${ref.namespace}/${ref.name}` === id);
  const [trace] = traces;
  if (!object?.ref || !trace || !memory.last) throw new Error(`no ${id}`);
  const keys = path === '' ? [] : path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  const ref: SourceRef = { object: object.ref, path: keys };
  const subject = subjectOf(ref);
  if (hasPart(trace, subject)) return undefined;
  const told = explainTrace(trace, { closed: true, workloads, graph });
  const refused = object.status === 'refused';
  return explainWhyNot(whyNot(memory.last.compiled, subject, call), { subject, trace, told, refused });
}

function lines(told: ToldWhyNot | undefined): readonly string[] {
  if (told === undefined) return [];
  const text = (marked: readonly { readonly text: string }[]) => marked.map((each) => each.text).join('');
  const { headline, miss, says, call } = told;
  return [
    plain(headline),
    ...(miss
      ? [`${plain(miss.says)}: wants ${text(miss.compared.wants)}, got ${text(miss.compared.got)}`]
      : []),
    ...says.map(plain),
    ...(call ? ['Ask that'] : []),
  ];
}

const gateway = 'Gateway/some-config-namespace/my-gateway';
const rules = 'VirtualService/bookinfo-namespace/bookinfo-rule';
const mongo = 'VirtualService/bookinfo-namespace/bookinfo-mongo';

describe('bookinfo, asked for a review', () => {
  it.each([
    [[rules, 'spec.http.1']],
    [[rules, 'spec.http.1.match.0.uri']],
    [[rules, 'spec.http.1.route.1.destination.host']],
    [[rules, 'metadata.name']],
    [[gateway, 'spec.servers.1.port']],
    [[gateway, '']],
  ] as const)('says nothing of %s, which is on the path', (place) => {
    expect(select(bookinfo, place)).toBeUndefined();
  });

  const miss = 'header cookie: wants user=dev-123, got no such header';
  const withCookie = 'GET https://uk.bookinfo.com/reviews/1 with cookie: user=dev-123.';
  it.each([
    [
      [rules, 'spec.http.0'],
      ['Rule 1 of bookinfo-rule does not take this request.', miss, `It takes ${withCookie}`, 'Ask that'],
    ],
    [
      [rules, 'spec.http.0.match.0.headers.cookie.exact'],
      [
        'Match 1 of rule 1 of bookinfo-rule does not take this request.',
        miss,
        `It takes ${withCookie}`,
        'Ask that',
      ],
    ],
    [
      [rules, 'spec.http.0.route.0.destination.port'],
      [
        'Destination 1 of rule 1 of bookinfo-rule gets nothing of this request.',
        miss,
        `Its rule takes ${withCookie}`,
        'Ask that',
      ],
    ],
    [
      [gateway, 'spec.servers.0'],
      [
        'Server 1 of my-gateway does not take this request.',
        'It redirects to https what it takes, such as GET http://eu.bookinfo.com/ with cookie: user=dev-123.',
        'Ask that',
      ],
    ],
    [
      [gateway, 'spec.servers.4'],
      [
        'Server 5 of my-gateway does not take this request.',
        'No rule reaches it, so its port is not opened.',
      ],
    ],
    [
      [mongo, 'spec.tcp.0'],
      [
        'TCP rule 1 of bookinfo-mongo does not take this request.',
        'It wants port 27017; the gateway opens 2379.',
      ],
    ],
    [
      [mongo, ''],
      [
        'The VirtualService bookinfo-mongo does not take this request.',
        'It wants port 27017; the gateway opens 2379.',
      ],
    ],
    [
      ['Service/prod/mongo', ''],
      ['This request does not go to the Service mongo.', 'No rule at a gateway leads there.'],
    ],
  ] as const)('%s', (place, expected) => {
    expect(lines(select(bookinfo, place))).toEqual(expected);
  });

  it('the call that it gives is taken', () => {
    const call = select(bookinfo, [rules, 'spec.http.0'])?.call;
    expect(call && select(bookinfo, [rules, 'spec.http.0'], call)).toBeUndefined();
    expect(call && lines(select(bookinfo, ['Service/prod/reviews', ''], call))).toEqual([
      'This request does not go to the Service reviews.',
      'A rule that leads there takes GET https://uk.bookinfo.com/reviews/1.',
      'Ask that',
    ]);
  });
});

const shop = (http: string): string => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: infra }
spec:
  selector: { istio: ingressgateway }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec: { hosts: [shop.example.com], gateways: [infra/edge], http: [${http}] }
`;
const web = 'VirtualService/shop/web';
const plainCall = (path: string): Call => ({
  id: 'call',
  from: { kind: 'outside', portOf: 'service' },
  port: 80,
  http: { method: 'GET', authority: 'shop.example.com', path, headers: [] },
});
const to = 'route: [{ destination: { host: web } }]';

describe('rules in each other’s way', () => {
  it('an earlier rule takes all that a later one wants', () => {
    const text = shop(
      `{ match: [{ uri: { prefix: /a } }], ${to} }, { match: [{ uri: { prefix: /a/b } }], ${to} }`,
    );
    expect(lines(select(text, [web, 'spec.http.1'], plainCall('/a/b')))).toEqual([
      'Rule 2 of web does not take this request.',
      'It would, but rule 1 of web comes first.',
      'Rule 1 of web takes what is made for it, such as GET http://shop.example.com/a/b.',
      'Ask that',
    ]);
  });

  it('behind a rule that takes everything', () => {
    const text = shop(`{ ${to} }, { match: [{ uri: { prefix: /a } }], ${to} }`);
    expect(lines(select(text, [web, 'spec.http.1'], plainCall('/a')))).toEqual([
      'Rule 2 of web does not take this request.',
      'Rule 1 of web takes everything before it.',
    ]);
  });

  it('a destination without weight', () => {
    const text = shop(
      '{ route: [{ destination: { host: a }, weight: 100 }, { destination: { host: b }, weight: 0 }] }',
    );
    expect(lines(select(text, [web, 'spec.http.0.route.1'], plainCall('/')))).toEqual([
      'Destination 2 of rule 1 of web gets nothing of this request.',
      'Its rule takes this request and sends none of it there.',
    ]);
  });

  it('a pattern for which no request is made up', () => {
    const text = shop(`{ match: [{ uri: { regex: "/(a|b){3}[c-e]+x" } }], ${to} }`);
    expect(lines(select(text, [web, 'spec.http.0'], plainCall('/')))).toContain(
      'It may take others: its conditions are too intricate to make up a request for them.',
    );
  });

  it('what validation refuses', () => {
    const text = shop('{ match: [{ uri: { prefix: /a } }] }');
    expect(lines(select(text, [web, 'spec.http.0'], plainCall('/a')))).toEqual([
      'Rule 1 of web does not take this request.',
      'Istio’s validation refuses it, so it takes no part.',
    ]);
  });

  it('another gateway', () => {
    const text = shop(`{ ${to} }`).replace('gateways: [infra/edge]', 'gateways: [mesh]');
    expect(lines(select(text, [web, 'spec.http.0'], plainCall('/')))).toEqual([
      'Rule 1 of web does not take this request.',
      'It is bound to no gateway, only to the mesh.',
    ]);
  });
});
