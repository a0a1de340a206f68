import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { vectorFiles } from '../cli/conformance/vectorFiles.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Rows of the tables of a page: behaviour, files, recordings. */
function rows(page: string): readonly (readonly string[])[] {
  return readFileSync(`${root}docs/${page}`, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[- |]+$/.test(line) && !line.startsWith('| behaviour'))
    .map((line) => line.split('|').slice(1, -1));
}

function code(cell: string | undefined): readonly string[] {
  return [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
}

it.each(['semantics.md', 'semantics-mesh.md'])('%s names files and recordings that are there', (page) => {
  const recordings = new Set(vectorFiles(`${root}tests/conformance`).map((file) => basename(file, '.json')));
  const folders = ['', 'src/compile/', 'src/simulate/'];
  const wrong = rows(page).flatMap(([behaviour, files, pins]) => [
    ...code(files)
      .filter((name) => name.endsWith('.ts') && !folders.some((folder) => existsSync(root + folder + name)))
      .map((name) => `${behaviour}: ${name}`),
    ...code(pins)
      .filter((name) => !recordings.has(name))
      .map((name) => `${behaviour}: ${name}`),
  ]);
  expect(rows(page).length).toBeGreaterThan(20);
  expect(wrong).toEqual([]);
});
