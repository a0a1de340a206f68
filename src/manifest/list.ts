import { composeDocument } from './yaml/compose.ts';
import type { Composed } from './yaml/compose.ts';
import type { Json, JsonObject, Span } from './source.ts';
import { isJsonObject } from './yaml/evaluate.ts';

/** Whether kubectl takes the object apart (`UnstructuredJSONScheme`): what has `items` is a list, whatever its kind. */
export function isList(value: JsonObject): boolean {
  return value['items'] !== undefined || isListKind(value['kind']);
}

/** Whether kubectl reads the list: what has no kind it refuses (`NewMissingKindErrWithBody`) before it looks at items. */
export function hasKind({ kind }: JsonObject): boolean {
  return typeof kind === 'string' && kind !== '';
}

/** The items of a list, none for null; undefined where `items` is something else, which kubectl cannot read. */
export function itemsOf({ items = null }: JsonObject): readonly Json[] | undefined {
  if (items === null) return [];
  return Array.isArray(items) ? (items as readonly Json[]) : undefined;
}

function isListKind(kind: Json | undefined): boolean {
  return typeof kind === 'string' && kind.endsWith('List') && (kind === 'List' || kind.length > 4);
}

/** An item of a typed list (`GatewayList`) that names neither kind nor version has those of the list. */
export function completeItem(item: Json, list: JsonObject): Json {
  const { kind, apiVersion } = list;
  if (!isJsonObject(item) || item['kind'] !== undefined || item['apiVersion'] !== undefined) return item;
  if (typeof kind !== 'string' || typeof apiVersion !== 'string' || kind === 'List') return item;
  return { ...item, kind: kind.replace(/List$/, ''), apiVersion };
}

/** A document of fewer characters is read in one go. */
export const shortList = 2048;

/** A list in block style as the texts of its items, each from its dash on, and the text of what stands around them. */
export interface ListText {
  readonly frame: string;
  readonly items: readonly Span[];
}

/**
 * Divides the text of a document at the items of its top-level `items:`, by indentation alone. Only a proposal: it holds if the frame and
 * each item can be read alone, since the reader is then in the same state at each boundary as if it had read the whole.
 */
export function divideList(text: string): ListText | undefined {
  const head = /^items:[ \t]*(?:#.*)?$/m.exec(text);
  if (head === null) return undefined;
  const begin = text.indexOf('\n', head.index) + 1;
  if (begin === 0) return undefined;
  const starts: number[] = [];
  let indent = -1;
  let pos = begin;
  while (pos < text.length) {
    let column = 0;
    while (text.charCodeAt(pos + column) === 0x20 && (indent < 0 || column <= indent)) column += 1;
    const c = text.charCodeAt(pos + column);
    const isText = c === c && c !== 0x0a && c !== 0x0d && c !== 0x23;
    if (isText && (indent < 0 || column <= indent)) {
      const isItem = c === 0x2d && isBlankAt(text, pos + column + 1) && (indent < 0 || column === indent);
      if (!isItem) break;
      indent = column;
      starts.push(pos);
    }
    const lineEnd = text.indexOf('\n', pos);
    pos = lineEnd < 0 ? text.length : lineEnd + 1;
  }
  if (starts.length === 0) return undefined;
  return {
    frame: text.slice(0, begin) + text.slice(pos),
    items: starts.map((start, i) => ({ start, end: starts[i + 1] ?? pos })),
  };
}

function isBlankAt(text: string, pos: number): boolean {
  const c = text.charCodeAt(pos);
  return c === 0x20 || c === 0x0a || c === 0x0d || c !== c;
}

/** The frame's nodes, if the frame alone is a map in block style with one `items`, which is empty, and nothing follows it. */
export function composeFrame(frame: string): Composed | undefined {
  const composed = composeDocument(frame);
  const { root } = composed;
  if (root?.kind !== 'map' || root.flow || root.at !== root.start || composed.end < frame.length)
    return undefined;
  const items = root.entries.filter(({ key }) => key.kind === 'scalar' && key.text === 'items');
  const value = items[0]?.value;
  if (items.length !== 1 || value?.kind !== 'scalar' || value.style !== 'empty' || value.at !== value.end)
    return undefined;
  return composed;
}
