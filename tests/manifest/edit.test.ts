import { describe, expect, test } from 'vitest';
import { applyEdits, edit, invertEdits } from '../../src/manifest/edit.ts';
import type { Operation } from '../../src/manifest/edit/operation.ts';
import { read } from '../../src/manifest/read.ts';
import type { Path, SourceRef } from '../../src/manifest/source.ts';

/** The object of a text by its number; text is written without the two lines that every object needs. */
function at(text: string, path: Path, number = 0): SourceRef {
  const object = read([{ name: '', text }]).objects[number];
  if (object?.status !== 'read') throw new Error(`object ${number} cannot be read`);
  return { object: object.ref, path };
}

const head = 'apiVersion: v1\nkind: X\n';

/** An edit of a field below the head, as the text below the head afterwards, or the refusal. */
function edited(
  body: string,
  operation: (ref: (...path: (string | number)[]) => SourceRef) => Operation | readonly Operation[],
): string {
  const start = body.includes('\r\n') ? head.replaceAll('\n', '\r\n') : head;
  const text = start + body;
  const result = edit(
    text,
    operation((...path) => at(text, path)),
  );
  if ('refused' in result) return `refused: ${result.refused}`;
  const after = applyEdits(text, result.edits);
  expect(applyEdits(after, invertEdits(text, result.edits))).toBe(text);
  return after.slice(start.length);
}

describe('set', () => {
  test.each<[string, string, Path, unknown, string]>([
    ['a word', 'a: b # c\n', ['a'], 'x', 'a: x # c\n'],
    ['in the same quotes', "a: 'b'\t# c\n", ['a'], "it's", "a: 'it''s'\t# c\n"],
    ['in double quotes', 'a: "b"\n', ['a'], 'c"d', 'a: "c\\"d"\n'],
    ['a word that others take for a truth', 'a: b\n', ['a'], 'yes', 'a: "yes"\n'],
    ['a word that others take for a number', 'a: b\n', ['a'], '1_000', 'a: "1_000"\n'],
    ['a time of day', 'a: b\n', ['a'], '12:30', 'a: "12:30"\n'],
    ['a number', 'a: "80"\n', ['a'], 80, 'a: 80\n'],
    ['a wildcard', 'a: [b, c]\n', ['a', 1], '*.x', 'a: [b, "*.x"]\n'],
    ['what was empty', 'a:   # c\nb: 1\n', ['a'], 'x', 'a: x   # c\nb: 1\n'],
    ['CRLF', 'a: b\r\nc: d\r\n', ['a'], 'x', 'a: x\r\nc: d\r\n'],
    ['no last line end', 'a: b', ['a'], 'x', 'a: x'],
    ['lines', 'a: b\n', ['a'], 'x\nw\n', 'a: |\n  x\n  w\n'],
    ['a map for a word', 'a: b # c\n', ['a'], { x: ['w'] }, 'a: # c\n  x:\n    - w\n'],
    ['a word for a map', 'a: # c\n  x: 1\n  w: 2\nb: 1\n', ['a'], 'z', 'a: z # c\nb: 1\n'],
    ['a list for a list', 'a:\n- x\n- w\nb: 1\n', ['a'], ['z'], 'a:\n- z\nb: 1\n'],
    ['inside flow style', 'a: {b: 1, c: 2}\n', ['a', 'b'], { x: 'w' }, 'a: {b: {x: w}, c: 2}\n'],
    ['an alias', 'a: &a b\nc: *a\n', ['c'], 'x', 'a: &a b\nc: x\n'],
    ['an anchor that nobody uses', 'a: &a b\n', ['a'], 'x', 'a: &a x\n'],
    ['an anchor that others use', 'a: &a b\nc: *a\n', ['a'], 'x', 'refused: shared-anchor'],
    ['through an alias', 'a: &a {b: 1}\nc: *a\n', ['c', 'b'], 'x', 'refused: through-alias'],
    ['what a merge brings', 'a: &a {b: 1}\nc: {<<: *a}\n', ['c', 'b'], 'x', 'refused: through-alias'],
    ['nothing', 'a: b\n', ['x'], 'x', 'refused: no-such-place'],
  ])('%s', (_, body, path, value, after) => {
    expect(edited(body, (ref) => ({ kind: 'set', at: ref(...path), value: value as string }))).toBe(after);
  });

  test('several at once', () => {
    expect(
      edited('a: 1\nb: [2, 3]\n', (ref) => [
        { kind: 'set', at: ref('b', 1), value: 30 },
        { kind: 'set', at: ref('a'), value: 10 },
        { kind: 'remove', at: ref('b', 0) },
      ]),
    ).toBe('a: 10\nb: [30]\n');
    expect(
      edited('a: {b: 1}\n', (ref) => [
        { kind: 'set', at: ref('a'), value: 1 },
        { kind: 'set', at: ref('a', 'b'), value: 2 },
      ]),
    ).toBe('refused: overlap');
  });
});

