import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ProxyConfig } from '../../src/compile/compiled.ts';
import type { Mesh } from '../../src/istio/types.ts';
import type { Path, SourceRef } from '../../src/manifest/source.ts';
import { buildGraph } from '../../src/graph/buildGraph.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { placesOf } from '../../src/graph/placeOf.ts';
import { meshOf } from './meshOf.ts';

const bookinfo = meshOf(readFileSync('tests/graph/bookinfo.yaml', 'utf8'));

/** What one gateway workload gets of bookinfo, as far as the graph reads it. */
function configOf(mesh: Mesh): ProxyConfig {
  const gateway = mesh.gateways[0];
  const rule = mesh.virtualServices.find((each) => each.name === 'bookinfo-rule');
  const mongo = mesh.virtualServices.find((each) => each.name === 'bookinfo-mongo');
  if (gateway === undefined || rule === undefined || mongo === undefined) throw new Error('not bookinfo');
  const server = (index: number): SourceRef => ({ object: gateway.at, path: ['spec', 'servers', index] });
  const place = (path: Path): SourceRef => ({ object: rule.at, path });
  const destination = (route: number, index: number): SourceRef =>
    place(['spec', 'http', route, 'route', index]);
  const qa = 'reviews.qa.svc.cluster.local';
  const prod = 'reviews.prod.svc.cluster.local';
  const headers = { remove: [], set: [], add: [] };
  const routesOn = (port: number) => ({
    name: `http.${port}`,
    virtualHosts: [
      {
        name: `eu.bookinfo.com:${port}`,
        domains: ['eu.bookinfo.com', 'uk.bookinfo.com'],
        requireTls: false,
        origin: [place([])],
        routes: [0, 1].map((index) => ({
          name: '',
          match: {
            path: { kind: 'prefix' as const, value: '/' },
            caseSensitive: true,
            headers: [],
            queryParameters: [],
            claims: [],
          },
          virtualService: 'bookinfo-namespace/bookinfo-rule',
          responseHeaders: headers,
          origin: [place(['spec', 'http', index])],
          action: {
            kind: 'forward' as const,
            weighted: index === 1,
            requestHeaders: headers,
            mirrors: [],
            clusters:
              index === 0
                ? [
                    {
                      name: `outbound|7777||${qa}`,
                      weight: 100,
                      origin: [destination(0, 0)],
                      portFrom: 'destination' as const,
                    },
                  ]
                : [
                    {
                      name: `outbound|9080||${prod}`,
                      weight: 80,
                      origin: [destination(1, 0)],
                      portFrom: 'destination' as const,
                    },
                    {
                      name: `outbound|${port}||${qa}`,
                      weight: 20,
                      origin: [destination(1, 1)],
                      portFrom: 'listener' as const,
                      ...(port !== 9080 && {
                        missing: {
                          kind: 'no-such-port' as const,
                          host: qa,
                          port,
                          ports: [9080, 7777],
                          by: [],
                        },
                      }),
                    },
                  ],
          },
        })),
      },
    ],
  });
  const clusters = [
    `outbound|9080||${prod}`,
    `outbound|9080||${qa}`,
    `outbound|7777||${qa}`,
    'outbound|5555||mongo.prod.svc.cluster.local',
  ];
  return {
    proxy: {
      id: 'gateway',
      kind: 'router',
      namespace: 'istio-system',
      labels: {},
      origin: [],
      assumed: true,
    },
    listeners: [],
    refusedListeners: [],
    unopenedServers: [],
    routeConfigs: new Map([443, 9080].map((port) => [`http.${port}`, routesOn(port)])),
    clusters: new Map(clusters.map((name) => [name, { name, origin: [] }])),
    rejections: [],
    exclusions: [
      {
        kind: 'port-differs',
        at: { object: mongo.at, path: ['spec', 'tcp', 0, 'match', 0, 'port'] },
        wanted: 27017,
        port: 2379,
      },
      { kind: 'server-without-route', at: server(4) },
    ],
    notSimulated: [],
    bindings: [1, 3].map((index) => ({
      server: server(index),
      virtualService: place([]),
      domains: [],
      routes: [place(['spec', 'http', 0]), place(['spec', 'http', 1])],
    })),
    servicePorts: [],
  };
}

const graph = buildGraph({ mesh: bookinfo, gateway: configOf(bookinfo), exclusions: [], refused: [] });

const nodeNamed = (of: Graph, id: string) => of.nodes.find((each) => each.id === id);

