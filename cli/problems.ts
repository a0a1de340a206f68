// Prints what Gatehouse has to say of a corpus: how often each code, and the files with the most; and shows that what is said to fail on objects that Istio
// accepts does fail, by what the engine drops and by calls.
// Usage: npm run problems -- CORPUS [CODE|FILE]   (a code or the end of a file name: prints each of its diagnostics with its text)
import type { Analysis } from '../src/analyse.ts';
import type { Diagnostic } from '../src/diagnose/diagnostic.ts';
import { explainDiagnostic } from '../src/explain/diagnostics.ts';
import { plain } from '../src/explain/phrase.ts';
import { analysisOfFile, yamlFiles } from './problems/files.ts';
import type { Proof } from './problems/proof.ts';
import { failures, prove } from './problems/prove.ts';

const LEVELS = ['fail', 'surprise', 'style'] as const;

main(process.argv.slice(2));

function main([corpus, wanted]: readonly string[]): void {
  if (corpus === undefined) {
    process.stderr.write('usage: npm run problems -- CORPUS [CODE|FILE]\n');
    process.exitCode = 2;
    return;
  }
  const files = yamlFiles(corpus).map((file) => ({ file, analysis: analysisOfFile(corpus, file) }));
  if (wanted !== undefined) {
    for (const { file, analysis } of files) printWanted(file, analysis, wanted);
    return;
  }
  printCodes(files.flatMap(({ analysis }) => analysis.diagnostics));
  printFullest(files);
  printProofs(files);
}

interface File {
  readonly file: string;
  readonly analysis: Analysis;
}

function printWanted(file: string, analysis: Analysis, wanted: string): void {
  for (const diagnostic of analysis.diagnostics) {
    if (diagnostic.code === wanted || file.endsWith(wanted)) printDiagnostic(file, analysis, diagnostic);
  }
}

function printCodes(diagnostics: readonly Diagnostic[]): void {
  for (const level of LEVELS) {
    const own = diagnostics.filter((each) => each.level === level);
    process.stdout.write(`${level}: ${own.length}\n`);
    for (const [code, count] of counts(own)) {
      const { title } = explainDiagnostic({ code, params: {} });
      process.stdout.write(`  ${String(count).padStart(5)}  ${code.padEnd(8)} ${title}\n`);
    }
  }
}

function counts(diagnostics: readonly Diagnostic[]): readonly (readonly [string, number])[] {
  const codes = new Map<string, number>();
  for (const { code } of diagnostics) codes.set(code, (codes.get(code) ?? 0) + 1);
  return [...codes].toSorted(([, a], [, b]) => b - a);
}

function printFullest(files: readonly File[]): void {
  const most = files
    .map(({ file, analysis }) => ({ file, count: analysis.diagnostics.length }))
    .toSorted((a, b) => b.count - a.count)
    .slice(0, 10);
  process.stdout.write(`\n${files.length} files; those with the most:\n`);
  for (const { file, count } of most) process.stdout.write(`  ${String(count).padStart(5)}  ${file}\n`);
}

interface Tally {
  rejection: number;
  call: number;
  unproven: number;
}

function printProofs(files: readonly File[]): void {
  const tallies = new Map<string, Tally>();
  const unproven: string[] = [];
  for (const { file, analysis } of files) {
    for (const diagnostic of failures(analysis)) {
      const { code } = diagnostic;
      const tally = tallies.get(code) ?? { rejection: 0, call: 0, unproven: 0 };
      tallies.set(code, tally);
      const proof: Proof | undefined = prove(analysis, diagnostic);
      tally[proof?.by ?? 'unproven'] += 1;
      if (!proof) unproven.push(`${placeOf(file, analysis, diagnostic)} ${code}`);
    }
  }
  process.stdout.write(
    '\nwill fail, on objects that Istio accepts: dropped by the engine, by a call, unproven\n',
  );
  const sum: Tally = { rejection: 0, call: 0, unproven: 0 };
  for (const [code, tally] of [...tallies].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    printTally(code, tally);
    sum.rejection += tally.rejection;
    sum.call += tally.call;
    sum.unproven += tally.unproven;
  }
  printTally('all', sum);
  for (const line of unproven) process.stdout.write(`unproven: ${line}\n`);
  process.stdout.write(`${sum.rejection + sum.call} passed, ${sum.unproven} failed\n`);
  if (sum.unproven > 0) process.exitCode = 1;
}

function printTally(code: string, { rejection, call, unproven }: Tally): void {
  const cells = [rejection, call, unproven].map((count) => String(count).padStart(5)).join(' ');
  process.stdout.write(`  ${code.padEnd(8)} ${cells}\n`);
}

function printDiagnostic(file: string, analysis: Analysis, diagnostic: Diagnostic): void {
  const { at, span, code, level } = diagnostic;
  const { sentence } = explainDiagnostic(diagnostic);
  const words = textOf(analysis)
    .slice(span.start, Math.min(span.end, span.start + 60))
    .replaceAll('\n', '⏎');
  process.stdout.write(
    `${placeOf(file, analysis, diagnostic)} ${level} ${code} ${at.object.kind} ${at.object.namespace}/${at.object.name} ${at.path.join('.')} «${words}»\n    ${plain(sentence)}\n`,
  );
}

function placeOf(file: string, analysis: Analysis, { span }: Diagnostic): string {
  return `${file}:${textOf(analysis).slice(0, span.start).split('\n').length}`;
}

function textOf({ input }: Analysis): string {
  return input.sources[0]?.text ?? '';
}
