// Compares what Gatehouse says of each document of a corpus with what Istio's own code said.
// Usage: npm run verdicts -- CORPUS VERDICTS.tsv   (CORPUS/invalid is not looked at: it has no verdicts)
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyzeCodes } from '../src/diagnose/analyze/analyze.ts';
import type { ObjectRef } from '../src/manifest/source.ts';
import { read, type ReadObject } from '../src/manifest/read.ts';
import { validate } from '../src/validate/validate.ts';

interface Row {
  readonly document: number;
  readonly object: string;
  readonly accepted: string;
  readonly stage: string;
  readonly warnings: string;
  readonly unknownFields: string;
}

interface FileVerdict {
  readonly rows: readonly Row[];
  /** `CODE Kind namespace/name`, sorted. */
  readonly codes: readonly string[];
}

const CHECKED = new Set(['Gateway', 'VirtualService', 'DestinationRule', 'ServiceEntry']);

main(process.argv.slice(2));

function main([corpus, table]: readonly string[]): void {
  if (corpus === undefined || table === undefined) {
    process.stderr.write('usage: npm run verdicts -- CORPUS VERDICTS.tsv\n');
    process.exitCode = 2;
    return;
  }
  let passed = 0;
  let failed = 0;
  for (const [file, expected] of readTable(readFileSync(table, 'utf8'))) {
    const differences = compare(expected, judge(readFileSync(join(corpus, file), 'utf8'), file));
    passed += expected.rows.length + 1 - differences.length;
    failed += differences.length;
    for (const difference of differences) process.stdout.write(`${file}: ${difference}\n`);
  }
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  if (failed > 0) process.exitCode = 1;
}

function readTable(text: string): ReadonlyMap<string, FileVerdict> {
  const files = new Map<string, { rows: Row[]; codes: readonly string[] }>();
  for (const line of text.trimEnd().split('\n').slice(1)) {
    const [
      file = '',
      document = '',
      object = '',
      accepted = '',
      stage = '',
      warnings = '',
      unknownFields = '',
      codes = '',
    ] = line.split('\t');
    const verdict = files.get(file) ?? { rows: [], codes: readCodes(codes) };
    verdict.rows.push({ document: Number(document), object, accepted, stage, warnings, unknownFields });
    files.set(file, verdict);
  }
  return files;
}

/** A note in brackets says what the recording left out. */
function readCodes(cell: string): readonly string[] {
  const text = cell.replace(/\[[^\]]*\]/, '').trim();
  return text === '-' || text === '' ? [] : text.split(', ').toSorted();
}

/** What Gatehouse says of one file. */
function judge(text: string, name: string): FileVerdict {
  const { objects } = read([{ name, text }]);
  const rows: Row[] = [];
  const analyzed = [];
  for (const object of objects) {
    if (object.status === 'unreadable') {
      rows.push({
        document: object.document,
        object: '?',
        accepted: 'false',
        stage: 'yaml',
        warnings: '0',
        unknownFields: '0',
      });
      continue;
    }
    const { ref, apiVersion, value } = object;
    const isChecked = CHECKED.has(ref.kind) && apiVersion.startsWith('networking.istio.io/');
    const verdict = isChecked ? validate(object) : undefined;
    if (!isLostToIstioctl(text, object)) analyzed.push({ ref, apiVersion, value });
    rows.push({
      document: ref.document,
      object: `${ref.kind} ${ref.namespace}/${ref.name || '?'}`,
      accepted: String(verdict?.accepted ?? '-'),
      stage: verdict?.stage ?? '-',
      warnings: String(verdict?.warnings.length ?? '-'),
      unknownFields: String(verdict?.unknownFields.length ?? '-'),
    });
  }
  const codes = analyzeCodes(analyzed, Date.now()).map(({ ist, at }) =>
    `${ist} ${at.object.kind} ${fullName(at.object)}`.trimEnd(),
  );
  return { rows, codes: [...new Set(codes)].toSorted() };
}

/**
 * istioctl cuts the blanks off both ends of each document behind a separator, so that one whose lines are all indented loses the indentation of its first line
 * only, and cannot be read (`KubeSource.parseContent`).
 */
function isLostToIstioctl(text: string, { ref, span }: ReadObject & { readonly status: 'read' }): boolean {
  const line = text.slice(text.lastIndexOf('\n', span.start - 1) + 1, span.start);
  return ref.document > 0 && ref.item === undefined && /^[ \t]+$/.test(line);
}

/** As `istioctl analyze` prints it: an object without a name has none, nor a namespace. */
function fullName({ kind, namespace, name }: ObjectRef): string {
  return kind === 'Namespace' || name === '' ? name : `${namespace}/${name}`;
}

function compare(expected: FileVerdict, got: FileVerdict): readonly string[] {
  const differences: string[] = [];
  for (const [index, row] of expected.rows.entries()) {
    const ours = got.rows[index];
    const fields = (['document', 'object', 'accepted', 'stage', 'warnings', 'unknownFields'] as const).filter(
      (field) => ours?.[field] !== row[field] && !(field === 'object' && row.object.includes('?')),
    );
    if (fields.length === 0) continue;
    const list = fields
      .map((field) => `${field} ${String(ours?.[field])} instead of ${row[field]}`)
      .join(', ');
    differences.push(`document ${row.document} ${row.object}: ${list}`);
  }
  const missing = expected.codes.filter((code) => !got.codes.includes(code));
  const added = got.codes.filter((code) => !expected.codes.includes(code));
  if (missing.length > 0 || added.length > 0) {
    differences.push(
      `codes: ${[...missing.map((code) => `-${code}`), ...added.map((code) => `+${code}`)].join(', ')}`,
    );
  }
  return differences;
}
