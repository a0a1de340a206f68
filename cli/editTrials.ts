import { isDeepStrictEqual } from 'node:util';
import type { ReadObject } from '../src/manifest/read.ts';
import type { Json, Path, SourceRef } from '../src/manifest/source.ts';
import { documentTrials } from './editDocumentTrials.ts';
import { pick } from './trial.ts';
import type { Objects, Trial } from './trial.ts';

const words: readonly Json[] = [
  ...[
    'plain',
    'yes',
    'on',
    '1_000',
    '12:30',
    '0x10',
    '*.example.com',
    'a: b',
    'x # y',
    '',
    ' led',
    '~',
    '2001-01-01',
  ],
  ...[
    'two\nlines\n',
    'it\'s "so"',
    '- dash',
    '10.0.0.1/8',
    '@at',
    'NULL',
    '.5',
    '{a}',
    'a,b',
    'http://x/y?z',
    'é',
    '=',
    '0o7',
  ],
  ...[80, -1, 0.5, true, null],
];
const blocks: readonly { yaml: string; value: Json }[] = [
  { yaml: '# why\na: 1 # one\nb:\n  - x\n  - "y"\n', value: { a: 1, b: ['x', 'y'] } },
  { yaml: "'quoted'", value: 'quoted' },
  { yaml: '- uri:\n    prefix: /x\n# and\n- name: z', value: [{ uri: { prefix: '/x' } }, { name: 'z' }] },
  { yaml: '{a: [1, 2]}', value: { a: [1, 2] } },
];
const nested: Json = {
  destination: { host: 'web', port: { number: 80 } },
  weight: 100,
  list: ['on', { a: 'b' }],
};

// ── Places ───────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Found {
  readonly index: number;
  readonly at: SourceRef;
  readonly value: Json;
}

/** Edits of every kind for the objects of one text, at a few places each, always the same ones. */
export function trialsOf(objects: readonly ReadObject[]): readonly Trial[] {
  const all: Found[] = [];
  for (const [index, object] of objects.entries()) {
    if (object.status === 'read') collect(all, index, { object: object.ref, path: [] }, object.value);
  }
  const places = all.filter(({ at }) => at.path.length > 0);
  const isList = ({ value }: Found): boolean => Array.isArray(value);
  const isMap = ({ value }: Found): boolean =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const isItem = ({ at }: Found): boolean => typeof at.path.at(-1) === 'number';
  const leaves = places.filter((place) => !isList(place) && !isMap(place));
  // Kind, name and version decide what an object is: a change of them is tried like any other, but the last field may not go.
  const removable = places.filter(({ at }) => !['apiVersion', 'kind'].includes(String(at.path[0])));
  const trials: Trial[] = [];
  for (const [n, found] of pick(leaves).entries())
    trials.push(setTrial('set scalar', found, wordAt(found, n)));
  for (const found of pick(removable.filter((one) => isList(one) || isMap(one)))) {
    trials.push(setTrial('set collection', found, isList(found) ? ['x', nested] : nested));
    trials.push(setTrial('set collection', found, 'word'));
  }
  for (const found of pick(leaves.filter(({ at }) => removable.some((one) => one.at === at))))
    trials.push(setTrial('scalar to collection', found, nested));
  for (const [n, found] of pick(removable).entries()) trials.push(replaceTrial(found, n));
  for (const found of pick(removable.filter((one) => !isItem(one))))
    trials.push(removeTrial('remove field', found));
  for (const found of pick(removable.filter(isItem))) trials.push(removeTrial('remove item', found));
  for (const found of pick(all.filter(isMap))) trials.push(...insertFieldTrials(found));
  for (const found of pick(places.filter(isList))) trials.push(...insertItemTrials(found));
  for (const found of pick(places.filter(isItem))) trials.push(...itemTrials(found, places));
  for (const found of pick(places.filter((one) => !isItem(one)))) trials.push(...renameTrials(found));
  trials.push(...batchTrials(pick(leaves)), ...documentTrials(objects));
  return trials;
}

function collect(all: Found[], index: number, at: SourceRef, value: Json): void {
  all.push({ index, at, value });
  if (typeof value !== 'object' || value === null) return;
  for (const [key, one] of Object.entries(value)) {
    const step = Array.isArray(value) ? Number(key) : key;
    collect(all, index, { object: at.object, path: [...at.path, step] }, one as Json);
  }
}

function wordAt({ at }: Found, n: number): Json {
  if (['apiVersion', 'kind'].includes(String(at.path[0]))) return 'Other';
  return words[(JSON.stringify(at).length * 7 + n) % words.length] ?? 'word';
}

// ── What each edit means, done to plain values ───────────────────────────────────────────────────────────────────────

