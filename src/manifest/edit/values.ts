import type { Step } from '../walk.ts';
import type { Content } from './content.ts';
import { beginsLine, columnOf, lineEnd, tailOf } from './layout.ts';
import type { Refusal, Splice } from './operation.ts';
import { contextOf } from './place.ts';
import type { Place } from './place.ts';

/** A field or item gets a new value; an empty path replaces the object itself. */
export function spliceValue(place: Place, content: Content): Splice[] | Refusal {
  const { node, shift, steps, style, text } = place;
  const context = contextOf(place);
  const last = steps.at(-1);
  const scalar = node.kind === 'scalar' ? node.style : undefined;
  if (last === undefined) return spliceObject(place, content);
  if (last.kind === 'entry' && last.entry.colon < 0) return 'not-safe';
  const owner = ownerColumn(place, last);
  if (context !== 'block') {
    const inline = content.inline(owner, style, context, scalar);
    const gap = scalar === 'empty' && node.at === node.end ? ' ' : '';
    return [{ start: node.at + shift, end: node.end + shift, text: gap + inline }];
  }
  if (node.kind === 'scalar' && node.style === 'empty') {
    if (content.block !== undefined && last.kind === 'entry')
      return [ownLines(place, node.end + shift, last, content)];
    const inline = content.block?.(owner + 2, style) ?? content.inline(owner, style, 'block');
    const at = node.end + shift;
    return [inlineSplice(text, at, at, ` ${inline}`, () => ` ${content.inline(owner, style, 'flow')}`)];
  }
  const isBlock = (node.kind === 'map' || node.kind === 'sequence') && !node.flow;
  if (isBlock) return spliceBlock(place, last, content);
  // An anchor may stay, since the text is read back; a tag may not fit any more.
  if (node.tag !== '' && node.anchor !== '') return 'not-safe';
  const start = (node.tag === '' ? node.start : node.at) + shift;
  const end = node.end + shift;
  if (content.block === undefined) {
    const inline = content.inline(owner, style, 'block', scalar);
    return [inlineSplice(text, start, end, inline, () => content.inline(owner, style, 'flow', scalar))];
  }
  if (last.kind === 'item' && node.anchor === '')
    return [{ start, end, text: content.block(columnOf(text, start), style) }];
  const kept = node.anchor === '' ? (last.kind === 'entry' ? last.entry.colon + 1 : node.at) : node.bare;
  return [{ start: kept + shift, end, text: '' }, ownLines(place, end, last, content)];
}

/** Several lines may be followed by nothing in theirs: blanks would belong to the last one, before a comment one line is written. */
function inlineSplice(
  text: string,
  start: number,
  end: number,
  lines: string,
  oneLine: () => string,
): Splice {
  if (!lines.includes('\n')) return { start, end, text: lines };
  const rest = lineEnd(text, end);
  return text.slice(end, rest).trim() === ''
    ? { start, end: rest, text: lines }
    : { start, end, text: oneLine() };
}

/** The column of the key or dash that a value follows. */
function ownerColumn({ text, shift }: Place, last: Step): number {
  return columnOf(text, (last.kind === 'entry' ? last.entry.at : last.item.at) + shift);
}

/** A collection on lines of its own, put in at the end of the line of its key. */
function ownLines(place: Place, after: number, last: Step, content: Content): Splice {
  const { style, text } = place;
  const inner = !Array.isArray(content.value)
    ? style.step
    : last.kind === 'item'
      ? Math.max(style.dash, 2)
      : style.dash;
  const column = ownerColumn(place, last) + inner;
  const at = lineEnd(text, after);
  return {
    start: at,
    end: at,
    text: style.eol + ' '.repeat(column) + (content.block?.(column, style) ?? ''),
  };
}

function spliceBlock(place: Place, last: Step, content: Content): Splice[] | Refusal {
  const { node, shift, style, text } = place;
  const start = node.start + shift;
  const end = tailOf(text, node.end + shift, ownerColumn(place, last));
  const column = columnOf(text, start);
  const isOwnLine = beginsLine(text, start);
  const sameKind = Array.isArray(content.value) === (node.kind === 'sequence');
  if (content.block !== undefined && (sameKind || !isOwnLine))
    return [{ start, end, text: content.block(column, style) }];
  if (node.tag !== '') return 'not-safe';
  const inline = (): string => content.inline(ownerColumn(place, last), style, 'block');
  if (!isOwnLine) return [{ start, end, text: inline() }];
  const before = last.kind === 'entry' ? last.entry.colon : last.item.at;
  const behind = (node.anchor === '' ? before + 1 : node.bare) + shift;
  const cut: Splice = { start: lineEnd(text, behind), end, text: '' };
  if (content.block !== undefined) return [{ ...cut, text: ownLines(place, behind, last, content).text }];
  return [{ start: behind, end: behind, text: ` ${inline()}` }, cut];
}

function spliceObject(place: Place, content: Content): Splice[] | Refusal {
  const { node, shift, style, text } = place;
  const start = node.at + shift;
  const end = node.end + shift;
  const isFlow = place.isJson || node.kind === 'alias' || (node.kind !== 'scalar' && node.flow);
  if (isFlow) return [{ start, end, text: content.inline(0, style, place.isJson ? 'json' : 'flow') }];
  if (content.block === undefined) return 'not-safe';
  return [{ start, end, text: content.block(columnOf(text, start), style) }];
}
