import { describe, expect, it } from 'vitest';
import type { ProxyConfig } from '../../src/compile/compiled.ts';
import { compileSidecar } from '../../src/compile/sidecar.ts';
import { alternativeHosts } from '../../src/compile/sidecarDomains.ts';
import { show, sidecarIn, worldFrom } from './meshFrom.ts';

const istio = (kind: string, namespace: string, name: string, spec: string, age = 0): string => `
apiVersion: networking.istio.io/v1
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace}, creationTimestamp: "2026-01-01T00:00:0${age}Z" }
spec: ${spec}
---
`;
const service = (namespace: string, name: string, ports: string, address = '10.96.0.1'): string =>
  `{ apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: ${namespace} }, spec: { clusterIP: ${address}, ports: [${ports}] } }\n---\n`;
const entry = (namespace: string, name: string, host: string, protocol: string, more = '', age = 0): string =>
  istio(
    'ServiceEntry',
    namespace,
    name,
    `{ hosts: ["${host}"], ports: [{ number: 9000, name: p, protocol: ${protocol} }], ${more} }`,
    age,
  );
const http = '{ port: 9000, name: http }';
const to = (host: string): string => `route: [{ destination: { host: ${host}, port: { number: 9000 } } }]`;

function listener(config: ProxyConfig, name: string) {
  return config.listeners.find((candidate) => candidate.name === name);
}

/** The chains of a listener: criteria, then where they lead. */
function chains(config: ProxyConfig, name: string): string[] {
  const found = listener(config, name);
  const all = found
    ? [...found.filterChains, ...(found.defaultFilterChain ? [found.defaultFilterChain] : [])]
    : [];
  return all.map(({ match, filter }) => {
    const criteria =
      [...match.prefixRanges, ...match.serverNames, ...match.applicationProtocols].join(' ') || 'any';
    const target =
      filter.kind === 'http' ? filter.routeConfig : filter.clusters.map((cluster) => cluster.name).join(' ');
    return `${criteria}: ${target}`;
  });
}

/** Virtual hosts with the names of their routes. */
function virtualHosts(config: ProxyConfig, name: string): string[] {
  const found = config.routeConfigs.get(name)?.virtualHosts ?? [];
  return found.map((host) => `${host.name}: ${host.routes.map((route) => route.name || '-').join(' ')}`);
}

