import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { factsOf } from '../../src/diagnose/catalogue.ts';
import { isFixable } from '../../src/diagnose/fixes/fixes.ts';
import { diagnosticsPage } from '../../src/explain/diagnosticsPage.ts';

test('docs/diagnostics.md is what the catalogue and its words make', () => {
  const page = diagnosticsPage((code) => ({ ...factsOf(code), fixable: isFixable(code) }));
  expect(readFileSync('docs/diagnostics.md', 'utf8')).toBe(page);
});
