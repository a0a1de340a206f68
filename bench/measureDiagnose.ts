import { indexMesh, compile } from '../src/compile/compile.ts';
import { diagnose } from '../src/diagnose/diagnose.ts';
import { createSpanCache } from '../src/diagnose/spans.ts';
import { buildMesh, takesPart } from '../src/istio/mesh.ts';
import { createTextCache } from '../src/manifest/documents.ts';
import { read, type ReadObject } from '../src/manifest/read.ts';
import type { JsonObject } from '../src/manifest/source.ts';
import { validate } from '../src/validate/validate.ts';
import type { Verdict } from '../src/validate/verdict.ts';

/** Milliseconds (median of nine) that diagnosing takes after a one-character edit, everything before it done. */
export function measureDiagnose(text: string): number {
  const cache = createTextCache();
  const spans = createSpanCache(cache);
  const verdicts = new WeakMap<JsonObject, Verdict>();
  const verdictOf = (object: ReadObject & { readonly status: 'read' }): Verdict => {
    const verdict = verdicts.get(object.value) ?? validate(object);
    verdicts.set(object.value, verdict);
    return verdict;
  };
  const run = (edited: string): number => {
    const sources = [{ name: 'mesh.yaml', text: edited }];
    const reading = read(sources, { cache });
    const admitted = reading.objects.flatMap((object) => {
      if (object.status !== 'read') return [];
      const candidate = { ref: object.ref, apiVersion: object.apiVersion, value: verdictOf(object).stored };
      return takesPart(candidate) ? [candidate] : [];
    });
    const index = indexMesh(buildMesh(admitted));
    const compiled = compile(index);
    const start = performance.now();
    diagnose({ sources, reading, verdictOf, index, compiled, spans });
    return performance.now() - start;
  };
  run(text);
  const at = text.indexOf('number: 8080', text.length / 2) + 'number: 808'.length;
  const times = Array.from({ length: 9 }, (_, digit) =>
    run(`${text.slice(0, at)}${digit}${text.slice(at + 1)}`),
  );
  return times.toSorted((a, b) => a - b)[4] ?? 0;
}
