import { describe, expect, it } from 'vitest';
import { placeAt } from '../../app/editor/cursorPath.ts';

/** `|` is the cursor. */
function place(marked: string) {
  const lines = marked.split('\n');
  const line = lines.findIndex((each) => each.includes('|'));
  const column = lines[line]?.indexOf('|') ?? 0;
  lines[line] = lines[line]?.replace('|', '') ?? '';
  return placeAt(lines, line, column);
}

const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: g
  namespace: n
spec:
  servers:
    - port:
        number: 80
      hosts:
        - "a"
`;

describe('placeAt', () => {
  it.each([
    ['a key below a list item', `${gateway}      |`, ['spec', 'servers', 0], 'key'],
    ['a key of the second item', `${gateway}    - hosts: []\n      tl|`, ['spec', 'servers', 1], 'key'],
    [
      'a field of an object in an item',
      `${gateway}      tls:\n        http|`,
      ['spec', 'servers', 0, 'tls'],
      'key',
    ],
    ['a value', `${gateway}      tls:\n        mode: S|`, ['spec', 'servers', 0, 'tls', 'mode'], 'value'],
    [
      'a value that is not begun',
      `${gateway}      tls:\n        mode: |`,
      ['spec', 'servers', 0, 'tls', 'mode'],
      'value',
    ],
    ['the root', `${gateway}|`, [], 'key'],
    [
      'a scalar item',
      `kind: VirtualService\nspec:\n  gateways:\n    - a\n    - m|`,
      ['spec', 'gateways', 1],
      'key',
    ],
    [
      'a scalar item without indentation',
      `kind: VirtualService\nspec:\n  gateways:\n  - a\n  - |`,
      ['spec', 'gateways', 1],
      'key',
    ],
    [
      'a key after a list without indentation',
      `kind: VirtualService\nspec:\n  gateways:\n  - a\n  ht|`,
      ['spec'],
      'key',
    ],
    [
      'a deep list without indentation',
      `kind: VirtualService\nspec:\n  http:\n  - match:\n    - uri:\n        pre|`,
      ['spec', 'http', 0, 'match', 0, 'uri'],
      'key',
    ],
    [
      'a sibling after a nested list',
      `kind: VirtualService\nspec:\n  http:\n  - match:\n    - uri:\n        prefix: /\n    ro|`,
      ['spec', 'http', 0],
      'key',
    ],
    [
      'the second of two rules',
      `kind: VirtualService\nspec:\n  http:\n  - match:\n    - port: 1\n  - route:\n    - des|`,
      ['spec', 'http', 1, 'route', 0],
      'key',
    ],
  ])('finds %s', (_, text, path, role) => {
    expect(place(text)).toMatchObject({ path, role });
  });

  it('knows kind, namespace and siblings', () => {
    expect(place(`${gateway}      |`)).toMatchObject({ kind: 'Gateway', namespace: 'n' });
    expect([...(place(`${gateway}      |`)?.siblings.keys() ?? [])]).toEqual(['hosts', 'port']);
    const destination = place(
      `kind: VirtualService\nspec:\n  http:\n  - route:\n    - destination:\n        host: a.b\n        subset: |`,
    );
    expect(destination?.siblings.get('host')).toBe('a.b');
  });

  it('says when an item of a list needs its dash', () => {
    expect(place('kind: Gateway\nspec:\n  servers:\n    |')).toMatchObject({
      path: ['spec', 'servers'],
      dashMissing: true,
    });
    expect(place(`${gateway}      |`)?.dashMissing).toBe(false);
  });

  it('keeps to its document', () => {
    expect(place(`${gateway}---\nkind: Service\nspec:\n  |`)).toMatchObject({
      kind: 'Service',
      path: ['spec'],
    });
    expect(place('kind: A\n---|\n')).toBeUndefined();
  });

  it('looks into the items of a list of objects', () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n- kind: Service\n  spec: {}\n- apiVersion: x\n  kind: Gateway\n  spec:\n    ser|`;
    expect(place(list)).toMatchObject({ kind: 'Gateway', path: ['spec'] });
  });

  it.each([
    ['a key in braces', 'kind: Gateway\nspec: {a|}', ['spec'], 'key', 'a'],
    ['a key that is not begun', `${gateway}      tls: {|`, ['spec', 'servers', 0, 'tls'], 'key', ''],
    [
      'a key after another',
      `${gateway}      tls: {mode: SIMPLE, cre|}`,
      ['spec', 'servers', 0, 'tls'],
      'key',
      'cre',
    ],
    [
      'a value in braces',
      `${gateway}      tls: {mode: SIM|, x: 1}`,
      ['spec', 'servers', 0, 'tls', 'mode'],
      'value',
      'SIM',
    ],
    [
      'a value that is not begun',
      `${gateway}      tls: {mode: |`,
      ['spec', 'servers', 0, 'tls', 'mode'],
      'value',
      '',
    ],
    [
      'an item in brackets',
      'kind: VirtualService\nspec:\n  gateways: [a, "m|"]',
      ['spec', 'gateways', 1],
      'key',
      'm',
    ],
    [
      'a key in an item in braces',
      'kind: VirtualService\nspec:\n  http:\n    - {match: [{uri: {prefix: /}}, {uri: {|}}]}',
      ['spec', 'http', 0, 'match', 1, 'uri'],
      'key',
      '',
    ],
    [
      'a key in braces over several lines',
      'kind: Gateway\nspec: {\n  servers: [\n    {hosts: ["#"], # {{\n     port: {num|}}\n  ]}',
      ['spec', 'servers', 0, 'port'],
      'key',
      'num',
    ],
    ['a key below braces', 'kind: Gateway\nspec:\n  selector: {a: b}\n  ser|', ['spec'], 'key', 'ser'],
    [
      'a key below a bracket that was left open',
      'kind: Gateway\nspec:\n  selector: {a: [\n  ser|',
      ['spec'],
      'key',
      'ser',
    ],
  ])('finds %s', (_, text, path, role, word) => {
    expect(place(text)).toMatchObject({ path, role, word });
  });

  it('knows the keys before and after one in braces', () => {
    const found = place(`${gateway}      tls: {mode: SIMPLE, |, credentialName: c}`);
    expect([...(found?.siblings ?? [])]).toEqual([
      ['mode', 'SIMPLE'],
      ['credentialName', 'c'],
    ]);
  });

  it('is silent in comments, in JSON and behind a value', () => {
    expect(place('kind: Gateway\n# spec|')).toBeUndefined();
    expect(place('kind: Gateway\nspec: {a: b, # c|\n}')).toBeUndefined();
    expect(place('{"kind": "Gateway", "sp|')).toBeUndefined();
    expect(place('kind: Gateway\nspec: {a: b |}')).toBeUndefined();
  });
});
