import { placeParts } from '../../src/explain/gestures.ts';
import { fieldAt } from '../../src/istio/schema/kinds.ts';
import type { ObjectRef, Path } from '../../src/manifest/source.ts';

/** The place that a form shows for a selection: the nearest item of a list of objects (a server, a rule, a destination), else the whole object. */
export function formPath(kind: string, path: Path): Path {
  for (let length = path.length; length > 0; length -= 1) {
    const head = path.slice(0, length);
    if (typeof head.at(-1) === 'number' && fieldAt(kind, head)?.type === 'object') return head;
  }
  return [];
}

export interface Crumb {
  readonly label: string;
  readonly path: Path;
}

/** The way to a place: the object, then every item on the way. */
export function crumbsTo(object: ObjectRef, path: Path): readonly Crumb[] {
  const crumbs: Crumb[] = [{ label: object.name === '' ? object.kind : object.name, path: [] }];
  for (const [index, key] of path.entries()) {
    if (typeof key !== 'number') continue;
    const head = path.slice(0, index + 1);
    crumbs.push({ label: placeParts(head).at(-1) ?? String(key + 1), path: head });
  }
  return crumbs;
}
