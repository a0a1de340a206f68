import { maxDepth } from './yaml/failure.ts';
import type { SyntaxFailure } from './yaml/failure.ts';
import type { MapNode, Node, ScalarNode, SequenceNode } from './yaml/nodes.ts';

/** One JSON value with its places, as the nodes of flow-style YAML; `end` is the offset behind it. */
export interface ComposedJson {
  readonly root?: Node;
  readonly failure?: SyntaxFailure;
  readonly end: number;
}

interface JsonReader {
  readonly text: string;
  pos: number;
  failure: SyntaxFailure | undefined;
}

/** Reads the JSON value at `start`, by the grammar of Go's encoding/json: kubectl takes a text that begins with `{` as JSON first. */
export function composeJson(text: string, start: number): ComposedJson {
  const r: JsonReader = { text, pos: start, failure: undefined };
  skipBlanks(r);
  const root = composeValue(r, 0);
  return r.failure === undefined ? { root, end: r.pos } : { failure: r.failure, end: r.pos };
}

function fail(r: JsonReader, reason: 'bad-json' | 'too-deep' = 'bad-json'): void {
  if (r.failure !== undefined) return;
  const start = Math.min(r.pos, r.text.length);
  const end = Math.min(start + 1, r.text.length);
  r.failure = { reason, start, end, found: r.text.slice(start, end) };
}

function skipBlanks(r: JsonReader): void {
  let c = r.text.charCodeAt(r.pos);
  while (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) c = r.text.charCodeAt(++r.pos);
}

function placed(at: number): {
  at: number;
  bare: number;
  start: number;
  end: number;
  anchor: string;
  tag: string;
} {
  return { at, bare: at, start: at, end: at, anchor: '', tag: '' };
}

const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
const word = /true|false|null/y;

function composeValue(r: JsonReader, depth: number): Node {
  if (depth > maxDepth) fail(r, 'too-deep');
  const c = r.text.charCodeAt(r.pos);
  if (r.failure === undefined) {
    if (c === 0x7b) return composeObject(r, depth + 1);
    if (c === 0x5b) return composeArray(r, depth + 1);
    if (c === 0x22) return composeString(r);
    const pattern = c === 0x2d || (c >= 0x30 && c <= 0x39) ? number : word;
    pattern.lastIndex = r.pos;
    const found = pattern.exec(r.text)?.[0];
    if (found !== undefined) {
      const node: ScalarNode = { kind: 'scalar', ...placed(r.pos), style: 'plain', text: found };
      r.pos += found.length;
      node.end = r.pos;
      return node;
    }
    fail(r);
  }
  return { kind: 'scalar', ...placed(r.pos), style: 'plain', text: 'null' };
}

function composeObject(r: JsonReader, depth: number): Node {
  const map: MapNode = { kind: 'map', ...placed(r.pos), flow: true, entries: [] };
  r.pos += 1;
  skipBlanks(r);
  let more = r.text.charCodeAt(r.pos) !== 0x7d;
  while (more && r.failure === undefined) {
    skipBlanks(r);
    if (r.text.charCodeAt(r.pos) !== 0x22) fail(r);
    if (r.failure !== undefined) break;
    const key = composeString(r);
    skipBlanks(r);
    const colon = r.pos;
    if (r.text.charCodeAt(colon) !== 0x3a) fail(r);
    r.pos += 1;
    skipBlanks(r);
    map.entries.push({ at: key.at, key, colon, value: composeValue(r, depth) });
    more = goesOn(r, 0x7d);
  }
  r.pos += 1;
  map.end = r.pos;
  return map;
}

function composeArray(r: JsonReader, depth: number): Node {
  const sequence: SequenceNode = { kind: 'sequence', ...placed(r.pos), flow: true, items: [] };
  r.pos += 1;
  skipBlanks(r);
  let more = r.text.charCodeAt(r.pos) !== 0x5d;
  while (more && r.failure === undefined) {
    skipBlanks(r);
    const node = composeValue(r, depth);
    sequence.items.push({ at: node.at, node });
    more = goesOn(r, 0x5d);
  }
  r.pos += 1;
  sequence.end = r.pos;
  return sequence;
}

/** Whether a comma follows; if not, the closing mark must. */
function goesOn(r: JsonReader, close: number): boolean {
  skipBlanks(r);
  const c = r.text.charCodeAt(r.pos);
  if (c === 0x2c) {
    r.pos += 1;
    return true;
  }
  if (c !== close) fail(r);
  return false;
}

const plainRun = /[^"\\\0-\x1f]*/y;
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

function composeString(r: JsonReader): ScalarNode {
  const node: ScalarNode = { kind: 'scalar', ...placed(r.pos), style: 'double', text: '' };
  r.pos += 1;
  for (;;) {
    plainRun.lastIndex = r.pos;
    const run = plainRun.exec(r.text)?.[0] ?? '';
    node.text += run;
    r.pos += run.length;
    const c = r.text.charCodeAt(r.pos);
    if (c === 0x22) break;
    if (c !== 0x5c) {
      fail(r);
      return node;
    }
    const letter = r.text.charAt(r.pos + 1);
    const digits = r.text.slice(r.pos + 2, r.pos + 6);
    const meant = escapes[letter];
    if (meant !== undefined) {
      node.text += meant;
      r.pos += 2;
    } else if (letter === 'u' && /^[0-9a-fA-F]{4}$/.test(digits)) {
      node.text += String.fromCharCode(Number.parseInt(digits, 16));
      r.pos += 6;
    } else {
      fail(r);
      return node;
    }
  }
  r.pos += 1;
  node.end = r.pos;
  // Go puts the replacement character for half a surrogate pair.
  node.text = node.text.replace(/\p{Surrogate}/gu, '\ufffd');
  return node;
}
