import { sameObject, isObject, type Board } from '../../src/gesture/board.ts';
import type { Op } from '../../src/manifest/op.ts';
import { withValue } from '../../src/gesture/put.ts';
import type { Json, Path } from '../../src/manifest/source.ts';

/** What the objects of a board become: an oracle for plans that knows nothing of texts. New documents are put at the end. */
export function applyOps(board: Board, ops: readonly Op[]): Json[] {
  const kept = board.objects
    .filter((object) => !ops.some((op) => op.kind === 'remove-document' && sameObject(op.object, object.ref)))
    .map((object) => {
      const own = ops.filter((op) => 'at' in op && sameObject(op.at.object, object.ref));
      return own.sort((a, b) => order(a) - order(b) || later(a, b)).reduce<Json>(applyOp, object.value);
    });
  const added = ops.flatMap((op) => (op.kind === 'add-document' ? [op.value] : []));
  return [...kept, ...added];
}

/** Values first, then removals from behind, then what is added. */
function order(op: Op): number {
  return op.kind === 'set' ? 0 : op.kind === 'remove' ? 1 : 2;
}

function later(a: Op, b: Op): number {
  if (a.kind !== 'remove' || b.kind !== 'remove') return 0;
  return JSON.stringify(b.at.path.map(String)) < JSON.stringify(a.at.path.map(String)) ? -1 : 1;
}

function applyOp(value: Json, op: Op): Json {
  switch (op.kind) {
    case 'set':
      return withValue(value, op.at.path, op.value);
    case 'insert':
      return changed(value, op.at.path, (parent, key) =>
        Array.isArray(parent)
          ? parent.toSpliced(Number(key), 0, op.value)
          : { ...(isObject(parent) ? parent : {}), [key]: op.value },
      );
    case 'remove':
      return changed(value, op.at.path, (parent, key) => {
        if (Array.isArray(parent)) return parent.toSpliced(Number(key), 1);
        return Object.fromEntries(Object.entries(parent ?? {}).filter(([name]) => name !== key));
      });
    case 'move':
      return changed(value, op.at.path, (parent, key) => {
        const items: Json[] = Array.isArray(parent) ? [...parent] : [];
        const taken = items.splice(Number(key), 1);
        return items.toSpliced(op.to, 0, ...taken);
      });
    case 'duplicate':
      return changed(value, op.at.path, (parent, key) => {
        const items: readonly Json[] = Array.isArray(parent) ? parent : [];
        const copy = op.fields.reduce<Json>(
          (item, { path, value: given }) => withValue(item, path, given ?? null),
          items[Number(key)] ?? null,
        );
        return items.toSpliced(Number(key) + 1, 0, copy);
      });
    default:
      throw new Error(`no oracle for ${op.kind}`);
  }
}

function changed(value: Json, path: Path, change: (parent: Json, key: string | number) => Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) throw new Error('the whole object');
  if (rest.length === 0) return change(value, key);
  if (Array.isArray(value)) {
    return value.map((item: Json, index) => (index === key ? changed(item, rest, change) : item));
  }
  return Object.fromEntries(
    Object.entries(value ?? {}).map(([name, each]) => [
      name,
      name === key ? changed(each as Json, rest, change) : each,
    ]),
  );
}
