import { maxDepth } from './failure.ts';
import type { SyntaxFailure } from './failure.ts';
import { composeFlowMap, composeFlowSequence } from './composeFlow.ts';
import { bareOf, createMap, createSequence, emptyAt, readProperties, wordEnd } from './composer.ts';
import type { Composer, Properties } from './composer.ts';
import type { Entry, Node, ScalarNode, ScalarStyle } from './nodes.ts';
import { peek, take } from './scanner.ts';
import { createScanner, fail } from './scanState.ts';
import * as Token from './tokens.ts';

/** What one document's text holds. `root` is absent of an empty or broken document; what stands from `end` on is not read by anybody. */
export interface Composed {
  readonly root?: Node;
  readonly failure?: SyntaxFailure;
  readonly end: number;
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
    node: composeNode,
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
