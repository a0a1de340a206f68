import type { MapNode, Node, ScalarNode, SequenceNode } from './nodes.ts';
import { peek, take } from './scanner.ts';
import { fail } from './scanState.ts';
import type { Scanner } from './scanState.ts';
import * as Token from './tokens.ts';

/** What the composing of one document shares; `node` composes the node that begins at the next token. */
export interface Composer {
  readonly s: Scanner;
  readonly anchors: Map<string, Node>;
  readonly handles: Map<string, string>;
  readonly node: (c: Composer, block: boolean, indentless: boolean, depth: number) => Node;
}

/** Anchor and tag of a node, and where the node begins. */
export interface Properties {
  at: number;
  anchor: string;
  tag: string;
  /** Behind the properties, or -1 where there are none. */
  end: number;
}

export function bareOf({ at, end }: Properties): number {
  return end < 0 ? at : end;
}

/** The anchor and the tag that stand before a node, in any order. */
export function readProperties(c: Composer): Properties {
  const { s } = c;
  const properties: Properties = { at: s.starts[s.head] ?? 0, anchor: '', tag: '', end: -1 };
  let anchored = false;
  let tagged = false;
  for (;;) {
    const type = peek(s);
    if (type === Token.anchor && !anchored) {
      anchored = true;
      properties.anchor = s.words[s.head] ?? '';
    } else if (type === Token.tag && !tagged) {
      tagged = true;
      properties.tag = longTag(c, s.words[s.head] ?? '');
    } else {
      return properties;
    }
    properties.end = s.ends[s.head] ?? 0;
    take(s);
  }
}

function longTag(c: Composer, word: string): string {
  const divider = word.indexOf('\0');
  const handle = word.slice(0, divider);
  if (handle === '') return word.slice(1);
  const prefix = c.handles.get(handle);
  if (prefix === undefined) {
    fail(c.s, 'bad-tag', c.s.starts[c.s.head] ?? 0, c.s.ends[c.s.head]);
    return '';
  }
  return prefix + word.slice(divider + 1);
}

/** A value that is not there. */
export function emptyAt(at: number): ScalarNode {
  return { kind: 'scalar', at, bare: at, start: at, end: at, anchor: '', tag: '', style: 'empty', text: '' };
}

export function createSequence(c: Composer, properties: Properties, flow: boolean): SequenceNode {
  const { at, anchor, tag } = properties;
  const bare = bareOf(properties);
  const start = c.s.starts[c.s.head] ?? 0;
  const node: SequenceNode = { kind: 'sequence', at, bare, start, end: start, anchor, tag, flow, items: [] };
  if (anchor !== '') c.anchors.set(anchor, node);
  return node;
}

export function createMap(c: Composer, properties: Properties, flow: boolean): MapNode {
  const { at, anchor, tag } = properties;
  const bare = bareOf(properties);
  const start = c.s.starts[c.s.head] ?? 0;
  const node: MapNode = { kind: 'map', at, bare, start, end: start, anchor, tag, flow, entries: [] };
  if (anchor !== '') c.anchors.set(anchor, node);
  return node;
}

/** The end of the word at the next token: as much as a complaint shows. */
export function wordEnd(s: Scanner): number {
  let pos = (s.starts[s.head] ?? 0) + 1;
  while (pos < s.length && !Token.isBlankOrEnd(s.text.charCodeAt(pos))) pos += 1;
  return pos;
}
