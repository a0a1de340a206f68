import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createReceiver, createSender, type Difference } from '../../app/engine/difference.ts';

interface Answer {
  readonly graph: readonly string[];
  readonly count: number;
  readonly reachable?: string;
}

function wire<T>(difference: Difference<T>): Difference<T> {
  return structuredClone(difference);
}

test('what has not changed does not cross the wire and keeps its identity', () => {
  const send = createSender<Answer>();
  const receive = createReceiver<Answer>();
  const graph = ['a'];
  const first = receive(wire(send({ graph, count: 1, reachable: 'x' })));
  const difference = send({ graph, count: 2 });
  expect(JSON.stringify(difference)).not.toContain('"a"');
  const second = receive(wire(difference));
  expect(second).toStrictEqual({ graph: ['a'], count: 2 });
  expect(second.graph).toBe(first.graph);
});

test('a new worker starts anew', () => {
  const receive = createReceiver<Answer>();
  receive(wire(createSender<Answer>()({ graph: ['a'], count: 1, reachable: 'x' })));
  expect(receive(wire(createSender<Answer>()({ graph: ['b'], count: 2 })))).toStrictEqual({
    graph: ['b'],
    count: 2,
  });
});

test('elements of a list that moves cross the wire as numbers', () => {
  const send = createSender<unknown>();
  const receive = createReceiver<unknown>();
  const list = Array.from({ length: 100 }, (_, index) => ({ at: { name: `object ${index}` }, start: index }));
  receive(wire(send(list)));
  const moved = list.flatMap((each, index) => [
    ...(index === 40 ? [{ at: { name: 'new' }, start: 40 }] : []),
    index < 40 ? each : { at: each.at, start: each.start + 7 },
  ]);
  const difference = send(moved);
  expect(receive(wire(difference))).toStrictEqual(moved);
  expect(difference).toMatchObject({ whole: false, values: ['new'] });
});

test('equal parts keep their identity at the page, whoever made them anew', () => {
  const send = createSender<{ readonly rows: readonly { readonly id: string }[]; readonly share: number }>();
  const receive = createReceiver<{ readonly rows: readonly { readonly id: string }[] }>();
  const first = receive(wire(send({ rows: [{ id: 'a' }, { id: 'b' }], share: 0.5 })));
  const second = receive(wire(send({ rows: [{ id: 'a' }, { id: 'b' }], share: 0.25 })));
  expect(second).toStrictEqual({ rows: [{ id: 'a' }, { id: 'b' }], share: 0.25 });
  expect(second.rows).toBe(first.rows);
  expect(receive(wire(send({ rows: [{ id: 'a' }, { id: 'b' }], share: 0.25 })))).toBe(second);
});

test('whatever follows whatever, the page has what was sent', () => {
  const part = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<unknown>(null, undefined, true, 'a', 'b', 0, 1, -1, 0.5, 2 ** 40, ''),
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'c', 'at', '1', '__proto__'), tie('any'), {
        maxKeys: 3,
        noNullPrototype: true,
      }),
    ),
  })).any;
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 24 }), (parts, picks) => {
      const send = createSender<unknown>();
      const receive = createReceiver<unknown>();
      // Lists of parts that come back, moved, and alone or in a record.
      for (let at = 0; at < picks.length; at += 4) {
        const list = picks.slice(at, at + 4).map((pick) => parts[pick % Math.max(1, parts.length)]);
        const value = (picks[at] ?? 0) % 3 === 0 ? list : { list, parts: list.map((each) => ({ at: each })) };
        expect(receive(wire(send(value)))).toStrictEqual(structuredClone(value));
      }
    }),
    { numRuns: 500 },
  );
});
