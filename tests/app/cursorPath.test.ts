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

  it('is silent in comments and flow style', () => {
    expect(place('kind: Gateway\n# spec|')).toBeUndefined();
    expect(place('kind: Gateway\nspec: {a|}')).toBeUndefined();
  });
});
