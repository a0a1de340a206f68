import type { Json, JsonObject, Path } from '../source.ts';
import { maxDepth } from './failure.ts';
import type { SyntaxFailure, SyntaxReason } from './failure.ts';
import type { Entry, MapNode, Node, ScalarNode } from './nodes.ts';
import { keyOf, resolveScalar } from './resolve.ts';

/** A key that stands in one map for the second time; the value is the later one's. */
export interface Duplicate {
  readonly path: Path;
  readonly key: Node;
}

export interface Evaluated {
  readonly value: Json;
  readonly duplicates: readonly Duplicate[];
  readonly failure?: SyntaxFailure;
}

interface Evaluation {
  readonly path: (string | number)[];
  readonly duplicates: Duplicate[];
  readonly active: Set<Node>;
  failure: SyntaxFailure | undefined;
  /** What go-yaml reads but JSON cannot have; it is forgiven where a later key takes the place of what holds it. */
  readonly unsendable: { readonly path: Path; readonly failure: SyntaxFailure }[];
  /** Nodes seen so far, and those of them that an alias repeated. */
  nodes: number;
  repeated: number;
  depth: number;
}

/**
 * The JSON that sigs.k8s.io/yaml makes of a document: merge keys applied where they stand (what comes later wins, as in go-yaml), keys
 * turned into texts, the last of two equal keys taken. What has no form in JSON is a failure at its place.
 */
export function evaluate(root: Node): Evaluated {
  const e: Evaluation = {
    path: [],
    duplicates: [],
    active: new Set(),
    failure: undefined,
    unsendable: [],
    nodes: 1,
    repeated: 0,
    depth: 0,
  };
  const value = valueOf(e, root);
  const failure = e.failure ?? e.unsendable[0]?.failure;
  return failure === undefined
    ? { value, duplicates: e.duplicates }
    : { value: null, duplicates: [], failure };
}

function fail(e: Evaluation, reason: SyntaxReason, node: Node, found?: string): null {
  e.failure ??= failureAt(node, reason, found);
  return null;
}

function failureAt({ start, end }: Node, reason: SyntaxReason, found?: string): SyntaxFailure {
  return { reason, start, end, ...(found === undefined ? {} : { found }) };
}

/** What stood at the path is replaced. */
function forgive(e: Evaluation, path: Path): void {
  for (let i = e.unsendable.length - 1; i >= 0; i -= 1) {
    const held = e.unsendable[i]?.path ?? [];
    if (path.every((step, depth) => held[depth] === step)) e.unsendable.splice(i, 1);
  }
}

function valueOf(e: Evaluation, node: Node): Json {
  if (e.failure !== undefined) return null;
  count(e, node);
  switch (node.kind) {
    case 'scalar':
      return scalarValue(e, node);
    case 'alias': {
      if (!enterAlias(e, node)) return null;
      const value = valueOf(e, node.target);
      leaveAlias(e, node);
      return value;
    }
    case 'sequence': {
      if (!enter(e, node)) return null;
      const values: Json[] = [];
      const depth = e.path.length;
      for (let i = 0; i < node.items.length && e.failure === undefined; i += 1) {
        const item = node.items[i];
        if (item === undefined) continue;
        e.path[depth] = i;
        values.push(valueOf(e, item.node));
      }
      e.path.length = depth;
      e.depth -= 1;
      return values;
    }
    case 'map': {
      if (!enter(e, node)) return null;
      const fields: Record<string, Json> = {};
      fill(e, node, fields);
      e.depth -= 1;
      return fields;
    }
  }
}

function enter(e: Evaluation, node: Node): boolean {
  e.depth += 1;
  if (e.depth <= maxDepth) return true;
  fail(e, 'too-deep', node);
  return false;
}

function enterAlias(e: Evaluation, alias: Node & { kind: 'alias' }): boolean {
  if (e.active.has(alias)) {
    fail(e, 'anchor-contains-itself', alias, alias.name);
    return false;
  }
  if (!enter(e, alias)) return false;
  e.active.add(alias);
  return true;
}

function leaveAlias(e: Evaluation, alias: Node): void {
  e.active.delete(alias);
  e.depth -= 1;
}

