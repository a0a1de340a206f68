import type { Json, Path, SourceRef } from '../manifest/source.ts';
import { listAt, numberAt, objectAt, place, textAt, valueAt, type Board, type BoardObject } from './board.ts';
import { sectionOfRule } from './createItem.ts';
import type { GestureWarning, Plan } from './gesture.ts';
import { freeName, freeObjectName } from './names.ts';
import { takesEverything } from './rules.ts';

/** An item of a list goes to another place of it; an index beyond the ends is taken as the end. */
export function moveItem(board: Board, at: SourceRef, to: number): Plan {
  const item = itemAt(board, at);
  if (typeof item === 'string') return { kind: 'refused', because: { kind: item } };
  const target = Math.min(item.items.length - 1, Math.max(0, to));
  if (target === item.index) return { kind: 'refused', because: { kind: 'nothing-to-do' } };
  return {
    kind: 'planned',
    ops: [{ kind: 'move-item', at: place(item.object.ref, ...at.path), to: target }],
    select: place(item.object.ref, ...at.path.slice(0, -1), target),
    warnings: orderWarnings(at, moved(item.items, item.index, target)),
    alongside: [],
  };
}

/** A copy behind the original. What must be unique (names, ports of servers and services) gets a new value. */
export function duplicate(board: Board, at: SourceRef): Plan {
  if (at.path.length === 0) return duplicateObject(board, at);
  const item = itemAt(board, at);
  if (typeof item === 'string') return { kind: 'refused', because: { kind: item } };
  const copy: Path = [...at.path.slice(0, -1), item.index + 1];
  return {
    kind: 'planned',
    ops: [{ kind: 'duplicate', at: place(item.object.ref, ...at.path) }],
    afterwards: freshFields(at, item.items, item.items[item.index] ?? null).map(({ path, value }) => ({
      kind: 'set',
      at: place(item.object.ref, ...copy, ...path),
      value,
    })),
    select: place(item.object.ref, ...copy),
    warnings: orderWarnings(at, [...item.items.slice(0, item.index + 1), ...item.items.slice(item.index)]),
    alongside: [],
  };
}

function duplicateObject(board: Board, at: SourceRef): Plan {
  const object = objectAt(board, at.object);
  if (object === undefined) return { kind: 'refused', because: { kind: 'place-gone' } };
  const { ref } = object;
  const name = freeObjectName(board, ref.kind, ref.namespace, `${ref.name}-copy`);
  const copy =
    ref.item === undefined
      ? { ...ref, name, document: ref.document + 1 }
      : { ...ref, name, item: ref.item + 1 };
  return {
    kind: 'planned',
    ops: [{ kind: 'duplicate', at: place(ref) }],
    afterwards: [{ kind: 'set', at: place({ ...copy, name: ref.name }, 'metadata', 'name'), value: name }],
    select: place(copy),
    warnings: [],
    alongside: [],
  };
}

interface Item {
  readonly object: BoardObject;
  readonly items: readonly Json[];
  readonly index: number;
}

function itemAt(board: Board, at: SourceRef): Item | 'place-gone' | 'not-a-list-item' {
  const object = objectAt(board, at.object);
  const index = at.path.at(-1);
  if (object === undefined || valueAt(object.value, at.path) === undefined) return 'place-gone';
  if (typeof index !== 'number') return 'not-a-list-item';
  return { object, items: listAt(object.value, at.path.slice(0, -1)), index };
}

function moved(items: readonly Json[], from: number, to: number): Json[] {
  const rest = items.filter((_, index) => index !== from);
  return [...rest.slice(0, to), ...items.slice(from, from + 1), ...rest.slice(to)];
}

/** Rules that stand behind one that takes everything are never reached. */
function orderWarnings(at: SourceRef, after: readonly Json[]): GestureWarning[] {
  const section = sectionOfRule(at.path);
  if (section === undefined || at.path.length !== 3) return [];
  const by = after.findIndex((rule) => takesEverything(section, rule));
  return by >= 0 && by < after.length - 1 ? [{ kind: 'rule-not-reached', by }] : [];
}

interface FreshValue {
  readonly path: Path;
  readonly value: Json;
}

/** Fields of a copy that may not be the same as in another item of the list, with new values; paths count from the item. */
function freshFields({ path }: SourceRef, items: readonly Json[], item: Json): FreshValue[] {
  const list = path.slice(0, -1).join('.');
  switch (list) {
    case 'spec.servers':
      return [...freshNumber(items, item, ['port', 'number']), ...freshName(items, item, ['port', 'name'])];
    case 'spec.subsets':
      return freshName(items, item, ['name']);
    case 'spec.ports':
      return [
        ...freshNumber(items, item, ['number']),
        ...freshNumber(items, item, ['port']),
        ...freshName(items, item, ['name']),
      ];
    default:
      return [];
  }
}

function freshName(items: readonly Json[], item: Json, path: Path): FreshValue[] {
  const name = textAt(item, path);
  if (name === undefined) return [];
  const taken = new Set(items.flatMap((each) => textAt(each, path) ?? []));
  return [{ path, value: freeName(name, taken) }];
}

function freshNumber(items: readonly Json[], item: Json, path: Path): FreshValue[] {
  const number = numberAt(item, path);
  if (number === undefined) return [];
  const taken = new Set(items.flatMap((each) => numberAt(each, path) ?? []));
  let free = number + 1;
  while (taken.has(free)) free += 1;
  return [{ path, value: free }];
}
