import { describe, expect, it } from 'vitest';
import { resolveHost } from '../../src/compile/resolveHost.ts';
import { scopeFor, serviceForRoute } from '../../src/compile/scope.ts';
import { servicePortProtocol } from '../../src/istio/protocol.ts';
import { show, worldFrom } from './meshFrom.ts';

describe('the protocol of a port', () => {
  it.each([
    [{ port: 80, name: 'http' }, 'HTTP'],
    [{ port: 80, name: 'HTTP-web' }, 'HTTP'],
    [{ port: 80, name: 'web-http' }, 'auto'],
    [{ port: 80 }, 'auto'],
    [{ port: 80, name: 'grpc-web-x' }, 'GRPC-Web'],
    [{ port: 80, name: 'grpc-x' }, 'GRPC'],
    [{ port: 80, name: 'http', protocol: 'UDP' }, 'UDP'],
    [{ port: 80, name: 'http', appProtocol: 'tcp' }, 'TCP'],
    [{ port: 80, appProtocol: 'kubernetes.io/h2c' }, 'HTTP2'],
    [{ port: 80, appProtocol: 'kubernetes.io/wss' }, 'HTTPS'],
    [{ port: 80, name: 'kubernetes.io/ws' }, 'auto'],
    [{ port: 3306 }, 'TCP'],
    [{ port: 53, name: 'dns' }, 'TCP'],
    [{ port: 3306, name: 'mysql' }, 'MYSQL'],
    [{ port: 25, name: 'http' }, 'HTTP'],
  ])('%o is %s', (port, protocol) => expect(servicePortProtocol(port)).toBe(protocol));
});

