import type { Path } from '../../src/manifest/source.ts';
import { flowPlaceAt } from './flowPlace.ts';

/**
 * Where a cursor stands in a manifest, found from indentation and brackets alone, so that it works in a text that no parser takes.
 * All columns count from 0.
 */
export interface Place {
  /** Of the object that the cursor is in; absent while it is not written yet. */
  readonly kind?: string;
  readonly apiVersion?: string;
  readonly namespace?: string;
  readonly name?: string;
  /** From the root of the object. `key`: the mapping that the key belongs to. `value`: the field itself. */
  readonly path: Path;
  readonly role: 'key' | 'value';
  /** What is there of the word under the cursor, and its columns. */
  readonly word: string;
  readonly from: number;
  readonly to: number;
  /** Keys that the same mapping has already, with what follows them on their line. */
  readonly siblings: ReadonlyMap<string, string>;
  /** A new line below a `key:`: what is written here is its value, so an item of a list needs its dash. In flow style: an object here needs its braces. */
  readonly dashMissing: boolean;
  /** Column at which the mapping's keys stand. */
  readonly column: number;
  /** In `{}` or `[]`: what is written here stays on its line. */
  readonly flow: boolean;
}

interface Line {
  /** Columns of the dashes that open list items. */
  readonly dashes: readonly number[];
  /** Column of what follows the dashes. */
  readonly column: number;
  readonly key?: string;
  readonly value: string;
  readonly valueColumn: number;
  readonly blank: boolean;
}

/** `lines` without their ends; `line` counts from 0. Undefined in comments, between documents, and in JSON. */
export function placeAt(lines: readonly string[], line: number, column: number): Place | undefined {
  return inFlow(lines, line, column) ?? inBlock(lines, line, column);
}

/** Lines above the cursor in which the bracket of its collection is looked for. */
const FLOW_LINES = 200;

