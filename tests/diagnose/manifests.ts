import { stringify } from 'yaml';

/** Builders of small manifests: objects as plain values, written as block YAML. */
export type Value = Readonly<Record<string, unknown>>;

export function yaml(...objects: readonly Value[]): string {
  return objects
    .map((object) => stringify(object, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false }))
    .join('---\n');
}

function istio(kind: string, spec: unknown, name: string, namespace: string, metadata: Value = {}): Value {
  return { apiVersion: 'networking.istio.io/v1', kind, metadata: { name, namespace, ...metadata }, spec };
}

export const gateway = (spec: unknown, name = 'gw', namespace = 'shop', metadata: Value = {}): Value =>
  istio('Gateway', spec, name, namespace, metadata);
export const virtualService = (spec: unknown, name = 'vs', namespace = 'shop', metadata: Value = {}): Value =>
  istio('VirtualService', spec, name, namespace, metadata);
export const destinationRule = (
  spec: unknown,
  name = 'dr',
  namespace = 'shop',
  metadata: Value = {},
): Value => istio('DestinationRule', spec, name, namespace, metadata);
export const serviceEntry = (spec: unknown, name = 'se', namespace = 'shop', metadata: Value = {}): Value =>
  istio('ServiceEntry', spec, name, namespace, metadata);
export const sidecar = (spec: unknown, name = 'sc', namespace = 'shop'): Value =>
  istio('Sidecar', spec, name, namespace);

export function core(
  kind: string,
  name: string,
  rest: Value,
  namespace = 'shop',
  metadata: Value = {},
): Value {
  return { apiVersion: 'v1', kind, metadata: { name, namespace, ...metadata }, ...rest };
}

export const service = (name: string, spec: Value = {}, namespace = 'shop', metadata: Value = {}): Value =>
  core(
    'Service',
    name,
    { spec: { selector: { app: name }, ports: [{ name: 'http', port: 80 }], ...spec } },
    namespace,
    metadata,
  );
export const pod = (
  name: string,
  labels: Value,
  namespace = 'shop',
  spec: Value = { containers: [] },
): Value => core('Pod', name, { spec }, namespace, { labels });

export const selector = { istio: 'ingressgateway' };
export const route = [{ destination: { host: 'web' } }];

/** One server with overrides; `undefined` takes a field away. */
export function server(overrides: Value = {}): Value {
  const all: Value = {
    port: { number: 80, name: 'http', protocol: 'HTTP' },
    hosts: ['a.example.com'],
    ...overrides,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
/** An HTTPS server that ends TLS, with overrides of `tls`. */
export function secure(tls: Value = {}, overrides: Value = {}): Value {
  return server({
    port: { number: 443, name: 'https', protocol: 'HTTPS' },
    tls: { mode: 'SIMPLE', credentialName: 'cert', ...tls },
    ...overrides,
  });
}

// A whole text around one part of it.
export const inGateway = (...servers: readonly Value[]): string => yaml(gateway({ selector, servers }));
export const inSpec = (spec: Value): string =>
  yaml(virtualService({ hosts: ['a.example.com'], http: [{ route }], ...spec }));
export const inRule = (rule: Value): string =>
  yaml(virtualService({ hosts: ['a.example.com'], http: [{ route, ...rule }] }));
/** A rule that does not route. */
export const inBareRule = (rule: Value): string =>
  yaml(virtualService({ hosts: ['a.example.com'], http: [rule] }));
export const inMatch = (match: Value): string => inRule({ match: [match] });
export const inDestinationRule = (spec: Value): string => yaml(destinationRule({ host: 'web', ...spec }));
export const inPolicy = (trafficPolicy: unknown): string => inDestinationRule({ trafficPolicy });
export const inServiceEntry = (spec: Value): string =>
  yaml(
    serviceEntry({
      hosts: ['db.example.com'],
      ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
      resolution: 'DNS',
      ...spec,
    }),
  );
/** A Gateway for `a.example.com` in clear, and a VirtualService bound to it. */
export const bound = (
  spec: Value,
  servers: readonly Value[] = [server()],
  rest: readonly Value[] = [],
): string =>
  yaml(
    gateway({ selector, servers }),
    virtualService({ hosts: ['a.example.com'], gateways: ['gw'], http: [{ route }], ...spec }),
    ...rest,
  );
