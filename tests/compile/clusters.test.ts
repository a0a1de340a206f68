import { describe, expect, it } from 'vitest';
import { destinationCluster } from '../../src/compile/clusters.ts';
import { buildDestinationRules } from '../../src/compile/destinationRules.ts';
import { scopeFor } from '../../src/compile/scope.ts';
import { shadowedRules } from '../../src/compile/shadowedRules.ts';
import { gatewayClusters, show, worldFrom } from './meshFrom.ts';

const object = (kind: string, namespace: string, name: string, spec: string, age = 0): string => `
apiVersion: ${kind === 'Service' ? 'v1' : 'networking.istio.io/v1'}
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace}, creationTimestamp: "2026-01-01T00:00:0${age}Z" }
spec: ${spec}
---`;
const web = object(
  'Service',
  'shop',
  'web',
  '{ ports: [{ port: 80, name: http }, { port: 53, protocol: UDP }] }',
);
const subsets = (...names: string[]): string =>
  `subsets: [${names.map((name) => `{ name: ${name}, labels: { v: ${name} } }`).join(', ')}]`;
const rule = (namespace: string, name: string, spec: string, age = 0): string =>
  object('DestinationRule', namespace, name, `{ host: web.shop.svc.cluster.local, ${spec} }`, age);

/** The subsets that a workload of `namespace` may send to. */
function subsetsOf(text: string, namespace: string, labels: Record<string, string> = {}): string[] {
  const { names } = gatewayClusters(web + text, namespace, labels);
  return names.flatMap((name) => name.split('|').slice(2, 3)).filter(Boolean);
}

describe('which DestinationRule counts', () => {
  it.each([
    [
      'the client’s namespace before the service’s',
      rule('shop', 'a', subsets('a')) + rule('gw', 'b', subsets('b')),
      ['b'],
    ],
    [
      'the service’s before the root’s',
      rule('shop', 'a', subsets('a')) + rule('istio-system', 'b', subsets('b')),
      ['a'],
    ],
    ['the root’s last', rule('istio-system', 'b', subsets('b')), ['b']],
    ['none of another namespace', rule('other', 'b', subsets('b')), []],
    ['none that is private elsewhere', rule('shop', 'a', `${subsets('a')}, exportTo: ["."]`), []],
    ['none that is exported to others', rule('shop', 'a', `${subsets('a')}, exportTo: [other]`), []],
    ['one that is exported by name', rule('shop', 'a', `${subsets('a')}, exportTo: [gw]`), ['a']],
    [
      'a hidden exact host hides the wildcard one of its namespace',
      rule('shop', 'a', `${subsets('a')}, exportTo: [other]`) +
        object('DestinationRule', 'shop', 'w', `{ host: "*.local", ${subsets('w')} }`),
      [],
    ],
    [
      'a short name is of the rule’s namespace',
      object('DestinationRule', 'shop', 'a', `{ host: web, ${subsets('a')} }`),
      ['a'],
    ],
    [
      'two of one host are one, the first of equal subsets counts',
      rule('shop', 'a', subsets('a', 'x')) + rule('shop', 'b', subsets('x', 'b'), 1),
      ['a', 'x', 'b'],
    ],
    [
      'a wider export joins the narrower rule',
      rule('shop', 'a', `${subsets('a')}, exportTo: [gw]`) +
        rule('shop', 'b', `${subsets('b')}, exportTo: [gw, x]`, 1),
      ['a', 'b'],
    ],
    [
      'of rules that were not joined the last one counts',
      rule('shop', 'a', `${subsets('a')}, exportTo: [gw, y]`) +
        rule('shop', 'b', `${subsets('b')}, exportTo: [gw, x]`, 1),
      ['b'],
    ],
  ])('%s', (_, text, expected) => expect(subsetsOf(text, 'gw')).toEqual(expected));

  it('one with a selector counts for the workloads that it picks, and swallows those like it', () => {
    const text =
      rule('gw', 'picky', `${subsets('p')}, workloadSelector: { matchLabels: { app: edge } }`, 1) +
      rule('gw', 'general', `${subsets('g')}, exportTo: ["."]`);
    expect(subsetsOf(text, 'gw', { app: 'edge' })).toEqual(['p', 'g']);
    expect(subsetsOf(text, 'gw')).toEqual([]);
  });
});

