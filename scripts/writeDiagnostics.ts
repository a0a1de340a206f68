// Writes docs/diagnostics.md from the catalogue and its words. Usage: node scripts/run.mjs scripts/writeDiagnostics.ts
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { factsOf } from '../src/diagnose/catalogue.ts';
import { isFixable } from '../src/diagnose/fixes/fixes.ts';
import { diagnosticsPage } from '../src/explain/diagnosticsPage.ts';

const page = diagnosticsPage((code) => ({ ...factsOf(code), fixable: isFixable(code) }));
writeFileSync(join('docs', 'diagnostics.md'), page);