type Container = Record<string | number, Json> & Json[];

/** The collection that holds the place, of a value that may be changed. */
function holder(objects: Json[], { index, at }: Found): { inside: Container; key: string | number } {
  let inside = objects[index] as unknown as Container;
  for (const key of at.path.slice(0, -1)) inside = inside[key as number] as unknown as Container;
  return { inside, key: at.path.at(-1) ?? '' };
}

function setTrial(kind: string, found: Found, value: Json): Trial {
  return {
    kind,
    operations: [{ kind: 'set', at: found.at, value }],
    meant: (objects) => assign(objects, found, value),
  };
}

function assign(objects: Json[], found: Found, value: Json): Objects {
  const { inside, key } = holder(objects, found);
  inside[key as number] = value;
  return objects;
}

function replaceTrial(found: Found, n: number): Trial {
  const block = blocks[n % blocks.length] ?? { yaml: 'x', value: 'x' };
  return {
    kind: 'replace by YAML',
    operations: [{ kind: 'replace', at: found.at, yaml: block.yaml }],
    meant: (objects) => assign(objects, found, block.value),
  };
}

function removeTrial(kind: string, found: Found): Trial {
  return {
    kind,
    operations: [{ kind: 'remove', at: found.at }],
    meant: (objects) => {
      const { inside, key } = holder(objects, found);
      if (typeof key === 'number') inside.splice(key, 1);
      else Reflect.deleteProperty(inside, key);
      return objects;
    },
  };
}

function into(found: Found, key: string | number): Found {
  return { ...found, at: { object: found.at.object, path: [...found.at.path, key] } };
}

function insertFieldTrials(found: Found): readonly Trial[] {
  const keys = Object.keys(found.value as object);
  const before = keys[keys.length >> 1];
  const trial = (kind: string, value: Json, at: { before?: string }): Trial => ({
    kind,
    operations: [{ kind: 'insert-field', at: found.at, key: 'added', value, ...at }],
    meant: (objects) => assign(objects, into(found, 'added'), value),
  });
  return [
    trial('insert field', 'on', {}),
    trial('insert field', nested, {}),
    ...(before === undefined ? [] : [trial('insert field before', nested, { before })]),
  ];
}

function insertItemTrials(found: Found): readonly Trial[] {
  const { length } = found.value as Json[];
  return [...new Set([0, length >> 1, length])].flatMap((index) =>
    [nested, '*.example.com'].map((value) => ({
      kind: 'insert item',
      operations: [{ kind: 'insert-item' as const, at: found.at, index, value }],
      meant: (objects: Json[]) => {
        holder(objects, into(found, index)).inside.splice(index, 0, value);
        return objects;
      },
    })),
  );
}

function itemTrials(found: Found, places: readonly Found[]): readonly Trial[] {
  const path: Path = found.at.path.slice(0, -1);
  const list = places.find(({ at }) => at.object === found.at.object && isDeepStrictEqual(at.path, path))
    ?.value as Json[];
  const index = found.at.path.at(-1) as number;
  const moves = [...new Set([0, list.length - 1, list.length >> 1])].filter((to) => to !== index);
  const move = (to: number): Trial => ({
    kind: 'move item',
    operations: [{ kind: 'move-item', at: found.at, to }],
    meant: (objects) => {
      const { inside } = holder(objects, found);
      inside.splice(to, 0, ...inside.splice(index, 1));
      return objects;
    },
  });
  const duplicate: Trial = {
    kind: 'duplicate item',
    operations: [{ kind: 'duplicate', at: found.at }],
    meant: (objects) => {
      const { inside } = holder(objects, found);
      inside.splice(index + 1, 0, structuredClone(inside[index] ?? null));
      return objects;
    },
  };
  return [...moves.map(move), duplicate];
}

function renameTrials(found: Found): readonly Trial[] {
  if (['apiVersion', 'kind'].includes(String(found.at.path[0]))) return [];
  return ['renamed', 'yes'].map((name) => ({
    kind: 'rename key',
    operations: [{ kind: 'rename-key' as const, at: found.at, key: name }],
    meant: (objects: Json[]) => {
      const { inside, key } = holder(objects, found);
      const value = inside[key as number] ?? null;
      Reflect.deleteProperty(inside, key);
      inside[name as unknown as number] = value;
      return objects;
    },
  }));
}

function batchTrials(found: readonly Found[]): readonly Trial[] {
  if (found.length < 2) return [];
  return [
    {
      kind: 'batch',
      operations: found.map(({ at }, i) => ({ kind: 'set' as const, at, value: `word ${i}` })),
      meant: (objects) =>
        found.reduce<Objects>((done, one, i) => assign(done as Json[], one, `word ${i}`), objects),
    },
  ];
}
