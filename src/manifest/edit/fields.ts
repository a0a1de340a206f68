import type { Json } from '../source.ts';
import { stepInto } from '../walk.ts';
import type { Step } from '../walk.ts';
import type { Entry, MapNode } from '../yaml/nodes.ts';
import { plainKey } from '../yaml/evaluate.ts';
import { contentOfValue } from './content.ts';
import { beginsLine, columnOf, lineEnd, lineStart, nextLine, regionOf, tailOf } from './layout.ts';
import type { Refusal, Splice } from './operation.ts';
import { contextOf } from './place.ts';
import type { Place } from './place.ts';
import { renderAfterKey, renderFlow, renderJsonLines, renderKey } from './render.ts';
import type { Context } from './render.ts';
import { spliceValue } from './values.ts';

/** How a place is written that holds a collection: its own style if it is filled, that of its surroundings if it is not. */
export function innerContext(place: Place): Context {
  if (place.isJson) return 'json';
  const { node } = place;
  const isFilled =
    (node.kind === 'map' && node.entries.length > 0) || (node.kind === 'sequence' && node.items.length > 0);
  if (isFilled && (node.kind === 'map' || node.kind === 'sequence')) return node.flow ? 'flow' : 'block';
  return contextOf(place);
}

export function isNull(place: Place): boolean {
  return (
    place.node.kind === 'scalar' &&
    ['', '~', 'null', 'Null', 'NULL'].includes(place.node.text) &&
    place.node.tag === ''
  );
}

export function insertField(
  place: Place,
  key: string,
  value: Json,
  before: string | undefined,
): Splice[] | Refusal {
  const { node, shift, style, text } = place;
  const isEmpty = isNull(place) || (node.kind === 'map' && node.entries.length === 0);
  if (isEmpty) return spliceValue(place, contentOfValue({ [key]: value }));
  if (node.kind === 'alias') return 'through-alias';
  if (node.kind !== 'map') return 'not-a-map';
  if (stepInto(node, key) !== undefined) return 'key-exists';
  const next = before === undefined ? undefined : stepInto(node, before);
  if (next !== undefined && (next.kind !== 'entry' || next.parent !== node)) return 'through-alias';
  const context = innerContext(place);
  const index = next?.kind === 'entry' ? node.entries.indexOf(next.entry) : node.entries.length;
  if (context !== 'block')
    return [insertFlow(place, spansOf(node), index, (column) => flowField(place, key, value, column))];
  const column = columnOf(text, (node.entries[0]?.at ?? node.start) + shift);
  const field = `${renderKey(key, 'block')}:${renderAfterKey(value, column, style)}`;
  return [insertBlock(place, spansOf(node), index, column, field)];
}

export interface Part {
  readonly at: number;
  readonly end: number;
}

function spansOf(node: MapNode): readonly Part[] {
  return node.entries.map((entry) => ({ at: entry.at, end: entryEnd(entry) }));
}

function entryEnd({ value, key, colon }: Entry): number {
  return Math.max(value.end, key.end, colon + 1);
}

function flowField(place: Place, key: string, value: Json, column: number): string {
  const { style } = place;
  if (!place.isJson) return `${renderKey(key, 'flow')}: ${renderFlow(value, 'flow')}`;
  return `${JSON.stringify(key)}: ${column < 0 ? renderFlow(value, 'json') : renderJsonLines(value, column, style)}`;
}

/** Between the parts of a flow collection, in a line of its own where theirs are; `write` gets the column then, -1 otherwise. */
export function insertFlow(
  place: Place,
  parts: readonly Part[],
  index: number,
  write: (column: number) => string,
): Splice {
  const { shift, style, text } = place;
  const neighbour = parts[Math.min(index, parts.length - 1)];
  const at = (neighbour?.at ?? 0) + shift;
  const column = beginsLine(text, at) ? columnOf(text, at) : -1;
  const gap = column < 0 ? ' ' : style.eol + ' '.repeat(column);
  if (index < parts.length) return { start: at, end: at, text: `${write(column)},${gap}` };
  const end = (parts.at(-1)?.end ?? 0) + shift;
  return { start: end, end, text: `,${gap}${write(column)}` };
}

/** Between the parts of a block collection whose parts begin in `column`. */
export function insertBlock(
  place: Place,
  parts: readonly Part[],
  index: number,
  column: number,
  written: string,
): Splice {
  const { shift, style, text } = place;
  const gap = style.eol + ' '.repeat(column);
  const before = parts[index - 1];
  if (before !== undefined) {
    const end = tailOf(text, before.end + shift, column);
    return { start: end, end, text: gap + written };
  }
  const first = (parts[0]?.at ?? 0) + shift;
  if (!beginsLine(text, first)) return { start: first, end: first, text: written + gap };
  const { start } = regionOf(text, first, first);
  return { start, end: start, text: ' '.repeat(column) + written + style.eol };
}

