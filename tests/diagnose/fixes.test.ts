import { describe, expect, test } from 'vitest';
import type { Diagnostic, QuickFix } from '../../src/diagnose/diagnostic.ts';
import { FIXES, fixEdits } from '../../src/diagnose/fixes/fixes.ts';
import { explainFix } from '../../src/explain/fixes.ts';
import { plain } from '../../src/explain/phrase.ts';
import { applyEdits } from '../../src/manifest/edit.ts';
import { diagnosticsOf } from './diagnosticsOf.ts';
import { FIXTURES } from './fixtures/all.ts';

interface Try {
  readonly code: string;
  readonly text: string;
  readonly diagnostic: Diagnostic;
  readonly fix: QuickFix;
}

/** Every fix that is offered for the code of a fixture, and one more text for what fixtures do not show. */
const TRIES: readonly Try[] = FIXTURES.flatMap(([code, text]) =>
  diagnosticsOf(text)
    .filter((diagnostic) => diagnostic.code === code)
    .flatMap((diagnostic) => (diagnostic.fixes ?? []).map((fix) => ({ code, text, diagnostic, fix }))),
);

/** Lines that went away and that came, as a patch shows them. */
function changedLines(before: string, after: string): readonly string[] {
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  const length = Math.min(old.length, fresh.length);
  let start = 0;
  while (start < length && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (end < length - start && old[old.length - 1 - end] === fresh[fresh.length - 1 - end]) end += 1;
  return [
    ...old.slice(start, old.length - end).map((line) => `- ${line}`),
    ...fresh.slice(start, fresh.length - end).map((line) => `+ ${line}`),
  ];
}

describe('a fix changes only the intended lines, and the problem is gone', () => {
  test.each(TRIES.map((each) => [`${each.code} ${plain(explainFix(each.fix))}`, each] as const))(
    '%s',
    (_, { code, text, diagnostic, fix }) => {
      const edits = fixEdits(text, fix);
      expect(edits).toBeDefined();
      const after = applyEdits(text, edits ?? []);
      const left = (diagnostics: readonly Diagnostic[]): number =>
        diagnostics.filter((each) => each.code === code && each.at.object.name === diagnostic.at.object.name)
          .length;
      expect(left(diagnosticsOf(after))).toBeLessThan(left(diagnosticsOf(text)));
      expect(changedLines(text, after)).toMatchSnapshot();
    },
  );
});

test('comments, quotes and order around a fix stay as they are', () => {
  const text = `# the shop
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop, namespace: shop }   # flow
spec:
  hosts: [ "a.example.com" ]
  http:
    # all of it
    - match: [ { uri: { prefix: 'api' } } ]  # no slash
      route:
      - destination: { host: web }
`;
  const [diagnostic] = diagnosticsOf(text).filter(({ code }) => code === 'VS231');
  const [fix] = diagnostic?.fixes ?? [];
  expect(fix && applyEdits(text, fixEdits(text, fix) ?? [])).toBe(text.replace("'api'", "'/api'"));
});

test('each code that has fixes shows one of them', () => {
  const shown = new Set(TRIES.map(({ code }) => code));
  expect(Object.keys(FIXES).filter((code) => !shown.has(code))).toEqual([]);
});
