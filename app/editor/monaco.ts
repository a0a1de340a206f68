import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/features/register.all';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import { conf, language } from 'monaco-editor/languages/definitions/yaml/yaml';

export { monaco };

/** The language that our editor speaks: YAML, with quoted texts told from plain ones. */
export const languageId = 'manifest';

self.MonacoEnvironment = { getWorker: () => new EditorWorker({ name: 'monaco-editor' }) };

monaco.languages.register({ id: languageId });
monaco.languages.setLanguageConfiguration(languageId, conf);
monaco.languages.setMonarchTokensProvider(languageId, {
  ...language,
  tokenPostfix: '',
  tokenizer: {
    ...language.tokenizer,
    flowScalars: [
      [/"([^"\\]|\\.)*$/, 'string.invalid'],
      [/'([^'\\]|\\.)*$/, 'string.invalid'],
      [/'[^']*'/, 'string.quoted'],
      [/"/, 'string.quoted', '@doubleQuotedString'],
    ],
    doubleQuotedString: [
      [/[^\\"]+/, 'string.quoted'],
      [/@escapes/, 'string.escape'],
      [/\\./, 'string.escape.invalid'],
      [/"/, 'string.quoted', '@pop'],
    ],
  },
});

export const themeName = (theme: 'light' | 'dark'): string => `gatehouse-${theme}`;

/** Makes the editor's themes of the tokens in `theme.css`, as they stand now, and puts the right one on. */
export function applyTheme(theme: 'light' | 'dark'): void {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => hex(style.getPropertyValue(`--${name}`).trim());
  const rule = (name: string, color: string, more: object = {}) => ({
    token: name,
    foreground: token(color).slice(1),
    ...more,
  });
  monaco.editor.defineTheme(themeName(theme), {
    base: theme === 'dark' ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      rule('', 'ink'),
      rule('type', 'syn-key'),
      rule('string', 'ink'),
      rule('string.quoted', 'syn-str'),
      rule('string.escape', 'syn-num'),
      rule('number', 'syn-num'),
      rule('keyword', 'syn-num'),
      rule('operators', 'syn-mark'),
      rule('delimiter', 'syn-mark'),
      rule('comment', 'ink-3', { fontStyle: 'italic' }),
      rule('namespace', 'syn-num'),
      rule('tag', 'syn-num'),
    ],
    colors: {
      'editor.background': token('pane'),
      'editor.foreground': token('ink'),
      'editorLineNumber.foreground': token('ink-3'),
      'editorLineNumber.dimmedForeground': token('ink-3'),
      'editorLineNumber.activeForeground': token('ink'),
      'editor.lineHighlightBorder': token('line'),
      'editor.selectionBackground': token('accent') + '40',
      'editor.inactiveSelectionBackground': token('accent') + '26',
      'editorCursor.foreground': token('ink'),
      'editorGutter.background': token('pane'),
      'editorError.foreground': token('fail-fill'),
      'editorWarning.foreground': token('warn-fill'),
      'editorInfo.foreground': token('field'),
      'editorOverviewRuler.border': token('line'),
      'editorOverviewRuler.errorForeground': token('fail-fill'),
      'editorOverviewRuler.warningForeground': token('warn-fill'),
      'editorIndentGuide.background1': token('line'),
      'editorIndentGuide.activeBackground1': token('line-strong'),
      'editorWidget.background': token('raised'),
      'editorWidget.border': token('line-strong'),
      'editorHoverWidget.background': token('raised'),
      'editorHoverWidget.border': token('line-strong'),
      'editorHoverWidget.foreground': token('ink'),
      'editorSuggestWidget.background': token('raised'),
      'editorSuggestWidget.border': token('line-strong'),
      'editorSuggestWidget.foreground': token('ink'),
      'editorSuggestWidget.selectedBackground': token('accent-soft'),
      'editorSuggestWidget.selectedForeground': token('ink'),
      'editorSuggestWidget.highlightForeground': token('accent'),
      'editorSuggestWidget.focusHighlightForeground': token('accent'),
      'editorStickyScroll.background': token('pane'),
      'editorStickyScroll.border': token('line'),
      'editorStickyScrollHover.background': token('sunken'),
      'scrollbar.shadow': '#00000000',
      'scrollbarSlider.background': token('ink') + '1a',
      'scrollbarSlider.hoverBackground': token('ink') + '33',
      'scrollbarSlider.activeBackground': token('ink') + '40',
      focusBorder: token('accent'),
    },
  });
  monaco.editor.setTheme(themeName(theme));
}

/** Monaco takes colours of six digits only. */
function hex(color: string): string {
  return color.replace(/^#([0-9a-f])([0-9a-f])([0-9a-f])$/i, '#$1$1$2$2$3$3');
}
