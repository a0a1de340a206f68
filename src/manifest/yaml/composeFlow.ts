import { createMap, createSequence, emptyAt, wordEnd } from './composer.ts';
import type { Composer, Properties } from './composer.ts';
import type { Entry, Item, Node } from './nodes.ts';
import { peek, take } from './scanner.ts';
import { fail } from './scanState.ts';
import type { Scanner } from './scanState.ts';
import * as Token from './tokens.ts';

/** `[…]`, from its bracket on. */
export function composeFlowSequence(c: Composer, properties: Properties, depth: number): Node {
  const { s } = c;
  const sequence = createSequence(c, properties, true);
  take(s);
  let type = peek(s);
  while (type !== Token.flowSequenceEnd && s.failure === undefined) {
    if (sequence.items.length > 0) {
      type = takeComma(s, 'expected-comma-or-bracket', sequence.start);
      if (type === Token.flowSequenceEnd) break;
    }
    const node = type === Token.key ? composePair(c, depth + 1) : c.node(c, false, false, depth);
    const item: Item = { at: node.at, node };
    sequence.items.push(item);
    type = peek(s);
  }
  sequence.end = s.ends[s.head] ?? sequence.start;
  take(s);
  return sequence;
}

/** `[a: b]`: a map of one entry without braces. */
function composePair(c: Composer, depth: number): Node {
  const { s } = c;
  const at = s.starts[s.head] ?? 0;
  const map = createMap(c, { at, anchor: '', tag: '', end: -1 }, true);
  const behind = s.ends[s.head] ?? at;
  take(s);
  let type = peek(s);
  const isEmpty = type === Token.value || type === Token.flowEntry || type === Token.flowSequenceEnd;
  const entry: Entry = {
    at,
    key: isEmpty ? emptyAt(behind) : c.node(c, false, false, depth),
    colon: -1,
    value: emptyAt(at),
  };
  // go-yaml loses the token behind an empty key here, so that `[? : x]` cannot be read.
  if (isEmpty) take(s);
  entry.value = emptyAt(entry.key.end);
  type = peek(s);
  if (type === Token.value) {
    entry.colon = s.starts[s.head] ?? at;
    take(s);
    type = peek(s);
    if (type === Token.flowEntry || type === Token.flowSequenceEnd) entry.value = emptyAt(entry.colon + 1);
    else entry.value = c.node(c, false, false, depth);
  }
  map.entries.push(entry);
  map.end = entry.value.end;
  return map;
}

/** `{…}`, from its brace on. */
export function composeFlowMap(c: Composer, properties: Properties, depth: number): Node {
  const { s } = c;
  const map = createMap(c, properties, true);
  take(s);
  let type = peek(s);
  while (type !== Token.flowMapEnd && s.failure === undefined) {
    if (map.entries.length > 0) {
      type = takeComma(s, 'expected-comma-or-brace', map.start);
      if (type === Token.flowMapEnd) break;
    }
    const at = s.starts[s.head] ?? 0;
    if (type === Token.key) {
      take(s);
      map.entries.push(composeFlowEntry(c, at, depth));
    } else {
      const key = c.node(c, false, false, depth);
      map.entries.push({ at, key, colon: -1, value: emptyAt(key.end) });
    }
    type = peek(s);
  }
  map.end = s.ends[s.head] ?? map.start;
  take(s);
  return map;
}

function composeFlowEntry(c: Composer, at: number, depth: number): Entry {
  const { s } = c;
  let type = peek(s);
  const noKey = type === Token.value || type === Token.flowEntry || type === Token.flowMapEnd;
  const key = noKey ? emptyAt(s.starts[s.head] ?? at) : c.node(c, false, false, depth);
  if (peek(s) !== Token.value) return { at, key, colon: -1, value: emptyAt(key.end) };
  const colon = s.starts[s.head] ?? at;
  take(s);
  type = peek(s);
  const noValue = type === Token.flowEntry || type === Token.flowMapEnd;
  return { at, key, colon, value: noValue ? emptyAt(colon + 1) : c.node(c, false, false, depth) };
}

function takeComma(
  s: Scanner,
  reason: 'expected-comma-or-brace' | 'expected-comma-or-bracket',
  opened: number,
): number {
  if (peek(s) !== Token.flowEntry) {
    const at = s.starts[s.head] ?? opened;
    // What is missing at the end of the text was opened somewhere: that place helps more.
    if (at >= s.length) fail(s, reason, opened, opened + 1);
    else fail(s, reason, at, wordEnd(s));
  }
  take(s);
  return peek(s);
}