describe('bookinfo', () => {
  test('gateways, rules and destinations contain their parts in order', () => {
    expect(
      graph.nodes.map((node) => [node.id, node.rows.map((row) => row.id.slice(node.id.length))]),
    ).toEqual([
      ['Gateway/some-config-namespace/my-gateway', ['#0', '#1', '#2', '#3', '#4']],
      ['mesh', []],
      ['VirtualService/bookinfo-namespace/bookinfo-rule', ['#http/0', '#http/1', '#rest']],
      ['VirtualService/bookinfo-namespace/bookinfo-mongo', ['#tcp/0', '#reason']],
      ['host/reviews.qa.svc.cluster.local', [':9080', ':7777', ':443']],
      ['host/reviews.prod.svc.cluster.local', [':9080']],
      ['host/mongo.prod.svc.cluster.local', [':5555']],
    ]);
  });

  test('a port that the listener lent is a row that is missing', () => {
    const qa = nodeNamed(graph, 'host/reviews.qa.svc.cluster.local');
    expect(
      qa?.rows.map((row) => (row.kind === 'port' ? [row.port, row.standing, row.missing] : row.kind)),
    ).toEqual([
      [9080, 'exists', undefined],
      [7777, 'exists', undefined],
      [443, 'missing', 'no-such-port'],
    ]);
  });

  test('edges say whether they are attached, and whether they lead to something', () => {
    expect(
      graph.edges.map(({ from, to, standing }) => [
        `${from.row ?? from.node}>${to.row ?? to.node}`.replaceAll('bookinfo-namespace/', ''),
        standing,
      ]),
    ).toEqual([
      ['Gateway/some-config-namespace/my-gateway#1>VirtualService/bookinfo-rule', 'part'],
      ['Gateway/some-config-namespace/my-gateway#3>VirtualService/bookinfo-rule', 'part'],
      ['Gateway/some-config-namespace/my-gateway#4>VirtualService/bookinfo-mongo', 'not-attached'],
      ['mesh>VirtualService/bookinfo-rule', 'part'],
      ['VirtualService/bookinfo-mongo#tcp/0>host/mongo.prod.svc.cluster.local:5555', 'not-attached'],
      ['VirtualService/bookinfo-rule#http/0>host/reviews.qa.svc.cluster.local:7777', 'part'],
      ['VirtualService/bookinfo-rule#http/1>host/reviews.prod.svc.cluster.local:9080', 'part'],
      ['VirtualService/bookinfo-rule#http/1>host/reviews.qa.svc.cluster.local:443', 'broken'],
      ['VirtualService/bookinfo-rule#http/1>host/reviews.qa.svc.cluster.local:9080', 'part'],
    ]);
  });

  test('nodes of a column do not overlap', () => {
    for (const a of graph.nodes) {
      for (const b of graph.nodes) {
        if (a === b || a.x !== b.x) continue;
        expect(a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true);
      }
    }
  });

  test('a place in the text is the row that holds it, else the node; what is missing stands where it is asked for', () => {
    const place = placesOf(graph);
    const rule = bookinfo.virtualServices.find((each) => each.name === 'bookinfo-rule');
    if (rule === undefined) throw new Error('no rule');
    expect(place({ object: rule.at, path: ['spec', 'http', 1, 'match', 0] })).toEqual({
      node: 'VirtualService/bookinfo-namespace/bookinfo-rule',
      row: 'VirtualService/bookinfo-namespace/bookinfo-rule#http/1',
    });
    expect(place({ object: rule.at, path: ['spec', 'http', 1, 'route', 1, 'destination', 'host'] })).toEqual({
      node: 'host/reviews.qa.svc.cluster.local',
      row: 'host/reviews.qa.svc.cluster.local:443',
    });
    expect(place({ object: rule.at, path: ['spec', 'hosts', 0] })).toEqual({
      node: 'VirtualService/bookinfo-namespace/bookinfo-rule',
    });
  });
});

test('what others name and the paste does not hold stands as an outline', () => {
  const lone = meshOf(`
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ratings, namespace: prod}
spec:
  hosts: [ratings.example.com]
  gateways: [istio-system/public]
  http:
    - route: [{destination: {host: ratings, port: {number: 9080}}}]
`);
  const drawn = buildGraph({ mesh: lone, exclusions: [], refused: [] });
  expect(drawn.nodes.map((node) => [node.id, node.standing])).toEqual([
    ['Gateway/istio-system/public', 'not-in-paste'],
    ['VirtualService/prod/ratings', 'not-attached'],
    ['host/ratings.prod.svc.cluster.local', 'not-in-paste'],
  ]);
});
