import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTextCache } from '../../src/manifest/documents.ts';
import { read } from '../../src/manifest/read.ts';
import type { Json } from '../../src/manifest/source.ts';

const head = 'apiVersion: v1\nkind: X\n';

function readText(text: string, defaultNamespace?: string) {
  return read([{ name: 'a.yaml', text }], defaultNamespace === undefined ? {} : { defaultNamespace });
}

/** What a text is read as: values of objects, and `unreadable` for what is none. */
function valuesOf(text: string): readonly unknown[] {
  return readText(text).objects.map((object) => (object.status === 'read' ? object.value : 'unreadable'));
}

function fieldOf(written: string): unknown {
  const [value] = valuesOf(`${head}v: ${written}\n`) as [{ v: Json } | 'unreadable'];
  return value === 'unreadable' ? value : value.v;
}

/** The reason of the first problem and the text at its place. */
function faultOf(text: string): readonly [string, string] {
  const problem = readText(text).problems[0];
  const reason = problem?.finding.params?.['reason'] ?? problem?.finding.code ?? 'none';
  return [String(reason), text.slice(problem?.span.start, problem?.span.end)];
}

describe('words, as kubectl reads them', () => {
  test.each<[string, unknown]>([
    ...['y', 'Y', 'yes', 'Yes', 'on', 'ON', 'true', 'True', 'TRUE'].map((word): [string, unknown] => [
      word,
      true,
    ]),
    ...['n', 'N', 'no', 'off', 'Off', 'false', 'FALSE'].map((word): [string, unknown] => [word, false]),
    ...['null', 'Null', '~', '', '# nothing'].map((word): [string, unknown] => [word, null]),
    ...[
      'yEs',
      'nULL',
      'tRUE',
      '1:20',
      '12:30:45',
      '2026-01-01',
      'v1',
      'a b',
      '1.2.3',
      '0x',
      '0b2',
      '_1',
      '1e400',
      'http://x:80/y?z',
    ].map((word): [string, unknown] => [word, word]),
    ['80', 80],
    ['+80', 80],
    ['-1', -1],
    ['8_0', 80],
    ['0x50', 80],
    ['0120', 80],
    ['0o120', 80],
    ['080', 80],
    ['0b101', 5],
    ['8e1', 80],
    ['1.10', 1.1],
    ['.5', 0.5],
    ['-0', 0],
    ['9223372036854775807', 2 ** 63 - 1024],
    ['9223372036854775808', 2 ** 63],
    ["'80'", '80'],
    ['"a\\tb\\x41\\u00e9\\U0001F600\\N"', 'a\tbAé😀\u0085'],
    ["'it''s'", "it's"],
    ['!!str 80', '80'],
    ['!!int "80"', 80],
    ['!!float 1', 1],
    ['.1_5', 0.15],
    ['._15', '._15'],
    ['!!binary w6kh/w==', 'é!\ufffd'],
    ['!own 80', '80'],
    ['!!binary aGk=', 'hi'],
    ['|\n  a\n   b\n\n  c\n', 'a\n b\n\nc\n'],
    ['|-\n  a\n', 'a'],
    ['|+\n  a\n\n', 'a\n\n\n'],
    ['>\n  a\n  b\n\n  c\n   d\n', 'a b\nc\n d\n'],
    ['|2\n   a\n', ' a\n'],
    ['one\n  two\n\n  three', 'one two\nthree'],
    ['"a\n  b\\\n  c"', 'a bc'],
    ['{a: 1, b: [x, "y"], c: }', { a: 1, b: ['x', 'y'], c: null }],
    ['[a: 1, {b}]', [{ a: 1 }, { b: null }]],
    ['{yes: 1, 1: a, 1.5: b, "1": c}', { true: 1, 1: 'c', 1.5: 'b' }],
  ])('%s', (written, value) => {
    expect(fieldOf(written)).toEqual(value);
  });
});

