import { describe, expect, it } from 'vitest';
import { mergeDelegates } from '../../src/compile/delegates.ts';
import { resolveGatewayName, virtualServicesFor } from '../../src/compile/virtualServices.ts';
import { buildMesh } from '../../src/istio/mesh.ts';
import { meshFrom, show } from './meshFrom.ts';

describe('names of gateways', () => {
  it.each([
    ['mesh', 'mesh'],
    ['edge', 'shop/edge'],
    ['./edge', 'shop/edge'],
    ['infra/edge', 'infra/edge'],
    ['edge.infra', 'infra/edge'],
    ['edge.infra.svc.cluster.local', 'infra/edge'],
  ])('%s is %s', (written, meant) => expect(resolveGatewayName(written, 'shop')).toBe(meant));
});

/** Of a root with these conditions and a delegate with those, what is left. */
function merged(root: string, delegate: string) {
  return mergeDelegates(
    meshFrom(`
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: root, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [edge]
  http:
    - ${root}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: team }
spec:
  http:
    - ${delegate}
`),
  );
}

const named = 'delegate: { name: orders, namespace: team }';

describe('conditions of root and delegate', () => {
  it.each([
    ['uri: { prefix: /api }', 'uri: { prefix: /orders }', 'uri'],
    ['uri: { exact: /api }', 'uri: { prefix: /api }', 'uri'],
    ['uri: { regex: "/a.*" }', 'uri: { regex: "/a.*" }', 'uri'],
    ['uri: { prefix: /a }', 'uri: { regex: "/a.*" }', 'uri'],
    ['uri: { prefix: "" }', 'uri: { prefix: /a }', 'uri'],
    ['method: {}', 'method: { exact: GET }', 'method'],
    ['headers: { x: { exact: a } }', 'headers: { x: { exact: b } }', 'headers.x'],
    ['ignoreUriCase: true', 'uri: { prefix: /a }', 'ignoreUriCase'],
    ['port: 80', 'port: 81', 'port'],
    ['sourceNamespace: a', 'uri: { prefix: /a }', 'sourceNamespace'],
    ['sourceLabels: { app: a }', 'sourceLabels: { app: b }', 'sourceLabels.app'],
    ['gateways: [edge]', 'gateways: [edge]', 'gateways'],
  ])('%s excludes %s by %s', (root, delegate, field) => {
    const { all, exclusions } = merged(
      `{ match: [{ ${root} }], ${named} }`,
      `{ match: [{ ${delegate} }], route: [] }`,
    );
    expect(all[0]?.http).toEqual([]);
    expect(exclusions).toMatchObject([{ kind: 'delegate-conflict', field }]);
  });

  it.each([
    ['uri: { prefix: /api }', 'uri: { prefix: /api/orders }', { uri: { prefix: '/api/orders' } }],
    ['uri: { prefix: /api }', 'uri: { exact: /api/1 }', { uri: { exact: '/api/1' } }],
    [
      'uri: { prefix: /api }',
      'method: { exact: GET }',
      { uri: { prefix: '/api' }, method: { exact: 'GET' } },
    ],
    ['headers: { x: { exact: a } }', 'headers: { z: {} }', { headers: { x: { exact: 'a' }, z: {} } }],
    ['port: 80', 'port: 80', { port: 80 }],
    ['gateways: [edge, shop/other]', 'gateways: [shop/edge]', { gateways: ['shop/edge'] }],
    ['name: a', 'name: b', { name: 'a-b' }],
  ])('%s and %s give %o', (root, delegate, match) => {
    const { all } = merged(`{ match: [{ ${root} }], ${named} }`, `{ match: [{ ${delegate} }], route: [] }`);
    expect(all[0]?.http[0]?.route.match).toEqual([match]);
  });

  it('pairs each block of the delegate with each of the root, and says where each part is written', () => {
    const { all } = merged(
      `{ match: [{ uri: { prefix: /a } }, { uri: { prefix: /b } }], ${named} }`,
      `{ match: [{ method: { exact: GET } }, { uri: { prefix: /b/c } }], route: [] }`,
    );
    const matches = all[0]?.http[0]?.matches.map(({ match, at, rootAt, fromRoot }) => [
      match.uri?.prefix,
      show(at),
      rootAt && show(rootAt),
      fromRoot,
    ]);
    expect(matches).toEqual([
      [
        '/a',
        'VirtualService team/orders spec.http.0.match.0',
        'VirtualService shop/root spec.http.0.match.0',
        ['uri'],
      ],
      [
        '/b',
        'VirtualService team/orders spec.http.0.match.0',
        'VirtualService shop/root spec.http.0.match.1',
        ['uri'],
      ],
      [
        '/b/c',
        'VirtualService team/orders spec.http.0.match.1',
        'VirtualService shop/root spec.http.0.match.1',
        [],
      ],
    ]);
  });

  it('drops an entry when one of its blocks fits no block of the root', () => {
    const { all } = merged(
      `{ match: [{ uri: { prefix: /a } }], ${named} }`,
      `{ match: [{ uri: { prefix: /a/b } }, { uri: { prefix: /x } }], route: [] }`,
    );
    expect(all[0]?.http).toEqual([]);
  });
});

