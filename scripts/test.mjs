// The whole check, part by part, the quick ones first: types, lint, format, unit and conformance tests, production build, browser tests.
// Goes on after a part that fails, and ends with one line: `N passed, N failed`. A part without tests of its own counts as one.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const reports = join(root, 'node_modules', '.cache', 'gatehouse');
mkdirSync(reports, { recursive: true });

const parts = [
  { name: 'types' },
  { name: 'lint' },
  { name: 'format' },
  { name: 'unit', report: 'unit.json', count: countVitest },
  { name: 'build' },
  { name: 'browser', report: 'browser.json', count: countPlaywright },
];

let passed = 0;
let failed = 0;
const lines = [];
for (const part of parts) {
  process.stdout.write(`\n── ${part.name} ──\n`);
  const report = part.report === undefined ? undefined : join(reports, part.report);
  if (report !== undefined) rmSync(report, { force: true });
  const started = Date.now();
  const { status } = spawnSync('npm', ['run', '-s', part.name], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ...(report === undefined ? {} : { GATEHOUSE_REPORT: report }) },
  });
  const counts = countOf(part, report, status);
  passed += counts.passed;
  failed += counts.failed;
  lines.push(
    `${part.name.padEnd(8)} ${String(counts.passed).padStart(6)} passed ${String(counts.failed).padStart(4)} failed ${((Date.now() - started) / 1000).toFixed(1).padStart(7)} s`,
  );
}
process.stdout.write(`\n${lines.join('\n')}\n\n${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);

/** A part that ended badly without a failed test (it crashed, or ran none) counts as one failure. */
function countOf(part, report, status) {
  const ok = status === 0;
  if (part.count === undefined) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const counts = part.count(JSON.parse(readFileSync(report, 'utf8')));
  if (counts.passed + counts.failed === 0 || (!ok && counts.failed === 0)) counts.failed += 1;
  return counts;
}

function countVitest(report) {
  return { passed: report.numPassedTests, failed: report.numFailedTests + report.numPendingTests };
}

function countPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky + skipped };
}
