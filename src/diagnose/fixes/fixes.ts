import type { TextCache } from '../../manifest/documents.ts';
import { edit } from '../../manifest/edit.ts';
import type { TextEdit } from '../../manifest/source.ts';
import type { QuickFix } from '../diagnostic.ts';
import { ACTION_FIXES } from './actions.ts';
import type { Fault, FixMaker } from './fix.ts';
import { GATEWAY_FIXES } from './gateway.ts';
import { LINT_FIXES } from './lint.ts';
import { MATCH_FIXES } from './matches.ts';
import { OTHER_FIXES } from './otherKinds.ts';

/** By code. */
export const FIXES: Readonly<Record<string, FixMaker>> = {
  ...LINT_FIXES,
  ...GATEWAY_FIXES,
  ...MATCH_FIXES,
  ...ACTION_FIXES,
  ...OTHER_FIXES,
};

/** Whether there may be a mechanical remedy for a code. */
export function isFixable(code: string): boolean {
  return Object.hasOwn(FIXES, code);
}

/** The mechanical remedies for a diagnostic, best first. */
export function fixesFor(fault: Fault): readonly QuickFix[] {
  const { code } = fault.diagnostic;
  return (isFixable(code) ? FIXES[code] : undefined)?.(fault) ?? [];
}

/**
 * The edits of a fix for the text of its source; undefined where the text cannot be changed that way without changing more. Worked out only when the fix is
 * asked for: the new text is read back, which would be too much for a long list of problems.
 */
export function fixEdits(text: string, fix: QuickFix, cache?: TextCache): readonly TextEdit[] | undefined {
  const result = edit(text, fix.operations, cache);
  return 'refused' in result ? undefined : result.edits;
}
