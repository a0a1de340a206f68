import { expect, test } from 'vitest';
import { createReceiver, createSender, type Difference } from '../../app/engine/difference.ts';

interface Answer {
  readonly graph: readonly string[];
  readonly count: number;
  readonly reachable?: string;
}

const wire = (difference: Difference<Answer>): Difference<Answer> => structuredClone(difference);

test('what has not changed does not cross the wire and keeps its identity', () => {
  const send = createSender<Answer>();
  const receive = createReceiver<Answer>();
  const graph = ['a'];
  const first = receive(wire(send({ graph, count: 1, reachable: 'x' })));
  const difference = send({ graph, count: 2 });
  expect(difference).toEqual({ whole: false, changed: { count: 2 }, gone: ['reachable'] });
  const second = receive(wire(difference));
  expect(second).toEqual({ graph: ['a'], count: 2 });
  expect(second.graph).toBe(first.graph);
});

test('a new worker starts anew', () => {
  const receive = createReceiver<Answer>();
  receive(wire(createSender<Answer>()({ graph: ['a'], count: 1, reachable: 'x' })));
  expect(receive(wire(createSender<Answer>()({ graph: ['b'], count: 2 })))).toEqual({
    graph: ['b'],
    count: 2,
  });
});