describe('replace by YAML', () => {
  test.each<[string, string, Path, string, string]>([
    [
      'a map with comments',
      'a:\n    x: 1\nb: 2\n',
      ['a'],
      '# one\nw: 1 # two\nz:\n  - 1',
      'a:\n    # one\n    w: 1 # two\n    z:\n      - 1\nb: 2\n',
    ],
    ['indented text', 'a: 1\n', ['a'], '    x: 1\n    w: 2\n', 'a:\n  x: 1\n  w: 2\n'],
    ['in flow style', 'a: {b: 1}\n', ['a', 'b'], 'x:\n  w: 1\n', 'a: {b: {x: {w: 1}}}\n'],
    ['what cannot be read', 'a: 1\n', ['a'], 'x: [', 'refused: unreadable-text'],
  ])('%s', (_, body, path, yaml, after) => {
    expect(edited(body, (ref) => ({ kind: 'replace', at: ref(...path), yaml }))).toBe(after);
  });
});

describe('remove', () => {
  test.each<[string, string, Path, string]>([
    ['a field with its comments', 'a: 1\n# of b\nb: 2 # too\n# of c\nc: 3\n', ['b'], 'a: 1\n# of c\nc: 3\n'],
    ['not the comment of another', 'a: 1\n# apart\n\nb: 2\n', ['b'], 'a: 1\n# apart\n\n'],
    ['a block with a comment inside', 'a:\n  x: 1\n  # inside\nb: 2\n', ['a'], 'b: 2\n'],
    ['the last line', 'a: 1\nb: 2', ['b'], 'a: 1'],
    ['the first field of an item', 'a:\n- x: 1\n  w: 2\n', ['a', 0, 'x'], 'a:\n- w: 2\n'],
    [
      'the same with a comment between',
      'a:\n- x: 1\n  # of w\n  w: 2\n',
      ['a', 0, 'x'],
      'a:\n-\n  # of w\n  w: 2\n',
    ],
    ['an item', 'a:\n  # one\n  - x\n  # two\n  - w\n', ['a', 0], 'a:\n  # two\n  - w\n'],
    ['the only item', 'a: # c\n  - x\nb: 1\n', ['a', 0], 'a: [] # c\nb: 1\n'],
    ['the only field', 'a:\n  x: 1\n', ['a', 'x'], 'a: {}\n'],
    ['in flow style', 'a: [x, w, z]\n', ['a', 0], 'a: [w, z]\n'],
    ['the last in flow style', 'a: {x: 1, w: 2}\n', ['a', 'w'], 'a: {x: 1}\n'],
    ['in flow style over lines', 'a: [\n  x,\n  w,\n]\n', ['a', 0], 'a: [\n  w,\n]\n'],
    ['a repeated key', 'a: 1\na: 2\n', ['a'], 'refused: repeated-key'],
  ])('%s', (_, body, path, after) => {
    expect(edited(body, (ref) => ({ kind: 'remove', at: ref(...path) }))).toBe(after);
  });
});

