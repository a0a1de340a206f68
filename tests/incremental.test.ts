import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createReceiver, createSender } from '../app/engine/difference.ts';
import { benchMesh } from '../bench/meshes.ts';
import { analyse, createAnalyseMemory, type Report } from '../src/index.ts';
import type { Call } from '../src/simulate/call.ts';
import { FIXTURES } from './diagnose/fixtures/all.ts';

const bench = benchMesh(8, 3);
const calls: readonly Call[] = bench.requests.slice(0, 2).map(({ host, path, headers }, index) => ({
  id: `${index}`,
  from: { kind: 'outside', portOf: 'pod' },
  port: 80,
  http: { method: 'GET', authority: host, path, headers },
}));

/** An edit that a person might make: at a place (0…1 of the text), so that it fits any text. */
type Edit =
  | { readonly kind: 'replace'; readonly at: number; readonly length: number; readonly by: string }
  | { readonly kind: 'repeat' | 'remove' | 'to-end'; readonly at: number }
  | { readonly kind: 'undo' };

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    kind: fc.constant('replace' as const),
    at: place,
    length: fc.integer({ min: 0, max: 3 }),
    by: fc.constantFrom('', '1', 'x', ' ', '\n', '# a comment\n', '\n---\n', '*', '-', ': ', 'http'),
  }),
  fc.record({ kind: fc.constantFrom('repeat', 'remove', 'to-end'), at: place }),
  fc.constant<Edit>({ kind: 'undo' }),
);

function edited(text: string, change: Edit, before: string): string {
  if (change.kind === 'undo') return before;
  if (change.kind === 'replace') {
    const at = Math.floor(change.at * text.length);
    return text.slice(0, at) + change.by + text.slice(at + change.length);
  }
  const documents = text.split('---\n');
  const at = Math.floor(change.at * documents.length);
  const own = documents[at] ?? '';
  const others = documents.toSpliced(at, 1);
  if (change.kind === 'remove') return others.join('---\n');
  if (change.kind === 'to-end') return [...others, own].join('\n---\n');
  return documents.toSpliced(at, 0, own).join('\n---\n');
}

/** The same texts one after the other, analysed with a memory and sent to the page, and each anew. */
function expectSame(texts: readonly string[]): void {
  const memory = createAnalyseMemory();
  const send = createSender<Report>();
  const receive = createReceiver<Report>();
  for (const text of texts) {
    const input = { sources: [{ name: 'a.yaml', text }], calls };
    const warm = analyse(input, memory);
    expect(warm).toEqual(analyse(input));
    expect(receive(structuredClone(send(warm)))).toStrictEqual(structuredClone(warm));
  }
}

function history(start: string, edits: readonly Edit[]): readonly string[] {
  const texts = [start];
  for (const each of edits) texts.push(edited(texts.at(-1) ?? '', each, texts.at(-2) ?? start));
  return texts;
}

describe('a report after an edit is that of the text, whatever was there before', () => {
  const edits = fc.array(edit, { minLength: 1, maxLength: 5 });

  test('of documents and of a list', () => {
    fc.assert(
      fc.property(fc.constantFrom(bench.text, bench.list), edits, (start, changes) => {
        expectSame(history(start, changes));
      }),
      { numRuns: 20 },
    );
  });

  test('of manifests with faults of all kinds, some of them in one text', () => {
    const texts = FIXTURES.flatMap(([, triggers, nearMiss]) => [triggers, nearMiss]);
    const several = fc
      .array(fc.constantFrom(...texts), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join('\n---\n'));
    fc.assert(
      fc.property(several, edits, (start, changes) => {
        expectSame(history(start, changes));
      }),
      { numRuns: 50 },
    );
  });
});
