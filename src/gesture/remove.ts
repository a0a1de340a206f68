import type { Json, ObjectRef, Path, SourceRef } from '../manifest/source.ts';
import {
  listAt,
  numberAt,
  objectAt,
  place,
  sameObject,
  valueAt,
  type Board,
  type BoardObject,
} from './board.ts';
import { sectionOfRule } from './createItem.ts';
import type { Alongside, GestureWarning, Plan } from './gesture.ts';
import { hangingOn } from './hanging.ts';
import type { Operation } from '../manifest/edit/operation.ts';
import { distribute } from './weights.ts';

/**
 * Takes away an object, an item or a field. What means it by name elsewhere is left as it is (and said), or, with `dependents`, goes too,
 * with what is nothing without it: a rule without destination, a VirtualService without rule or gateway.
 */
export function remove(board: Board, at: SourceRef, dependents: boolean): Plan {
  const object = objectAt(board, at.object);
  if (object === undefined || valueAt(object.value, at.path) === undefined) {
    return { kind: 'refused', because: { kind: 'place-gone' } };
  }
  const own = place(object.ref, ...at.path);
  const removal: Removal = { board, own, dependents };
  const gone = removedPlaces(removal);
  const weights = freedWeights(board, gone);
  const dangling = dependents ? [] : hangingOn(board, object, at.path);
  const ops = all(gone).map((each): Operation => ({ kind: 'remove', at: each }));
  return {
    kind: 'planned',
    ops: [...weights.map(({ at: weight, value }): Operation => ({ kind: 'set', at: weight, value })), ...ops],
    ...selectAfter(board, own, gone),
    warnings: warningsAfter(object, own, gone),
    alongside: [
      ...all(gone)
        .filter((each) => !contains(each, own) || each.path.length < own.path.length - 1)
        .map((each): Alongside => ({ at: each, what: 'removed' })),
      ...dangling.map((each): Alongside => ({ at: each, what: 'left-dangling' })),
      ...weights.map((each): Alongside => ({ at: each.at, what: 'weight-changed' })),
    ],
  };
}

interface Removal {
  readonly board: Board;
  readonly own: SourceRef;
  readonly dependents: boolean;
}

/** Removed places by object, none inside another. */
type Gone = ReadonlyMap<string, { readonly object: ObjectRef; readonly paths: readonly Path[] }>;

function removedPlaces(removal: Removal): Gone {
  let gone = gather([removal.own]);
  let fresh: readonly SourceRef[] = [removal.own];
  while (fresh.length > 0) {
    const before = gone;
    const more = fresh.flatMap((mark) => followingFrom(removal, mark, before));
    fresh = more.filter((each) => !isGone(before, each.object, each.path));
    gone = gather([...all(gone), ...fresh]);
  }
  return gone;
}

/** What goes because a place goes: what hangs on it, and what it leaves empty, one level up. */
function followingFrom(removal: Removal, mark: SourceRef, gone: Gone): SourceRef[] {
  const { board, dependents } = removal;
  const object = objectAt(board, mark.object);
  if (object === undefined) return [];
  const hanging = dependents ? hangingOn(board, object, mark.path) : [];
  return [...hanging, ...emptiedBy(removal, object, mark.path, gone)];
}

function emptiedBy({ own, dependents }: Removal, object: BoardObject, path: Path, gone: Gone): SourceRef[] {
  const list = path.slice(0, -1);
  const whole = place(object.ref);
  if (sectionOfRule([...path, 0]) !== undefined && path.length === 2) {
    return dependents && withoutRules(object, gone) ? [whole] : [];
  }
  if (typeof path.at(-1) !== 'number') return emptyMap(object, list, path);
  const items = listAt(object.value, list);
  if (!items.every((_, index) => isGone(gone, object.ref, [...list, index]))) return [];
  const mine = contains(own, place(object.ref, ...path)) && own.path.length > 0;
  const held = list.at(-1);
  if (held === 'route' || (held === 'match' && !mine)) return [place(object.ref, ...list.slice(0, -1))];
  if (held === 'gateways' && list.length === 2 && !mine) return [whole];
  return [place(object.ref, ...list)];
}

/** A map within an item that holds nothing any more. */
function emptyMap(object: BoardObject, map: Path, removed: Path): SourceRef[] {
  const value = valueAt(object.value, map);
  const inItem = map.some((key) => typeof key === 'number') && typeof map.at(-1) !== 'number';
  if (!inItem || typeof value !== 'object' || value === null) return [];
  return Object.keys(value).every((key) => key === removed.at(-1)) ? [place(object.ref, ...map)] : [];
}

