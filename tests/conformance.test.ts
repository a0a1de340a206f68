import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runValidation } from '../cli/conformance/runValidation.ts';
import { runVector, type Point } from '../cli/conformance/runVector.ts';
import type { ValidationVector, Vector } from '../cli/conformance/vector.ts';
import { vectorFiles } from '../cli/conformance/vectorFiles.ts';
import { besideProject } from './shared.ts';

const own = fileURLToPath(new URL('conformance/', import.meta.url));

function readVector(file: string): Vector | ValidationVector {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function run(vector: Vector | ValidationVector): readonly Point[] {
  return 'cases' in vector ? runValidation(vector) : runVector(vector);
}

function byFamily(files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const families = new Map<string, string[]>();
  for (const file of files) {
    const { family } = readVector(file);
    families.set(family, [...(families.get(family) ?? []), file]);
  }
  return families;
}

function familyTests(files: readonly string[]): void {
  for (const [family, members] of byFamily(files)) {
    it(`${family} (${members.length} files)`, () => {
      const points = members.flatMap((file) =>
        run(readVector(file)).map((point) => ({ file: relative(own, file), ...point })),
      );
      expect(points.length).toBeGreaterThan(0);
      const failed = points.filter(({ differences }) => differences.length > 0);
      expect(failed).toEqual([]);
    });
  }
}

describe('recorded answers', () => {
  familyTests(vectorFiles(own));
});

const corpus = besideProject('conformance-corpus', 'the recorded answers for real manifests');
if (corpus !== undefined) {
  describe('recorded answers for real manifests', () => {
    familyTests(vectorFiles(corpus));
  });
}

const recorded = besideProject(
  'conformance',
  'the comparison of our copy of the recordings with the recordings',
);
if (recorded !== undefined) {
  it('has the recordings as they are', () => {
    const names = (folder: string): readonly string[] =>
      vectorFiles(folder).map((file) => relative(folder, file));
    expect(names(own)).toEqual(names(recorded));
    for (const name of names(own)) {
      expect(readFileSync(join(own, name), 'utf8'), name).toBe(readFileSync(join(recorded, name), 'utf8'));
    }
  });
}

it('knows no vector by name', () => {
  const names = vectorFiles(own).map((file) => file.replace(/^.*\/|\.json$/g, ''));
  const sources = ['src', 'cli'].flatMap((folder) =>
    sourceFiles(fileURLToPath(new URL(`../${folder}`, import.meta.url))),
  );
  expect(sources.length).toBeGreaterThan(50);
  const naming = sources.filter((file) => {
    const text = readFileSync(file, 'utf8');
    return names.some((name) => /\d{3}$/.test(name) && text.includes(name));
  });
  expect(naming).toEqual([]);
});

function sourceFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}