describe('what cannot be read, with the reason and the place', () => {
  test.each<[string, string, string]>([
    ['a: *.example.com', 'bad-anchor', '*.example.com'],
    ['a: @b', 'unexpected-character', '@'],
    ['a: `b`', 'unexpected-character', '`'],
    ['a: b: c', 'value-not-allowed', ':'],
    ['a: "b\nc: d', 'quote-not-closed', '"b'],
    ["a: 'b\n---\n", 'quote-not-closed', "'b"],
    ['a: {b: c\nd: [e]', 'expected-comma-or-brace', ':'],
    ['a: [b', 'expected-comma-or-bracket', '['],
    ['a:\n\tb: c', 'tab-indent', '\t'],
    ['a:\n    b: c\n   d: e', 'expected-key', 'd:'],
    ['a:\n  - b\n  c: d', 'expected-dash', 'c:'],
    ['a: b\nc', 'expected-colon', 'c'],
    ['a: *b', 'unknown-anchor', '*b'],
    ['a: &b [*b]', 'anchor-contains-itself', '*b'],
    ['a: "\\q"', 'unknown-escape', '\\q'],
    ['a: "\\x4"', 'bad-escape', '\\x4"'],
    ['a: .inf', 'not-finite', '.inf'],
    ['~: a', 'null-key', '~'],
    ['[a]: b', 'complex-key', '[a]'],
    ['a: !!int b', 'value-does-not-fit-tag', 'b'],
    ['a: !!int 5.', 'value-does-not-fit-tag', '5.'],
    ['a: !!float 9223372036854775808', 'value-does-not-fit-tag', '9223372036854775808'],
    ['a: &x y\n<<: *x', 'merge-needs-mapping', '*x'],
    ['%FOO', 'bad-directive', '%FOO'],
    ['%YAML 1.2\na: b', 'bad-directive', '%YAML 1.2'],
    ['a: \u0001', 'control-character', '\u0001'],
    ['a: |x\n  b', 'bad-block-header', '|x'],
    ['kind: X\napiVersion: v1\nitems: 1', 'items-not-a-list', '1'],
    ['kind: X\napiVersion: v1\nitems: { a: b }', 'items-not-a-list', '{ a: b }'],
    ['- a', 'not-a-mapping', '- a'],
    ['hello', 'not-a-mapping', 'hello'],
    ['a: 1\n--- b\nc: 1', 'bad-separator', '--- b'],
    ['a: 1\n---\ufeff\nc: 1', 'bad-separator', '---\ufeff'],
    ['\ufeff\t{"a": 1}', 'tab-indent', '\t'],
    ['kind: X', 'LINT002', 'kind'],
  ])('%s', (text, reason, place) => {
    expect(faultOf(text)).toEqual([reason, place]);
  });

  test('the other documents go on, and the broken one is named as far as it can be', () => {
    const { objects } = readText(
      `${head}---\nkind: Gateway\nmetadata:\n  namespace: n\n  name: g\nspec: [\n---\n${head}`,
    );
    expect(objects.map(({ status }) => status)).toEqual(['read', 'unreadable', 'read']);
    expect(objects[1]).toMatchObject({ document: 1, kind: 'Gateway', name: 'g', namespace: 'n' });
  });

  test('a key that stands twice is a problem, and the last one counts', () => {
    const text = `${head}spec:\n  a: 1\n  b: {c: 1, c: 2}\n  a: 3\n`;
    const { objects, problems } = readText(text);
    expect(objects[0]).toMatchObject({ value: { spec: { a: 3, b: { c: 2 } } } });
    expect(
      problems.map(({ finding, span }) => [
        finding.code,
        finding.path,
        text.slice(span.start - 1, span.end + 3),
      ]),
    ).toEqual([
      ['LINT005', ['spec', 'b', 'c'], ' c: 2'],
      ['LINT005', ['spec', 'a'], ' a: 3'],
    ]);
  });

  test('a block at the very end has its line end, since kubectl gives every line one', () => {
    expect(readText(`${head}spec:\n  a: |\n    b`).objects[0]).toMatchObject({
      value: { spec: { a: 'b\n' } },
    });
  });

  test('what JSON cannot have does not matter where a later key replaces it', () => {
    const text = `${head}spec:\n  a: {~: 1, b: .inf}\n  c: [.nan]\n  a: 3\n  c: 4\n`;
    expect(readText(text).objects[0]).toMatchObject({ status: 'read', value: { spec: { a: 3, c: 4 } } });
    const twice = `${head}spec:\n  a: {~: 1}\n  c: .inf\n  a: 3\n`;
    expect(faultOf(twice)).toEqual(['not-finite', '.inf']);
  });

  test('text behind the end of a document is not read, and said to be', () => {
    const text = `${head}...\n# fine\nmore: 1\n`;
    const { problems } = readText(text);
    expect(problems.map(({ finding, span }) => [finding.code, text.slice(span.start, span.end)])).toEqual([
      ['LINT204', 'more: 1'],
    ]);
  });
});

