import { expect, test } from 'vitest';
import { analyse } from '../../src/analyse.ts';
import { explainTrace } from '../../src/explain/explainTrace.ts';
import { plain } from '../../src/explain/phrase.ts';

test('an answer says what of the paste it was made without', () => {
  const text = `apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { ports: [{ port: 80, name: http }] }
`;
  const call = {
    id: '0',
    from: { kind: 'mesh', namespace: 'shop', labels: {}, host: 'web' },
    port: 80,
    http: { method: 'GET', authority: 'web', path: '/', headers: [] },
  } as const;
  const { traces, workloads } = analyse({ sources: [{ name: 'a', text }], calls: [call] });
  const [trace] = traces;
  if (!trace) throw new Error('no trace');
  const refused = ['a', 'b'].map((name, document) => ({
    kind: 'VirtualService',
    namespace: 'shop',
    name,
    source: 0,
    document,
  }));
  const told = explainTrace(trace, { closed: true, workloads, leftOut: { unreadable: 2, refused } });
  expect(told.limits.map(({ says }) => plain(says))).toEqual([
    'Left out: 2 documents that cannot be read.',
    'Left out: VirtualService shop/a and 1 other object, which Istio refuses.',
  ]);
});
