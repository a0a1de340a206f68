import { expect, test } from 'vitest';
import { firstValue } from '../../app/form/starters.ts';
import { withValue } from '../../src/gesture/put.ts';
import { kinds } from '../../src/istio/schema/kinds.ts';
import type { FieldSchema, KindSchema } from '../../src/istio/schema/schema.ts';
import { isObject, plainText } from '../../src/gesture/board.ts';
import type { JsonObject, Path } from '../../src/manifest/source.ts';
import { validate } from '../../src/validate/validate.ts';

const destination = { destination: { host: 'web' } };
const specs: Readonly<Record<string, JsonObject>> = {
  Gateway: {
    selector: { app: 'edge' },
    servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['a.example.com'] }],
  },
  VirtualService: {
    hosts: ['a.example.com'],
    http: [{ match: [{ uri: { prefix: '/' } }], route: [destination] }],
    tls: [{ match: [{ port: 443, sniHosts: ['a.example.com'] }], route: [destination] }],
    tcp: [{ match: [{ port: 27017 }], route: [destination] }],
  },
  DestinationRule: { host: 'web', subsets: [{ name: 'v1', labels: { version: 'v1' } }] },
  ServiceEntry: {
    hosts: ['api.example.com'],
    ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
    resolution: 'DNS',
  },
};
const objects = kinds.flatMap((kind): { kind: KindSchema; value: JsonObject }[] => {
  const spec = specs[kind.kind];
  if (spec === undefined) return [];
  const value = {
    apiVersion: `${kind.group}/${kind.versions[0] ?? 'v1'}`,
    kind: kind.kind,
    metadata: { name: 'o', namespace: 'n' },
    spec,
  };
  return [{ kind, value }];
});

/** Every place where the form of an object offers a field that is not written. */
function offers(
  field: FieldSchema,
  value: unknown,
  path: Path,
): { readonly path: Path; readonly field: FieldSchema }[] {
  if (field.type === 'list' && Array.isArray(value)) {
    return value.flatMap((item, index) => offers(field.items, item, [...path, index]));
  }
  if (field.type !== 'object' || typeof value !== 'object' || value === null) return [];
  const fields = value as Readonly<Record<string, unknown>>;
  return Object.entries(field.fields).flatMap(([name, each]) =>
    Object.hasOwn(fields, name)
      ? offers(each, fields[name], [...path, name])
      : each.deprecated === undefined
        ? [{ path: [...path, name], field: each }]
        : [],
  );
}

test.each(
  objects.flatMap(({ kind, value }) =>
    offers(kind.root, value, [])
      .filter(({ path }) => path[0] === 'spec')
      .map(({ path, field }) => ({ place: `${kind.kind} ${path.join('.')}`, path, field, value })),
  ),
)('what the form starts $place with is admitted', ({ path, field, value }) => {
  const filled = withValue(value, path, firstValue(String(path.at(-1)), field));
  if (!isObject(filled)) throw new Error('not an object');
  const ref = { kind: plainText(value['kind']), namespace: 'n', name: 'o', source: 0, document: 0 };
  const verdict = validate({ ref, apiVersion: plainText(value['apiVersion']), value: filled });
  // What stands beside it may forbid the field as a whole (`redirect` beside `route`): that is said, and is not a matter of its value.
  const inside = verdict.errors.filter((error) => path.every((key, index) => error.path[index] === key));
  expect(inside.map(({ code }) => code)).toEqual([]);
  expect(verdict.unknownFields).toEqual([]);
});
