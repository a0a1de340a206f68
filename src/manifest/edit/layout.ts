import type { Span } from '../source.ts';
import type { Node } from '../yaml/nodes.ts';

/** How the user indents: blanks a level of maps, and blanks before the dash of a list below its key. */
export interface Style {
  readonly step: number;
  readonly dash: number;
  readonly eol: string;
}

/** The offset of the first character of the line that holds `pos`. */
export function lineStart(text: string, pos: number): number {
  return pos === 0 ? 0 : text.lastIndexOf('\n', pos - 1) + 1;
}

/** The offset behind the last character of that line, its line end not included. */
export function lineEnd(text: string, pos: number): number {
  const next = text.indexOf('\n', pos);
  if (next < 0) return text.length;
  return next > pos && text.charCodeAt(next - 1) === 0x0d ? next - 1 : next;
}

/** The start of the next line, or the end of the text. */
export function nextLine(text: string, pos: number): number {
  const next = text.indexOf('\n', pos);
  return next < 0 ? text.length : next + 1;
}

export function columnOf(text: string, pos: number): number {
  const start = lineStart(text, pos);
  return pos - start - (start === 0 && text.charCodeAt(0) === 0xfeff ? 1 : 0);
}

/** Whether only blanks stand before `pos` in its line. */
export function beginsLine(text: string, pos: number): boolean {
  return /^\ufeff?[ \t]*$/.test(text.slice(lineStart(text, pos), pos));
}

/** The user's line end: that of the first line. */
export function eolOf(text: string): string {
  const first = text.indexOf('\n');
  return first > 0 && text.charCodeAt(first - 1) === 0x0d ? '\r\n' : '\n';
}

/** The indentation of the first nested maps and lists found in an object; 2 and 2 where there are none. */
export function styleOf(text: string, root: Node, shift: number): Style {
  const found: { step?: number; dash?: number } = {};
  const column = (offset: number): number => columnOf(text, offset + shift);
  const visit = (node: Node): void => {
    if (found.step !== undefined && found.dash !== undefined) return;
    if (node.kind === 'sequence' && !node.flow) for (const item of node.items) visit(item.node);
    if (node.kind !== 'map' || node.flow) return;
    for (const { at, value } of node.entries) {
      if (value.kind === 'map' && !value.flow && beginsLine(text, at + shift)) {
        found.step ??= column(value.entries[0]?.at ?? value.start) - column(at);
      }
      if (value.kind === 'sequence' && !value.flow)
        found.dash ??= column(value.items[0]?.at ?? value.start) - column(at);
      visit(value);
    }
  };
  visit(root);
  return { step: Math.max(found.step ?? 2, 1), dash: Math.max(found.dash ?? 2, 0), eol: eolOf(text) };
}

/**
 * What belongs to an entry or item in block style that begins its line: comment lines right above it, in its column, and behind it comments
 * that are indented deeper. From the start of a line to the end of one, that line end not included.
 */
export function regionOf(text: string, at: number, end: number): Span {
  const column = columnOf(text, at);
  let start = lineStart(text, at);
  while (start > 0) {
    const above = lineStart(text, start - 1);
    const line = text.slice(above, start);
    if (!/^\ufeff?[ \t]*#/.test(line) || line.search(/#/) !== column) break;
    start = above;
  }
  return { start: text.charCodeAt(start) === 0xfeff ? start + 1 : start, end: tailOf(text, end, column) };
}

/** The end of the line in which a value ends, or of the last comment below it that is indented deeper than `column`. */
export function tailOf(text: string, end: number, column: number): number {
  let last = lineEnd(text, end);
  let pos = nextLine(text, last);
  while (pos < text.length) {
    const line = text.slice(pos, lineEnd(text, pos));
    const indent = line.search(/\S/);
    if (indent >= 0 && (line.charAt(indent) !== '#' || indent <= column)) break;
    if (indent >= 0) last = pos + line.length;
    if (nextLine(text, pos) <= pos) break;
    pos = nextLine(text, pos);
  }
  return last;
}