describe('the rest of an entry', () => {
  const { all } = merged(
    `{ name: r, ${named}, timeout: 1s, mirror: { host: copy }, headers: { request: { set: { a: b } } }, route: [{ destination: { host: never } }] }`,
    `{ name: d, timeout: 2s, mirrors: [], route: [{ destination: { host: orders } }] }`,
  );
  const entry = all[0]?.http[0];

  it('takes whole fields from the root where the delegate has none', () => {
    expect(entry?.route).toMatchObject({
      name: 'r-d',
      timeout: '2s',
      headers: { request: { set: { a: 'b' } } },
    });
    expect(entry?.inherited).toEqual(['mirror', 'headers']);
  });

  it('completes each name in the namespace of the object that has it', () => {
    expect(entry?.route.route).toEqual([{ destination: { host: 'orders.team.svc.cluster.local' } }]);
    expect(entry?.route.mirror).toEqual({ host: 'copy.shop.svc.cluster.local' });
  });
});

describe('delegates that do not take part', () => {
  const virtualService = (name: string, spec: string): string =>
    `{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: { name: ${name}, namespace: shop }, spec: ${spec} }\n---\n`;

  it('are missing, hidden, have hosts, or are named by nobody; the other entries stay', () => {
    const { all, exclusions } = mergeDelegates(
      meshFrom(
        virtualService(
          'root',
          `{ hosts: [a.example.com], http: [{ delegate: { name: gone } }, { delegate: { name: hidden } }, { delegate: { name: rooted } }, { name: stays, route: [] }] }`,
        ) +
          virtualService('hidden', `{ exportTo: [other], http: [{ route: [] }] }`) +
          virtualService('rooted', `{ hosts: [b.example.com], http: [{ route: [] }] }`) +
          virtualService('alone', `{ http: [{ route: [] }] }`),
      ),
    );
    expect(all.find(({ name }) => name === 'root')?.http.map(({ route }) => route.name)).toEqual(['stays']);
    expect(exclusions.map((exclusion) => [exclusion.kind, show(exclusion.at)])).toEqual([
      ['delegate-not-found', 'VirtualService shop/root spec.http.0'],
      ['delegate-not-exported', 'VirtualService shop/root spec.http.1'],
      ['delegate-not-found', 'VirtualService shop/root spec.http.2'],
      ['delegate-unreferenced', 'VirtualService shop/alone'],
    ]);
  });
});

describe('who sees what, and in which order', () => {
  const rule = (name: string, namespace: string, age: number, exportTo: string): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ${namespace}, creationTimestamp: "2026-01-01T00:00:0${age}Z" }
spec: { hosts: [a.example.com], gateways: [infra/edge], exportTo: ${exportTo} }
---`;
  const merged = mergeDelegates(
    meshFrom(
      rule('public-old', 'shop', 0, '[]') +
        rule('given', 'shop', 1, '[infra, other]') +
        rule('own-young', 'infra', 5, '[infra]') +
        rule('own-old', 'infra', 4, '["."]') +
        rule('hidden', 'shop', 2, '["."]') +
        rule('public-young', 'infra', 3, '["*", infra]'),
    ),
  );
  it('own private ones, then those exported by name, then public ones, each by age', () => {
    expect(virtualServicesFor(merged, 'infra/edge', 'infra').map(({ name }) => name)).toEqual([
      'own-old',
      'own-young',
      'given',
      'public-old',
      'public-young',
    ]);
    expect(virtualServicesFor(merged, 'infra/edge', 'shop').map(({ name }) => name)).toEqual([
      'hidden',
      'public-old',
      'public-young',
    ]);
    expect(virtualServicesFor(merged, 'mesh', 'infra')).toEqual([]);
  });
});

describe('the mesh', () => {
  it('takes odd values for nothing, and the last of two objects of one name', () => {
    const ref = { kind: 'Service', namespace: 'a', name: 'b', source: 0, document: 0 };
    const value = {
      metadata: { labels: { good: 'yes', bad: 1 }, creationTimestamp: 7 },
      spec: { ports: [{ port: '80' }, { port: 81, name: 3 }, 'text'], selector: [], clusterIP: null },
    };
    const first = { ref: { ...ref, document: 9 }, apiVersion: 'v1', value: {} };
    const mesh = buildMesh([first, { ref, apiVersion: 'v1', value }]);
    expect(mesh.services).toHaveLength(1);
    expect(mesh.services[0]).toMatchObject({
      labels: { good: 'yes' },
      creationTime: 0,
      spec: { ports: [{ port: 81, targetPort: 81, protocol: 'TCP' }] },
    });
    expect(buildMesh([{ ref, apiVersion: 'v1', value }]).services[0]).toBe(mesh.services[0]);
  });
});