describe('documents', () => {
  test.each<[string, string, number]>([
    ['nothing', '', 0],
    ['blanks and comments', '\n # a\n---\n---\n# b\n', 0],
    ['null', '~\n---\nnull\n', 0],
    ['what follows an end behind the first separator', '---\n...\n@', 0],
    ['separators in a row', `---\n---\n${head}---\n---\n---\n${head}`, 2],
    ['a comment behind the separator', `--- # one\n${head}--- \t\n${head}`, 2],
    ['comments before the first', `# a\n---\n${head}`, 1],
    ['an end marker', `${head}...\n---\n${head}`, 2],
    ['a byte-order mark', `\ufeff---\n${head}`, 1],
    ['CRLF', `${head}---\n${head}`.replaceAll('\n', '\r\n'), 2],
    ['no last line end', `${head}---\n${head.trim()}`, 2],
    ['JSON', '{"apiVersion":"v1","kind":"X","a":"\\/\\u00e9"}', 1],
    ['JSON values in a row', '{"apiVersion":"v1","kind":"X"}\n {"apiVersion":"v1","kind":"Y"} ', 2],
    ['JSON, then YAML', `{"apiVersion":"v1","kind":"X"}\n---\n${head}`, 2],
    ['a byte-order mark before JSON', '\ufeff{"apiVersion":"v1","kind":"X"}', 1],
    ['a block at the very end', 'apiVersion: v1\nkind: X\na: |\n  b', 1],
    ['JSON with tabs', '{\n\t"apiVersion": "v1",\n\t"kind": "X"\n}\n', 1],
    ['flow style that is no JSON', '{apiVersion: v1, kind: X}', 1],
  ])('%s', (_, text, count) => {
    const { objects } = readText(text);
    expect(objects.map(({ status }) => status)).toEqual(Array.from({ length: count }, () => 'read'));
    expect(objects.map((object) => (object.status === 'read' ? object.ref.document : -1))).toEqual([
      ...objects.keys(),
    ]);
  });

  test('a list without a kind cannot be read', () => {
    const { objects } = read([{ name: '', text: 'apiVersion: v1\nitems:\n- {apiVersion: v1, kind: X}\n' }]);
    expect(objects.map(({ status }) => status)).toEqual(['unreadable']);
  });

  test('null items make any object a list of nothing', () => {
    expect(read([{ name: '', text: 'apiVersion: v1\nkind: X\nitems:\n' }]).objects).toEqual([]);
  });

  test('lists are taken apart, lists in lists too; items of a typed list have its kind', () => {
    const text =
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: A\n- apiVersion: x/v1\n  kind: BList\n  items:\n  - metadata: {name: b, namespace: m}\n- 7\n';
    expect(readText(text, 'mine').objects).toMatchObject([
      { status: 'read', ref: { kind: 'A', name: '', namespace: 'mine', document: 0, item: 0 } },
      {
        status: 'read',
        ref: { kind: 'B', name: 'b', namespace: 'm', document: 0, item: 1 },
        apiVersion: 'x/v1',
      },
      { status: 'unreadable', document: 0, item: 2 },
    ]);
  });

  test('merge keys count where they stand, as in go-yaml', () => {
    expect(
      valuesOf(`${head}a: &a {x: 1, z: 1}\nb: {<<: *a, z: 2}\nc: {z: 2, <<: *a}\nd: {<<: [{x: 3}, *a]}\n`),
    ).toMatchObject([{ b: { x: 1, z: 2 }, c: { x: 1, z: 1 }, d: { x: 3, z: 1 } }]);
  });

  test('times come through as texts', () => {
    expect(fieldOf('2026-01-02T03:04:05Z')).toBe('2026-01-02T03:04:05Z');
  });
});

