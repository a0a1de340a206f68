import type { TextEdit } from '../../src/manifest/source.ts';
import { lineEndAt, linesOf, offsetAt, positionAt, shownText } from '../store/lines.ts';
import { patchBetween, shift } from '../store/patch.ts';
import { redo, replaceText, setCursor, typeEdits, undo, useStore } from '../store/store.ts';
import { languageId, monaco } from './monaco.ts';

/** What the editor shows of the store's text, as it stands now. */
export function createModel(): monaco.editor.ITextModel {
  const model = monaco.editor.createModel(shownText(linesOf(useStore.getState().work.text)), languageId);
  model.setEOL(monaco.editor.EndOfLineSequence.LF);
  model.updateOptions({ tabSize: 2, insertSpaces: true, trimAutoWhitespace: false });
  return model;
}

/** Lines that are coloured at once; more would be felt. */
const colouredAtOnce = 2000;

/** Monaco finds foldable regions anew after every change of the text; in more lines than this that is felt at each stroke. */
const mostFoldable = 20_000;

/**
 * Colours the lines up to one now, and not when the browser is idle: until then Monaco closes no brackets in them either. It has no public name for
 * this; without it the colours come later.
 */
function colourNow(model: monaco.editor.ITextModel, line: number): void {
  const { tokenization } = model as { tokenization?: { forceTokenization?: (line: number) => void } };
  if (line <= colouredAtOnce) tokenization?.forceTokenization?.(line);
}

/**
 * The text belongs to the store; the editor shows it with LF and without a byte-order mark. Lines are the same on both sides, so a change is
 * carried over by line and column and every other byte stays as it is. The editor's own undo is never used.
 */
export function bind(
  editor: monaco.editor.IStandaloneCodeEditor,
  model: monaco.editor.ITextModel,
): () => void {
  let taking = false;
  const suitLength = () => editor.updateOptions({ folding: model.getLineCount() <= mostFoldable });
  suitLength();
  colourNow(model, Math.min(model.getLineCount(), colouredAtOnce));

  const typed = model.onDidChangeContent((event) => {
    if (taking) return;
    const { text } = useStore.getState().work;
    const lines = linesOf(text);
    const edits = event.changes.map(({ range, text: inserted }): TextEdit => {
      const end = lineEndAt(lines, range.startLineNumber);
      return {
        source: 0,
        start: offsetAt(lines, { line: range.startLineNumber, column: range.startColumn }),
        end: offsetAt(lines, { line: range.endLineNumber, column: range.endColumn }),
        text: inserted.replace(/\r\n|\n|\r/g, end),
      };
    });
    typeEdits(edits);
    colourNow(model, editor.getPosition()?.lineNumber ?? 1);
    if (linesOf(useStore.getState().work.text).starts.length !== model.getLineCount()) take();
  });

  /** The editor takes over what the store holds. */
  const take = () => {
    const state = useStore.getState();
    const shown = shownText(linesOf(state.work.text));
    const before = model.getValue(monaco.editor.EndOfLinePreference.LF);
    const patch = patchBetween(before, shown);
    if (patch === undefined) return;
    const start = model.getPositionAt(patch.start);
    const end = model.getPositionAt(patch.start + patch.removed.length);
    const cursor = model.getOffsetAt(editor.getPosition() ?? start);
    taking = true;
    model.applyEdits([{ range: monaco.Range.fromPositions(start, end), text: patch.inserted }]);
    taking = false;
    const whole = state.textFrom === 'replace' || state.textFrom === 'load';
    const to = whole
      ? 0
      : state.textFrom === 'history'
        ? patch.start + patch.inserted.length
        : shift(cursor, patch);
    const position = model.getPositionAt(to);
    editor.setPosition(position);
    if (state.textFrom === 'history') editor.revealPositionInCenterIfOutsideViewport(position);
    if (whole) {
      suitLength();
      editor.setScrollTop(0);
      colourNow(model, Math.min(model.getLineCount(), colouredAtOnce));
    }
  };

  const unsubscribe = useStore.subscribe((state, before) => {
    if (state.textVersion !== before.textVersion && state.textFrom !== 'editor') take();
  });

  const moved = editor.onDidChangeCursorPosition(({ position }) => {
    const offset = offsetAt(linesOf(useStore.getState().work.text), {
      line: position.lineNumber,
      column: position.column,
    });
    setCursor({ line: position.lineNumber, column: position.column, offset });
  });

  const { CtrlCmd, Shift } = monaco.KeyMod;
  const { KeyZ, KeyY } = monaco.KeyCode;
  editor.addAction({
    id: 'gatehouse.undo',
    label: 'Undo',
    keybindings: [CtrlCmd | KeyZ],
    run: () => void undo(),
  });
  editor.addAction({
    id: 'gatehouse.redo',
    label: 'Redo',
    keybindings: [CtrlCmd | KeyY, CtrlCmd | Shift | KeyZ],
    run: () => void redo(),
  });

  const node = editor.getContainerDomNode();
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    const selection = editor.getSelection();
    const whole = selection !== null && model.getFullModelRange().equalsRange(selection);
    if (text === '' || !(whole || model.getValueLength() === 0)) return;
    // All of the text gives way: what is pasted stands as it is, line ends included.
    event.preventDefault();
    event.stopPropagation();
    replaceText(text, { name: 'pasted', label: 'Paste', settings: { closed: false } });
  };
  node.addEventListener('paste', paste, true);

  return () => {
    typed.dispose();
    moved.dispose();
    unsubscribe();
    node.removeEventListener('paste', paste, true);
    model.dispose();
  };
}

/** A span of the store's text as a range of the editor. */
export function rangeOf(text: string, span: { readonly start: number; readonly end: number }): monaco.Range {
  const lines = linesOf(text);
  const start = positionAt(lines, span.start);
  const end = positionAt(lines, span.end);
  return new monaco.Range(start.line, start.column, end.line, end.column);
}
