import { monaco } from './monaco.ts';

/** Tab indents, so that the keyboard needs a way out: after Escape it leads to the next control, until something is typed. */
export function leaveWithTab(editor: monaco.editor.IStandaloneCodeEditor): () => void {
  let leaves = false;
  const set = (next: boolean): void => {
    if (leaves !== next) editor.updateOptions({ tabFocusMode: next });
    leaves = next;
  };
  const watched = [
    editor.onKeyDown(({ keyCode }) => {
      if (keyCode === monaco.KeyCode.Escape) set(true);
    }),
    editor.onDidChangeModelContent(() => set(false)),
    editor.onDidBlurEditorText(() => set(false)),
  ];
  return () => {
    for (const each of watched) each.dispose();
  };
}
