import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { analyse } from '../../src/analyse.ts';
import { litPath, type LitPath } from '../../src/graph/litPath.ts';
import type { Graph } from '../../src/graph/graph.ts';
import type { Call } from '../../src/simulate/call.ts';

const bookinfo = readFileSync('tests/graph/bookinfo.yaml', 'utf8');

function lit(call: Omit<Call, 'id'>, text = bookinfo, closed = true): LitPath & { readonly graph: Graph } {
  const { graph, traces } = analyse({ sources: [{ name: 'test', text }], calls: [{ id: 'call', ...call }] });
  const [trace] = traces;
  if (trace === undefined) throw new Error('no trace');
  return { ...litPath(graph, trace, closed), graph };
}

const outside: Call['from'] = { kind: 'outside', portOf: 'service' };
const https = (path: string): Omit<Call, 'id'> => ({
  from: outside,
  port: 443,
  tls: { sni: 'uk.bookinfo.com', alpn: ['h2'], clientCertificate: false },
  http: { method: 'GET', authority: 'uk.bookinfo.com', path, headers: [] },
});
const plainHttp = (port: number, authority: string, path: string): Omit<Call, 'id'> => ({
  from: outside,
  port,
  http: { method: 'GET', authority, path, headers: [] },
});

const gateway = 'Gateway/some-config-namespace/my-gateway';
const rule = 'VirtualService/bookinfo-namespace/bookinfo-rule';

test('a call that is split: one way in, two branches, each with its share and end', () => {
  const path = lit(https('/reviews/1'));
  expect(path.entry).toEqual({ node: gateway, row: `${gateway}#1` });
  expect(path.rows.get(`${rule}#http/0`)?.kind).toBe('passed');
  expect(path.rows.get(`${rule}#http/1`)?.kind).toBe('taken');
  expect(
    path.edges.map(({ from, to, tone, share }) => [from.row ?? from.node, to.row ?? to.node, tone, share]),
  ).toEqual([
    [`${gateway}#1`, rule, 'call', undefined],
    [`${rule}#http/1`, 'host/reviews.prod.svc.cluster.local:9080', 'ok', 0.8],
    [`${rule}#http/1`, 'host/reviews.qa.svc.cluster.local:443', 'fail', 0.2],
  ]);
  expect(path.stop).toBeUndefined();
});

test('a call that no rule takes stops behind the last rule', () => {
  const path = lit(https('/reviews'));
  expect(path.stop).toEqual({ node: rule, row: `${rule}#rest` });
  expect(path.edges).toHaveLength(1);
});

test('a call to a server that opens nothing stops at that server', () => {
  const path = lit({ from: outside, port: 2379 });
  expect(path.entry).toEqual({ node: gateway, row: `${gateway}#4` });
  expect(path.rows.get(`${gateway}#4`)).toEqual({ kind: 'stopped' });
});

test('a redirect by the server ends at the server', () => {
  const path = lit(plainHttp(80, 'uk.bookinfo.com', '/reviews/1'));
  expect(path.rows.get(`${gateway}#0`)).toMatchObject({ kind: 'end', tone: 'move' });
});

test('a call from inside comes in at the mesh, never through a gateway', () => {
  const path = lit({
    ...plainHttp(9080, 'reviews.prod:9080', '/reviews/1'),
    from: { kind: 'mesh', namespace: 'prod', labels: {}, host: 'reviews.prod' },
  });
  expect(path.entry).toEqual({ node: 'mesh' });
  expect(path.nodes.has(gateway)).toBe(false);
  expect(path.edges[0]).toMatchObject({ from: { node: 'mesh' }, to: { node: rule } });
});

test('the graph does not move when the request changes', () => {
  const places = ({ graph }: { readonly graph: Graph }) => graph.nodes.map(({ id, x, y }) => [id, x, y]);
  const first = places(lit(https('/reviews/1')));
  for (const call of [
    https('/nowhere'),
    plainHttp(80, 'x.example', '/'),
    plainHttp(9080, 'reviews.prod', '/reviews/'),
  ]) {
    expect(places(lit(call))).toEqual(first);
  }
});

test('what the paste does not hold is an open question until the paste is everything', () => {
  const text = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: g, namespace: default}
spec:
  selector: {istio: ingressgateway}
  servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: v, namespace: default}
spec:
  hosts: [a.example]
  gateways: [g]
  http: [{route: [{destination: {host: s, port: {number: 80}}}]}]
`;
  const call = plainHttp(80, 'a.example', '/');
  expect(lit(call, text, false).edges.at(-1)?.tone).toBe('unknown');
  expect(lit(call, text, true).edges.at(-1)?.tone).toBe('fail');
});