/** The place in the outermost flow collection that the cursor is in, if it is in one that stands in a block. */
function inFlow(lines: readonly string[], line: number, column: number): Place | undefined {
  let found: Place | undefined;
  for (let at = line; at >= Math.max(0, line - FLOW_LINES); at -= 1) {
    const text = lines[at] ?? '';
    if (isBoundary(text)) break;
    const each = readLine(text);
    const start = each.key === undefined ? each.column : each.valueColumn;
    const isOpened = /^[[{]/.test(each.value) && (each.key !== undefined || each.dashes.length > 0);
    if (!isOpened || (at === line && column <= start)) continue;
    const flow = flowPlaceAt(
      lines,
      { line: at, column: start },
      { line, column },
      each.dashes[0] ?? each.column,
    );
    const base = flow && inBlock(lines, at, each.column);
    if (!flow || !base) continue;
    const path = [...base.path, ...(each.key === undefined ? [] : [each.key]), ...flow.path];
    const { word, from, to, siblings } = flow;
    const role = flow.role === 'item' ? 'key' : flow.role;
    found = { ...base, path, role, word, from, to, siblings, column: from, flow: true };
    found = { ...found, dashMissing: flow.role === 'item' };
  }
  return found;
}

function inBlock(lines: readonly string[], line: number, column: number): Place | undefined {
  const text = lines[line] ?? '';
  if (isBoundary(text)) return undefined;
  const before = text.slice(0, column);
  if (/(^|\s)#/.test(before)) return undefined;
  const own = readLine(text);
  if (own.key === undefined && own.dashes.length === 0 && /^[[{}\]]/.test(own.value)) return undefined;
  const onKey = own.key !== undefined && column <= own.column + own.key.length;
  const onValue = own.key !== undefined && column >= own.valueColumn;
  if (own.key !== undefined && !onKey && !onValue) return undefined;
  if (onValue && /^[[{|>&*]/.test(own.value)) return undefined;

  const blank = own.blank && own.dashes.length === 0;
  const at = blank ? column : own.column;
  if (column < at) return undefined;
  const walked = walkUp(lines, line, own, at);
  const top = walked.documentStart;
  const object = objectOf(lines, top, walked.steps);
  const parents = walked.steps.slice(object.depth).map((step) => step.name);
  const word = onValue ? own.value : (own.key ?? own.value);
  const from = onValue ? own.valueColumn : at;
  const scalarItem = own.key === undefined && own.dashes.length > 0;
  return {
    ...object.head,
    path: onValue && own.key !== undefined ? [...parents, own.key] : parents,
    role: onValue ? 'value' : 'key',
    word: blank ? '' : word,
    from,
    to: from + (blank ? 0 : word.length),
    siblings: siblingsOf(lines, line, at, own.dashes.length > 0),
    dashMissing: !scalarItem && own.dashes.length === 0 && walked.directlyBelowKey,
    column: at,
    flow: false,
  };
}

interface Step {
  readonly name: string | number;
  readonly line: number;
  /** Column of the key or of the dash. */
  readonly column: number;
}

interface Walk {
  /** From the document's root to the cursor's mapping. */
  readonly steps: readonly Step[];
  readonly documentStart: number;
  /** Nothing stands between the cursor and the key that it belongs to. */
  readonly directlyBelowKey: boolean;
}

function walkUp(lines: readonly string[], line: number, own: Line, column: number): Walk {
  const steps: Step[] = [];
  let threshold = column;
  /** Column of the list whose items are being counted. */
  let list: number | undefined;
  let index = 0;
  let directlyBelowKey = false;
  let seen = 0;

  const closeList = (at: number) => {
    if (list === undefined) return;
    steps.push({ name: index, line: at, column: list });
    list = undefined;
  };
  let listLine = line;
  const openItem = (dash: number, at: number) => {
    if (list === dash) index += 1;
    else {
      closeList(listLine);
      list = dash;
      index = 0;
      listLine = at;
      threshold = dash;
    }
  };

  for (const dash of own.dashes.toReversed()) openItem(dash, line);
  let top = line;
  for (let at = line - 1; at >= 0; at -= 1) {
    const text = lines[at] ?? '';
    if (isBoundary(text)) break;
    top = at;
    const each = readLine(text);
    if (each.blank && each.dashes.length === 0) continue;
    if (threshold === 0 && list === undefined) continue;
    seen += 1;
    if (each.key !== undefined) {
      const isParent = list === undefined ? each.column < threshold : each.column <= list;
      if (isParent) {
        if (steps.length === 0 && list === undefined && seen === 1 && each.value === '')
          directlyBelowKey = true;
        closeList(listLine);
        steps.push({ name: each.key, line: at, column: each.column });
        threshold = each.column;
      }
    }
    for (const dash of each.dashes.toReversed()) {
      if (list === dash || dash < threshold) openItem(dash, at);
    }
  }
  closeList(listLine);
  return { steps: steps.reverse(), documentStart: top, directlyBelowKey };
}

interface Head {
  readonly kind?: string;
  readonly apiVersion?: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** The object that the steps lead into: the document itself or an item of a `kind: List`. `depth` is how many steps lead to it. */
function objectOf(
  lines: readonly string[],
  top: number,
  steps: readonly Step[],
): { head: Head; depth: number } {
  const root = headOf(lines, top, 0);
  const item = steps[1];
  if (root.kind !== undefined && !root.kind.endsWith('List')) return { head: root, depth: 0 };
  if (steps[0]?.name !== 'items' || item === undefined || typeof item.name !== 'number') {
    return { head: root, depth: 0 };
  }
  // `line` of a list step is where its last item begins.
  const text = lines[item.line] ?? '';
  return { head: headOf(lines, item.line, readLine(text).column), depth: 2 };
}

function headOf(lines: readonly string[], start: number, column: number): Head {
  const found: { kind?: string; apiVersion?: string; namespace?: string; name?: string } = {};
  let metadata: number | undefined;
  for (let at = start; at < lines.length; at += 1) {
    const text = lines[at] ?? '';
    if (isBoundary(text)) break;
    const each = readLine(text);
    if (each.blank) continue;
    if (at > start && (each.dashes[0] ?? each.column) < column) break;
    if (each.key === undefined) continue;
    if (each.column === column) {
      metadata = each.key === 'metadata' ? -1 : undefined;
      if (each.key === 'kind' || each.key === 'apiVersion') found[each.key] = unquote(each.value);
    } else if (metadata !== undefined) {
      if (metadata < 0) metadata = each.column;
      if (each.column !== metadata || (each.key !== 'namespace' && each.key !== 'name')) continue;
      found[each.key] ??= unquote(each.value);
    }
  }
  return found;
}

function siblingsOf(
  lines: readonly string[],
  line: number,
  column: number,
  opensItem: boolean,
): Map<string, string> {
  const found = new Map<string, string>();
  const add = (each: Line) => {
    if (each.column === column && each.key !== undefined) found.set(each.key, unquote(each.value));
  };
  for (let at = line - 1; !opensItem && at >= 0; at -= 1) {
    const text = lines[at] ?? '';
    if (isBoundary(text)) break;
    const each = readLine(text);
    if (each.blank) continue;
    if (each.column < column) break;
    add(each);
    if ((each.dashes.at(-1) ?? column) < column) break;
  }
  for (let at = line + 1; at < lines.length; at += 1) {
    const text = lines[at] ?? '';
    if (isBoundary(text)) break;
    const each = readLine(text);
    if (each.blank) continue;
    if ((each.dashes[0] ?? each.column) < column) break;
    add(each);
  }
  return found;
}

function readLine(text: string): Line {
  let at = indentOf(text, 0);
  const dashes: number[] = [];
  while (text[at] === '-' && (at + 1 === text.length || text[at + 1] === ' ')) {
    dashes.push(at);
    at = at + 1 === text.length ? at + 1 : indentOf(text, at + 1);
  }
  const rest = text.slice(at);
  const blank = rest === '' || rest.startsWith('#');
  const key = /^("[^"]*"|'[^']*'|[^\s"'#{}[\],&*!|>%@`-][^:#]*?|-[^\s:][^:#]*?)\s*:(\s+|$)/.exec(rest);
  if (blank || key === null) {
    const value = blank ? '' : withoutComment(rest);
    return { dashes, column: at, value, valueColumn: at, blank };
  }
  const valueColumn = at + key[0].length;
  return {
    dashes,
    column: at,
    key: unquote(key[1] ?? ''),
    value: withoutComment(text.slice(valueColumn)),
    valueColumn: key[2] === '' ? valueColumn + 1 : valueColumn,
    blank: false,
  };
}

function indentOf(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at += 1;
  return at;
}

function withoutComment(value: string): string {
  if (value.startsWith('#')) return '';
  const comment = /\s#/.exec(value);
  return (comment === null ? value : value.slice(0, comment.index)).trimEnd();
}

function unquote(value: string): string {
  const quoted = /^(["'])(.*)\1$/.exec(value);
  return quoted?.[2] ?? value;
}

function isBoundary(text: string): boolean {
  return /^(---|\.\.\.)(\s|$)/.test(text);
}