function withoutRules(object: BoardObject, gone: Gone): boolean {
  return (['http', 'tls', 'tcp'] as const).every(
    (section) =>
      listAt(object.value, ['spec', section]).length === 0 || isGone(gone, object.ref, ['spec', section]),
  );
}

/** Weights of destinations whose neighbours go: they share what those had, in proportion. */
function freedWeights(board: Board, gone: Gone): { readonly at: SourceRef; readonly value: number }[] {
  return [...gone.values()].flatMap(({ object, paths }) => {
    const lists = new Map(
      paths
        .filter((path) => path.at(-2) === 'route')
        .map((path) => [JSON.stringify(path.slice(0, -1)), path]),
    );
    return [...lists.values()].flatMap((path) => {
      const list = path.slice(0, -1);
      return sharedWeights(object, list, listAt(objectAt(board, object)?.value ?? null, list), gone);
    });
  });
}

function sharedWeights(
  object: ObjectRef,
  list: Path,
  items: readonly Json[],
  gone: Gone,
): { readonly at: SourceRef; readonly value: number }[] {
  const weights = items.map((item) => numberAt(item, ['weight']));
  const left = weights.flatMap((weight, index) =>
    weight === undefined || isGone(gone, object, [...list, index]) ? [] : [{ index, weight }],
  );
  const sum = weights.reduce<number>((total, weight) => total + (weight ?? 0), 0);
  const shares = distribute(
    sum,
    left.map(({ weight }) => weight),
  );
  return left.flatMap(({ index, weight }, each) => {
    const value = shares[each] ?? weight;
    return value === weight ? [] : [{ at: place(object, ...list, index, 'weight'), value }];
  });
}

function warningsAfter(object: BoardObject, own: SourceRef, gone: Gone): GestureWarning[] {
  const { ref, value } = object;
  if (isGone(gone, ref, []) || own.path.length === 0) return [];
  const lost = (...path: Path): boolean => valueAt(value, path) !== undefined && isGone(gone, ref, path);
  const rule = own.path.slice(0, 3);
  const widened = own.path[3] === 'match' && !isGone(gone, ref, rule) && lost(...rule, 'match');
  return [
    ...(widened ? [{ kind: 'rule-takes-everything' } as const] : []),
    ...(lost('spec', 'gateways') ? [{ kind: 'becomes-mesh-only' } as const] : []),
    ...(lost('spec', 'hosts') && ref.kind === 'VirtualService' ? [{ kind: 'no-host-left' } as const] : []),
    ...(ref.kind === 'VirtualService' && withoutRules(object, gone)
      ? [{ kind: 'no-rule-left' } as const]
      : []),
  ];
}

/** The item that moves up, else the one before, else what held them. */
function selectAfter(board: Board, own: SourceRef, gone: Gone): { readonly select?: SourceRef } {
  if (isGone(gone, own.object, [])) return {};
  let path = own.path;
  while (path.length > 0 && isGone(gone, own.object, path.slice(0, -1))) path = path.slice(0, -1);
  const index = path.at(-1);
  const list = path.slice(0, -1);
  if (typeof index !== 'number') return { select: place(own.object, ...list) };
  const left = listAt(objectAt(board, own.object)?.value ?? null, list).length - 1;
  return { select: place(own.object, ...list, ...(left > 0 ? [Math.min(index, left - 1)] : [])) };
}

function keyOf({ source, document, item }: ObjectRef): string {
  return `${source}/${document}/${item ?? ''}`;
}

function gather(marks: readonly SourceRef[]): Gone {
  const byObject = new Map<string, { object: ObjectRef; paths: Path[] }>();
  for (const { object, path } of marks) {
    const key = keyOf(object);
    const entry = byObject.get(key) ?? { object, paths: [] };
    if (entry.paths.some((each) => startsWith(path, each))) continue;
    entry.paths = [...entry.paths.filter((each) => !startsWith(each, path)), path];
    byObject.set(key, entry);
  }
  return byObject;
}

function all(gone: Gone): SourceRef[] {
  return [...gone.values()].flatMap(({ object, paths }) => paths.map((path) => ({ object, path })));
}

function isGone(gone: Gone, object: ObjectRef, path: Path): boolean {
  return gone.get(keyOf(object))?.paths.some((each) => startsWith(path, each)) ?? false;
}

function contains(outer: SourceRef, inner: SourceRef): boolean {
  return sameObject(outer.object, inner.object) && startsWith(inner.path, outer.path);
}

function startsWith(path: Path, head: Path): boolean {
  return head.length <= path.length && head.every((key, index) => key === path[index]);
}