describe('insert a field', () => {
  const value = { b: ['c'] };
  test.each<[string, string, Path, string | undefined, string]>([
    [
      'at the end',
      'a:\n  x: 1 # one\n# end\n',
      ['a'],
      undefined,
      'a:\n  x: 1 # one\n  new:\n    b:\n      - c\n# end\n',
    ],
    [
      'before another with its comment',
      'a:\n  x: 1\n  # of w\n  w: 2\n',
      ['a'],
      'w',
      'a:\n  x: 1\n  new:\n    b:\n      - c\n  # of w\n  w: 2\n',
    ],
    [
      'before the first',
      'a:\n  # of x\n  x: 1\n',
      ['a'],
      'x',
      'a:\n  new:\n    b:\n      - c\n  # of x\n  x: 1\n',
    ],
    ['in an item', 'a:\n- x: 1\n', ['a', 0], 'x', 'a:\n- new:\n    b:\n    - c\n  x: 1\n'],
    [
      "in the user's indentation",
      'z:\n    w:\n    - 1\na:\n    x: 1\n',
      ['a'],
      undefined,
      'z:\n    w:\n    - 1\na:\n    x: 1\n    new:\n        b:\n        - c\n',
    ],
    ['in an empty map', 'a: {} # c\n', ['a'], undefined, 'a: # c\n  new:\n    b:\n      - c\n'],
    ['in nothing', 'a:\n', ['a'], undefined, 'a:\n  new:\n    b:\n      - c\n'],
    ['in flow style', 'a: {x: 1}\n', ['a'], undefined, 'a: {x: 1, new: {b: [c]}}\n'],
    ['without a last line end', 'a:\n  x: 1', ['a'], undefined, 'a:\n  x: 1\n  new:\n    b:\n      - c'],
    ['with CRLF', 'a:\r\n  x: 1\r\n', ['a'], undefined, 'a:\r\n  x: 1\r\n  new:\r\n    b:\r\n      - c\r\n'],
    ['in a list', 'a: [1]\n', ['a'], undefined, 'refused: not-a-map'],
  ])('%s', (_, body, path, before, after) => {
    const options = before === undefined ? {} : { before };
    const result = edited(body, (ref) => ({
      kind: 'insert-field',
      at: ref(...path),
      key: 'new',
      value,
      ...options,
    }));
    expect(result).toBe(after);
  });

  test('a key that is there', () => {
    expect(edited('a: {x: 1}\n', (ref) => ({ kind: 'insert-field', at: ref('a'), key: 'x', value: 1 }))).toBe(
      'refused: key-exists',
    );
  });
});

describe('items', () => {
  test.each<[string, string, Path, number, string]>([
    ['at the end', 'a:\n- x\n', ['a'], 1, 'a:\n- x\n- b: 1\n  c: 2\n'],
    ['at the start', 'a:\n  # of x\n  - x\n', ['a'], 0, 'a:\n  - b: 1\n    c: 2\n  # of x\n  - x\n'],
    ['behind a wide dash', 'a:\n  -   x: 1\n', ['a'], 1, 'a:\n  -   x: 1\n  -   b: 1\n      c: 2\n'],
    ['in an empty list', 'a: []\n', ['a'], 0, 'a:\n  - b: 1\n    c: 2\n'],
    ['in flow style', 'a: [x]\n', ['a'], 0, 'a: [{b: 1, c: 2}, x]\n'],
    ['behind the end', 'a: [x]\n', ['a'], 3, 'refused: no-such-index'],
    ['in a map', 'a: {b: 1}\n', ['a'], 0, 'refused: not-a-list'],
  ])('inserted %s', (_, body, path, index, after) => {
    expect(
      edited(body, (ref) => ({ kind: 'insert-item', at: ref(...path), index, value: { b: 1, c: 2 } })),
    ).toBe(after);
  });

  test.each<[string, string, number, number, string]>([
    [
      'down',
      'a:\n  # one\n  - x: 1\n    w: 2\n\n  # two\n  - z # two\n',
      0,
      1,
      'a:\n  # two\n  - z # two\n\n  # one\n  - x: 1\n    w: 2\n',
    ],
    ['up, without a last line end', 'a:\n- x\n- w', 1, 0, 'a:\n- w\n- x'],
    ['in flow style', 'a: [x, {w: 1},  z]\n', 2, 0, 'a: [z, x,  {w: 1}]\n'],
    ['past an anchor', 'a:\n- &x 1\n- *x\n', 1, 0, 'refused: shared-anchor'],
  ])('moved %s', (_, body, from, to, after) => {
    expect(edited(body, (ref) => ({ kind: 'move-item', at: ref('a', from), to }))).toBe(after);
  });

  test.each<[string, string, string]>([
    [
      'in block style',
      'a:\n  # one\n  - x: 1 # x\n    w: 2\n  - z\n',
      'a:\n  # one\n  - x: 1 # x\n    w: 2\n  - x: 1 # x\n    w: 2\n  - z\n',
    ],
    ['in flow style', 'a: [x, w]\n', 'a: [x, x, w]\n'],
  ])('duplicated %s', (_, body, after) => {
    expect(edited(body, (ref) => ({ kind: 'duplicate', at: ref('a', 0) }))).toBe(after);
  });
});

