import { split } from '../split.ts';
import type { Piece } from '../split.ts';
import type { Content } from './content.ts';
import { lineStart, nextLine } from './layout.ts';
import type { Style } from './layout.ts';
import type { Refusal, Splice } from './operation.ts';
import { renderJsonLines } from './render.ts';

/** A new document behind the piece `after`, or at the end; JSON goes behind JSON. */
export function addDocument(
  text: string,
  content: Content,
  after: Piece | undefined,
  style: Style,
): Splice[] | Refusal {
  const pieces = split(text);
  const last = pieces.at(-1);
  const previous = after ?? last;
  const written = content.block?.(0, style) ?? content.inline(0, style, 'block');
  if (previous === undefined) return [{ start: text.length, end: text.length, text: written + style.eol }];
  if (previous.json !== undefined && pieces.every(({ json }) => json !== undefined)) {
    const json = renderJsonLines(content.value, 0, style);
    return [{ start: previous.end, end: previous.end, text: style.eol + json }];
  }
  const isLast = previous.end >= (last?.end ?? 0) || previous === last;
  if (previous.json !== undefined) {
    return [{ start: previous.end, end: previous.end, text: `${style.eol}---${style.eol}${written}` }];
  }
  const body = text
    .slice(previous.start, previous.end)
    .replace(/^\ufeff/, '')
    .replace(/^---.*\n?/, '');
  const ending = previous.end === 0 || '\n\ufeff'.includes(text.charAt(previous.end - 1)) ? '' : style.eol;
  // Behind a separator that nothing follows yet, none is needed.
  const isBlank = isLast && body.trim() === '' && (after === undefined || previous.start > 0);
  const separator = isBlank ? '' : `---${style.eol}`;
  return [{ start: previous.end, end: previous.end, text: ending + separator + written + style.eol }];
}

/** Takes a document away, with the separator line before it, or, of the first, with the one behind it. */
export function removeDocument(text: string, piece: Piece): Splice[] {
  const start = piece.start === 0 && text.charCodeAt(0) === 0xfeff ? 1 : piece.start;
  if (piece.json !== undefined) return [{ start, end: blanksEnd(text, piece.end), text: '' }];
  // A separator line that nothing stands before begins the document itself, and the next one takes its place.
  if (piece.start === 0 && text.startsWith('---', start)) return [{ start, end: piece.end, text: '' }];
  const separator = piece.start === 0 ? -1 : lineStart(text, piece.start - 1);
  if (separator >= 0 && text.startsWith('---', separator))
    return [{ start: separator, end: piece.end, text: '' }];
  const end = piece.end < text.length ? nextLine(text, piece.end) : piece.end;
  return [{ start, end, text: '' }];
}

function blanksEnd(text: string, pos: number): number {
  let end = pos;
  while (end < text.length && /\s/.test(text.charAt(end))) end += 1;
  return end;
}

/** A copy of a document right behind it. */
export function duplicateDocument(text: string, piece: Piece, style: Style): Splice[] {
  const at = piece.end;
  const copy = text.slice(piece.start, piece.end).replace(/^\ufeff/, '');
  if (piece.json !== undefined) return [{ start: at, end: at, text: style.eol + copy }];
  // A text that begins with a byte-order mark may hold its first separator itself.
  const own = copy.startsWith('---') ? '' : `---${style.eol}`;
  const ending = at > 0 && text.charAt(at - 1) !== '\n' ? style.eol : '';
  return [{ start: at, end: at, text: ending + own + copy }];
}
