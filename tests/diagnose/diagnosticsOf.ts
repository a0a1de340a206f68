import { analyse } from '../../src/analyse.ts';
import type { Diagnostic } from '../../src/diagnose/diagnostic.ts';

/** The age of certificates is judged for one day, whenever the tests run. */
const now = Date.UTC(2026, 7, 1);

/** All that is said of one text. */
export function diagnosticsOf(text: string): readonly Diagnostic[] {
  return analyse({ sources: [{ name: 'manifests.yaml', text }], calls: [], now }).diagnostics;
}
