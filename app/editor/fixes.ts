import type { Diagnostic } from '../../src/diagnose/diagnostic.ts';
import { fixEdits } from '../../src/diagnose/fixes/fixes.ts';
import { applyEdits, say, undo, unsay, useStore } from '../store/store.ts';
import { rangeOf } from './binding.ts';
import { fixTitle } from './english.ts';
import { languageId, monaco } from './monaco.ts';

/** The lightbulb: the fixes of the problems at the cursor, best first. They go through the store, as one step of undo each. */
export function offerFixes(): void {
  monaco.editor.registerCommand('gatehouse.fix', (_, diagnostic: Diagnostic, index: number) => {
    applyFix(diagnostic, index);
  });
  monaco.languages.registerCodeActionProvider(languageId, {
    provideCodeActions: (_, range) => {
      const { answer, work } = useStore.getState();
      if (answer.report === undefined || answer.text !== work.text)
        return { actions: [], dispose: () => undefined };
      const text = work.text;
      const actions = answer.report.diagnostics
        .filter((each) => monaco.Range.areIntersectingOrTouching(rangeOf(text, each.span), range))
        .flatMap((each) =>
          (each.fixes ?? []).map((fix, index) => ({
            title: fixTitle(fix),
            kind: 'quickfix',
            isPreferred: index === 0,
            command: { id: 'gatehouse.fix', title: fixTitle(fix), arguments: [each, index] },
          })),
        );
      return { actions, dispose: () => undefined };
    },
  });
}

function applyFix(diagnostic: Diagnostic, index: number): void {
  const fix = diagnostic.fixes?.[index];
  const { answer, work } = useStore.getState();
  // A fix is made for one text: if that has changed meanwhile, the next answer brings a new one.
  if (fix === undefined || answer.text !== work.text) return;
  const edits = fixEdits(work.text, fix);
  if (edits !== undefined && applyEdits(edits, fixTitle(fix))) {
    say(`${fixTitle(fix)}.`, {
      label: 'Undo',
      run: () => {
        undo();
        unsay();
      },
    });
  }
}
