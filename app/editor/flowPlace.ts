import type { Path } from '../../src/manifest/source.ts';

/** Where a cursor stands in a collection in flow style, which may be broken. Columns count from 0. */
export interface FlowPlace {
  /** From the collection on: keys and indexes. `key`: the mapping that the key belongs to; `item`: the item; `value`: the field. */
  readonly path: Path;
  readonly role: 'key' | 'value' | 'item';
  readonly word: string;
  readonly from: number;
  readonly to: number;
  /** Keys that the same mapping has already, with their values where these are texts. */
  readonly siblings: ReadonlyMap<string, string>;
}

interface Spot {
  readonly line: number;
  readonly column: number;
}

interface Frame {
  readonly isMap: boolean;
  readonly path: Path;
  readonly texts: Map<string, string>;
  key: string | undefined;
  index: number;
}

/** Of a place that is being read: the word that a cursor is in, or comes after. */
interface Word {
  text: string;
  start: Spot | undefined;
  end: Spot | undefined;
}

/** Lines that are looked at behind the cursor, for the keys that follow. */
const AHEAD = 60;

/**
 * Reads a flow collection from its bracket on. Undefined if it ends before the cursor, if the cursor is in a comment or behind a value, or if the bracket is none: a line that stands
 * no deeper than `column` of the block around it.
 */
export function flowPlaceAt(
  lines: readonly string[],
  open: Spot,
  cursor: Spot,
  column: number,
): FlowPlace | undefined {
  const frames: Frame[] = [];
  let word: Word = { text: '', start: undefined, end: undefined };
  let found: { frame: Frame; path: Path; role: FlowPlace['role']; word: Word } | undefined;

  const push = (isMap: boolean): void => {
    const around = frames.at(-1);
    const path = around === undefined ? [] : [...around.path, stepOf(around)];
    frames.push({ isMap, path, texts: new Map(), key: undefined, index: 0 });
    word = { text: '', start: undefined, end: undefined };
  };
  const endWord = (): void => {
    const frame = frames.at(-1);
    if (frame?.isMap && frame.key !== undefined && word.text !== '') frame.texts.set(frame.key, word.text);
    word = { text: '', start: undefined, end: undefined };
  };
  const snapshot = (): void => {
    const frame = frames.at(-1);
    if (frame === undefined) return;
    const role = !frame.isMap ? 'item' : frame.key === undefined ? 'key' : 'value';
    found = { frame, path: role === 'key' ? frame.path : [...frame.path, stepOf(frame)], role, word };
  };

  for (let line = open.line; line < lines.length && line <= cursor.line + AHEAD; line += 1) {
    const text = lines[line] ?? '';
    const first = text.search(/\S/);
    if (line > open.line && first >= 0 && first <= column && !/^\s*[}\]]/.test(text)) break;
    for (let at = line === open.line ? open.column : 0; at <= text.length; at += 1) {
      if (line === cursor.line && at === cursor.column) snapshot();
      const char = text[at] ?? '\n';
      const frame = frames.at(-1);
      if (char === '#' && (at === 0 || /\s/.test(text[at - 1] ?? ''))) {
        if (line === cursor.line && cursor.column > at) return undefined;
        break;
      }
      if (char === '"' || char === "'") {
        const end = endOfQuote(text, at);
        if (line === cursor.line && cursor.column > at && cursor.column <= end) snapshot();
        word.start ??= { line, column: at };
        word.text += unescaped(text.slice(at, end));
        word.end = { line, column: end };
        at = end - 1;
      } else if (char === '{' || char === '[') push(char === '{');
      else if (char === '}' || char === ']') {
        endWord();
        frames.pop();
        if (frames.length === 0) return found && placeOf(found, cursor);
      } else if (char === ',' && frame) {
        endWord();
        frame.key = undefined;
        frame.index += 1;
      } else if (
        char === ':' &&
        frame?.isMap &&
        frame.key === undefined &&
        /[\s,}\]]|^$/.test(text[at + 1] ?? '')
      ) {
        frame.key = word.text;
        frame.texts.set(frame.key, '');
        word = { text: '', start: undefined, end: undefined };
      } else if (!/\s/.test(char)) {
        word.start ??= { line, column: at };
        word.text += char;
        word.end = { line, column: at + 1 };
      }
    }
  }
  return found && placeOf(found, cursor);
}

function stepOf({ isMap, key, index }: Frame): string | number {
  return isMap ? (key ?? '') : index;
}

function placeOf(
  { frame, path, role, word }: { frame: Frame; path: Path; role: FlowPlace['role']; word: Word },
  cursor: Spot,
): FlowPlace | undefined {
  const { start, end, text } = word;
  if (start === undefined || end === undefined) {
    return { path, role, word: '', from: cursor.column, to: cursor.column, siblings: frame.texts };
  }
  // Behind a word and a blank nothing but a comma or a bracket can follow.
  if (start.line !== cursor.line || end.line !== cursor.line || cursor.column > end.column) return undefined;
  return { path, role, word: text, from: start.column, to: end.column, siblings: frame.texts };
}

/** Behind the closing quote, or the end of the line. */
function endOfQuote(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at += 1) {
    if (quote === '"' && text[at] === '\\') at += 1;
    else if (text[at] === quote) return at + 1;
  }
  return text.length;
}

function unescaped(quoted: string): string {
  return quoted.slice(1).replace(/["']$/, '');
}
