import { kinds } from '../istio/schema/kinds.ts';
import type { ObjectRef } from '../manifest/source.ts';
import type { Reading, ReadObject } from '../manifest/read.ts';
import { notSimulatedObject } from '../notSimulatedKinds.ts';
import type { Draft } from './draft.ts';

/** An object that could be read. */
export type ReadableObject = ReadObject & { readonly status: 'read' };

/** LINT203: one name twice; of the two the later one counts. */
export function* repeatedObjects(objects: readonly ReadableObject[]): Generator<Draft> {
  const seen = new Map<string, ObjectRef>();
  for (const { ref, apiVersion } of objects) {
    const { kind, namespace, name } = ref;
    if (name === '') continue;
    const key = `${groupOf(apiVersion)}/${kind} ${namespace}/${name}`;
    const first = seen.get(key);
    seen.set(key, ref);
    if (!first) continue;
    const params = { object: `${kind} ${namespace}/${name}` };
    yield {
      code: 'LINT203',
      at: { object: ref, path: ['metadata', 'name'] },
      others: [{ object: first, path: ['metadata', 'name'] }],
      params,
    };
  }
}

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** LINT205, once for each kind that decides about calls and is not simulated, at its first object. Others, a ConfigMap say, do not matter. */
export function* unsimulatedKinds(objects: readonly ReadableObject[]): Generator<Draft> {
  const found = new Map<string, { readonly first: ObjectRef; count: number }>();
  for (const { ref, apiVersion, value } of objects) {
    if (!notSimulatedObject(ref, apiVersion, value)) continue;
    const key = `${groupOf(apiVersion)}/${ref.kind}`;
    const known = found.get(key);
    if (known) known.count += 1;
    else found.set(key, { first: ref, count: 1 });
  }
  for (const [key, { first, count }] of found) {
    const params = { kind: first.kind, group: key.slice(0, key.indexOf('/')), count };
    yield { code: 'LINT205', at: { object: first, path: ['kind'] }, params };
  }
}

/** LINT201, once: `v1` says the same. */
export function* olderVersions(objects: readonly ReadableObject[]): Generator<Draft> {
  const older = objects.filter(
    ({ ref, apiVersion }) =>
      /^networking\.istio\.io\/v1(?:alpha3|beta1)$/.test(apiVersion) && ISTIO_KINDS.has(ref.kind),
  );
  const [first] = older;
  if (!first) return;
  const params = { got: first.apiVersion, count: older.length };
  yield { code: 'LINT201', at: { object: first.ref, path: ['apiVersion'] }, params };
}

const ISTIO_KINDS = new Set(
  kinds.filter(({ group }) => group === 'networking.istio.io').map(({ kind }) => kind),
);

/** The objects of a reading that could be read. */
export function readableObjects({ objects }: Reading): readonly ReadableObject[] {
  return objects.filter((object): object is ReadableObject => object.status === 'read');
}
