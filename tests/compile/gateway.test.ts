import { describe, expect, it } from 'vitest';
import { compile, compileGateway, indexMesh } from '../../src/compile/compile.ts';
import type { ProxyConfig } from '../../src/compile/compiled.ts';
import { routerProxy } from '../../src/compile/workloads.ts';
import { whyNot } from '../../src/explore/whyNot.ts';
import type { Call } from '../../src/simulate/call.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { meshFrom, show } from './meshFrom.ts';

const ingress = routerProxy('istio-system', { istio: 'ingress' });

function gateway(name: string, namespace: string, ...servers: readonly string[]): string {
  return `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  selector: {istio: ingress}
  servers:
${servers.map((server) => `  - ${server}`).join('\n')}
`;
}

function virtualService(name: string, namespace: string, spec: string): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: ${namespace}}
spec: ${spec}
`;
}

const http = (number: number, hosts: string, more = ''): string =>
  `{port: {number: ${number}, name: http-${number}, protocol: HTTP}, hosts: ${hosts}${more}}`;
const https = (number: number, hosts: string, tls = 'mode: SIMPLE, credentialName: c'): string =>
  `{port: {number: ${number}, name: https-${number}, protocol: HTTPS}, hosts: ${hosts}, tls: {${tls}}}`;
const tcp = (number: number): string =>
  `{port: {number: ${number}, name: tcp-${number}, protocol: TCP}, hosts: ["*"]}`;
const to = (host: string, port = 80): string =>
  `route: [{destination: {host: ${host}, port: {number: ${port}}}}]`;

function configOf(...documents: readonly string[]): ProxyConfig {
  return compileGateway(indexMesh(meshFrom(documents.join('---\n'))), ingress);
}

function plain(port: number, authority: string, path = '/'): Call {
  return {
    id: '',
    from: { kind: 'outside', portOf: 'pod' },
    port,
    http: { method: 'GET', authority, path, headers: [] },
  };
}

function secure(
  port: number,
  sni: string | null,
  authority = sni ?? '',
  alpn: readonly string[] = ['h2'],
): Call {
  return { ...plain(port, authority), tls: { sni, alpn, clientCertificate: false } };
}

/** `301 https://…`, `503 NC cluster`, `tcp cluster`, `no-listener`: how a call ends, in a word or two. */
function end(config: ProxyConfig, call: Call): string {
  const { outcome } = simulate(config, call);
  return outcome
    .map(({ destination, end: one }) => {
      if (one.kind === 'closed') return [one.because, one.cluster].filter(Boolean).join(' ');
      if (one.kind === 'tcp') return `tcp ${one.cluster}`;
      const { status, flags, location } = one.answer;
      return [status, flags, location ?? destination?.name].filter(Boolean).join(' ');
    })
    .join(', ');
}

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
