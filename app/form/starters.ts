import type { FieldSchema } from '../../src/istio/schema/schema.ts';
import type { Json } from '../../src/manifest/source.ts';

/** Something valid to start with, for a field of that name. */
export function firstValue(name: string, field: FieldSchema): Json {
  switch (field.type) {
    case 'text':
      if (field.choices !== undefined) return field.choices[0]?.value ?? '';
      return (
        starters[name] ?? (field.format === 'duration' ? '10s' : (formatStarters[field.format ?? ''] ?? name))
      );
    case 'integer':
    case 'number':
      return starterNumbers[name] ?? field.minimum ?? 1;
    case 'integer-or-text':
      return 8080;
    case 'boolean':
      return true;
    case 'list':
      return [firstValue(name, field.items)];
    case 'map':
      return {
        [starterKeys[name] ?? 'name']: firstValue(
          field.values.type === 'text' ? 'value' : 'port',
          field.values,
        ),
      };
    case 'object': {
      const entries = Object.entries(field.fields);
      const needed = entries.filter(([, each]) => each.required === true);
      const [first] = entries;
      const chosen = needed.length > 0 ? needed : first === undefined ? [] : [first];
      return Object.fromEntries(chosen.map(([inner, each]) => [inner, firstValue(inner, each)]));
    }
    case 'any':
      return {};
  }
}

const starterKeys: Readonly<Record<string, string>> = {
  set: 'x-header',
  add: 'x-header',
  headers: 'x-header',
  withoutHeaders: 'x-header',
  labels: 'app',
  matchLabels: 'app',
  ports: 'http',
};
const starters: Readonly<Record<string, string>> = {
  uri: '/',
  prefix: '/',
  exact: '/',
  host: 'my-service',
  string: 'Not here',
  retryOn: '5xx',
  scheme: 'https',
  bind: '0.0.0.0',
  addresses: '10.0.0.1',
  exportTo: '.',
};
const formatStarters: Readonly<Record<string, string>> = {
  host: 'www.example.com',
  gateway: 'mesh',
  namespace: 'default',
  regex: '.*',
  ip: '10.0.0.1',
  cidr: '10.0.0.0/8',
  secret: 'my-cert',
  file: '/etc/certs/cert.pem',
};
const starterNumbers: Readonly<Record<string, number>> = {
  status: 503,
  httpStatus: 503,
  redirectCode: 301,
  attempts: 2,
  number: 8080,
  port: 8080,
  targetPort: 8080,
  weight: 100,
  value: 10,
  mirrorPercent: 10,
};
