import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments, visit } from 'yaml';
import { locate, refAt } from '../../src/manifest/locate.ts';
import { createTextCache } from '../../src/manifest/documents.ts';
import { read } from '../../src/manifest/read.ts';
import type { Json, Path, SourceRef } from '../../src/manifest/source.ts';
import { writtenTexts } from './writeYaml.ts';

const text = `# gateway
---
apiVersion: v1
kind: Gateway
metadata: {name: g, labels: {"a": b}}
spec:
  servers:
  - hosts: &h
      - "*.example.com" # all
      - b
    port:
      number: 80
  - hosts: *h
    tls:
  empty: {}
---
{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: A, x: [1, 2]}]}
`;

function refOf(source: string, document: number, path: Path): SourceRef {
  const found = read([{ name: '', text: source }]).objects.find(
    (object) => object.status === 'read' && object.ref.document === document,
  );
  if (found?.status !== 'read') throw new Error('no such object');
  return { object: found.ref, path };
}

function pieces(document: number, path: Path): readonly (string | undefined)[] {
  return (['key', 'value', 'entry'] as const).map((part) => {
    const span = locate(text, refOf(text, document, path), part);
    return span && text.slice(span.start, span.end);
  });
}

describe('key, value and entry of a path', () => {
  test.each<[number, Path, readonly string[]]>([
    [0, ['kind'], ['kind', 'Gateway', 'kind: Gateway']],
    [0, ['metadata', 'labels', 'a'], ['"a"', 'b', '"a": b']],
    [0, ['spec', 'servers', 0, 'hosts', 0], ['-', '"*.example.com"', '- "*.example.com"']],
    [0, ['spec', 'servers', 0, 'port'], ['port', 'number: 80', 'port:\n      number: 80']],
    [0, ['spec', 'servers', 1, 'hosts'], ['hosts', '*h', 'hosts: *h']],
    [0, ['spec', 'servers', 1, 'hosts', 1], ['-', 'b', '- b']],
    [0, ['spec', 'servers', 1, 'tls'], ['tls', '', 'tls:']],
    [0, ['spec', 'servers', 1, 'tls', 'mode'], ['tls', 'tls', 'tls']],
    [0, ['spec', 'servers', 7, 'port', 'name'], ['servers', 'servers', 'servers']],
    [0, ['status', 'x'], ['apiVersion', 'apiVersion', 'apiVersion']],
    [1, ['x', 1], ['2', '2', '2']],
    [1, [], ['apiVersion', '{apiVersion: v1, kind: A, x: [1, 2]}', '{apiVersion: v1, kind: A, x: [1, 2]}']],
  ])('%i %j', (document, path, expected) => {
    expect(pieces(document, path)).toEqual(expected);
  });

  test('the last of equal keys, and fields that a merge brings', () => {
    const own = 'apiVersion: v1\nkind: X\na: &a {x: 1, z: 2}\nb:\n  <<: *a\n  z: 3\n  z: 4\n';
    const at = (path: Path): string => {
      const span = locate(own, refOf(own, 0, path));
      return own.slice(0, span?.start).split('\n').length + ':' + own.slice(span?.start, span?.end);
    };
    expect([at(['b', 'x']), at(['b', 'z'])]).toEqual(['3:1', '7:4']);
  });
});

test.each<[string, Path | undefined]>([
  ['# gateway', undefined],
  ['apiVersion', ['apiVersion']],
  ['Gateway', ['kind']],
  ['"a"', ['metadata', 'labels', 'a']],
  ['"*.example', ['spec', 'servers', 0, 'hosts', 0]],
  ['number', ['spec', 'servers', 0, 'port', 'number']],
  ['tls', ['spec', 'servers', 1, 'tls']],
  ['{}', ['spec', 'empty']],
])('what stands at %s', (word, path) => {
  expect(refAt(text, 3, text.indexOf(word) + 1)?.path).toEqual(path);
});