describe('listeners', () => {
  it('HTTP shares one by port, what is not HTTP has one by address, the rest goes out', () => {
    const config = sidecarIn(
      service('a', 'web', http) + service('a', 'db', '{ port: 9000, name: tcp }', '10.96.0.2'),
      'a',
    );
    expect(config.listeners.map(({ name }) => name)).toEqual([
      '10.96.0.2_9000',
      '0.0.0.0_9000',
      'virtualOutbound',
    ]);
    expect(chains(config, '0.0.0.0_9000')).toEqual(['http/1.1 h2c: 9000', 'any: PassthroughCluster']);
    expect(chains(config, '10.96.0.2_9000')).toEqual(['any: outbound|9000||db.a.svc.cluster.local']);
  });

  it('an unknown protocol has both on its address, with a route configuration of its own', () => {
    const config = sidecarIn(service('a', 'web', '{ port: 9000 }'), 'a');
    expect(chains(config, '10.96.0.1_9000')).toEqual([
      'http/1.1 h2c: web.a.svc.cluster.local:9000',
      'any: outbound|9000||web.a.svc.cluster.local',
    ]);
    expect(config.routeConfigs.get('web.a.svc.cluster.local:9000')?.virtualHosts).toMatchObject([
      { name: 'web.a.svc.cluster.local:9000', domains: ['*'] },
    ]);
  });

  it('HTTP shares its port number with UDP', () => {
    const quic = '{ port: 9000, name: quic, protocol: UDP }';
    const config = sidecarIn(service('a', 'web', `${quic}, ${http}`), 'a');
    expect(virtualHosts(config, '9000')).toEqual([
      'web.a.svc.cluster.local:9000: default',
      'allow_any: allow_any',
    ]);
  });

  it('HTTP_PROXY takes a listener over, and what shares it afterwards is sniffed', () => {
    const proxy = service('b', 'proxy', '{ port: 9000, name: http_proxy }');
    const tcp = entry('a', 'one', 'one.org', 'TCP', 'resolution: DNS');
    const behind = sidecarIn(service('a', 'web', http) + tcp + proxy, 'a');
    expect(chains(behind, '0.0.0.0_9000')).toEqual(['any: 9000']);
    expect(behind.exclusions).toMatchObject([{ kind: 'listener-taken', listener: '0.0.0.0_9000' }]);
    const later = entry('a', 'one', 'one.org', 'TCP', 'resolution: DNS, addresses: [10.9.0.0/16]', 1);
    expect(chains(sidecarIn(service('a', 'web', http) + later + proxy, 'a'), '0.0.0.0_9000')).toEqual([
      '10.9.0.0/16: outbound|9000||one.org',
      'any: 9000',
    ]);
  });

  it('of two services without address the first one has everything', () => {
    const text =
      entry('a', 'one', 'one.org', 'TCP', 'resolution: DNS') +
      entry('a', 'two', 'two.org', 'TCP', 'resolution: DNS', 1);
    const config = sidecarIn(text, 'a');
    expect(chains(config, '0.0.0.0_9000')).toEqual(['any: outbound|9000||one.org']);
    expect(config.exclusions).toMatchObject([
      { kind: 'listener-taken', at: { object: { name: 'two' } }, by: [{ object: { name: 'one' } }] },
    ]);
  });

  it.each([
    ['MONGO', 'TCP', ['any: outbound|9000||one.org']],
    ['MONGO', 'HTTP', ['any: outbound|9000||one.org']],
    ['TCP', 'HTTP', ['http/1.1 h2c: 9000', 'any: outbound|9000||one.org']],
    ['HTTP', 'MYSQL', ['http/1.1 h2c: 9000', 'any: PassthroughCluster']],
    ['HTTP', 'TLS', ['http/1.1 h2c: 9000', 'two.org: outbound|9000||two.org', 'any: PassthroughCluster']],
  ])('%s and then %s', (first, second, expected) => {
    const text =
      entry('a', 'one', 'one.org', first, 'resolution: DNS') +
      entry('a', 'two', 'two.org', second, 'resolution: DNS', 1);
    expect(chains(sidecarIn(text, 'a'), '0.0.0.0_9000')).toEqual(expected);
  });

  it('a range is a criterion, and a headless service has a listener for each endpoint', () => {
    const slice =
      '{ apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: { name: s, namespace: a, labels: { kubernetes.io/service-name: pods } }, addressType: IPv4, endpoints: [{ addresses: [10.1.0.1] }, { addresses: [10.1.0.2] }], ports: [{ name: tcp, port: 7 }] }\n---\n';
    const text =
      entry('a', 'range', 'range.org', 'TCP', 'addresses: [10.5.0.0/16]') +
      service('a', 'pods', '{ port: 9001, name: tcp }', 'None') +
      slice;
    const config = sidecarIn(text, 'a');
    expect(config.listeners.map(({ name }) => name)).toEqual([
      '10.1.0.1_9001',
      '10.1.0.2_9001',
      '0.0.0.0_9000',
      'virtualOutbound',
    ]);
    expect(chains(config, '0.0.0.0_9000')).toEqual([
      '10.5.0.0/16: outbound|9000||range.org',
      'any: PassthroughCluster',
    ]);
  });

  it('services of one name in one namespace share endpoints by port number', () => {
    const slice =
      '{ apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: { name: s, namespace: a, labels: { kubernetes.io/service-name: pods } }, addressType: IPv4, endpoints: [{ addresses: [10.1.0.1] }], ports: [{ name: tcp, port: 7 }] }\n---\n';
    const older = entry('a', 'older', 'pods.a.svc.cluster.local', 'TCP', 'resolution: NONE');
    const headless = service('a', 'pods', '{ port: 9000, name: tcp }', 'None').replace(
      'name: pods',
      'creationTimestamp: "2026-01-01T00:00:09Z", name: pods',
    );
    const config = sidecarIn(older + headless + slice, 'a');
    expect(config.listeners.map(({ name }) => name)).toEqual(['10.1.0.1_9000', 'virtualOutbound']);
  });

  it('the ports that Envoy itself uses are left alone', () => {
    expect(sidecarIn(service('a', 'web', '{ port: 15090, name: http }'), 'a').listeners).toHaveLength(1);
  });
});

