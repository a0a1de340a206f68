import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect, Crashed, offer, TooSlow, type Question } from '../../app/engine/connect.ts';
import { gallery, textOf } from '../../app/examples/gallery.ts';
import { joined } from '../../app/files/files.ts';
import { earlierOf, sound, type Saved } from '../../app/store/persistence.ts';
import { initialCall, initialSettings, initialView } from '../../app/store/state.ts';

const saved = (id: string, savedAt: number, text = 'a\nb'): Saved => ({
  work: { id, name: id, text, call: initialCall, view: initialView, settings: initialSettings },
  history: { past: [], future: [] },
  savedAt,
});

describe('earlier work', () => {
  it('is what other slots hold, except where nothing is written', () => {
    const all = [saved('a', 3), saved('b', 2), saved('c', 1, '')];
    expect(earlierOf(all, 'a', new Set(['b'])).earlier).toEqual([
      { id: 'b', name: 'b', savedAt: 2, lines: 2, open: true },
    ]);
  });

  it('is forgotten beyond forty slots, but never where a tab has it open', () => {
    const all = Array.from({ length: 45 }, (_, index) => saved(`s${index}`, 100 - index));
    expect(earlierOf(all, 'own', new Set(['s44'])).surplus).toEqual(['s40', 's41', 's42', 's43']);
  });

  it('of an older version is made whole, and what is no work is none', () => {
    const { view: _, ...work } = saved('a', 1).work;
    expect(sound({ work, savedAt: 1 })).toEqual(saved('a', 1));
    expect([sound(undefined), sound('x'), sound({}), sound({ work: { id: 'a' } })]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('files', () => {
  it('stay as they are, and several become documents', () => {
    expect(joined(['\uFEFFa: 1\r\n'])).toBe('\uFEFFa: 1\r\n');
    expect(joined(['a: 1', '---\nb: 2\n', '\uFEFFc: 3'])).toBe('a: 1\n---\nb: 2\n---\nc: 3');
  });
});

describe('the gallery', () => {
  it('has a text, a question and something to learn for each', async () => {
    expect(gallery[0]?.id).toBe('bookinfo');
    expect(new Set(gallery.map(({ id }) => id)).size).toBe(gallery.length);
    for (const example of gallery) {
      expect(await textOf(example)).toContain('kind: Gateway');
      expect(example.question).toMatch(/\?$/);
      expect(example.teaches).toMatch(/\.$/);
    }
  });
});

type Doubling = {
  readonly double: (value: number) => number;
  readonly fail: () => never;
  readonly hang: () => void;
};
const doubling: Doubling = {
  double: (value) => value * 2,
  fail: () => {
    throw new Error('no');
  },
  hang: () => undefined,
};

/** A worker that answers at the next tick, or never. */
class Echo {
  static started = 0;
  static ended = 0;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  constructor() {
    Echo.started += 1;
  }
  postMessage(question: Question): void {
    if (question.name === 'hang') return;
    const reply = offer(doubling)(structuredClone(question));
    queueMicrotask(() => this.onmessage?.({ data: structuredClone(reply) }));
  }
  terminate(): void {
    Echo.ended += 1;
  }
}

describe('connect', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    Echo.started = 0;
    Echo.ended = 0;
  });
  afterEach(() => vi.useRealTimers());
  const open = () => connect<Doubling>(() => new Echo() as unknown as Worker);

  it('is a function with a wire in the middle', async () => {
    const worker = open();
    expect(await Promise.all([worker.ask('double', [2], 100), worker.ask('double', [3], 100)])).toEqual([
      4, 6,
    ]);
    await expect(worker.ask('fail', [], 100)).rejects.toThrow(Crashed);
    expect(Echo.started).toBe(1);
  });

  it('throws a worker away that is too slow, with all that waits for it, and starts another', async () => {
    const worker = open();
    const slow = expect(worker.ask('hang', [], 1000)).rejects.toThrow(TooSlow);
    const behind = expect(worker.ask('hang', [], 5000)).rejects.toThrow(TooSlow);
    await vi.advanceTimersByTimeAsync(1000);
    await Promise.all([slow, behind]);
    expect([Echo.started, Echo.ended]).toEqual([1, 1]);
    expect(await worker.ask('double', [4], 100)).toBe(8);
    expect(Echo.started).toBe(2);
  });
});
