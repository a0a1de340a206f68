import { describe, expect, it } from 'vitest';
import { compile, indexMesh } from '../../src/compile/compile.ts';
import { whyNot } from '../../src/explore/whyNot.ts';
import type { Call } from '../../src/simulate/call.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import {
  configOf,
  end,
  gateway,
  http,
  https,
  ingress,
  plain,
  secure,
  tcp,
  to,
  virtualService,
} from './gatewayFrom.ts';
import { meshFrom, show } from './meshFrom.ts';

describe('a gateway', () => {
  it('answers 404 where no virtual service is', () => {
    const config = configOf(gateway('gw', 'a', http(80, '[foo.bar]')));
    expect(end(config, plain(80, 'foo.bar'))).toBe('404 NR');
    expect(config.routeConfigs.get('http.80')?.virtualHosts[0]?.name).toBe('blackhole:80');
    expect(end(config, plain(81, 'foo.bar'))).toBe('no-listener');
  });

  it('gives a port to the first of two TCP servers, even if that one has no route', () => {
    const route = virtualService(
      'vs',
      'istio-system',
      `{hosts: ["*"], gateways: [gateway], tcp: [{${to('db.x.com')}}]}`,
    );
    const own = gateway('gateway', 'istio-system', tcp(80));
    const lost = configOf(gateway('gateway', 'alpha', tcp(80)), own, route);
    expect(end(lost, plain(80, 'x'))).toBe('no-listener');
    expect(lost.rejections.map(({ kind, at }) => `${kind} ${show(at)}`)).toEqual([
      'port-conflict Gateway istio-system/gateway spec.servers.0',
    ]);
    const won = configOf(gateway('gateway', 'zeta', tcp(80)), own, route);
    expect(end(won, plain(80, 'x'))).toBe('no-cluster outbound|80||db.x.com');
  });

  it('refuses a listener with two chains that match everything', () => {
    const config = configOf(
      gateway('gw', 'a', https(443, '["./*"]')),
      gateway('gw', 'b', https(443, '["./*"]')),
    );
    expect(config.refusedListeners.map(({ name, because }) => [name, because.kind])).toEqual([
      ['0.0.0.0_443', 'same-match'],
    ]);
    expect(end(config, secure(443, 'x.com'))).toBe('no-listener');
  });

  it('serves each SNI name of passthrough once, by the first virtual service', () => {
    const tls = (host: string): string =>
      `{hosts: [a.x.com], gateways: [a/gw], tls: [{match: [{sniHosts: [a.x.com]}], ${to(host)}}]}`;
    const config = configOf(
      gateway('gw', 'a', https(443, '["*.x.com"]', 'mode: PASSTHROUGH')),
      virtualService('vs1', 'a', tls('one.com')),
      virtualService('vs2', 'a', tls('two.com')),
    );
    expect(end(config, secure(443, 'a.x.com'))).toBe('no-cluster outbound|80||one.com');
    expect(end(config, secure(443, 'b.x.com'))).toBe('no-filter-chain');
    expect(config.exclusions.map(({ kind, at }) => `${kind} ${show(at)}`)).toEqual([
      'repeated-sni VirtualService a/vs2 spec.tls.0.match.0',
    ]);
  });

  it.each([
    ['TCP before HTTP', 'alpha', 'beta', 'no-listener'],
    ['HTTP before TCP', 'beta', 'alpha', '404 NR'],
  ])('keeps the first family of a port: %s', (_, tcpNamespace, httpNamespace, expected) => {
    const config = configOf(
      gateway('gw', tcpNamespace, tcp(80)),
      gateway('gw', httpNamespace, http(80, '["*"]')),
    );
    expect(end(config, plain(80, 'x.com'))).toBe(expected);
  });

  it('redirects to https without any virtual service, port and all', () => {
    const config = configOf(gateway('gw', 'a', http(80, '[example.com]', ', tls: {httpsRedirect: true}')));
    expect(end(config, plain(80, 'example.com:80', '/a?b'))).toBe('301 https://example.com:80/a?b');
    expect(end(config, plain(80, 'other.com'))).toBe('404 NR');
  });

  it('takes the number of the server where a destination names no port', () => {
    const config = configOf(
      gateway('gw', 'a', https(443, '[example.com]')),
      virtualService(
        'vs',
        'a',
        '{hosts: [example.com], gateways: [gw], http: [{route: [{destination: {host: b}}]}]}',
      ),
    );
    expect(end(config, secure(443, 'example.com'))).toBe('503 NC outbound|443||b.a.svc.cluster.local');
  });

  it('keeps virtual services to the namespaces that a host names', () => {
    const config = configOf(
      gateway('gw', 'a', http(80, '["ns-1/*.example.com"]')),
      virtualService('in', 'ns-1', `{hosts: [x.example.com], gateways: [a/gw], http: [{${to('in')}}]}`),
      virtualService('out', 'ns-2', `{hosts: [y.example.com], gateways: [a/gw], http: [{${to('out')}}]}`),
    );
    expect(end(config, plain(80, 'x.example.com'))).toBe('503 NC outbound|80||in.ns-1.svc.cluster.local');
    expect(end(config, plain(80, 'y.example.com'))).toBe('404 NR');
    expect(config.exclusions.map(({ kind, at }) => `${kind} ${show(at)}`)).toEqual([
      'namespace-not-allowed VirtualService ns-2/out spec.hosts',
    ]);
  });

  it('translates ports by the Services in front of the workload', () => {
    const config = configOf(
      `apiVersion: v1
kind: Service
metadata: {name: gw, namespace: istio-system}
spec: {selector: {istio: ingress}, ports: [{name: http, port: 80, targetPort: 8080}]}
`,
      gateway('gw', 'a', http(80, '[80.example.com]'), http(82, '[82.example.com]')),
      virtualService('vs', 'a', `{hosts: ["*.example.com"], gateways: [gw], http: [{${to('b')}}]}`),
    );
    const name = (port: number, host: string): unknown => {
      const step = simulate(config, plain(port, host)).steps.find(({ kind }) => kind === 'virtual-host');
      return step?.kind === 'virtual-host' ? [step.taken?.routeConfig, step.taken?.name] : undefined;
    };
    expect(name(8080, '80.example.com')).toEqual(['http.8080', '80.example.com:80']);
    expect(name(82, '82.example.com')).toEqual(['http.82', '82.example.com:82']);
    const fromOutside: Call = {
      ...plain(80, '80.example.com'),
      from: { kind: 'outside', portOf: 'service' },
    };
    expect(simulate(config, fromOutside).steps[0]).toMatchObject({
      kind: 'service-port',
      port: 80,
      targetPort: 8080,
    });
  });

  it('does not fall through from one virtual host to another', () => {
    const one = virtualService(
      'one',
      'a',
      `{hosts: [a.com], gateways: [gw], http: [{match: [{uri: {prefix: /x}}], ${to('one')}}]}`,
    );
    const two = virtualService('two', 'a', `{hosts: ["*"], gateways: [gw], http: [{${to('two')}}]}`);
    const apart = configOf(gateway('gw', 'a', http(80, '["*"]')), one, two);
    expect(end(apart, plain(80, 'a.com', '/y'))).toBe('404 NR');
    const joined = configOf(gateway('gw', 'a', http(80, '[a.com]')), one, two);
    expect(end(joined, plain(80, 'a.com', '/y'))).toBe('503 NC outbound|80||two.a.svc.cluster.local');
  });

  it.each([
    ['a chain for one name', '[a.com]', 'no-filter-chain'],
    ['a chain for all', '["*"]', 'plaintext-to-tls'],
  ])('closes plaintext on a port that terminates TLS: %s', (_, hosts, expected) => {
    expect(end(configOf(gateway('gw', 'a', https(443, hosts))), plain(443, 'a.com'))).toBe(expected);
  });

  it('answers TLS on a plaintext port as what it is', () => {
    expect(end(configOf(gateway('gw', 'a', http(80, '["*"]'))), secure(80, 'a.com'))).toBe(
      'tls-to-plaintext',
    );
  });

  it('has AUTO_PASSTHROUGH chains for DNS endpoints that no subset picks, and no clusters', () => {
    const entry = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: dns, namespace: a}
spec:
  hosts: [db.internal.local]
  location: MESH_INTERNAL
  resolution: DNS
  ports: [{number: 80, name: http, protocol: HTTP}]
  endpoints: [{address: one.org, labels: {version: v1}}]
`;
    const rule = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: db, namespace: a}
spec:
  host: db.internal.local
  subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]
`;
    const server = https(15443, '["*.local"]', 'mode: AUTO_PASSTHROUGH');
    const config = configOf(gateway('gw', 'a', server), entry, rule);
    const name = (subset: string): string => `outbound_.80_.${subset}_.db.internal.local`;
    const ends = ['', 'v1', 'v2'].map((subset) => end(config, secure(15443, name(subset), 'x', ['istio'])));
    expect(ends).toEqual([`tcp ${name('')}`, `tcp ${name('v1')}`, `no-cluster ${name('v2')}`]);
    expect(config.clusters.has(name('v2'))).toBe(false);
  });

  it.each([
    ['a status that is none', 'directResponse: {status: 600}'],
    ['a fault of such a status', `fault: {abort: {httpStatus: 600}}, ${to('one.com')}`],
    ['a command that Envoy does not know', `headers: {request: {set: {x: "%USER%"}}}, ${to('one.com')}`],
    [
      'a command of a destination',
      `route: [{destination: {host: one.com}, headers: {response: {add: {x: "%PROTOCOL(x)%"}}}}]`,
    ],
    [
      'weights beyond all counting',
      `route: [${'{destination: {host: one.com}, weight: 2147483647}, '.repeat(3)}]`,
    ],
    [
      'an origin with a class that only Go knows',
      `corsPolicy: {allowOrigins: [{regex: '\\p{Letter}+'}]}, ${to('one.com')}`,
    ],
  ])('loses all routes of a port to %s', (_, rule) => {
    const one = `{hosts: [a.com], gateways: [a/gw], http: [{${rule}}]}`;
    const other = `{hosts: [b.com], gateways: [a/gw], http: [{directResponse: {status: 200}}]}`;
    const config = configOf(
      gateway('gw', 'a', http(80, '["*"]')),
      virtualService('one', 'a', one),
      virtualService('other', 'a', other),
    );
    expect(config.routeConfigs.get('http.80')?.refusedFor?.map(show)).toEqual([
      'VirtualService a/one spec.http.0',
    ]);
    expect(end(config, plain(80, 'b.com'))).toBe('404 NR');
  });

  it.each([
    ['uri: {regex: "/\\\\p{Letter}+"}', ['VirtualService a/one spec.http.0.match.1']],
    ['headers: {x-a: {regex: "\\\\p{lu}"}}', ['VirtualService a/one spec.http.0.match.1']],
    ['queryParams: {"": {exact: a}}', ['VirtualService a/one spec.http.0.match.1']],
    ['port: 81, uri: {regex: "/\\\\p{Letter}+"}', undefined],
    ['uri: {regex: "/\\\\p{L}+"}', undefined],
  ])('loses all routes of a port to a condition that only Istio takes: %s', (condition, refusedFor) => {
    const matches = `match: [{uri: {exact: /a}}, {${condition}}]`;
    const one = `{hosts: [a.com], gateways: [a/gw], http: [{${matches}, directResponse: {status: 200}}]}`;
    const config = configOf(gateway('gw', 'a', http(80, '["*"]')), virtualService('one', 'a', one));
    expect(config.routeConfigs.get('http.80')?.refusedFor?.map(show)).toEqual(refusedFor);
  });

  it.each([
    ['x-request-id', 'mine', 'plain', '404 NR'],
    ['x-forwarded-client-cert', 'mine', 'plain', '404 NR'],
    ['x-envoy-retry-on', '5xx', 'plain', '404 NR'],
    ['x-mine', 'mine', 'plain', '200'],
    ['te', 'trailers', 'gzip, trailers', '200'],
    ['te', 'gzip', 'gzip', '404 NR'],
  ])('believes of the client what Envoy believes: %s', (name, wanted, sent, expected) => {
    const rule = `{match: [{headers: {${name}: {exact: ${wanted}}}}], directResponse: {status: 200}}`;
    const config = configOf(
      gateway('gw', 'a', http(80, '["*"]')),
      virtualService('vs', 'a', `{hosts: [a.com], gateways: [a/gw], http: [${rule}]}`),
    );
    const headers: [string, string][] = [[name, sent === 'plain' ? wanted : sent]];
    const request = { method: 'GET', authority: 'a.com', path: '/', headers };
    expect(end(config, { ...plain(80, 'a.com'), http: request })).toBe(expected);
  });

  it('takes a large body of bytes that are no text', () => {
    const rule = `{directResponse: {status: 200, body: {bytes: ${'////'.repeat(100_000)}}}}`;
    const config = configOf(
      gateway('gw', 'a', http(80, '["*"]')),
      virtualService('vs', 'a', `{hosts: [a.com], gateways: [a/gw], http: [${rule}]}`),
    );
    const [route] = config.routeConfigs.get('http.80')?.virtualHosts[0]?.routes ?? [];
    expect(route?.action).toMatchObject({ body: '\u00ff'.repeat(300_000) });
  });

  it('folds hosts that have the very same routes, and no others', () => {
    const vs = (name: string, hosts: string): string =>
      virtualService(name, 'a', `{hosts: ${hosts}, gateways: [a/gw], http: [{${to('one.com')}}]}`);
    const config = configOf(
      gateway('gw', 'a', http(80, '[a.com, bb.com, c.com, d.com]')),
      vs('one', '["*"]'),
      vs('two', '[c.com]'),
      vs('three', '[d.com]'),
    );
    expect(config.routeConfigs.get('http.80')?.virtualHosts.map(({ domains }) => domains)).toEqual([
      ['bb.com', 'a.com'],
      ['c.com'],
      ['d.com'],
    ]);
  });

  it('refuses HTTP/1.0 before it knows that the client speaks gRPC', () => {
    const config = configOf(gateway('gw', 'a', http(80, '["*"]')));
    const headers: [string, string][] = [['content-type', 'application/grpc']];
    const request = { method: 'POST', authority: 'a.com', path: '/', headers, version: '1.0' as const };
    expect(end(config, { ...plain(80, 'a.com'), http: request })).toBe('426 DPE');
  });

  it('opens AUTO_PASSTHROUGH for what exists, and only to the mesh', () => {
    const config = configOf(
      `apiVersion: v1
kind: Service
metadata: {name: reviews, namespace: shop}
spec: {clusterIP: 10.0.0.1, ports: [{name: http, port: 80}]}
`,
      gateway('gw', 'a', https(15443, '["*.local"]', 'mode: AUTO_PASSTHROUGH')),
    );
    const sni = 'outbound_.80_._.reviews.shop.svc.cluster.local';
    expect(end(config, secure(15443, sni, sni, ['istio']))).toBe(`tcp ${sni}`);
    expect(end(config, secure(15443, sni, sni, ['h2']))).toBe('no-filter-chain');
    expect(end(config, secure(15443, sni.replace('80', '81'), '', ['istio']))).toBe('no-filter-chain');
  });

  it('drops a TLS server of which one host repeats', () => {
    const config = configOf(
      gateway('gw', 'a', https(443, '[a.com, b.com]')),
      gateway('gw', 'b', https(443, '[b.com, c.com]')),
    );
    expect(
      config.rejections.map(({ kind, at, ...rest }) => [kind, show(at), 'by' in rest && rest.by.map(show)]),
    ).toEqual([
      ['duplicate-tls-host', 'Gateway b/gw spec.servers.0', ['Gateway a/gw spec.servers.0.hosts.1']],
    ]);
    expect(config.unopenedServers).toMatchObject([{ port: 443, why: 'duplicate-tls-host' }]);
    expect(end(config, secure(443, 'c.com'))).toBe('no-filter-chain');
  });
});

