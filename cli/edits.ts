import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createTextCache } from '../src/manifest/documents.ts';
import { applyEdits, edit } from '../src/manifest/edit.ts';
import { read } from '../src/manifest/read.ts';
import { faultOf, valueOf } from './editFaults.ts';
import { trialsOf } from './editTrials.ts';

/*
 * Makes every kind of edit in every YAML file below the given paths, at several places each, and checks by other means than the editor's own
 * that the text reads back with exactly the asked change, that undo restores it, that lines which no edit touches are the same, and
 * that what was written means the same to readers of YAML 1.1 and 1.2.
 */

interface Tally {
  done: number;
  wrong: number;
  readonly refused: Map<string, number>;
}

function main(paths: readonly string[]): void {
  const tallies = new Map<string, Tally>();
  const failures: string[] = [];
  let files = 0;
  for (const file of paths.flatMap(filesBelow)) {
    files += 1;
    tryFile(file, readFileSync(file, 'utf8'), tallies, failures);
  }
  for (const [kind, { done, wrong, refused }] of tallies) {
    const sum = [...refused.values()].reduce((a, b) => a + b, 0);
    const share = ((100 * sum) / Math.max(1, done + wrong + sum)).toFixed(2);
    const reasons = [...refused].map(([reason, count]) => `${reason} ${count}`).join(', ');
    print(
      `${kind.padEnd(22)} ${done} done, ${sum} refused (${share} %${reasons === '' ? '' : `: ${reasons}`}), ${wrong} wrong`,
    );
  }
  for (const failure of failures.slice(0, 30)) print(failure);
  const passed = [...tallies.values()].reduce((sum, { done }) => sum + done, 0);
  print(`${files} files`);
  print(`${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function filesBelow(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return /\.(ya?ml|json)$/.test(path) ? [path] : [];
  return readdirSync(path)
    .toSorted()
    .flatMap((name) => filesBelow(join(path, name)));
}

function tryFile(file: string, text: string, tallies: Map<string, Tally>, failures: string[]): void {
  const objects = read([{ name: file, text }]).objects;
  const values = objects.map(valueOf);
  const cache = createTextCache();
  for (const { kind, operations, meant } of trialsOf(objects)) {
    const tally = tallies.get(kind) ?? { done: 0, wrong: 0, refused: new Map<string, number>() };
    tallies.set(kind, tally);
    const result = edit(
      text,
      operations.length === 1 && operations[0] !== undefined ? operations[0] : operations,
      cache,
    );
    if ('refused' in result) {
      tally.refused.set(result.refused, (tally.refused.get(result.refused) ?? 0) + 1);
      continue;
    }
    const after = applyEdits(text, result.edits);
    const fault = faultOf(
      text,
      after,
      result.edits,
      meant(values.map((value) => structuredClone(value))),
      operations,
    );
    if (fault === undefined) {
      tally.done += 1;
    } else {
      tally.wrong += 1;
      failures.push(`WRONG ${kind} (${fault}) ${file} ${JSON.stringify(operations)}`);
    }
  }
}

main(process.argv.slice(2));
