import type { ComposedJson } from './json.ts';
import { completeItem, hasKind, isList, itemsOf } from './list.ts';
import type { Json, Path, Span } from './source.ts';
import { stepInto } from './walk.ts';
import { composeDocument } from './yaml/compose.ts';
import { evaluate, isJsonObject } from './yaml/evaluate.ts';
import type { SyntaxFailure } from './yaml/failure.ts';
import type { Node } from './yaml/nodes.ts';

/** One object of a document with the node that it is written as; `item` counts the items of a list, flattened. */
export interface PlacedObject {
  readonly item?: number;
  readonly value: Json;
  readonly node: Node;
}

/** A repeated key: `object` is an index into the objects, -1 where the key belongs to none, and `path` starts in that object. */
export interface RepeatedKey {
  readonly object: number;
  readonly path: Path;
  readonly key: Node;
}

export type ComposedObjects =
  | { readonly status: 'failed'; readonly failure: SyntaxFailure }
  | { readonly status: 'empty' }
  | {
      readonly status: 'composed';
      readonly objects: readonly PlacedObject[];
      readonly repeated: readonly RepeatedKey[];
      /** Text behind the end of the document, which go-yaml does not read. */
      readonly unread?: Span;
    };

/** The objects of one document's text, lists taken apart. `json` is given where the text was read as JSON already. */
export function composeObjects(text: string, json?: ComposedJson): ComposedObjects {
  const composed = json ?? composeDocument(text);
  if (composed.failure !== undefined) return { status: 'failed', failure: composed.failure };
  const { root } = composed;
  if (root === undefined) return { status: 'empty' };
  const { value, duplicates, failure } = evaluate(root);
  if (failure !== undefined) return { status: 'failed', failure };
  if (value === null) return { status: 'empty' };
  const objects: PlacedObject[] = [];
  const numbers = flatten(objects, value, root, false);
  if (isBad(numbers)) {
    const { at: start, end } = numbers.bad;
    return { status: 'failed', failure: { reason: 'items-not-a-list', start, end } };
  }
  const repeated = duplicates.map(({ path, key }) => ({ ...ownerOf(numbers, path), key }));
  const unread = json === undefined ? unreadRest(text, composed.end) : undefined;
  return { status: 'composed', objects, repeated, ...(unread === undefined ? {} : { unread }) };
}

/** The number of an object, or those of the items of a list. */
type Numbers = number | readonly Numbers[];

function flatten(objects: PlacedObject[], value: Json, node: Node, isItem: boolean): Numbers | BadItems {
  if (!isJsonObject(value) || !isList(value) || (!isItem && !hasKind(value))) {
    objects.push({ ...(isItem ? { item: objects.length } : {}), value, node });
    return objects.length - 1;
  }
  const itemsNode = stepInto(node, 'items')?.node;
  const items = itemsOf(value);
  if (items === undefined) return { bad: itemsNode ?? node };
  const numbers: Numbers[] = [];
  for (const [index, item] of items.entries()) {
    const itemNode = itemsNode && stepInto(itemsNode, index)?.node;
    const number = flatten(objects, completeItem(item, value), itemNode ?? node, true);
    if (isBad(number)) return number;
    numbers.push(number);
  }
  return numbers;
}

/** `items` that is no list. */
interface BadItems {
  readonly bad: Node;
}

function isBad(numbers: Numbers | BadItems): numbers is BadItems {
  return typeof numbers === 'object' && 'bad' in numbers;
}

function ownerOf(numbers: Numbers, path: Path): { object: number; path: Path } {
  let at: Numbers | undefined = numbers;
  let depth = 0;
  while (typeof at === 'object') {
    const index = path[depth + 1];
    at = path[depth] === 'items' && typeof index === 'number' ? at[index] : undefined;
    depth += 2;
  }
  return at === undefined || depth >= path.length
    ? { object: -1, path }
    : { object: at, path: path.slice(depth) };
}

/** go-yaml reads one document of what kubectl hands to it: comments may follow, anything else is lost. */
function unreadRest(text: string, end: number): Span | undefined {
  let pos = end;
  while (pos < text.length) {
    const next = text.indexOf('\n', pos);
    const lineEnd = next < 0 ? text.length : next;
    const line = text.slice(pos, lineEnd);
    const word = line.trim();
    if (word !== '' && word !== '...' && !word.startsWith('#')) {
      const start = pos + line.indexOf(word);
      return { start, end: start + word.length };
    }
    pos = lineEnd + 1;
  }
  return undefined;
}