describe('TLS and TCP rules', () => {
  const tls = entry('a', 'one', '*.x.org', 'TLS', 'resolution: NONE');
  const rule = (spec: string, age = 0): string =>
    istio('VirtualService', 'a', `vs${age}`, `{ hosts: [a.x.org], ${spec} }`, age);

  it('a rule for a narrower host counts, and names that no rule has go out', () => {
    const text = tls + rule(`tls: [{ match: [{ sniHosts: [a.x.org] }], ${to('a.x.org')} }]`);
    expect(chains(sidecarIn(text, 'a'), '0.0.0.0_9000')).toEqual([
      'a.x.org: outbound|9000||a.x.org',
      'any: PassthroughCluster',
    ]);
  });

  it('ranges stay in force for later entries, which may make two chains equal', () => {
    const text =
      tls +
      rule(
        `tls: [{ match: [{ sniHosts: [a.x.org], destinationSubnets: [10.0.0.0/8] }, { sniHosts: [a.x.org] }], ${to('a.x.org')} }]`,
      );
    const config = sidecarIn(text, 'a');
    expect(listener(config, '0.0.0.0_9000')).toBeUndefined();
    expect(config.refusedListeners).toMatchObject([
      { name: '0.0.0.0_9000', because: { kind: 'same-match' } },
    ]);
  });

  it.each([
    ['port: 1', false],
    ['sourceLabels: { app: x }', false],
    ['sourceLabels: { app: web }', true],
    ['sourceNamespace: b', false],
    ['gateways: [edge]', false],
    ['gateways: [mesh], sourceLabels: { app: x }', false],
  ])('an entry with %s holds: %s', (condition, holds) => {
    const text = tls + rule(`tls: [{ match: [{ sniHosts: [a.x.org], ${condition} }], ${to('b.x.org')} }]`);
    const config = sidecarIn(text, 'a', { app: 'web' });
    const expected = holds ? 'a.x.org: outbound|9000||b.x.org' : '*.x.org: outbound|9000||*.x.org';
    expect(chains(config, '0.0.0.0_9000')).toContain(expected);
  });

  it('TCP: ranges are collected until an entry without one closes the list', () => {
    const text =
      entry('a', 'one', 'a.x.org', 'TCP', 'resolution: STATIC, addresses: [192.0.2.1]') +
      rule(
        `tcp: [{ match: [{ destinationSubnets: [10.1.2.3, 10.0.0.0/16] }], ${to('b.org')} }, { match: [{ port: 9000 }], ${to('c.org')} }, { ${to('d.org')} }]`,
      );
    expect(chains(sidecarIn(text, 'a'), '192.0.2.1_9000')).toEqual([
      '10.0.0.0/16 10.1.2.3/32: outbound|9000||b.org',
      'any: outbound|9000||c.org',
    ]);
  });
});

describe('virtual hosts', () => {
  const web = service('a', 'web', http);
  const rule = (name: string, namespace: string, hosts: string, spec: string, age = 0): string =>
    istio('VirtualService', namespace, name, `{ hosts: [${hosts}], ${spec} }`, age);
  const named = (name: string, more = ''): string => `http: [{ name: ${name}, ${more} ${to('web')} }]`;

  it('the first rule with a route left for the client is the only one', () => {
    const text =
      web +
      rule('old', 'a', 'web', named('old', 'match: [{ sourceLabels: { app: x } }],')) +
      rule('young', 'a', 'web', named('young'), 1) +
      rule('last', 'a', 'web', named('last'), 2);
    const config = sidecarIn(text, 'a');
    expect(virtualHosts(config, '9000')).toEqual([
      'web.a.svc.cluster.local:9000: young',
      'allow_any: allow_any',
    ]);
    expect(config.exclusions).toContainEqual(
      expect.objectContaining({ kind: 'host-taken', host: 'web.a.svc.cluster.local' }),
    );
    expect(virtualHosts(sidecarIn(text, 'a', { app: 'x' }), '9000')[0]).toBe(
      'web.a.svc.cluster.local:9000: old',
    );
  });

  it('a wildcard rule has the services for which no other is nearer, even if that one has nothing left', () => {
    const text =
      web +
      rule('wide', 'a', '"*.cluster.local"', named('wide')) +
      rule('near', 'a', 'web', named('near', 'match: [{ port: 1 }],'), 1);
    expect(virtualHosts(sidecarIn(text, 'a'), '9000')).toEqual([
      'web.a.svc.cluster.local:9000: default',
      'allow_any: allow_any',
    ]);
  });

  it('hosts that are no service count on port 80, or beside a service', () => {
    const text =
      service('a', 'web', `${http}, { port: 80, name: http-80 }`) +
      rule('alone', 'a', 'x.org', named('alone')) +
      rule('beside', 'a', 'y.org, web', named('beside'), 1);
    const config = sidecarIn(text, 'a');
    expect(virtualHosts(config, '80')).toEqual([
      'web.a.svc.cluster.local:80: beside',
      'x.org:80: alone',
      'y.org:80: beside',
      'allow_any: allow_any',
    ]);
    expect(virtualHosts(config, '9000').map((host) => host.split(':')[0])).not.toContain('x.org');
  });

  it('a form of a name is left to the service that has it for a hostname', () => {
    const text = web + entry('a', 'short', 'web.a', 'HTTP', 'resolution: DNS');
    const hosts = sidecarIn(text, 'a').routeConfigs.get('9000')?.virtualHosts ?? [];
    expect(hosts.filter(({ domains }) => domains.includes('web.a')).map(({ name }) => name)).toEqual([
      'web.a:9000',
    ]);
  });

  it.each([
    ['web.a.svc.cluster.local', 'a', ['web.a.svc.cluster.local.', 'web', 'web.a.svc', 'web.a']],
    ['web.a.svc.cluster.local', 'b', ['web.a.svc.cluster.local.', 'web.a', 'web.a.svc']],
    ['x.org', 'a', ['x.org.']],
    ['192.0.2.1', 'a', []],
    ['x.svc.cluster.local', 'a', ['x.svc.cluster.local.']],
  ])('other forms of %s in %s', (host, namespace, forms) =>
    expect(alternativeHosts(host, namespace)).toEqual(forms),
  );

  it('a destination without port means the dialled one', () => {
    const text =
      web +
      service('a', 'details', '{ port: 80, name: http }', '10.96.0.2') +
      rule('r', 'a', 'web', 'http: [{ route: [{ destination: { host: details } }] }]');
    const route = sidecarIn(text, 'a').routeConfigs.get('9000')?.virtualHosts[0]?.routes[0];
    expect(route?.action).toMatchObject({
      clusters: [
        {
          name: 'outbound|9000||details.a.svc.cluster.local',
          portFrom: 'listener',
          missing: { kind: 'no-such-port' },
        },
      ],
    });
  });
});

