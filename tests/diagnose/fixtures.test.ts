import { describe, expect, test } from 'vitest';
import { CATALOGUE } from '../../src/diagnose/catalogue.ts';
import { explainDiagnostic, WORDINGS } from '../../src/explain/diagnostics.ts';
import { diagnosticsOf } from './diagnosticsOf.ts';
import { FIXTURES } from './fixtures/all.ts';

/** Istio's webhook refuses every text that would come to this: port names are part of the name of the route table (GW004). */
const CANNOT_BE_WRITTEN = ['GW228'];

describe('each code has a text that triggers it, and one that almost does', () => {
  test.each(FIXTURES)('%s', (code, triggers, nearMiss) => {
    expect(diagnosticsOf(triggers).map((each) => each.code)).toContain(code);
    expect(diagnosticsOf(nearMiss).map((each) => each.code)).not.toContain(code);
  });

  test('and none is forgotten', () => {
    const tried = new Set([...FIXTURES.map(([code]) => code), ...CANNOT_BE_WRITTEN]);
    expect(Object.keys(CATALOGUE).filter((code) => !tried.has(code))).toEqual([]);
  });
});

describe('words', () => {
  test('each code has some, and nothing else has', () => {
    expect(Object.keys(WORDINGS).toSorted()).toEqual(Object.keys(CATALOGUE).toSorted());
  });

  test.each(FIXTURES)('%s: all that the sentences speak of is known', (_, triggers) => {
    for (const { code, params } of diagnosticsOf(triggers)) {
      const { says, todo } = WORDINGS[code] ?? { says: code, todo: '' };
      const needed = [says, todo].flatMap((text) =>
        [...text.replaceAll(/\[[^[\]]*\{[^[\]]*\]/g, '').matchAll(/\{(\w+)(?:\|or)?\}/g)].map(
          ([, name]) => name ?? '',
        ),
      );
      expect({ code, missing: needed.filter((name) => params[name] === undefined) }).toEqual({
        code,
        missing: [],
      });
      const words = explainDiagnostic({ code, params }).sentence.map((part) =>
        typeof part === 'string' ? part : '¤',
      );
      expect(words.join('')).not.toMatch(/ {2}|\s[.,;]|[{}[\]]\s|undefined/);
    }
  });
});

test('places are in the text, and in order', () => {
  for (const [, triggers] of FIXTURES) {
    const spans = diagnosticsOf(triggers).map(({ span }) => span);
    for (const { start, end } of spans)
      expect(0 <= start && start <= end && end <= triggers.length).toBe(true);
    expect(spans.map(({ start }) => start)).toEqual(
      spans.map(({ start }) => start).toSorted((a, b) => a - b),
    );
  }
});
