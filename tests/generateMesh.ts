import fc from 'fast-check';
import type { Call } from '../src/simulate/call.ts';

/** Manifests as values, and calls that have something to do with them. Names are unique, so names decide where ages do not. */
export interface GeneratedMesh {
  readonly objects: readonly object[];
  readonly calls: readonly Call[];
}

const hosts = ['a.example.com', 'b.example.com', '*.example.com', 'c.test', '*'];
const namespaces = ['prod', 'qa', 'istio-system'];
const paths = ['/', '/api', '/api/v1', '/cart', ''];
const services = ['web', 'api', 'ghost'];

const host = fc.constantFrom(...hosts);
const namespace = fc.constantFrom(...namespaces);

const stringMatch = fc.oneof(
  fc.record({ exact: fc.constantFrom('/api', '/cart', 'x', 'y') }),
  fc.record({ prefix: fc.constantFrom('/', '/api', '/ca') }),
  fc.record({ regex: fc.constantFrom('/a.*', '.*', '/[a-z]+') }),
);

const matchBlock = fc.record(
  {
    uri: stringMatch,
    headers: fc.dictionary(
      fc.constantFrom('x-user', 'cookie'),
      fc.record({ exact: fc.constantFrom('x', 'y') }),
      {
        maxKeys: 2,
      },
    ),
    method: fc.record({ exact: fc.constantFrom('GET', 'POST') }),
    port: fc.constantFrom(80, 443, 8080),
    queryParams: fc.record({ q: fc.record({ exact: fc.constantFrom('1', '2') }) }),
  },
  { requiredKeys: [] },
);

const destination = fc.record(
  {
    host: fc.constantFrom(...services),
    port: fc.record({ number: fc.constantFrom(80, 8080) }),
    subset: fc.constantFrom('v1', 'v2'),
  },
  { requiredKeys: ['host'] },
);

const forwarding = fc
  .array(destination, { minLength: 1, maxLength: 3 })
  .map((list) => list.map((one, index) => ({ destination: one, weight: 10 * (index + 1) })));

const rule = fc.oneof(
  { weight: 4, arbitrary: fc.record({ match: fc.array(matchBlock, { maxLength: 2 }), route: forwarding }) },
  {
    weight: 1,
    arbitrary: fc.record({
      match: fc.array(matchBlock, { maxLength: 2 }),
      redirect: fc.record({ uri: fc.constantFrom('/new', '/'), redirectCode: fc.constantFrom(301, 302) }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      match: fc.array(matchBlock, { maxLength: 2 }),
      directResponse: fc.record({ status: fc.constantFrom(200, 503) }),
    }),
  },
);

const virtualService = fc.record({
  namespace,
  hosts: fc
    .uniqueArray(host, { minLength: 1, maxLength: 2 })
    .filter((list) => list.length === 1 || !list.some((one) => one.startsWith('*'))),
  gateways: fc.subarray(['istio-system/gw-0', 'istio-system/gw-1'], { minLength: 1 }),
  http: fc.array(rule, { minLength: 1, maxLength: 4 }),
});

const server = fc.oneof(
  fc.record({
    kind: fc.constant('http' as const),
    port: fc.constantFrom(80, 8080),
    hosts: fc.uniqueArray(host, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    kind: fc.constant('https' as const),
    port: fc.constantFrom(443, 8443),
    hosts: fc.uniqueArray(host, { minLength: 1, maxLength: 2 }),
  }),
);

const call = fc.record({
  host: fc.constantFrom('a.example.com', 'b.example.com', 'z.example.com', 'c.test', 'other.test'),
  port: fc.constantFrom(80, 443, 8080, 8443),
  secure: fc.boolean(),
  path: fc.constantFrom(...paths.filter((path) => path !== ''), '/api?q=1', '/a%2e/b'),
  method: fc.constantFrom('GET', 'POST'),
  headers: fc.array(fc.tuple(fc.constantFrom('x-user', 'cookie'), fc.constantFrom('x', 'y')), {
    maxLength: 2,
  }),
});

/** Small meshes whose hosts, paths and ports meet often. */
export const generatedMesh: fc.Arbitrary<GeneratedMesh> = fc
  .record({
    gateways: fc.array(fc.array(server, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 }),
    virtualServices: fc.array(virtualService, { maxLength: 4 }),
    serviceNamespace: namespace,
    ports: fc.subarray([80, 8080], { minLength: 1 }),
    calls: fc.array(call, { minLength: 1, maxLength: 6 }),
  })
  .map(({ gateways, virtualServices, serviceNamespace, ports, calls }) => ({
    objects: [
      ...gateways.map((servers, index) => gatewayObject(servers, index)),
      ...virtualServices.map(({ namespace: ns, ...spec }, index) =>
        object('VirtualService', ns, `vs-${index}`, spec),
      ),
      ...['web', 'api'].map((name) => serviceObject(name, serviceNamespace, ports)),
      object('DestinationRule', serviceNamespace, 'web', {
        host: 'web',
        subsets: [{ name: 'v1', labels: { version: 'v1' } }],
      }),
    ],
    calls: calls.map((one, index) => callOf(one, index)),
  }));

/** A virtual service for a host that nothing else speaks of. */
export const unrelated = object('VirtualService', 'prod', 'unrelated', {
  hosts: ['unrelated.invalid'],
  gateways: ['istio-system/gw-0', 'istio-system/gw-1'],
  http: [{ route: [{ destination: { host: 'nowhere' } }] }],
});

function object(kind: string, ns: string, name: string, spec: object): object {
  return { apiVersion: 'networking.istio.io/v1', kind, metadata: { namespace: ns, name }, spec };
}

function gatewayObject(
  servers: readonly {
    readonly kind: 'http' | 'https';
    readonly port: number;
    readonly hosts: readonly string[];
  }[],
  index: number,
): object {
  return object('Gateway', 'istio-system', `gw-${index}`, {
    selector: { istio: 'ingress' },
    servers: servers.map(({ kind, port, hosts: names }, position) => ({
      port: { number: port, name: `p${position}`, protocol: kind === 'http' ? 'HTTP' : 'HTTPS' },
      hosts: names,
      ...(kind === 'https' && { tls: { mode: 'SIMPLE', credentialName: 'cert' } }),
    })),
  });
}

function serviceObject(name: string, ns: string, ports: readonly number[]): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace: ns, name },
    spec: {
      clusterIP: '10.0.0.1',
      selector: { app: name },
      ports: ports.map((port) => ({ name: `http-${port}`, port })),
    },
  };
}

function callOf(
  one: {
    readonly host: string;
    readonly port: number;
    readonly secure: boolean;
    readonly path: string;
    readonly method: string;
    readonly headers: readonly (readonly [string, string])[];
  },
  index: number,
): Call {
  const { host: name, port, secure, path, method, headers } = one;
  return {
    id: `${index}`,
    from: { kind: 'outside', portOf: 'service' },
    port,
    ...(secure && { tls: { sni: name, alpn: ['h2'], clientCertificate: false } }),
    http: { method, authority: name, path, headers },
  };
}