test('an object says which source it was asked of, and the namespace that it is in', () => {
  expect(refAt(text, 3, text.indexOf('x: ['), { defaultNamespace: 'n' })?.object).toEqual({
    kind: 'A',
    namespace: 'n',
    name: '',
    source: 3,
    document: 1,
    item: 0,
  });
});

function pathsOf(value: Json, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, one]) =>
      pathsOf(one as Json, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

test('every path of a text has a place, and that place has the path', () => {
  fc.assert(
    fc.property(writtenTexts, ({ text: own }) => {
      const cache = createTextCache();
      for (const object of read([{ name: '', text: own }]).objects) {
        if (object.status !== 'read') continue;
        for (const path of pathsOf(object.value)) {
          const ref = { object: object.ref, path };
          const key = locate(own, ref, 'key', cache);
          const value = locate(own, ref, 'value', cache);
          expect(key).toBeDefined();
          expect(value).toBeDefined();
          // What stands behind an alias is written where the anchor is.
          const found = refAt(own, 0, key?.start ?? -1, { cache });
          if (path.length > 0 && !own.includes('*n')) expect(found).toEqual(ref);
        }
      }
    }),
    { numRuns: 100 },
  );
});

test('long lists are located item by item, as if they were read whole', () => {
  const items = Array.from(
    { length: 60 },
    (_, n) =>
      `  - apiVersion: v1\n    kind: X\n    metadata: {name: n${n}} # ${n}\n    spec:\n      a: ${n}\n`,
  );
  const list = `apiVersion: v1\nitems:\n${items.join('')}kind: List\n`;
  const cache = createTextCache();
  for (const n of [0, 17, 59]) {
    const object = read([{ name: '', text: list }], { cache: createTextCache() }).objects[n];
    if (object?.status !== 'read') throw new Error('unreadable');
    const span = locate(list, { object: object.ref, path: ['spec', 'a'] }, 'entry', cache);
    expect(list.slice(span?.start, span?.end)).toBe(`a: ${n}`);
    expect(refAt(list, 0, span?.start ?? -1, { cache })).toEqual({ object: object.ref, path: ['spec', 'a'] });
  }
});

test('items of a long typed list have the kind of the list', () => {
  const items = Array.from(
    { length: 60 },
    (_, n) => `- metadata:\n    name: n${n}\n    labels: {a: ${'x'.repeat(30)}}\n`,
  );
  const list = `apiVersion: x/v1\nitems:\n${items.join('')}kind: GatewayList\n`;
  expect(refAt(list, 0, list.indexOf('n42'))).toEqual({
    object: { kind: 'Gateway', namespace: 'default', name: 'n42', source: 0, document: 0, item: 42 },
    path: ['metadata', 'name'],
  });
});

test('another parser finds the same scalars at the same places', () => {
  fc.assert(
    fc.property(writtenTexts, ({ text: own }) => {
      const theirs: string[] = [];
      for (const document of parseAllDocuments(own, { uniqueKeys: false, schema: 'failsafe' })) {
        visit(document, {
          Scalar: (key, node) => {
            if (key !== 'key' && node.range) theirs.push(own.slice(node.range[0], node.range[1]).trimEnd());
          },
        });
      }
      const cache = createTextCache();
      const ours: string[] = [];
      for (const object of read([{ name: '', text: own }]).objects) {
        if (object.status !== 'read') continue;
        for (const path of pathsOf(object.value)) {
          const span = locate(own, { object: object.ref, path }, 'value', cache);
          const written = own.slice(span?.start, span?.end).replace(/^&\S+\s+/, '');
          ours.push(written.trimEnd());
        }
      }
      // Theirs has what ours has: scalars once each; ours has collections and repeated places besides.
      const known = new Set(ours);
      const gone = new Set(['gone', '']);
      expect(theirs.filter((word) => !known.has(word) && !gone.has(word))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