test.each<[string, string, string, string]>([
  ['plain', 'a: # c\n  x: 1\n', 'b', 'b: # c\n  x: 1\n'],
  ['in quotes', "'a': 1\n", 'b', "'b': 1\n"],
  ['that needs quotes', 'a: 1\n', 'on', '"on": 1\n'],
  ['that is there', 'a: 1\nb: 2\n', 'b', 'refused: key-exists'],
])('a key renamed: %s', (_, body, key, after) => {
  expect(edited(body, (ref) => ({ kind: 'rename-key', at: ref('a'), key }))).toBe(after);
});

describe('documents', () => {
  const one = 'apiVersion: v1\nkind: A\n';
  const two = 'apiVersion: v1\nkind: B\n';
  const value = { apiVersion: 'v1', kind: 'New' };
  const added = 'apiVersion: v1\nkind: New\n';

  test.each<[string, string, number | undefined, string]>([
    ['to nothing', '', undefined, added],
    ['at the end', one, undefined, `${one}---\n${added}`],
    ['without a last line end', one.trimEnd(), undefined, `${one}---\n${added}`],
    ['behind a separator', `${one}---\n`, undefined, `${one}---\n${added}`],
    ['between', `# a\n${one}---\n# b\n${two}`, 0, `# a\n${one}---\n${added}---\n# b\n${two}`],
    ['with CRLF', one.replaceAll('\n', '\r\n'), undefined, `${one}---\n${added}`.replaceAll('\n', '\r\n')],
    [
      'behind JSON',
      '{"apiVersion":"v1","kind":"A"}\n',
      undefined,
      '{"apiVersion":"v1","kind":"A"}\n{\n  "apiVersion": "v1",\n  "kind": "New"\n}\n',
    ],
  ])('added %s', (_, text, after, expected) => {
    const place = after === undefined ? {} : { after };
    const result = edit(text, { kind: 'add-document', source: 0, content: { value }, ...place });
    expect('edits' in result && applyEdits(text, result.edits)).toBe(expected);
  });

  test.each<[string, string, number, string]>([
    ['the first', `# a\n${one}---\n${two}`, 0, two],
    ['the last', `${one}---\n# b\n${two}`, 1, one],
    ['of a text that begins with a separator', `---\n${one}---\n${two}`, 0, `---\n${two}`],
    ['the only one', `\ufeff${one}`, 0, '\ufeff'],
    [
      'an item of a list',
      `apiVersion: v1\nkind: List\nitems:\n- ${one.replace('\n', '\n  ')}- ${two.replace('\n', '\n  ')}`,
      0,
      `apiVersion: v1\nkind: List\nitems:\n- ${two.replace('\n', '\n  ')}`,
    ],
  ])('removed: %s', (_, text, number, expected) => {
    const result = edit(text, { kind: 'remove', at: at(text, [], number) });
    expect('edits' in result && applyEdits(text, result.edits)).toBe(expected);
  });

  test('one that cannot be read is removed by its number', () => {
    const text = `${one}---\nkind: [\n---\n${two}`;
    const result = edit(text, { kind: 'remove-document', source: 0, document: 1 });
    expect('edits' in result && applyEdits(text, result.edits)).toBe(`${one}---\n${two}`);
  });

  test('duplicated', () => {
    const text = `# a\n${one}---\n${two}`;
    const result = edit(text, { kind: 'duplicate', at: at(text, []) });
    expect('edits' in result && applyEdits(text, result.edits)).toBe(
      `# a\n${one}---\n# a\n${one}---\n${two}`,
    );
  });

  test('the edits name the source that the operations mean', () => {
    const result = edit(one, {
      kind: 'set',
      at: { object: { ...at(one, []).object, source: 4 }, path: ['kind'] },
      value: 'C',
    });
    expect(result).toEqual({ edits: [{ source: 4, start: 21, end: 22, text: 'C' }] });
  });
});