describe('a gateway, where no recording looks', () => {
  const served = virtualService('vs', 'a', `{hosts: ["*"], gateways: [gw], http: [{${to('b')}}]}`);

  it('takes everything for */*, and says where the list makes Istio crash', () => {
    const all = configOf(gateway('gw', 'a', http(80, '[x.com, "*/*"]')), served);
    expect(end(all, plain(80, 'y.com'))).toBe('503 NC outbound|80||b.a.svc.cluster.local');
    expect(all.rejections).toEqual([]);
    const crash = configOf(gateway('gw', 'a', http(80, '["*/*", "./x.com"]')), served);
    expect(crash.rejections.map(({ kind, at }) => `${kind} ${show(at)}`)).toEqual([
      'host-list-panics Gateway a/gw spec.servers.0.hosts',
    ]);
  });

  it('has its listener refused for names of clients that no authority vouches for', () => {
    const names = 'mode: SIMPLE, credentialName: c, subjectAltNames: [client]';
    const refused = configOf(gateway('gw', 'a', https(443, '[x.com]', names)));
    expect(refused.refusedListeners).toMatchObject([
      { name: '0.0.0.0_443', because: { kind: 'san-without-ca' } },
    ]);
    const mutual = configOf(gateway('gw', 'a', https(443, '[x.com]', names.replace('SIMPLE', 'MUTUAL'))));
    expect(mutual.refusedListeners).toEqual([]);
  });

  it.each([
    ['P-256, P-224', true],
    ['P-256, prime256v1', true],
    ['P-256, X25519', false],
    ['"P-256:X25519"', false],
    ['', false],
  ])('has its listener refused for curves that Envoy does not take: %s', (curves, isRefused) => {
    const tls = (mode: string): string => `mode: ${mode}, credentialName: c, ecdhCurves: [${curves}]`;
    const refused = configOf(gateway('gw', 'a', https(443, '[x.com]', tls('SIMPLE')))).refusedListeners;
    expect(refused).toHaveLength(isRefused ? 1 : 0);
    const mesh = configOf(gateway('gw', 'a', https(443, '[x.com]', tls('ISTIO_MUTUAL'))));
    expect(mesh.refusedListeners).toEqual([]);
  });

  it('does not translate ports for a Service that opts out', () => {
    const service = (labels: string): string => `apiVersion: v1
kind: Service
metadata: {name: gw, namespace: istio-system, labels: ${labels}}
spec: {selector: {istio: ingress}, ports: [{name: http, port: 80, targetPort: 8080}]}
`;
    const own = gateway('gw', 'a', http(80, '["*"]'));
    const listens = (labels: string): readonly number[] =>
      configOf(service(labels), own).listeners.map(({ port }) => port);
    expect(listens('{}')).toEqual([8080]);
    expect(listens('{experimental.istio.io/disable-gateway-port-translation: "false"}')).toEqual([80]);
  });

  it('closes before the handshake where an opaque server leads nowhere', () => {
    const server =
      '{port: {number: 443, name: tls, protocol: TLS}, hosts: ["*"], tls: {mode: MUTUAL, credentialName: c}}';
    const route = virtualService('vs', 'a', `{hosts: ["*"], gateways: [gw], tcp: [{${to('gone.com')}}]}`);
    expect(end(configOf(gateway('gw', 'a', server), route), secure(443, 'x.com'))).toBe(
      'no-cluster outbound|80||gone.com',
    );
    const entry = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: gone, namespace: a}
spec: {hosts: [gone.com], resolution: DNS, ports: [{number: 80, name: tcp, protocol: TCP}]}
`;
    expect(end(configOf(gateway('gw', 'a', server), route, entry), secure(443, 'x.com'))).toBe(
      'client-certificate-required',
    );
  });

  it('reads sourceNamespace as its own, unless the block names gateways', () => {
    const rule = (more: string): string =>
      virtualService(
        'vs',
        'a',
        `{hosts: ["*"], gateways: [gw], http: [{match: [{sourceNamespace: shop${more}}], ${to('b')}}]}`,
      );
    const own = gateway('gw', 'a', http(80, '["*"]'));
    const lost = configOf(own, rule(''));
    expect(end(lost, plain(80, 'x.com'))).toBe('404 NR');
    expect(lost.exclusions).toMatchObject([{ kind: 'source-differs', field: 'sourceNamespace' }]);
    expect(end(configOf(own, rule(', gateways: [gw]')), plain(80, 'x.com'))).toMatch(/^503 NC/);
  });

  it('refuses upgrades other than WebSocket once it has a route', () => {
    const config = configOf(gateway('gw', 'a', http(80, '[x.com]')), served);
    const upgrade = (host: string, protocol: string): string => {
      const call = plain(80, host);
      const headers: readonly (readonly [string, string])[] = [
        ['Connection', 'keep-alive, Upgrade'],
        ['Upgrade', protocol],
      ];
      return end(config, { ...call, http: { method: 'GET', authority: host, path: '/', headers } });
    };
    expect(upgrade('x.com', 'other')).toBe('403 outbound|80||b.a.svc.cluster.local');
    expect(upgrade('x.com', 'WebSocket')).toMatch(/^503 NC/);
    expect(upgrade('x.com', 'h2c')).toMatch(/^503 NC/);
    expect(upgrade('y.com', 'other')).toBe('404 NR');
  });

  it('answers 404 where Envoy refuses the routes as a whole', () => {
    const rules = `[{match: [{uri: {prefix: /x}}], redirect: {redirectCode: 304}}, {${to('b')}}]`;
    const config = configOf(
      gateway('gw', 'a', http(80, '[x.com]')),
      virtualService('vs', 'a', `{hosts: ["*"], gateways: [gw], http: ${rules}}`),
    );
    expect(config.routeConfigs.get('http.80')?.refusedFor?.map(show)).toEqual([
      'VirtualService a/vs spec.http.0.match.0',
    ]);
    expect(end(config, plain(80, 'x.com'))).toBe('404 NR');
  });
});

describe('the order of rules', () => {
  const older = virtualService(
    'a',
    'x',
    `{hosts: [s.com], gateways: [gw], http: [{match: [{uri: {prefix: /cart}}], ${to('cart')}}, {${to('web')}}]}`,
  );
  const younger = virtualService(
    'b',
    'x',
    `{hosts: [s.com], gateways: [gw], http: [{match: [{uri: {prefix: /cart/admin}}], ${to('admin')}}, {${to('other')}}]}`,
  );
  const index = indexMesh(meshFrom([gateway('gw', 'x', http(80, '["*"]')), older, younger].join('---\n')));
  const compiled = compile(index, { proxies: [ingress] });
  const [config] = compiled.gateways;
  const ref = (name: string, rule: number) => {
    const object = index.mesh.virtualServices.find((one) => one.name === name)?.at;
    if (!object) throw new Error('no such virtual service');
    return { object, path: ['spec', 'http', rule] };
  };

  it('moves what matches everything behind the rules of all virtual services', () => {
    const routes = config?.routeConfigs.get('http.80')?.virtualHosts[0]?.routes ?? [];
    expect(routes.map(({ origin }) => show(origin[origin.length - 1] ?? ref('a', 9)))).toEqual([
      'VirtualService x/a spec.http.0',
      'VirtualService x/b spec.http.0',
      'VirtualService x/a spec.http.1',
      'VirtualService x/b spec.http.1',
    ]);
  });

  it('says for each rule which call it takes, or why it takes none', () => {
    expect(whyNot(compiled, ref('a', 0))).toMatchObject({ kind: 'takes', call: { http: { path: '/cart' } } });
    expect(whyNot(compiled, ref('a', 1))).toMatchObject({ kind: 'takes' });
    const shadowed = whyNot(compiled, ref('b', 0));
    expect(shadowed.kind === 'shadowed' && show(shadowed.by[0] ?? ref('a', 9))).toBe(
      'VirtualService x/a spec.http.0.match.0',
    );
    const lost = whyNot(compiled, ref('b', 1));
    expect(lost.kind === 'lost' && lost.because.map(({ kind }) => kind)).toEqual(['after-catch-all']);
  });

  it('says it for servers and whole objects too', () => {
    const server = { object: index.mesh.gateways[0]?.at ?? ref('a', 0).object, path: ['spec', 'servers', 0] };
    expect(whyNot(compiled, server)).toMatchObject({ kind: 'takes' });
    expect(whyNot(compiled, { ...ref('b', 0), path: [] })).toMatchObject({ kind: 'shadowed' });
    const elsewhere = { ...ref('b', 0).object, document: 99 };
    expect(whyNot(compiled, { object: elsewhere, path: [] })).toEqual({ kind: 'takes-no-part' });
  });
});

describe('workloads', () => {
  const ids = (text: string): readonly string[] =>
    compile(indexMesh(meshFrom(text))).gateways.map(
      ({ proxy }) => `${proxy.id}${proxy.assumed ? '' : ' real'}`,
    );
  const selecting = (name: string, selector: string): string =>
    `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: ${name}, namespace: a}
spec: {${selector}servers: [${http(80, '["*"]')}]}
`;
  it('assumes one for each selector', () => {
    const text = [
      selecting('a', 'selector: {istio: ingress}, '),
      selecting('b', ''),
      selecting('c', 'selector: {app: gw}, '),
    ];
    expect(ids(text.join('---\n'))).toEqual([
      'router istio-system istio=ingress',
      'router istio-system app=gw',
    ]);
    expect(ids(selecting('b', ''))).toEqual(['router istio-system ']);
  });
  it('takes labels and namespace from a Service, and from pods where there are some', () => {
    const service = `apiVersion: v1
kind: Service
metadata: {name: gw, namespace: edge}
spec: {selector: {istio: ingress, app: gw}, ports: [{port: 80}]}
`;
    const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: gw, namespace: pods}
spec: {template: {metadata: {labels: {istio: ingress, pod: real}}}}
`;
    const own = selecting('a', 'selector: {istio: ingress}, ');
    expect(ids([own, service].join('---\n'))).toEqual(['router edge app=gw,istio=ingress']);
    expect(ids([own, service, deployment].join('---\n'))).toEqual([
      'router pods istio=ingress,pod=real real',
    ]);
  });
});