const entry = (name: string, namespace: string, host: string, spec: string, age = 0): string => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: ${name}, namespace: ${namespace}, creationTimestamp: "2026-01-01T00:00:0${age}Z" }
spec: { hosts: ["${host}"], ${spec} }
---`;
const port = (number: number): string =>
  `ports: [{ number: ${number}, name: http-${number}, protocol: HTTP }]`;

/** The ports that a workload of `namespace` knows of a host. */
function ports(text: string, namespace: string, host: string): number[] | undefined {
  const { registry } = worldFrom(text);
  return scopeFor(registry, { namespace })
    .byHost.get(host)
    ?.ports.map(({ number }) => number);
}

describe('services of one hostname', () => {
  const two = (second: string, secondNamespace = 'a'): string =>
    entry('one', 'a', 'x.org', `${port(80)}, resolution: DNS`) +
    entry('two', secondNamespace, 'x.org', second, 1);

  it.each([
    ['alike but for the ports', two(`${port(81)}, resolution: DNS`), [80, 81]],
    ['of another resolution', two(`${port(81)}, resolution: STATIC`), [80]],
    ['of another namespace', two(`${port(81)}, resolution: DNS`, 'b'), [80]],
    ['exported as written otherwise', two(`${port(81)}, resolution: DNS, exportTo: ["*"]`), [80]],
    ['exported by name, so in front', two(`${port(81)}, resolution: DNS, exportTo: ["b"]`), [81]],
  ])('%s', (_, text, expected) => expect(ports(text, 'b', 'x.org')).toEqual(expected));

  it('a Service of Kubernetes displaces a ServiceEntry of any age', () => {
    const service =
      '{ apiVersion: v1, kind: Service, metadata: { name: x, namespace: a, creationTimestamp: "2026-02-01T00:00:00Z" }, spec: { ports: [{ port: 9080 }] } }';
    const text = entry('one', 'a', 'x.a.svc.cluster.local', port(80)) + '\n' + service;
    expect(ports(text, 'b', 'x.a.svc.cluster.local')).toEqual([9080]);
    const { registry } = worldFrom(text);
    expect(scopeFor(registry, { namespace: 'b' }).exclusions).toMatchObject([
      { kind: 'service-shadowed', host: 'x.a.svc.cluster.local' },
    ]);
  });

  it('for an HTTP route the first one of the virtual service’s namespace counts alone, if it is seen', () => {
    const text = two(`${port(81)}, resolution: DNS`) + entry('own', 'c', 'x.org', port(82), 2);
    const { registry } = worldFrom(text);
    const scope = scopeFor(registry, { namespace: 'b' });
    const portsFor = (namespace: string) =>
      serviceForRoute(scope, 'x.org', namespace)?.ports.map(({ number }) => number);
    expect([portsFor('a'), portsFor('b'), portsFor('c')]).toEqual([[80], [80, 81], [82]]);
  });
});

describe('who sees a service', () => {
  it.each([
    ['exportTo: ["."]', 'a', true],
    ['exportTo: ["."]', 'b', false],
    ['exportTo: [b]', 'b', true],
    ['exportTo: [b]', 'a', false],
    ['exportTo: ["~"]', 'a', false],
    ['exportTo: ["*", "."]', 'b', true],
  ])('%s seen from %s: %s', (exportTo, namespace, seen) => {
    const found = ports(entry('one', 'a', 'x.org', `${port(80)}, ${exportTo}`), namespace, 'x.org');
    expect(found !== undefined).toBe(seen);
  });

  it('the annotation of a Service says the same', () => {
    const service =
      '{ apiVersion: v1, kind: Service, metadata: { name: x, namespace: a, annotations: { networking.istio.io/exportTo: "., c" } }, spec: { ports: [{ port: 80 }] } }';
    const seen = ['a', 'b', 'c'].filter((namespace) => ports(service, namespace, 'x.a.svc.cluster.local'));
    expect(seen).toEqual(['a', 'c']);
  });
});

describe('what a dialled name stands for', () => {
  const service = (name: string, namespace: string, spec: string): string =>
    `{ apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: ${namespace} }, spec: ${spec} }\n---\n`;
  const { registry } = worldFrom(
    service('reviews', 'prod', '{ clusterIP: 10.96.0.7, ports: [{ port: 80 }] }') +
      service('bare', 'prod', '{ ports: [{ port: 80 }] }') +
      service('pods', 'prod', '{ clusterIP: None, ports: [{ port: 80, name: http }] }') +
      service('alias', 'prod', '{ type: ExternalName, externalName: reviews.prod.svc.cluster.local }') +
      service('ring', 'prod', '{ type: ExternalName, externalName: ring.prod.svc.cluster.local }') +
      `{ apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: { name: s, namespace: prod, labels: { kubernetes.io/service-name: pods } }, addressType: IPv4, endpoints: [{ addresses: [10.1.0.9] }], ports: [{ name: http, port: 8080 }] }\n---` +
      entry('ext', 'prod', 'api.example.org', `${port(80)}, addresses: [192.0.2.9, 192.0.2.10]`) +
      entry('range', 'prod', 'db.example.org', `${port(80)}, addresses: [10.5.0.0/16]`) +
      entry('wild', 'prod', '*.wild.example.org', port(80)),
  );

  it.each([
    ['reviews', 'prod', '10.96.0.7', ['Service prod/reviews'], false],
    ['Reviews.prod.', 'qa', '10.96.0.7', ['Service prod/reviews'], false],
    ['reviews.prod.svc', 'qa', '10.96.0.7', ['Service prod/reviews'], false],
    ['reviews.prod.svc.cluster.local', 'qa', '10.96.0.7', ['Service prod/reviews'], false],
    ['10.96.0.7', 'qa', '10.96.0.7', ['Service prod/reviews'], false],
    ['alias.prod', 'qa', '10.96.0.7', ['Service prod/alias', 'Service prod/reviews'], false],
    ['pods.prod', 'qa', '10.1.0.9', ['Service prod/pods'], false],
    ['api.example.org', 'qa', '192.0.2.9', ['ServiceEntry prod/ext'], false],
    ['db.example.org', 'qa', '10.5.0.1', ['ServiceEntry prod/range'], true],
    ['bare', 'prod', /^10\.(9[6-9]|10\d|11[01])\./, ['Service prod/bare'], true],
    ['a.wild.example.org', 'qa', /^203\.0\.113\./, ['ServiceEntry prod/wild'], true],
    ['ring.prod', 'qa', /^203\.0\.113\./, ['Service prod/ring', 'Service prod/ring'], true],
    ['reviews', 'qa', /^203\.0\.113\./, [], true],
    ['example.com', 'qa', /^203\.0\.113\./, [], true],
  ])('%s from %s', (host, namespace, address, by, invented) => {
    const resolved = resolveHost(registry, host, namespace);
    expect(resolved.address).toMatch(address instanceof RegExp ? address : new RegExp(`^${address}$`));
    expect([resolved.by.map(show), resolved.invented]).toEqual([by, invented]);
  });
});
