import { sameObject, isObject, type Board } from '../../src/gesture/board.ts';
import { withValue } from '../../src/gesture/put.ts';
import type { Operation } from '../../src/manifest/edit/operation.ts';
import type { Json, Path } from '../../src/manifest/source.ts';

/** What the objects of a board become: an oracle for plans that knows nothing of texts. New documents are put at the end. */
export function applyOps(board: Board, ops: readonly Operation[], then: readonly Operation[] = []): Json[] {
  const kept = board.objects
    .filter(
      (object) =>
        !ops.some(
          (op) => op.kind === 'remove' && op.at.path.length === 0 && sameObject(op.at.object, object.ref),
        ),
    )
    .map((object) => {
      const own = (list: readonly Operation[]): Operation[] =>
        list.filter((op) => 'at' in op && sameObject(op.at.object, object.ref));
      const first = own(ops).sort((a, b) => order(a) - order(b) || later(a, b));
      return [...first, ...own(then)].reduce<Json>(applyOp, object.value);
    });
  const added = ops.flatMap((op) =>
    op.kind === 'add-document' && 'value' in op.content ? [op.content.value] : [],
  );
  return [...kept, ...added];
}

/** Values first, then removals from behind, then what is added. */
function order(op: Operation): number {
  return op.kind === 'set' ? 0 : op.kind === 'remove' ? 1 : 2;
}

function later(a: Operation, b: Operation): number {
  if (a.kind !== 'remove' || b.kind !== 'remove') return 0;
  return JSON.stringify(b.at.path.map(String)) < JSON.stringify(a.at.path.map(String)) ? -1 : 1;
}

function applyOp(value: Json, op: Operation): Json {
  switch (op.kind) {
    case 'set':
      return withValue(value, op.at.path, op.value);
    case 'insert-field':
      return withValue(value, [...op.at.path, op.key], op.value);
    case 'insert-item':
      return changed(value, op.at.path, (parent, key) =>
        replaced(parent, key, (items) =>
          Array.isArray(items) ? items.toSpliced(op.index, 0, op.value) : [op.value],
        ),
      );
    case 'remove':
      return changed(value, op.at.path, (parent, key) => {
        if (Array.isArray(parent)) return parent.toSpliced(Number(key), 1);
        return Object.fromEntries(Object.entries(parent ?? {}).filter(([name]) => name !== key));
      });
    case 'move-item':
      return changed(value, op.at.path, (parent, key) => {
        const items: Json[] = Array.isArray(parent) ? [...parent] : [];
        const taken = items.splice(Number(key), 1);
        return items.toSpliced(op.to, 0, ...taken);
      });
    case 'duplicate':
      return changed(value, op.at.path, (parent, key) => {
        const items: readonly Json[] = Array.isArray(parent) ? parent : [];
        return items.toSpliced(Number(key) + 1, 0, items[Number(key)] ?? null);
      });
    case 'replace':
    case 'rename-key':
    case 'add-document':
    case 'remove-document':
      throw new Error(`no oracle for ${op.kind}`);
  }
}

function replaced(parent: Json, key: string | number, by: (value: Json) => Json): Json {
  if (Array.isArray(parent)) return parent.map((item: Json, index) => (index === key ? by(item) : item));
  const map = isObject(parent) ? parent : {};
  return { ...map, [key]: by(map[String(key)] ?? null) };
}

function changed(value: Json, path: Path, change: (parent: Json, key: string | number) => Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) throw new Error('the whole object');
  if (rest.length === 0) return change(value, key);
  return replaced(value, key, (inner) => changed(inner, rest, change));
}
