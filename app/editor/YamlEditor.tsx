import { Editor, loader } from '@monaco-editor/react';
import { useEffect, useState } from 'react';
import { refAtInWorker, spansInWorker } from '../engine/engine.ts';
import { dismissals } from '../store/dismissals.ts';
import { select, setView, useStore } from '../store/store.ts';
import { useDarkness } from '../ui/useDarkness.ts';
import { bind, createModel, rangeOf } from './binding.ts';
import { messageOf } from './english.ts';
import { offerFixes } from './fixes.ts';
import { hintsOf } from './hints.ts';
import { leaveWithTab } from './leaveWithTab.ts';
import { hintDecorations, markersOf, pathDecorations, selectionDecorations } from './marks.ts';
import { applyTheme, monaco, themeName } from './monaco.ts';
import { pathRefs } from './pathRefs.ts';
import { registerProviders } from './providers.ts';

registerProviders();
offerFixes();

// The copy that the page carries: the loader would else fetch one from elsewhere.
loader.config({ monaco });

/** Monaco over the store's text: the store holds text, history and selection, this draws them. */
export function YamlEditor() {
  const [editor, setEditor] = useState<monaco.editor.IStandaloneCodeEditor>();
  const theme = useDarkness() ? 'dark' : 'light';

  useEffect(() => applyTheme(theme), [theme]);
  useEffect(() => (editor === undefined ? undefined : keepText(editor)), [editor]);
  useEffect(() => (editor === undefined ? undefined : keepMarks(editor)), [editor]);
  useEffect(() => (editor === undefined ? undefined : keepSelection(editor)), [editor]);
  useEffect(() => (editor === undefined ? undefined : keepFolds(editor)), [editor]);
  useEffect(() => (editor === undefined ? undefined : leaveWithTab(editor)), [editor]);
  return (
    <Editor
      // React Flow takes keys from anything that is no field to it, unless it is told not to.
      wrapperProps={{ className: 'monaco-room nokey' }}
      loading={null}
      theme={themeName(theme)}
      options={options}
      keepCurrentModel
      beforeMount={() => applyTheme(theme)}
      onMount={setEditor}
    />
  );
}

/** The text is the store's: a model of ours takes the place of the empty one that the editor comes with. */
function keepText(editor: monaco.editor.IStandaloneCodeEditor): () => void {
  const empty = editor.getModel();
  const model = createModel();
  editor.setModel(model);
  empty?.dispose();
  // Only now: Monaco would keep showing it for the model that has gone.
  editor.updateOptions({ placeholder: 'Paste YAML here, or open an example.' });
  return bind(editor, model);
}

const options: monaco.editor.IStandaloneEditorConstructionOptions = {
  ariaLabel: 'YAML editor; Escape, then Tab leaves it',
  automaticLayout: true,
  fontFamily: 'var(--mono)',
  fontSize: 12,
  lineHeight: 18,
  fontLigatures: false,
  minimap: { enabled: false },
  lineNumbersMinChars: 4,
  lineDecorationsWidth: 10,
  glyphMargin: false,
  folding: true,
  showFoldingControls: 'mouseover',
  scrollBeyondLastLine: false,
  renderLineHighlight: 'line',
  renderLineHighlightOnlyWhenFocus: false,
  overviewRulerLanes: 1,
  hideCursorInOverviewRuler: true,
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
  guides: { indentation: false },
  stickyScroll: { enabled: false },
  wordBasedSuggestions: 'off',
  quickSuggestions: { strings: true, other: true, comments: false },
  suggest: { showWords: false, snippetsPreventQuickSuggestions: false },
  occurrencesHighlight: 'off',
  selectionHighlight: false,
  unusualLineTerminators: 'off',
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: true },
  links: false,
  fixedOverflowWidgets: true,
  padding: { top: 4, bottom: 12 },
  accessibilitySupport: 'auto',
  tabFocusMode: false,
  detectIndentation: false,
  tabSize: 2,
  contextmenu: true,
};