describe('which clusters exist', () => {
  const dns = (spec: string): string =>
    object(
      'ServiceEntry',
      'shop',
      'ext',
      `{ hosts: [ext.org], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: DNS, ${spec} }`,
    );
  const ext = (spec: string): string =>
    object('DestinationRule', 'shop', 'dr', `{ host: ext.org, subsets: [${spec}] }`);
  const names = (text: string): string[] => gatewayClusters(text, 'gw').names;

  it.each([
    ['every port but UDP', web, ['outbound|80||web.shop.svc.cluster.local']],
    ['a DNS host without endpoints is its own', dns('location: MESH_EXTERNAL'), ['outbound|80||ext.org']],
    [
      'whose subsets pick nothing',
      dns('location: MESH_EXTERNAL') + ext('{ name: s, labels: { v: "1" } }'),
      ['outbound|80||ext.org'],
    ],
    [
      'but one without labels',
      dns('location: MESH_EXTERNAL') + ext('{ name: s }'),
      ['outbound|80||ext.org', 'outbound|80|s|ext.org'],
    ],
    [
      'a subset that picks an endpoint',
      dns('endpoints: [{ address: a.org, labels: { v: "1" } }]') +
        ext('{ name: s, labels: { v: "1" } }, { name: t, labels: { v: "2" } }'),
      ['outbound|80||ext.org', 'outbound|80|s|ext.org'],
    ],
    [
      'labels that come from the locality',
      dns('endpoints: [{ address: a.org, locality: eu/b }]') +
        ext('{ name: s, labels: { topology.kubernetes.io/region: eu } }'),
      ['outbound|80||ext.org', 'outbound|80|s|ext.org'],
    ],
    [
      'any subset where calls go to the dialled address',
      dns('location: MESH_EXTERNAL') +
        ext('{ name: s, labels: { v: "1" }, trafficPolicy: { loadBalancer: { simple: PASSTHROUGH } } }'),
      ['outbound|80||ext.org', 'outbound|80|s|ext.org'],
    ],
    [
      'none of a DNS host with a selector that picks nothing',
      dns('workloadSelector: { labels: { app: x } }'),
      [],
    ],
    [
      'none of an ExternalName',
      object('Service', 'shop', 'e', '{ type: ExternalName, externalName: x.org, ports: [{ port: 80 }] }'),
      [],
    ],
  ])('%s', (_, text, expected) => expect(names(text)).toEqual(expected));
});

describe('why a cluster does not exist', () => {
  const hidden = object(
    'ServiceEntry',
    'shop',
    'h',
    '{ hosts: [h.org], exportTo: ["."], ports: [{ number: 80, name: http, protocol: HTTP }] }',
  );
  const alias = object(
    'Service',
    'shop',
    'e',
    '{ type: ExternalName, externalName: x.org, ports: [{ port: 80 }] }',
  );
  const { missing } = gatewayClusters(web + hidden + alias + rule('shop', 'a', subsets('a')), 'gw');
  it.each([
    ['outbound|80||web.shop.svc.cluster.local', undefined],
    ['outbound|80||gone.org', { kind: 'host-not-in-paste', host: 'gone.org' }],
    ['outbound|80||h.org', { kind: 'not-visible', host: 'h.org' }],
    ['outbound|81||web.shop.svc.cluster.local', { kind: 'no-such-port', port: 81, ports: [80] }],
    ['outbound|80|b|web.shop.svc.cluster.local', { kind: 'no-such-subset', subset: 'b', subsets: ['a'] }],
    ['outbound|80||e.shop.svc.cluster.local', { kind: 'external-name', externalName: 'x.org' }],
  ])('%s', (name, reason) => {
    const found = missing(name);
    if (reason === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(reason);
  });
  it('names the objects that are to blame', () => {
    const found = missing('outbound|80|b|web.shop.svc.cluster.local');
    expect(found && 'by' in found && found.by.map(show)).toEqual(['DestinationRule shop/a']);
  });
});

describe('the cluster of a destination', () => {
  const service = (ports: number[]) => {
    const text = object(
      'Service',
      'a',
      's',
      `{ ports: [${ports.map((port) => `{ port: ${port}, name: p${port} }`).join(', ')}] }`,
    );
    return gatewayClusters(text, 'a').scope.byHost.get('s.a.svc.cluster.local');
  };
  it.each([
    [{ host: 'x', port: { number: 7 } }, [80], { name: 'outbound|7||x', portFrom: 'destination' }],
    [{ host: 'x', subset: 'v' }, [80], { name: 'outbound|80|v|x', portFrom: 'only-port' }],
    [{ host: 'x' }, [80, 81], { name: 'outbound|443||x', portFrom: 'listener' }],
  ])('%o of a service with ports %o', (destination, ports, expected) => {
    expect(destinationCluster(destination, service(ports), 443)).toEqual(expected);
  });
});

describe('which DestinationRules a gateway does not use', () => {
  const route = object(
    'VirtualService',
    'shop',
    'vs',
    '{ hosts: [shop.example.com], gateways: [gw/edge], http: [{ route: [{ destination: { host: web } }] }] }',
  );
  const shadowed = (text: string): string[] => {
    const { mesh, merged, registry } = worldFrom(web + route + text);
    const proxy = { namespace: 'gw', labels: {} };
    const input = { scope: scopeFor(registry, proxy), destinationRules: buildDestinationRules(mesh), proxy };
    return shadowedRules(mesh, [{ input, virtualServices: merged.all }]).map(
      (lost) => `${show(lost.at)} by ${'by' in lost ? lost.by.map(show).join() : ''}`,
    );
  };

  it.each([
    ['that next to the service is used', rule('shop', 'a', subsets('a')), []],
    [
      'one elsewhere is not',
      rule('other', 'a', subsets('a')),
      ['DestinationRule other/a by Service shop/web'],
    ],
    [
      'nor is one that another comes before',
      rule('shop', 'a', subsets('a')) + rule('gw', 'b', subsets('b')),
      ['DestinationRule shop/a by DestinationRule gw/b'],
    ],
    ['two that were joined both are', rule('shop', 'a', subsets('a')) + rule('shop', 'b', subsets('b')), []],
    ['one that is kept from it is no accident', rule('other', 'a', `${subsets('a')}, exportTo: ["."]`), []],
    [
      'nor is one for other hosts',
      object('DestinationRule', 'other', 'a', `{ host: x.org, ${subsets('a')} }`),
      [],
    ],
  ])('%s', (_, text, expected) => expect(shadowed(text)).toEqual(expected));
});
