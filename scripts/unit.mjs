// Unit, property and conformance tests; with GATEHOUSE_REPORT set, also a report that scripts/test.mjs counts.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const vitest = join(dirname(require.resolve('vitest/package.json')), 'vitest.mjs');
const report = process.env['GATEHOUSE_REPORT'];
const { status } = spawnSync(
  process.execPath,
  [
    vitest,
    'run',
    ...(report === undefined ? [] : ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]),
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
