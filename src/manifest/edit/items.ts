import type { Json } from '../source.ts';
import { contentOfValue } from './content.ts';
import { innerContext, insertBlock, insertFlow, isNull } from './fields.ts';
import type { Part } from './fields.ts';
import { beginsLine, columnOf, regionOf, tailOf } from './layout.ts';
import type { Refusal, Splice } from './operation.ts';
import type { Place } from './place.ts';
import { renderAfterDash, renderFlow, renderJsonLines } from './render.ts';
import { spliceValue } from './values.ts';

export function insertItem(place: Place, index: number, value: Json): Splice[] | Refusal {
  const { node, shift, style, text } = place;
  if (isNull(place) || (node.kind === 'sequence' && node.items.length === 0)) {
    return index === 0 ? spliceValue(place, contentOfValue([value])) : 'no-such-index';
  }
  if (node.kind === 'alias') return 'through-alias';
  if (node.kind !== 'sequence') return 'not-a-list';
  if (index < 0 || index > node.items.length || !Number.isInteger(index)) return 'no-such-index';
  const parts = node.items.map((item) => ({ at: item.at, end: item.node.end }));
  if (innerContext(place) !== 'block') {
    const write = (column: number): string => {
      if (!place.isJson) return renderFlow(value, 'flow');
      return column < 0 ? renderFlow(value, 'json') : renderJsonLines(value, column, style);
    };
    return [insertFlow(place, parts, index, write)];
  }
  const neighbour = node.items[Math.min(index, node.items.length - 1)];
  const column = columnOf(text, (neighbour?.at ?? 0) + shift);
  return [
    insertBlock(
      place,
      parts,
      index,
      column,
      `-${renderAfterDash(value, column, style, gapOf(place, node.items))}`,
    ),
  ];
}

/** From the dash to the content, as the neighbours have it. */
function gapOf(
  { text, shift }: Place,
  items: readonly { at: number; node: { at: number; end: number } }[],
): number {
  const written = items.find(
    ({ at, node }) => node.end > node.at && !beginsLine(text, node.at + shift) && node.at > at,
  );
  return written === undefined ? 2 : Math.min(written.node.at - written.at, 9);
}

/** The items between two places change theirs; what stands between them (line ends, blank lines, commas) stays. */
export function moveItem(place: Place, to: number): Splice[] | Refusal {
  const last = place.steps.at(-1);
  if (last?.kind !== 'item') return 'not-a-list';
  const { items } = last.parent;
  const from = items.indexOf(last.item);
  if (to < 0 || to >= items.length || !Number.isInteger(to)) return 'no-such-index';
  if (to === from) return [];
  const slots = slotsOf(
    place,
    items.map(({ at, node }) => ({ at, end: node.end })),
    last.parent.flow || place.isJson,
  );
  const low = Math.min(from, to);
  const high = Math.max(from, to);
  const order = slots.map((_, i) => i);
  order.splice(to, 0, ...order.splice(from, 1));
  let written = '';
  for (let i = low; i <= high; i += 1) {
    const slot = slots[i];
    const content = slots[order[i] ?? i];
    if (slot === undefined || content === undefined) return 'not-safe';
    written += place.text.slice(content.at, content.end);
    if (i < high) written += place.text.slice(slot.end, slots[i + 1]?.at ?? slot.end);
  }
  return [{ start: slots[low]?.at ?? 0, end: slots[high]?.end ?? 0, text: written }];
}

/** What of the text belongs to each part, at offsets of the text; in block style with comments and without the last line end. */
function slotsOf({ text, shift }: Place, parts: readonly Part[], flow: boolean): readonly Part[] {
  return parts.map(({ at, end }) => {
    const start = at + shift;
    if (flow) return { at: start, end: end + shift };
    if (!beginsLine(text, start)) return { at: start, end: tailOf(text, end + shift, columnOf(text, start)) };
    const region = regionOf(text, start, end + shift);
    // The blanks before a comment or a dash stay, so that a part can take the place of one that follows another dash.
    const blanks = /^[ \t]*/.exec(text.slice(region.start, region.end))?.[0].length ?? 0;
    return { at: region.start + blanks, end: region.end };
  });
}

/** A copy of an item, without the comments above it. */
export function duplicateItem(place: Place): Splice[] | Refusal {
  const last = place.steps.at(-1);
  if (last?.kind !== 'item') return 'not-a-list';
  const { shift, style, text } = place;
  const parts = last.parent.items.map(({ at, node }) => ({ at, end: node.end }));
  const index = last.parent.items.indexOf(last.item);
  const start = last.item.at + shift;
  if (last.parent.flow || place.isJson) {
    const copy = text.slice(start, last.node.end + shift);
    return [insertFlow(place, parts, index + 1, () => copy)];
  }
  const column = columnOf(text, start);
  const end = tailOf(text, last.node.end + shift, column);
  return [{ start: end, end, text: style.eol + ' '.repeat(column) + text.slice(start, end) }];
}
