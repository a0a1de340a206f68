import { describe as group, expect, it } from 'vitest';
import { complete } from '../../app/editor/complete.ts';
import { crumbsOf } from '../../app/editor/crumbs.ts';
import { placeAt } from '../../app/editor/cursorPath.ts';
import { describe } from '../../app/editor/describe.ts';

const vocabulary = {
  gateways: ['istio-system/my-gateway'],
  namespaces: ['prod'],
  hosts: ['*.example.com', 'shop.example.com'],
  services: [
    {
      host: 'reviews.prod.svc.cluster.local',
      namespace: 'prod',
      ports: [{ number: 9080, name: 'http' }],
      subsets: ['v1', 'v2'],
    },
  ],
  urls: [],
};

function at(marked: string) {
  const lines = marked.split('\n');
  const line = lines.findIndex((each) => each.includes('|'));
  const column = lines[line]?.indexOf('|') ?? 0;
  lines[line] = lines[line]?.replace('|', '') ?? '';
  return { lines, line, column };
}
function labels(marked: string): readonly string[] {
  const { lines, line, column } = at(marked);
  return complete(lines, line, column, vocabulary)?.suggestions.map(({ label }) => label) ?? [];
}
const vs = (rest: string) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  namespace: prod\nspec:\n${rest}`;

group('complete', () => {
  it('offers the fields of a place', () => {
    const tls = labels('kind: Gateway\nspec:\n  servers:\n    - port: {}\n      tls:\n        |');
    expect(tls).toContain('httpsRedirect');
    expect(tls).toContain('credentialName');
    expect(tls).not.toContain('hosts');
  });

  it('offers fields and values in flow style, on one line', () => {
    const { lines, line, column } = at('kind: Gateway\nspec:\n  servers:\n    - {port: {number: 80}, |}');
    const found = complete(lines, line, column, vocabulary)?.suggestions ?? [];
    expect(found.map(({ label }) => label)).not.toContain('port');
    expect(found.find(({ label }) => label === 'tls')?.snippet).toBe('tls: { $0 \\}');
    expect(found.find(({ label }) => label === 'hosts')?.snippet).toBe('hosts: [$0]');
    expect(labels('kind: Gateway\nspec:\n  servers:\n    - {tls: {mode: |}}')).toContain('MUTUAL');
    expect(labels(vs('  gateways: [|]'))).toContain('istio-system/my-gateway');
    const item = at('kind: Gateway\nspec:\n  servers: [|]');
    const offered = complete(item.lines, item.line, item.column)?.suggestions;
    expect(offered?.find(({ label }) => label === 'port')?.snippet).toBe('{ port: { $0 \\} \\}');
  });

  it('leaves out what is there', () => {
    expect(labels(vs('  hosts: []\n  |'))).not.toContain('hosts');
  });

  it.each([
    ['choices', 'kind: Gateway\nspec:\n  servers:\n    - tls:\n        mode: |', 'MUTUAL'],
    ['yes or no', 'kind: Gateway\nspec:\n  servers:\n    - tls:\n        httpsRedirect: |', 'true'],
    ['gateways of the text', vs('  gateways:\n    - |'), 'istio-system/my-gateway'],
    ['mesh', vs('  gateways:\n    - |'), 'mesh'],
    ['hosts of the text', vs('  hosts:\n    - s|'), 'shop.example.com'],
    [
      'services',
      vs('  http:\n    - route:\n        - destination:\n            host: |'),
      'reviews.prod.svc.cluster.local',
    ],
    [
      'subsets of the service, also by its short name',
      vs('  http:\n    - route:\n        - destination:\n            host: reviews\n            subset: |'),
      'v2',
    ],
    [
      'ports',
      vs('  http:\n    - route:\n        - destination:\n            port:\n              number: |'),
      '9080',
    ],
    ['kinds', 'apiVersion: v1\nkind: |', 'VirtualService'],
    ['versions', 'apiVersion: |\nkind: Gateway', 'networking.istio.io/v1'],
    ['protocols', 'kind: Gateway\nspec:\n  servers:\n    - port:\n        protocol: |', 'HTTPS'],
    ['new documents in an empty text', '|', 'New Gateway'],
    ['new documents after a line', 'kind: Service\n---\n|', 'New VirtualService'],
    [
      'fields in a text that cannot be read',
      'kind: Gateway\nspec:\n  servers:\n    - port: "a\n      |',
      'hosts',
    ],
  ])('offers %s', (_, text, label) => {
    expect(labels(text)).toContain(label);
  });

  it('quotes what YAML would not take as it is', () => {
    const { lines, line, column } = at(vs('  hosts:\n    - |'));
    const star = complete(lines, line, column, vocabulary)?.suggestions.find(
      ({ label }) => label === '*.example.com',
    );
    expect(star?.snippet).toBe('"*.example.com"');
  });

  it('writes what a field cannot be without', () => {
    const { lines, line, column } = at('kind: Gateway\nspec:\n  |');
    const servers = complete(lines, line, column)?.suggestions.find(({ label }) => label === 'servers');
    expect(servers?.snippet).toMatch(/^servers:\n  - /);
    const dash = at('kind: Gateway\nspec:\n  servers:\n    |');
    const port = complete(dash.lines, dash.line, dash.column)?.suggestions.find(
      ({ label }) => label === 'port',
    );
    expect(port?.snippet).toBe('- port:\n    number: ${1}\n    protocol: ${2}\n    name: ${3}');
  });
});

group('describe', () => {
  const blocks = (marked: string) => {
    const { lines, line, column } = at(marked);
    return describe(lines, line, column)?.blocks.join('\n') ?? '';
  };

  it('tells a field, its type and its choices', () => {
    const told = blocks('kind: Gateway\nspec:\n  servers:\n    - tls:\n        mo|de: SIMPLE');
    expect(told).toContain('**mode** · choice');
    expect(told).toContain('`MUTUAL`');
    expect(blocks('kind: Gateway\nspec:\n  servers:\n    - {tls: {mo|de: SIMPLE}}')).toBe(told);
  });

  it('tells a value that was chosen', () => {
    expect(blocks('kind: Gateway\nspec:\n  servers:\n    - tls:\n        mode: SIM|PLE')).toContain(
      'Ends TLS here',
    );
    expect(blocks('kind: Gate|way')).toContain('**Gateway**');
  });

  it('says what is not simulated, and nothing where nothing is known', () => {
    expect(
      blocks('kind: DestinationRule\nspec:\n  trafficPolicy:\n    loadBalancer:\n      sim|ple: RANDOM'),
    ).toContain('Not simulated');
    expect(blocks('kind: Gateway\nspec:\n  bog|us: 1')).toBe('');
  });
});

group('crumbsOf', () => {
  it('says the way in words', () => {
    const { lines, line, column } = at(
      'kind: VirtualService\nmetadata:\n  name: v\nspec:\n  http:\n  - {}\n  - route:\n    - weight: 1\n    - weight: 2|0',
    );
    expect(crumbsOf(placeAt(lines, line, column))).toEqual([
      'v',
      'http',
      'rule 2',
      'route',
      'destination 2',
      'weight',
    ]);
  });
});