describe('a warm cache', () => {
  const item = (n: number): string =>
    `- apiVersion: v1\n  kind: X\n  metadata:\n    name: n${n}\n  spec: "${'x'.repeat(200)}"\n`;
  const list = `apiVersion: v1\nitems:\n${Array.from({ length: 20 }, (_, n) => item(n)).join('')}kind: List\n`;
  const documents = Array.from({ length: 20 }, (_, n) => `${head}metadata:\n  name: n${n}\n`).join('---\n');

  test.each([
    ['documents', documents],
    ['items of one list', list],
  ])('keeps the values of %s that an edit does not touch', (_, text) => {
    const cache = createTextCache();
    const before = read([{ name: '', text }], { cache }).objects;
    const after = read([{ name: '', text: text.replace('n7\n', 'other\n') }], { cache }).objects;
    const kept = after.map(
      (object, i) =>
        object.status === 'read' && before[i]?.status === 'read' && object.value === before[i].value,
    );
    expect(kept).toEqual(Array.from({ length: 20 }, (_, n) => n !== 7));
    expect(after[7]).toMatchObject({ value: { metadata: { name: 'other' } } });
  });

  test.each([
    ['a quote over several items', list.replace('n3\n', '"n3\n').replace('n5\n', 'n5"\n')],
    ['an alias to another item', list.replace('n3\n', '&n n3\n').replace('n5\n', '*n\n')],
    ['an anchor on the list', list.replace('items:', 'items: &i')],
    ['an end in the middle', list.replace('- apiVersion', '...\n- apiVersion')],
    ['a second list of items', `${list}items: []\n`],
    ['a broken item', list.replace('n3\n', '[n3\n')],
  ])('reads a list with %s as if it were cold', (_, text) => {
    const cache = createTextCache();
    read([{ name: '', text: list }], { cache });
    const warm = read([{ name: '', text }], { cache });
    // Below a certain length lists are read whole: padding outside the list changes nothing but that.
    const short = read([{ name: '', text: text.replaceAll('x'.repeat(200), 'x') }]);
    const plain = (reading: typeof warm): unknown =>
      JSON.parse(JSON.stringify(reading.objects).replaceAll('x'.repeat(200), 'x'), (key, value: unknown) =>
        key === 'span' ? 0 : value,
      );
    expect(plain(warm)).toEqual(plain(short));
    expect(warm).toEqual(read([{ name: '', text }]));
  });
});

describe('hostile input', () => {
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...'bcdefghi'
      .split('')
      .map(
        (c) =>
          `${c}: &${c} [${Array.from({ length: 9 }, () => `*${String.fromCharCode(c.charCodeAt(0) - 1)}`).join(', ')}]`,
      ),
  ];
  test.each<[string, string]>([
    ['an alias bomb', head + bomb.join('\n')],
    ['deep flow', `${head}a: ${'['.repeat(100_000)}`],
    ['deep flow in lines', `${head}a: ${'[\n'.repeat(100_000)}`],
    ['deep blocks', Array.from({ length: 2000 }, (_, n) => `${' '.repeat(n)}a:\n`).join('')],
    ['dashes in a row', `a: \n${'- '.repeat(20_000)}`],
    ['deep JSON', '{"a":'.repeat(100_000)],
    [
      'a chain of anchors',
      `${head}a0: &a0 {}\n${Array.from({ length: 20_000 }, (_, n) => `a${n + 1}: &a${n + 1} {x: *a${n}}`).join('\n')}`,
    ],
    ['many keys', `${head}${Array.from({ length: 50_000 }, (_, n) => `k${n}: ${n}`).join('\n')}`],
    ['one key many times', `${head}${'k: 1\n'.repeat(50_000)}`],
    ['open quotes', `${head}${'a: "\n'.repeat(50_000)}`],
    ['colons', `${':'.repeat(200_000)}`],
    ['a long word', `${head}a: ${'x '.repeat(500_000)}`],
    ['blank lines in a word', `${head}a: x${'\n'.repeat(300_000)}  y`],
    ['separators', '---\n'.repeat(100_000)],
    ['comments', '# a\n'.repeat(100_000)],
    ['NULs', '\0'.repeat(1000)],
    ['half surrogates', `${head}a: "\ud800 \udc00"\n\ud800`],
  ])('%s is read in time', (_, text) => {
    const start = performance.now();
    expect(readText(text).objects.length).toBeLessThan(3);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test('a key named __proto__ is a key', () => {
    const [object] = readText(`${head}__proto__: {polluted: true}\n`).objects;
    expect(object?.status === 'read' && Object.hasOwn(object.value, '__proto__')).toBe(true);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('no text makes it throw, and the same text gives the same reading', () => {
    const bits = fc.constantFrom(
      ...[
        'a: ',
        '- ',
        '? ',
        ': ',
        '\n',
        '\n  ',
        '[',
        ']',
        '{',
        '}',
        ',',
        '"',
        "'",
        '#',
        '&a ',
        '*a',
        '<<: ',
        '!!str ',
        '|',
        '>',
        '\t',
        '...',
        '---',
        '%YAML 1.1\n',
        '~',
        '1',
        '\r',
        '\\',
        '\u2028',
        '\ufeff',
        '\ud800',
        head,
      ],
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(bits, fc.string()), { maxLength: 20 }), (parts) => {
        const text = parts.join('');
        const reading = readText(text);
        expect(readText(text)).toEqual(reading);
        for (const { span } of reading.problems) {
          expect(span.start).toBeLessThanOrEqual(span.end);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 600 },
    );
  });
});
