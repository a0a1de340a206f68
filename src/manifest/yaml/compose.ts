import { maxDepth } from './failure.ts';
import type { SyntaxFailure } from './failure.ts';
import type { Entry, Item, MapNode, Node, ScalarNode, ScalarStyle, SequenceNode } from './nodes.ts';
import { createScanner, fail, peek, take } from './scanner.ts';
import type { Scanner } from './scanner.ts';
import * as Token from './tokens.ts';

/** What one document's text holds. `root` is absent of an empty or broken document; what stands from `end` on is not read by anybody. */
export interface Composed {
  readonly root?: Node;
  readonly failure?: SyntaxFailure;
  readonly end: number;
}

interface Composer {
  readonly s: Scanner;
  readonly anchors: Map<string, Node>;
  readonly handles: Map<string, string>;
}

const controlCharacter = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;

/**
 * The nodes of one document, by go-yaml's grammar (`parserc.go`). As there, only the first document of the text is read: kubectl has
 * divided the text at its `---` before, and what follows a `...` is lost.
 */
export function composeDocument(text: string): Composed {
  const control = text.search(controlCharacter);
  if (control >= 0) {
    const found = text.charAt(control);
    return {
      failure: { reason: 'control-character', start: control, end: control + 1, found },
      end: text.length,
    };
  }
  const s = createScanner(text);
  const c: Composer = {
    s,
    anchors: new Map(),
    handles: new Map([
      ['!', '!'],
      ['!!', 'tag:yaml.org,2002:'],
    ]),
  };
  const root = composeRoot(c);
  const type = peek(s);
  const end =
    type === Token.documentEnd ? (s.ends[s.head] ?? text.length) : (s.starts[s.head] ?? text.length);
  if (s.failure !== undefined) return { failure: s.failure, end };
  return root === undefined ? { end } : { root, end };
}

function composeRoot(c: Composer): Node | undefined {
  const { s } = c;
  let type = peek(s);
  if (type === Token.streamEnd) return undefined;
  if (type === Token.directive || type === Token.documentStart) {
    readDirectives(c);
    type = peek(s);
    if (type !== Token.documentStart) {
      fail(s, 'bad-directive', s.starts[s.head] ?? 0);
      return undefined;
    }
    take(s);
    type = peek(s);
    const isEmpty =
      type === Token.directive ||
      type === Token.documentStart ||
      type === Token.documentEnd ||
      type === Token.streamEnd;
    if (isEmpty) return undefined;
  }
  return composeNode(c, true, false, 0);
}

function readDirectives(c: Composer): void {
  const { s } = c;
  const own = new Set<string>();
  while (peek(s) === Token.directive) {
    const word = s.words[s.head] ?? '';
    const divider = word.indexOf('\0');
    const name = divider < 0 ? '%' : word.slice(0, divider);
    if (
      (divider < 0 && word !== '1.1' && word !== '01.01' && word !== '1.01' && word !== '01.1') ||
      own.has(name)
    ) {
      fail(s, 'bad-directive', s.starts[s.head] ?? 0, s.ends[s.head]);
    }
    own.add(name);
    if (divider >= 0) c.handles.set(name, word.slice(divider + 1));
    take(s);
  }
}

/** Anchor and tag of a node, and where the node begins. */
interface Properties {
  at: number;
  anchor: string;
  tag: string;
  /** Behind the properties, or -1 where there are none. */
  end: number;
}

function bareOf({ at, end }: Properties): number {
  return end < 0 ? at : end;
}

