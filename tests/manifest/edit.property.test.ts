import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultOf, valueOf } from '../../cli/editFaults.ts';
import { trialsOf } from '../../cli/editTrials.ts';
import { createTextCache } from '../../src/manifest/documents.ts';
import { applyEdits, edit } from '../../src/manifest/edit.ts';
import { read } from '../../src/manifest/read.ts';
import { writtenTexts } from './writeYaml.ts';

test('what was written is read back', () => {
  fc.assert(
    fc.property(writtenTexts, ({ text, values }) => {
      expect(read([{ name: '', text }]).objects.map(valueOf)).toEqual(values);
    }),
    { numRuns: 200 },
  );
});

test('every kind of edit does exactly what it says, or is refused', () => {
  const counts = { done: 0, refused: 0 };
  fc.assert(
    fc.property(writtenTexts, ({ text }) => {
      const { objects } = read([{ name: '', text }]);
      const cache = createTextCache();
      for (const { kind, operations, meant } of trialsOf(objects)) {
        const result = edit(text, operations, cache);
        if ('refused' in result) {
          counts.refused += 1;
          continue;
        }
        const after = applyEdits(text, result.edits);
        const values = objects.map((object) => structuredClone(valueOf(object)));
        const fault = faultOf(text, after, result.edits, meant(values), operations);
        if (fault !== undefined)
          throw new Error(
            `${kind} (${fault}): ${JSON.stringify(operations)}\n${JSON.stringify(text)}\n${JSON.stringify(after)}`,
          );
        counts.done += 1;
      }
    }),
    { numRuns: 30 },
  );
  expect(counts.done).toBeGreaterThan(20 * counts.refused);
});
