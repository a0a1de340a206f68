import { describe, expect, it } from 'vitest';
import { fieldAt, fieldsAt, kindOf, kinds } from '../../src/istio/schema/kinds.ts';
import type { FieldSchema } from '../../src/istio/schema/schema.ts';
import { validate } from '../../src/validate/validate.ts';

/** Every field of a kind with its path. */
function* fieldsOf(field: FieldSchema, path: string): Generator<readonly [string, FieldSchema]> {
  yield [path, field];
  switch (field.type) {
    case 'object':
      for (const [name, child] of Object.entries(field.fields)) yield* fieldsOf(child, `${path}.${name}`);
      return;
    case 'list':
      yield* fieldsOf(field.items, `${path}[]`);
      return;
    case 'map':
      yield* fieldsOf(field.values, `${path}{}`);
      return;
    default:
  }
}

describe('schema', () => {
  it('has one sentence for each field and choice', () => {
    const wrong = kinds.flatMap((kind) =>
      [...fieldsOf(kind.root, kind.kind)].flatMap(([path, field]) => {
        const sentences = [
          field.doc,
          ...(field.type === 'text' ? (field.choices ?? []).map((choice) => choice.doc) : []),
        ];
        return sentences
          .filter((sentence) => !/^[A-Z`%].*\.$/.test(sentence))
          .map((sentence) => `${path}: ${sentence}`);
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('is plain data', () => {
    expect(structuredClone(kinds)).toEqual(kinds);
  });

  it('finds fields by path', () => {
    expect(
      fieldAt('VirtualService', ['spec', 'http', 3, 'match', 0, 'headers', 'x-a', 'regex']),
    ).toMatchObject({ type: 'text', format: 'regex' });
    expect(fieldAt('Gateway', ['spec', 'servers', 0, 'tls', 'mode'])).toMatchObject({ type: 'text' });
    expect(fieldAt('Gateway', ['spec', 'servers', 'x'])).toBeUndefined();
    expect(fieldAt('Gateway', ['spec', 'constructor'])).toBeUndefined();
    expect(fieldAt('Nothing', [])).toBeUndefined();
    expect(Object.keys(fieldsAt('Gateway', ['spec']))).toEqual(['selector', 'servers']);
    expect(Object.keys(fieldsAt('VirtualService', ['spec', 'http']))).toContain('directResponse');
    expect(fieldsAt('Gateway', ['spec', 'selector'])).toEqual({});
  });

  it('tells groups apart', () => {
    expect(kindOf('networking.istio.io/v1beta1', 'Gateway')?.kind).toBe('Gateway');
    expect(kindOf('gateway.networking.k8s.io/v1', 'Gateway')).toBeUndefined();
    expect(kindOf('v1', 'Service')?.kind).toBe('Service');
  });
});

describe('pruning', () => {
  const ref = { kind: 'VirtualService', namespace: 'default', name: 'web', source: 0, document: 0 };
  const stored = (spec: object) => {
    const value = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: 'web' },
      spec: JSON.parse(JSON.stringify(spec)),
    };
    return { value, verdict: validate({ ref, apiVersion: 'networking.istio.io/v1', value }) };
  };

  it('keeps the very value where nothing is to be pruned', () => {
    const { value, verdict } = stored({ hosts: ['a'], http: [{ route: [{ destination: { host: 'a' } }] }] });
    expect(verdict.stored).toBe(value);
  });

  it('drops unknown fields, null fields and null map values, and tells of the first', () => {
    const { verdict } = stored({
      hosts: ['a'],
      gateways: null,
      http: [
        {
          macth: [],
          match: [{ headers: { a: null, b: {} } }],
          route: [{ destination: { host: 'a', subset: null } }],
        },
      ],
    });
    expect(verdict.stored['spec']).toEqual({
      hosts: ['a'],
      http: [{ match: [{ headers: { b: {} } }], route: [{ destination: { host: 'a' } }] }],
    });
    expect(verdict.unknownFields).toEqual([{ path: ['spec', 'http', 0, 'macth'], nearest: 'match' }]);
    expect(verdict.accepted).toBe(true);
  });

  it('is not confused by names of Object', () => {
    const { verdict } = stored(
      JSON.parse(
        '{"hosts": ["a"], "constructor": 1, "http": [{"route": [{"destination": {"host": "a"}}], "headers": {"request": {"set": {"__proto__": "b", "toString": null}}}}]}',
      ) as object,
    );
    expect(JSON.stringify(verdict.stored['spec'])).toContain('"set":{"__proto__":"b"}');
    expect(verdict.unknownFields.map((field) => field.path.join('.'))).toEqual(['spec.constructor']);
  });

  it('accepts what it does not know', () => {
    const value = { apiVersion: 'v1', kind: 'ConfigMap', data: { a: 1 } };
    expect(validate({ ref: { ...ref, kind: 'ConfigMap' }, apiVersion: 'v1', value })).toMatchObject({
      accepted: true,
      stored: value,
    });
  });

  it('refuses a Service with a field of a wrong type', () => {
    const value = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'a' },
      spec: { ports: [{ port: '80' }] },
    };
    const verdict = validate({ ref: { ...ref, kind: 'Service' }, apiVersion: 'v1', value });
    expect(verdict).toMatchObject({
      accepted: false,
      stage: 'schema',
      errors: [{ code: 'LINT008', path: ['spec', 'ports', 0, 'port'] }],
    });
  });
});