function readProperties(c: Composer): Properties {
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

const scalarStyles: readonly ScalarStyle[] = ['plain', 'single', 'double', 'literal', 'folded'];

function composeNode(c: Composer, block: boolean, indentless: boolean, depth: number): Node {
  const { s } = c;
  const first = peek(s);
  if (first === Token.alias) return composeAlias(c);
  const start = s.starts[s.head] ?? 0;
  const properties: Properties =
    first === Token.anchor || first === Token.tag
      ? readProperties(c)
      : { at: start, anchor: '', tag: '', end: -1 };
  const type = peek(s);
  if (depth > maxDepth) fail(s, 'too-deep', s.starts[s.head] ?? 0);
  switch (type) {
    case Token.plain:
    case Token.single:
    case Token.double:
    case Token.literal:
    case Token.folded:
      return composeScalar(c, properties, scalarStyles[type - Token.plain] ?? 'plain');
    case Token.flowSequenceStart:
      return composeFlowSequence(c, properties, depth + 1);
    case Token.flowMapStart:
      return composeFlowMap(c, properties, depth + 1);
    case Token.blockEntry:
      if (indentless) return composeBlockSequence(c, properties, true, depth + 1);
      break;
    case Token.blockSequenceStart:
      if (block) return composeBlockSequence(c, properties, false, depth + 1);
      break;
    case Token.blockMapStart:
      if (block) return composeBlockMap(c, properties, depth + 1);
      break;
  }
  if (properties.end < 0) fail(s, 'expected-value', s.starts[s.head] ?? 0);
  const node = emptyAt(properties.end < 0 ? properties.at : properties.end);
  node.at = properties.at;
  node.bare = bareOf(properties);
  node.anchor = properties.anchor;
  node.tag = properties.tag;
  if (node.anchor !== '') c.anchors.set(node.anchor, node);
  return node;
}

function composeAlias(c: Composer): Node {
  const { s } = c;
  const start = s.starts[s.head] ?? 0;
  const end = s.ends[s.head] ?? start;
  const name = s.words[s.head] ?? '';
  const target = c.anchors.get(name);
  take(s);
  if (target === undefined) {
    fail(s, 'unknown-anchor', start, end, name);
    return emptyAt(start);
  }
  return { kind: 'alias', at: start, bare: start, start, end, anchor: '', tag: '', name, target };
}

function composeScalar(c: Composer, properties: Properties, style: ScalarStyle): Node {
  const { s } = c;
  const start = s.starts[s.head] ?? 0;
  const end = s.ends[s.head] ?? start;
  const text = s.words[s.head] ?? s.text.slice(start, end);
  take(s);
  const { at, anchor, tag } = properties;
  const bare = bareOf(properties);
  const node: ScalarNode = { kind: 'scalar', at, bare, start, end, anchor, tag, style, text };
  if (anchor !== '') c.anchors.set(anchor, node);
  return node;
}

function emptyAt(at: number): ScalarNode {
  return { kind: 'scalar', at, bare: at, start: at, end: at, anchor: '', tag: '', style: 'empty', text: '' };
}

function createSequence(c: Composer, properties: Properties, flow: boolean): SequenceNode {
  const { at, anchor, tag } = properties;
  const bare = bareOf(properties);
  const start = c.s.starts[c.s.head] ?? 0;
  const node: SequenceNode = { kind: 'sequence', at, bare, start, end: start, anchor, tag, flow, items: [] };
  if (anchor !== '') c.anchors.set(anchor, node);
  return node;
}

function createMap(c: Composer, properties: Properties, flow: boolean): MapNode {
  const { at, anchor, tag } = properties;
  const bare = bareOf(properties);
  const start = c.s.starts[c.s.head] ?? 0;
  const node: MapNode = { kind: 'map', at, bare, start, end: start, anchor, tag, flow, entries: [] };
  if (anchor !== '') c.anchors.set(anchor, node);
  return node;
}

/** With dashes; `indentless` where they stand below the key, not further in, so that nothing marks the end. */
function composeBlockSequence(c: Composer, properties: Properties, indentless: boolean, depth: number): Node {
  const { s } = c;
  const sequence = createSequence(c, properties, false);
  if (!indentless) take(s);
  let type = peek(s);
  while (type === Token.blockEntry) {
    const at = s.starts[s.head] ?? 0;
    const behind = s.ends[s.head] ?? at;
    take(s);
    type = peek(s);
    const isEmpty =
      type === Token.blockEntry ||
      type === Token.blockEnd ||
      (indentless && (type === Token.key || type === Token.value));
    const node = isEmpty ? emptyAt(behind) : composeNode(c, true, false, depth);
    sequence.items.push({ at, node });
    sequence.end = node.end;
    type = peek(s);
  }
  if (!indentless) {
    if (type === Token.blockEnd) take(s);
    else fail(s, 'expected-dash', s.starts[s.head] ?? 0, wordEnd(s));
  }
  return sequence;
}

function composeBlockMap(c: Composer, properties: Properties, depth: number): Node {
  const { s } = c;
  const map = createMap(c, properties, false);
  take(s);
  let type = peek(s);
  while (type === Token.key) {
    const at = s.starts[s.head] ?? 0;
    const entry: Entry = {
      at,
      key: blockPart(c, s.ends[s.head] ?? at, depth),
      colon: -1,
      value: emptyAt(at),
    };
    if (peek(s) === Token.value) {
      entry.colon = s.starts[s.head] ?? at;
      entry.value = blockPart(c, s.ends[s.head] ?? at, depth);
    } else {
      entry.value = emptyAt(entry.key.end);
    }
    map.entries.push(entry);
    map.end = entry.value.end;
    type = peek(s);
  }
  if (type === Token.blockEnd) take(s);
  else fail(s, 'expected-key', s.starts[s.head] ?? 0, wordEnd(s));
  return map;
}

/** The key or the value behind the mark that `peek` shows; it may be missing. */
function blockPart(c: Composer, behind: number, depth: number): Node {
  take(c.s);
  const type = peek(c.s);
  if (type === Token.key || type === Token.value || type === Token.blockEnd) return emptyAt(behind);
  return composeNode(c, true, true, depth);
}

function composeFlowSequence(c: Composer, properties: Properties, depth: number): Node {
  const { s } = c;
  const sequence = createSequence(c, properties, true);
  take(s);
  let type = peek(s);
  while (type !== Token.flowSequenceEnd && s.failure === undefined) {
    if (sequence.items.length > 0) {
      type = takeComma(s, 'expected-comma-or-bracket', sequence.start);
      if (type === Token.flowSequenceEnd) break;
    }
    const node = type === Token.key ? composePair(c, depth + 1) : composeNode(c, false, false, depth);
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
    key: isEmpty ? emptyAt(behind) : composeNode(c, false, false, depth),
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
    else entry.value = composeNode(c, false, false, depth);
  }
  map.entries.push(entry);
  map.end = entry.value.end;
  return map;
}

function composeFlowMap(c: Composer, properties: Properties, depth: number): Node {
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
      const key = composeNode(c, false, false, depth);
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
  const key = noKey ? emptyAt(s.starts[s.head] ?? at) : composeNode(c, false, false, depth);
  if (peek(s) !== Token.value) return { at, key, colon: -1, value: emptyAt(key.end) };
  const colon = s.starts[s.head] ?? at;
  take(s);
  type = peek(s);
  const noValue = type === Token.flowEntry || type === Token.flowMapEnd;
  return { at, key, colon, value: noValue ? emptyAt(colon + 1) : composeNode(c, false, false, depth) };
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

function wordEnd(s: Scanner): number {
  let pos = (s.starts[s.head] ?? 0) + 1;
  while (pos < s.length && !Token.isBlankOrEnd(s.text.charCodeAt(pos))) pos += 1;
  return pos;
}
