import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analyse.ts';
import type { OtherSide } from '../../src/explore/otherSide.ts';
import type { Call, CallOrigin, HttpMessage } from '../../src/simulate/call.ts';
import type { Trace } from '../../src/simulate/trace.ts';
import { show } from '../compile/meshFrom.ts';

function ask(text: string, call: Call): { readonly trace: Trace; readonly other: OtherSide | undefined } {
  const { traces, otherSides } = analyse({ sources: [{ name: 'mesh.yaml', text }], calls: [call] });
  const [trace] = traces;
  if (!trace) throw new Error('no trace');
  return { trace, other: otherSides[0] };
}

const get = (authority: string, path: string, headers: HttpMessage['headers'] = []): HttpMessage => ({
  method: 'GET',
  authority,
  path,
  headers,
});
const pod = (namespace: string, host: string): CallOrigin => ({ kind: 'mesh', namespace, labels: {}, host });
const outside: CallOrigin = { kind: 'outside', portOf: 'service' };
const destinations = ({ outcome }: Trace) =>
  outcome.map(({ destination, share }) => [destination?.name, Number(share.toFixed(2))]);

describe('the example of Istio’s Gateway page, with its services', () => {
  const page = readFileSync(new URL('../reference/bookinfo-as-printed.yaml', import.meta.url), 'utf8');
  const service = (namespace: string, ports: string): string =>
    `---\napiVersion: v1\nkind: Service\nmetadata: { name: reviews, namespace: ${namespace} }\nspec: { ports: [${ports}] }\n`;
  const text =
    page +
    service('prod', '{ name: http, port: 9080 }') +
    service('qa', '{ name: http, port: 9080 }, { name: http-alt, port: 7777 }');

  it('a pod in prod is split 80 to 20', () => {
    const { trace } = ask(text, {
      id: 'a',
      from: pod('prod', 'reviews.prod'),
      port: 9080,
      http: get('reviews.prod:9080', '/reviews/1'),
    });
    expect(destinations(trace)).toEqual([
      ['outbound|9080||reviews.prod.svc.cluster.local', 0.8],
      ['outbound|9080||reviews.qa.svc.cluster.local', 0.2],
    ]);
    expect(trace.outcome.map(({ end }) => end.kind)).toEqual(['forwarded', 'forwarded']);
  });

  it('with the cookie it goes to port 7777 of qa', () => {
    const { trace } = ask(text, {
      id: 'a',
      from: pod('prod', 'reviews.prod'),
      port: 9080,
      http: get('reviews.prod:9080', '/reviews/1', [['cookie', 'user=dev-123']]),
    });
    expect(destinations(trace)).toEqual([['outbound|7777||reviews.qa.svc.cluster.local', 1]]);
  });

  it('at the gateway the 20 % that name no port go to the port of its server', () => {
    const { other } = ask(text, {
      id: 'a',
      from: pod('prod', 'reviews.prod'),
      port: 9080,
      http: get('reviews.prod:9080', '/reviews/1'),
    });
    expect(other).toMatchObject({ adapted: true, because: [] });
    expect(other?.differences.map(({ kind }) => kind)).toEqual(['destinations', 'end']);
    expect(other && destinations(other.trace).map(([name]) => name)).toEqual([
      'outbound|9080||reviews.prod.svc.cluster.local',
      `outbound|${other?.call.port}||reviews.qa.svc.cluster.local`,
    ]);
  });
});

const shop = (gateways: string, more = ''): string => `
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
spec:
  hosts: [web.shop.svc.cluster.local]
  gateways: [${gateways}]
  ${more}
  http: [{ name: special, match: [{ uri: { prefix: / } MATCH }], route: [{ destination: { host: web, port: { number: 80 } } }] }]
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { clusterIP: 10.96.0.1, ports: [{ name: http, port: 80 }] }
`;
const host = 'web.shop.svc.cluster.local';

describe('works at the gateway, not from pod to pod', () => {
  const call: Call = { id: 'a', from: outside, port: 80, http: get(host, '/') };
  it('a rule bound to both takes the call on both sides', () => {
    const { other } = ask(shop('infra/edge, mesh').replace('MATCH', ''), call);
    expect(other).toMatchObject({ adapted: false, differences: [], because: [] });
  });

  it('a rule that does not name the mesh does not', () => {
    const { other } = ask(shop('infra/edge').replace('MATCH', ''), call);
    expect(other?.differences.map(({ kind }) => kind)).toEqual(['rule']);
    expect(other?.because).toMatchObject([{ kind: 'not-bound-to-mesh' }]);
    expect(other?.because.map(({ at }) => show(at))).toEqual(['VirtualService shop/web spec.gateways']);
  });

  it.each([
    [', gateways: [infra/edge]', 'gateway-differs'],
    [', sourceLabels: { istio: ingressgateway }', 'source-differs'],
  ])('a block with %s does not', (condition, kind) => {
    const { other } = ask(shop('infra/edge, mesh').replace('MATCH', condition), call);
    expect(other?.because).toMatchObject([{ kind }]);
  });

  it('a host that only the gateway knows leaves the mesh', () => {
    const text = shop('infra/edge')
      .replace('MATCH', '')
      .replace(`hosts: [${host}]`, 'hosts: [shop.example.com]');
    const { other } = ask(text, { ...call, http: get('shop.example.com', '/') });
    expect(other?.trace.outcome).toMatchObject([
      { end: { kind: 'forwarded', cluster: 'PassthroughCluster' } },
    ]);
    expect(other?.because).toMatchObject([{ kind: 'not-bound-to-mesh' }]);
  });
});

describe('works from pod to pod, not at the gateway', () => {
  const call: Call = { id: 'a', from: pod('shop', 'web'), port: 80, http: get('web', '/') };

  it('the gateway does not know the short name, but the rule under its own', () => {
    const { other } = ask(shop('infra/edge, mesh').replace('MATCH', ''), call);
    expect(other).toMatchObject({
      adapted: true,
      call: { port: 80, http: { authority: host } },
      differences: [],
    });
  });

  it('a rule for the mesh alone is bound to no gateway', () => {
    const { other } = ask(shop('mesh').replace('MATCH', ''), call);
    expect(other?.because).toMatchObject([{ kind: 'not-bound-to-gateway' }]);
    expect(other?.differences.map(({ kind }) => kind)).toEqual(['rule', 'destinations', 'end']);
  });

  it('says nothing of gateways that do not listen there', () => {
    const text = shop('mesh').replace('MATCH', '').replaceAll('port: 80', 'port: 8080');
    const { other } = ask(text, { ...call, port: 8080, http: get('web:8080', '/') });
    expect(other).toBeUndefined();
  });
});
