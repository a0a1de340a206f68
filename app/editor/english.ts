import type { Diagnostic, QuickFix } from '../../src/diagnose/diagnostic.ts';

/** The problem as one line of text, for a marker's hover and a screen reader. */
export function messageOf(diagnostic: Diagnostic): string {
  return `${diagnostic.code} ${Object.values(diagnostic.params).join(' ')}`;
}

/** What a fix does, as the words of its button. */
export function fixTitle(fix: QuickFix): string {
  return [fix.kind, ...Object.values(fix.params)].join(' ');
}
