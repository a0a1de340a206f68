// Runs recorded vectors through the engine and counts what agrees.
// Usage: npm run conformance -- PATH…   (files or directories of vectors; validation cases too)
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { runValidation } from './conformance/runValidation.ts';
import { runVector, type Point } from './conformance/runVector.ts';
import type { ValidationVector, Vector } from './conformance/vector.ts';
import { vectorFiles } from './conformance/vectorFiles.ts';

const mostShown = 20;

main(process.argv.slice(2));

function main(paths: readonly string[]): void {
  if (paths.length === 0) {
    process.stderr.write('usage: npm run conformance -- PATH…\n');
    process.exitCode = 2;
    return;
  }
  const families = new Map<string, { passed: number; failed: number }>();
  let shown = 0;
  for (const file of paths.flatMap(vectorFiles)) {
    const vector: Vector | ValidationVector = JSON.parse(readFileSync(file, 'utf8'));
    const count = families.get(vector.family) ?? { passed: 0, failed: 0 };
    families.set(vector.family, count);
    for (const point of run(vector)) {
      if (point.differences.length === 0) count.passed++;
      else {
        count.failed++;
        if (++shown <= mostShown) process.stdout.write(describe(basename(file), point));
      }
    }
  }
  if (shown > mostShown) process.stdout.write(`… and ${shown - mostShown} more\n`);
  let passed = 0;
  let failed = 0;
  for (const [family, count] of families) {
    process.stdout.write(
      `${family.padEnd(28)} ${`${count.passed}`.padStart(6)} passed ${`${count.failed}`.padStart(6)} failed\n`,
    );
    passed += count.passed;
    failed += count.failed;
  }
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  if (failed > 0) process.exitCode = 1;
}

function run(vector: Vector | ValidationVector): readonly Point[] {
  return 'cases' in vector ? runValidation(vector) : runVector(vector);
}

function describe(file: string, { name, differences }: Point): string {
  const lines = differences.map(
    ({ field, expected, predicted }) =>
      `    ${field}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(predicted)}\n`,
  );
  return `${file} ${name}\n${lines.join('')}`;
}
