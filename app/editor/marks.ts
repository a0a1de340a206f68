import type { Diagnostic, Level } from '../../src/diagnose/diagnostic.ts';
import type { Span } from '../../src/manifest/source.ts';
import { rangeOf } from './binding.ts';
import { monaco } from './monaco.ts';

const severities: Record<Level, monaco.MarkerSeverity> = {
  fail: monaco.MarkerSeverity.Error,
  surprise: monaco.MarkerSeverity.Warning,
  style: monaco.MarkerSeverity.Info,
};

/** More than anyone reads in one text: beyond it the most severe are marked, and the list of problems has the others. */
const mostMarkers = 1000;

/** One list of problems: the report's, at their exact places. `message` makes the English. */
export function markersOf(
  text: string,
  diagnostics: readonly Diagnostic[],
  message: (diagnostic: Diagnostic) => string,
): monaco.editor.IMarkerData[] {
  return mostSevere(diagnostics).map((each) => {
    const range = rangeOf(text, each.span);
    return {
      startLineNumber: range.startLineNumber,
      startColumn: range.startColumn,
      endLineNumber: range.endLineNumber,
      endColumn: range.endColumn,
      severity: severities[each.level],
      message: message(each),
      code: each.code,
    };
  });
}

function mostSevere(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= mostMarkers) return diagnostics;
  return diagnostics.toSorted((a, b) => severities[b.level] - severities[a.level]).slice(0, mostMarkers);
}

/** The accent line beside every line that the call goes through. */
export function pathDecorations(
  text: string,
  spans: readonly (Span | undefined)[],
): monaco.editor.IModelDeltaDecoration[] {
  return spans.flatMap((span) => {
    if (span === undefined) return [];
    const range = rangeOf(text, trimmed(text, span));
    return [{ range, options: { isWholeLine: true, linesDecorationsClassName: 'on-path' } }];
  });
}

/** The tint of what is selected, and the same at the edge. */
export function selectionDecorations(text: string, span: Span): monaco.editor.IModelDeltaDecoration[] {
  return [
    {
      range: rangeOf(text, trimmed(text, span)),
      options: { isWholeLine: true, className: 'is-selected', marginClassName: 'is-selected' },
    },
  ];
}

/** A few words at the end of a line, as long as they are about what happens to the call there. */
export function hintDecorations(
  text: string,
  hints: readonly { readonly span: Span; readonly words: string }[],
): monaco.editor.IModelDeltaDecoration[] {
  return hints.map(({ span, words }) => {
    const { endLineNumber } = rangeOf(text, trimmed(text, span));
    const range = new monaco.Range(
      endLineNumber,
      Number.MAX_SAFE_INTEGER,
      endLineNumber,
      Number.MAX_SAFE_INTEGER,
    );
    return {
      range,
      options: {
        after: {
          content: ` ${words} `,
          inlineClassName: 'end-hint',
          cursorStops: monaco.editor.InjectedTextCursorStops.None,
        },
        showIfCollapsed: true,
      },
    };
  });
}

/** Without the line end and the blank lines behind it. */
function trimmed(text: string, { start, end }: Span): Span {
  return { start, end: start + text.slice(start, end).trimEnd().length };
}
