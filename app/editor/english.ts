import type { Diagnostic, QuickFix } from '../../src/diagnose/diagnostic.ts';
import { explainDiagnostic } from '../../src/explain/diagnostics.ts';
import { explainFix } from '../../src/explain/fixes.ts';
import { plain } from '../../src/explain/phrase.ts';

/** The problem as text, for a marker's hover and a screen reader: what is wrong, then what to do. */
export function messageOf(diagnostic: Diagnostic): string {
  const { title, sentence, advice } = explainDiagnostic(diagnostic);
  return [`${title}. ${plain(sentence)}`, plain(advice)].filter((part) => part !== '').join('\n');
}

/** What a fix does, as the words of its button. */
export function fixTitle(fix: QuickFix): string {
  return plain(explainFix(fix));
}
