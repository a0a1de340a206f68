import { useRef, type KeyboardEvent, type UIEvent } from 'react';
import type { TextEdit } from '../../src/manifest/source.ts';
import { lineEndAt, linesOf, offsetAt, positionAt, shownText } from '../store/lines.ts';
import { applyTextEdits, patchBetween } from '../store/patch.ts';
import { redo, replaceText, setCursor, setText, undo, useText } from '../store/store.ts';

/** A plain field over the same text and the same history, for while Monaco loads and for where it cannot. */
export function PlainEditor() {
  const text = useText();
  const shown = shownText(linesOf(text));
  const pasted = useRef<string | undefined>(undefined);

  const change = (after: string) => {
    const raw = pasted.current;
    pasted.current = undefined;
    if (raw !== undefined && after === raw.replace(/\r\n?/g, '\n')) {
      replaceText(raw, { name: 'pasted', label: 'Paste', settings: { closed: false } });
      return;
    }
    setText(carried(text, shown, after), 'editor');
  };
  const keys = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    if (key !== 'z' && key !== 'y') return;
    event.preventDefault();
    if (key === 'y' || event.shiftKey) redo();
    else undo();
  };
  const moved = ({ currentTarget }: UIEvent<HTMLTextAreaElement>) => {
    const lines = linesOf(shown);
    setCursor({
      ...positionAt(lines, currentTarget.selectionStart),
      offset: offsetAt(linesOf(text), positionAt(lines, currentTarget.selectionStart)),
    });
  };
  return (
    <textarea
      className="plain-editor"
      aria-label="YAML editor"
      spellCheck={false}
      autoCapitalize="off"
      autoComplete="off"
      wrap="off"
      value={shown}
      onChange={(event) => change(event.target.value)}
      onPaste={(event) => {
        pasted.current = event.clipboardData.getData('text/plain');
      }}
      onKeyDown={keys}
      onSelect={moved}
    />
  );
}

/** The store's text after the shown one was edited: only the edited part changes, with the line ends of its place. */
function carried(text: string, shown: string, after: string): string {
  const patch = patchBetween(shown, after);
  if (patch === undefined) return text;
  const from = linesOf(shown);
  const start = positionAt(from, patch.start);
  const end = positionAt(from, patch.start + patch.removed.length);
  const lines = linesOf(text);
  const edit: TextEdit = {
    source: 0,
    start: offsetAt(lines, start),
    end: offsetAt(lines, end),
    text: patch.inserted.replaceAll('\n', lineEndAt(lines, start.line)),
  };
  return applyTextEdits(text, [edit]) ?? text;
}