/** go-yaml's defence against small texts that grow large: of the first 400,000 nodes 99 % may be repetitions, of 4 million 10 %. */
function count(e: Evaluation, node: Node): void {
  e.nodes += 1;
  if (e.active.size === 0) return;
  e.repeated += 1;
  if (e.repeated <= 100 || e.nodes <= 1000) return;
  const low = 400_000;
  const high = 4_000_000;
  const allowed =
    e.nodes <= low ? 0.99 : e.nodes >= high ? 0.1 : 0.99 - 0.89 * ((e.nodes - low) / (high - low));
  if (e.repeated / e.nodes > allowed) fail(e, 'too-many-aliases', node);
}

function scalarValue(e: Evaluation, node: ScalarNode): Json {
  const resolved = resolveScalar(node);
  if (resolved.kind === 'value') return resolved.value;
  if (resolved.kind === 'misfit') return fail(e, 'value-does-not-fit-tag', node, node.text);
  e.unsendable.push({ path: [...e.path], failure: failureAt(node, 'not-finite', node.text) });
  return null;
}

function fill(e: Evaluation, map: MapNode, fields: Record<string, Json>): void {
  const depth = e.path.length;
  // With a merge in the map, a key that is there already may be the other map's.
  const own = map.entries.some(({ key }) => isMerge(key)) ? new Set<string>() : undefined;
  for (const entry of map.entries) {
    if (e.failure !== undefined) break;
    if (isMerge(entry.key)) {
      merge(e, entry.value, fields);
      continue;
    }
    e.path.length = depth;
    const key = keyText(e, entry);
    if (key === undefined) {
      valueOf(e, entry.value);
      continue;
    }
    e.path[depth] = key;
    if (e.unsendable.length > 0 && Object.hasOwn(fields, key)) forgive(e, e.path.slice(0, depth + 1));
    if (own === undefined ? Object.hasOwn(fields, key) : own.has(key)) {
      e.duplicates.push({ path: e.path.slice(0, depth + 1), key: entry.key });
    }
    own?.add(key);
    const value = valueOf(e, entry.value);
    if (key === '__proto__')
      Object.defineProperty(fields, key, { value, enumerable: true, writable: true, configurable: true });
    else fields[key] = value;
  }
  e.path.length = depth;
}

/** `<<` without quotes, or with the tag that says so. */
export function isMerge(key: Node): boolean {
  if (key.kind !== 'scalar' || key.text !== '<<') return false;
  return (
    (key.style === 'plain' && key.tag === '') || key.tag === '!' || key.tag === 'tag:yaml.org,2002:merge'
  );
}

function merge(e: Evaluation, value: Node, fields: Record<string, Json>): void {
  if (value.kind === 'sequence') {
    // The first of several maps counts most, so it comes last.
    for (const { node } of value.items.toReversed()) {
      if (node.kind === 'sequence') return void fail(e, 'merge-needs-mapping', node);
      merge(e, node, fields);
    }
    return;
  }
  count(e, value);
  if (value.kind === 'alias') {
    if (value.target.kind !== 'map') return void fail(e, 'merge-needs-mapping', value);
    if (!enterAlias(e, value)) return;
    merge(e, value.target, fields);
    leaveAlias(e, value);
    return;
  }
  if (value.kind !== 'map') return void fail(e, 'merge-needs-mapping', value);
  if (!enter(e, value)) return;
  fill(e, value, fields);
  e.depth -= 1;
}

function keyText(e: Evaluation, { key }: Entry): string | undefined {
  count(e, key);
  const node = key.kind === 'alias' ? key.target : key;
  if (node.kind !== 'scalar') {
    fail(e, 'complex-key', key);
    return undefined;
  }
  const resolved = resolveScalar(node);
  const text = keyOf(node, resolved);
  if (text !== undefined) return text;
  if (resolved.kind === 'misfit') fail(e, 'value-does-not-fit-tag', key);
  else e.unsendable.push({ path: [...e.path], failure: failureAt(key, 'null-key') });
  return undefined;
}

/**
 * The text that a key stands for, without an evaluation; `undefined` for keys that no JSON can have. Keys that are merges are not asked.
 */
export function plainKey(key: Node): string | undefined {
  const node = key.kind === 'alias' ? key.target : key;
  return node.kind === 'scalar' ? keyOf(node, resolveScalar(node)) : undefined;
}

/** Whether a document's value is an object, the only thing that can be sent. */
export function isJsonObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
