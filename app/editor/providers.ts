import { complete } from './complete.ts';
import { describe } from './describe.ts';
import { languageId, monaco } from './monaco.ts';
import type { Suggestion } from './suggestion.ts';
import { useStore } from '../store/store.ts';

const { CompletionItemKind, CompletionItemInsertTextRule } = monaco.languages;

const icons: Record<Suggestion['kind'], monaco.languages.CompletionItemKind> = {
  field: CompletionItemKind.Property,
  choice: CompletionItemKind.EnumMember,
  name: CompletionItemKind.Reference,
  document: CompletionItemKind.Snippet,
};

/** Completion and hover, from the schemas and from the newest report. Registered once for the page. */
export function registerProviders(): void {
  monaco.languages.registerCompletionItemProvider(languageId, {
    triggerCharacters: [' ', '-', ':', '/', '.', '{', '[', ','],
    provideCompletionItems: (model, { lineNumber, column }) => {
      const { report } = useStore.getState().answer;
      const found = complete(model.getLinesContent(), lineNumber - 1, column - 1, report?.vocabulary);
      if (found === undefined) return { suggestions: [] };
      const range = new monaco.Range(lineNumber, found.from + 1, lineNumber, Math.max(found.to + 1, column));
      return { suggestions: found.suggestions.map((each) => itemOf(each, range)) };
    },
  });
  monaco.languages.registerHoverProvider(languageId, {
    provideHover: (model, { lineNumber, column }) => {
      const found = describe(model.getLinesContent(), lineNumber - 1, column - 1);
      if (found === undefined) return null;
      return {
        range: new monaco.Range(lineNumber, found.from + 1, lineNumber, found.to + 1),
        contents: found.blocks.map((value) => ({ value })),
      };
    },
  });
}

function itemOf(each: Suggestion, range: monaco.IRange): monaco.languages.CompletionItem {
  return {
    label: each.detail === undefined ? each.label : { label: each.label, description: each.detail },
    kind: icons[each.kind],
    insertText: each.snippet,
    insertTextRules: CompletionItemInsertTextRule.InsertAsSnippet,
    sortText: String(each.rank).padStart(5, '0'),
    range,
    ...(each.doc === undefined ? {} : { documentation: { value: each.doc } }),
    ...(each.goOn === true
      ? { command: { id: 'editor.action.triggerSuggest', title: 'Complete the value' } }
      : {}),
  };
}