/** Takes away a field or an item with its comments. */
export function removePart(place: Place): Splice[] | Refusal {
  const last = place.steps.at(-1);
  if (last === undefined) return 'no-such-place';
  if (isRepeated(last)) return 'repeated-key';
  const parts =
    last.kind === 'entry'
      ? spansOf(last.parent)
      : last.parent.items.map(({ at, node }) => ({ at, end: node.end }));
  const index =
    last.kind === 'entry' ? last.parent.entries.indexOf(last.entry) : last.parent.items.indexOf(last.item);
  if (parts.length === 1) return emptyCollection(place, last);
  return [
    last.parent.flow || place.isJson ? removeFlow(place, parts, index) : removeBlock(place, parts, index),
  ];
}

/** Without the last of two equal keys the first one would count. */
function isRepeated(step: Step): boolean {
  if (step.kind === 'item') return false;
  const key = plainKey(step.entry.key);
  return step.parent.entries.filter((entry) => plainKey(entry.key) === key).length > 1;
}

/** The last part goes: its collection becomes `{}` or `[]`. */
function emptyCollection(place: Place, last: Step): Splice[] | Refusal {
  const steps = place.steps.slice(0, -1);
  const node = steps.at(-1)?.node ?? place.root;
  if (node !== last.parent) return 'through-alias';
  const above: Place = { ...place, steps, node };
  if (node.flow || place.isJson) {
    const [open, close] = node.kind === 'map' ? ['{', '}'] : ['[', ']'];
    return [{ start: node.start + place.shift, end: node.end + place.shift, text: open + close }];
  }
  return spliceValue(above, contentOfValue(node.kind === 'map' ? {} : []));
}

function removeFlow({ shift, text }: Place, parts: readonly Part[], index: number): Splice {
  const part = parts[index];
  const start = (part?.at ?? 0) + shift;
  const end = (part?.end ?? 0) + shift;
  const next = parts[index + 1];
  if (next !== undefined) {
    const until = next.at + shift;
    // A comment behind the comma goes with the part; one on lines between belongs to the next.
    const isApart = beginsLine(text, until);
    const keep = isApart ? regionOf(text, until, until).start : until;
    return isApart && beginsLine(text, start)
      ? { start: lineStart(text, start), end: keep, text: '' }
      : { start, end: until, text: '' };
  }
  const previous = (parts[index - 1]?.end ?? 0) + shift;
  return { start: previous, end, text: '' };
}

function removeBlock({ shift, text }: Place, parts: readonly Part[], index: number): Splice {
  const part = parts[index];
  const at = (part?.at ?? 0) + shift;
  const end = (part?.end ?? 0) + shift;
  if (beginsLine(text, at)) {
    const region = regionOf(text, at, end);
    const until = nextLine(text, region.end);
    // At the end of a text without a last line end, the line end before the part goes instead.
    if (until === text.length && !text.endsWith('\n'))
      return { start: endBefore(text, region.start), end: until, text: '' };
    return { start: region.start, end: until, text: '' };
  }
  const next = (parts[index + 1]?.at ?? 0) + shift;
  const tail = tailOf(text, end, columnOf(text, at));
  const between = text.slice(tail, next);
  if (between.trim() === '') return { start: at, end: next, text: '' };
  return {
    start: at - (/[ \t]*$/.exec(text.slice(lineStart(text, at), at))?.[0].length ?? 0),
    end: tail,
    text: '',
  };
}

function endBefore(text: string, start: number): number {
  return start === 0 ? 0 : lineEnd(text, lineStart(text, start - 1));
}

export function renameKey(place: Place, key: string): Splice[] | Refusal {
  const last = place.steps.at(-1);
  if (last?.kind !== 'entry') return 'not-a-field';
  if (isRepeated(last)) return 'repeated-key';
  if (stepInto(last.parent, key) !== undefined) return 'key-exists';
  const old = last.entry.key;
  if (old.kind !== 'scalar' || old.tag !== '') return 'not-safe';
  const context: Context = place.isJson ? 'json' : last.parent.flow ? 'flow' : 'block';
  return [
    { start: old.start + place.shift, end: old.end + place.shift, text: renderKey(key, context, old.style) },
  ];
}