describe('Sidecar resources', () => {
  const sidecar = (namespace: string, name: string, spec: string, age = 0): string =>
    istio('Sidecar', namespace, name, `{ ${spec} }`, age);
  const both = service('a', 'web', http) + service('b', 'api', http, '10.96.0.2');
  const known = (text: string, namespace = 'a', labels = {}): string[] =>
    (sidecarIn(text, namespace, labels).routeConfigs.get('9000')?.virtualHosts ?? [])
      .map(({ name }) => name.split('.')[0] ?? '')
      .filter((name) => name !== 'allow_any');

  it.each([
    ['egress: [{ hosts: ["./*"] }]', ['web']],
    ['egress: [{ hosts: ["b/*"] }]', ['api']],
    ['egress: [{ hosts: ["*/*", "~b/*"] }]', ['web']],
    ['egress: [{ hosts: ["*/*", "~/web.a.svc.cluster.local"] }]', ['api']],
    ['egress: [{ hosts: ["~/*"] }]', []],
    ['egress: [{ hosts: ["*/api.b.svc.cluster.local"] }]', ['api']],
    ['workloadSelector: { labels: { app: x } }, egress: [{ hosts: ["./*"] }]', ['api', 'web']],
    ['outboundTrafficPolicy: { mode: ALLOW_ANY }', ['api', 'web']],
  ])('%s', (spec, expected) => expect(known(both + sidecar('a', 's', spec))).toEqual(expected));

  it('that with a selector comes first, that of the root namespace last', () => {
    const text =
      both +
      sidecar('istio-system', 'root', 'egress: [{ hosts: ["./*"] }]') +
      sidecar('a', 'picky', 'workloadSelector: { labels: { app: x } }, egress: [{ hosts: ["b/*"] }]', 1);
    expect(known(text, 'a', { app: 'x' })).toEqual(['api']);
    expect(known(text, 'a')).toEqual(['web']);
    expect(known(text, 'b')).toEqual(['api']);
  });

  it('names alone find one service of a namespace for each host', () => {
    const two = entry('a', 'e', 'x.org', 'TCP', 'resolution: STATIC, addresses: [192.0.2.1, 192.0.2.2]');
    const names = (hosts: string): string[] =>
      sidecarIn(two + sidecar('a', 's', `egress: [{ hosts: ["${hosts}"] }]`), 'a').listeners.map(
        ({ name }) => name,
      );
    expect(names('a/x.org')).toEqual(['192.0.2.1_9000', 'virtualOutbound']);
    expect(names('a/*')).toEqual(['192.0.2.1_9000', '192.0.2.2_9000', 'virtualOutbound']);
  });

  it('a wildcard imports a service that it covers, and a rule that overlaps it', () => {
    const text =
      entry('a', 'e', '*.x.org', 'HTTP', 'resolution: NONE') +
      istio('VirtualService', 'a', 'vs', `{ hosts: ["*.x.org"], http: [{ ${to('web')} }] }`) +
      sidecar('a', 's', 'egress: [{ hosts: ["*/*.a.x.org"] }]');
    const config = sidecarIn(text, 'a');
    expect(config.listeners.map(({ name }) => name)).toEqual(['virtualOutbound']);
    expect(config.exclusions).toEqual([]);
  });

  it('destinations of imported rules have clusters without being imported', () => {
    const text =
      both +
      istio(
        'VirtualService',
        'a',
        'vs',
        '{ hosts: [web], http: [{ route: [{ destination: { host: api.b.svc.cluster.local } }] }] }',
      ) +
      sidecar('a', 's', 'egress: [{ hosts: ["./*"] }]');
    const config = sidecarIn(text, 'a');
    expect(config.clusters.has('outbound|9000||api.b.svc.cluster.local')).toBe(true);
    expect(virtualHosts(config, '9000').join()).not.toContain('api');
  });

  it('only the ports that all destinations of a rule name come along', () => {
    const text =
      service('a', 'web', http) +
      service('b', 'api', `${http}, { port: 9001, name: http-1 }`, '10.96.0.2') +
      istio('VirtualService', 'a', 'vs', `{ hosts: [web], http: [{ ${to('api.b.svc.cluster.local')} }] }`) +
      sidecar('a', 's', 'egress: [{ hosts: ["./*"] }]');
    const clusters = [...sidecarIn(text, 'a').clusters.keys()].filter((name) =>
      name.endsWith('api.b.svc.cluster.local'),
    );
    expect(clusters).toEqual(['outbound|9000||api.b.svc.cluster.local']);
  });

  it('an entry with a port has its listener to itself; a bound HTTP listener does not sniff', () => {
    const text =
      both +
      sidecar(
        'a',
        's',
        'egress: [{ port: { number: 9000, name: h, protocol: HTTP }, bind: 127.0.0.1, hosts: ["./*"] }, { hosts: ["b/*"] }]',
      );
    const config = sidecarIn(text, 'a');
    expect(chains(config, '127.0.0.1_9000')).toEqual(['any: 9000']);
    expect(listener(config, '127.0.0.1_9000')?.httpInspector).toBe(false);
    expect(virtualHosts(config, '9000')[0]).toBe('web.a.svc.cluster.local:9000: default');
  });

  it('a policy without a mode closes the way out', () => {
    const config = sidecarIn(both + sidecar('a', 's', 'outboundTrafficPolicy: {}'), 'a');
    expect(chains(config, 'virtualOutbound')).toEqual(['any: BlackHoleCluster']);
    expect(virtualHosts(config, '9000').at(-1)).toBe('block_all: block_all');
  });

  it('an egress proxy takes what nothing else takes', () => {
    const config = sidecarIn(
      both +
        sidecar(
          'a',
          's',
          'outboundTrafficPolicy: { mode: ALLOW_ANY, egressProxy: { host: api.b.svc.cluster.local, port: { number: 9000 } } }',
        ),
      'a',
    );
    expect(chains(config, 'virtualOutbound')).toEqual(['any: outbound|9000||api.b.svc.cluster.local']);
  });

  it('says which rules a workload does not see, and why', () => {
    const rule = (name: string, more: string): string =>
      istio('VirtualService', 'b', name, `{ hosts: [${name}.org], ${more} http: [{ ${to('web')} }] }`);
    const config = sidecarIn(
      both +
        rule('hidden', 'exportTo: ["."],') +
        rule('left', '') +
        sidecar('a', 's', 'egress: [{ hosts: ["./*"] }]'),
      'a',
    );
    expect(config.exclusions.map(({ kind, at }) => `${kind} ${show(at)}`)).toEqual([
      'not-exported VirtualService b/hidden',
      'not-imported VirtualService b/left',
    ]);
  });
});

describe('building for one port', () => {
  it('gives the same as building for all, and is remembered', () => {
    const { mesh, merged, registry } = worldFrom(
      service('a', 'web', `${http}, { port: 80, name: http-80 }`) +
        service('a', 'db', '{ port: 9000, name: tcp }', '10.96.0.2'),
    );
    const proxy = {
      id: 'c',
      kind: 'sidecar' as const,
      namespace: 'a',
      labels: {},
      origin: [],
      assumed: true,
    };
    const all = compileSidecar(mesh, merged, registry, proxy);
    const one = compileSidecar(mesh, merged, registry, proxy, 9000);
    expect(one.listeners).toEqual(all.listeners.filter(({ port }) => port === 9000 || port === 15001));
    expect([...one.routeConfigs]).toEqual([...all.routeConfigs].filter(([name]) => name === '9000'));
    expect(compileSidecar(mesh, merged, registry, proxy, 9000)).toBe(one);
  });
});
