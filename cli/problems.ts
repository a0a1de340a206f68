// Prints what Gatehouse has to say of a corpus: how often each code, and the files with the most.
// Usage: npm run problems -- CORPUS [CODE|FILE]   (a code or the end of a file name: prints each of its diagnostics with its text)
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from '../src/analyse.ts';
import type { Diagnostic } from '../src/diagnose/diagnostic.ts';
import { explainDiagnostic } from '../src/explain/diagnostics.ts';
import { plain } from '../src/explain/phrase.ts';

const LEVELS = ['fail', 'surprise', 'style'] as const;

main(process.argv.slice(2));

function main([corpus, wanted]: readonly string[]): void {
  if (corpus === undefined) {
    process.stderr.write('usage: npm run problems -- CORPUS [CODE|FILE]\n');
    process.exitCode = 2;
    return;
  }
  const codes = new Map<string, number>();
  const files: { readonly file: string; readonly diagnostics: readonly Diagnostic[] }[] = [];
  for (const file of yamlFiles(corpus)) {
    const text = readFileSync(join(corpus, file), 'utf8');
    const diagnostics = diagnosticsOf(text, file);
    files.push({ file, diagnostics });
    for (const diagnostic of diagnostics) {
      const key = `${diagnostic.level} ${diagnostic.code}`;
      codes.set(key, (codes.get(key) ?? 0) + 1);
      if (diagnostic.code === wanted || (wanted !== undefined && file.endsWith(wanted)))
        print(file, text, diagnostic);
    }
  }
  if (wanted !== undefined) return;
  for (const level of LEVELS) {
    const own = [...codes].filter(([key]) => key.startsWith(`${level} `)).toSorted(([, a], [, b]) => b - a);
    process.stdout.write(`${level}: ${own.reduce((sum, [, count]) => sum + count, 0)}\n`);
    for (const [key, count] of own) {
      const code = key.slice(level.length + 1);
      process.stdout.write(
        `  ${String(count).padStart(5)}  ${code.padEnd(8)} ${explainDiagnostic({ code, params: {} }).title}\n`,
      );
    }
  }
  const most = files.toSorted((a, b) => b.diagnostics.length - a.diagnostics.length).slice(0, 10);
  process.stdout.write(`\n${files.length} files; those with the most:\n`);
  for (const { file, diagnostics } of most)
    process.stdout.write(`  ${String(diagnostics.length).padStart(5)}  ${file}\n`);
}

function yamlFiles(corpus: string): readonly string[] {
  return readdirSync(corpus, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ya?ml$/.test(file) && !file.startsWith('invalid'))
    .toSorted();
}

function diagnosticsOf(text: string, name: string): readonly Diagnostic[] {
  return analyse({ sources: [{ name, text }], calls: [], now: Date.now() }).diagnostics;
}

function print(file: string, text: string, diagnostic: Diagnostic): void {
  const { at, span, code, level } = diagnostic;
  const { sentence } = explainDiagnostic(diagnostic);
  const line = text.slice(0, span.start).split('\n').length;
  const words = text.slice(span.start, Math.min(span.end, span.start + 60)).replaceAll('\n', '⏎');
  process.stdout.write(
    `${file}:${line} ${level} ${code} ${at.object.kind} ${at.object.namespace}/${at.object.name} ${at.path.join('.')} «${words}»\n    ${plain(sentence)}\n`,
  );
}
