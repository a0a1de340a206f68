import type { ReadObject } from '../src/manifest/read.ts';
import type { Json } from '../src/manifest/source.ts';
import { pick } from './trial.ts';
import type { Trial } from './trial.ts';

const fresh: Json = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'new' },
  spec: { ports: [{ port: 80 }] },
};

/** Documents added, removed and copied. */
export function documentTrials(objects: readonly ReadObject[]): readonly Trial[] {
  const numbers = objects.map((object) => (object.status === 'read' ? object.ref.document : object.document));
  const last = numbers.at(-1) ?? -1;
  const end: Trial = {
    kind: 'add document',
    operations: [{ kind: 'add-document', source: 0, content: { value: fresh } }],
    meant: (values) => [...values, fresh],
  };
  const middle = pick([...new Set(numbers)]).map((after): Trial => ({
    kind: 'add document',
    operations: [
      { kind: 'add-document', source: 0, after, content: { yaml: '# new\napiVersion: v1\nkind: Service\n' } },
    ],
    meant: (values) =>
      values.toSpliced(numbers.findLastIndex((n) => n <= after) + 1, 0, {
        apiVersion: 'v1',
        kind: 'Service',
      }),
  }));
  const whole = pick([...objects.entries()].filter(([, object]) => object.status === 'read')).flatMap(
    ([index, object]): readonly Trial[] => {
      if (object.status !== 'read') return [];
      const at = { object: object.ref, path: [] };
      return [
        {
          kind: 'remove object',
          operations: [{ kind: 'remove', at }],
          meant: (values) => values.toSpliced(index, 1),
        },
        {
          kind: 'duplicate object',
          operations: [{ kind: 'duplicate', at }],
          meant: (values) => values.toSpliced(index + 1, 0, values[index] ?? null),
        },
      ];
    },
  );
  const gone: Trial = {
    kind: 'remove document',
    operations: [{ kind: 'remove-document', source: 0, document: last }],
    meant: (values) => values.filter((_, i) => numbers[i] !== last),
  };
  return [end, ...middle, ...whole, ...(last < 0 ? [] : [gone])];
}