/** Problems and the path of the call, drawn whenever an answer for the text that is shown arrives. */
function keepMarks(editor: monaco.editor.IStandaloneCodeEditor): () => void {
  const path = editor.createDecorationsCollection();
  let drawn = 0;
  let shownFor = -1;
  const draw = async () => {
    const { answer, textVersion, work } = useStore.getState();
    const { report, text } = answer;
    const model = editor.getModel();
    if (report === undefined || text === undefined || answer.textVersion !== textVersion || model === null)
      return;
    drawn += 1;
    const turn = drawn;
    const isDismissed = dismissals(work.settings.dismissed);
    const standing = report.diagnostics.filter((each) => !isDismissed(each));
    monaco.editor.setModelMarkers(model, 'gatehouse', markersOf(text, standing, messageOf));
    const refs = pathRefs(report.traces[0]);
    const hints = hintsOf(report.traces[0], work.settings.closed);
    const spans = await spansInWorker(text, [...refs, ...hints.map(({ at }) => at)]);
    if (turn !== drawn || useStore.getState().textVersion !== textVersion) return;
    const placed = hints.flatMap(({ words }, index) => {
      const span = spans[refs.length + index];
      return span === undefined ? [] : [{ span, words }];
    });
    path.set([...pathDecorations(text, spans.slice(0, refs.length)), ...hintDecorations(text, placed)]);
    const fault = placed[0];
    if (fault !== undefined && shownFor !== textVersion && isNew()) {
      editor.revealRangeNearTop(rangeOf(text, fault.span), monaco.editor.ScrollType.Immediate);
    }
    shownFor = textVersion;
  };
  void draw();
  const unsubscribe = useStore.subscribe((state, before) => {
    if (state.answer !== before.answer || state.work.settings !== before.work.settings) void draw();
  });
  return () => {
    unsubscribe();
    path.clear();
  };
}

/** Nobody has touched the text since it came onto the page: the place where the call goes wrong may be brought into sight. */
function isNew(): boolean {
  const { textFrom, selection, cursor } = useStore.getState();
  return (
    (textFrom === 'load' || textFrom === 'replace') && selection === undefined && (cursor?.offset ?? 0) <= 1
  );
}

/** One selection: the cursor selects, and what others select is tinted and brought into sight. */
function keepSelection(editor: monaco.editor.IStandaloneCodeEditor): () => void {
  const tint = editor.createDecorationsCollection();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;

  const show = async () => {
    turn += 1;
    const mine = turn;
    const { selection, work, textVersion } = useStore.getState();
    if (selection === undefined) {
      tint.clear();
      return;
    }
    const [span] = await spansInWorker(work.text, [selection.ref]);
    if (mine !== turn || useStore.getState().textVersion !== textVersion) return;
    if (span === undefined) {
      tint.clear();
      return;
    }
    tint.set(selection.ref.path.length === 0 ? [] : selectionDecorations(work.text, span));
    if (selection.from === 'text') return;
    const range = rangeOf(work.text, span);
    editor.setPosition({ lineNumber: range.startLineNumber, column: range.startColumn });
    editor.revealRangeInCenterIfOutsideViewport(range, monaco.editor.ScrollType.Immediate);
  };

  const moved = editor.onDidChangeCursorPosition(({ source }) => {
    if (source !== 'mouse' && source !== 'keyboard') return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const { cursor, work, textVersion } = useStore.getState();
      if (cursor === undefined) return;
      void refAtInWorker(work.text, cursor.offset, work.settings.defaultNamespace).then((ref) => {
        if (useStore.getState().textVersion === textVersion) select(ref, 'text');
      });
    }, 80);
  });
  void show();
  const unsubscribe = useStore.subscribe((state, before) => {
    if (
      state.selection !== before.selection ||
      (state.selection !== undefined && state.textVersion !== before.textVersion)
    ) {
      void show();
    }
  });
  return () => {
    clearTimeout(timer);
    moved.dispose();
    unsubscribe();
    tint.clear();
  };
}

interface FoldingState {
  readonly contributionsState?: Record<
    string,
    { collapsedRegions?: { startLineNumber: number; endLineNumber: number }[] } | undefined
  >;
}
const foldingId = 'editor.contrib.folding';

/** Folds are part of the view: kept, shared, and put back. */
function keepFolds(editor: monaco.editor.IStandaloneCodeEditor): () => void {
  const restore = () => {
    for (const line of useStore.getState().work.view.folds) {
      void editor.getAction('editor.fold')?.run({ selectionLines: [line - 1], levels: 1 });
    }
  };
  const wait = setTimeout(restore, 400);
  const read = () => {
    const state = editor.saveViewState() as FoldingState | null;
    const regions = state?.contributionsState?.[foldingId]?.collapsedRegions ?? [];
    const folds = regions.map((region) => region.startLineNumber);
    const before = useStore.getState().work.view.folds;
    if (folds.length !== before.length || folds.some((line, index) => line !== before[index]))
      setView({ folds });
  };
  const changed = editor.onDidChangeHiddenAreas(read);
  const loaded = useStore.subscribe((state, before) => {
    if (state.textVersion !== before.textVersion && state.textFrom === 'load') setTimeout(restore, 400);
  });
  return () => {
    clearTimeout(wait);
    changed.dispose();
    loaded();
  };
}
