import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { verdictsOf } from './verdicts.ts';

interface ExpectedDocument {
  readonly object: string;
  readonly accepted: boolean;
  readonly stage?: string;
  readonly warnings?: readonly string[];
}
interface Vector {
  readonly id: string;
  readonly cases: readonly {
    readonly name: string;
    readonly manifests: string;
    readonly expect: { readonly documents: readonly ExpectedDocument[] };
  }[];
}

/** The project's own copy of the recordings, or the shared folder beside the project. */
const folder = ['tests/conformance/validation', '../shared/conformance/validation'].find((path) =>
  existsSync(path),
);

describe.skipIf(folder === undefined)('verdicts of Istio', () => {
  const files = folder === undefined ? [] : readdirSync(folder).filter((file) => file.endsWith('.json'));
  it.each(files)('%s', (file) => {
    const vector = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Vector;
    const wrong = vector.cases.flatMap(({ name, manifests, expect: { documents } }) => {
      const want = documents.map((document) =>
        summary(document, document.warnings?.length ?? 0, document.object),
      );
      const got = verdictsOf(manifests).map((verdict, index) => {
        const recorded = documents[index]?.object ?? '';
        // Where the recording does not know the object there is nothing to compare.
        return summary(verdict, verdict.warnings, recorded.includes('?') ? recorded : verdict.object);
      });
      return got.join('; ') === want.join('; ')
        ? []
        : [`${name}: ${got.join('; ')} instead of ${want.join('; ')}`];
    });
    expect(wrong).toEqual([]);
    expect(vector.cases.length).toBeGreaterThan(0);
  });
});

function summary(verdict: { accepted: boolean; stage?: string }, warnings: number, object: string): string {
  return `${object} ${verdict.accepted ? 'accepted' : `refused by ${verdict.stage}`}, ${warnings} warnings`;
}
