import fc from 'fast-check';
import { expect, test } from 'vitest';
import { draftGesture } from '../../src/gesture/draft.ts';
import type { Gesture } from '../../src/gesture/gesture.ts';
import { explainGestureRefusal } from '../../src/explain/gestureWarnings.ts';
import { labelGesture } from '../../src/explain/gestures.ts';
import { read } from '../../src/manifest/read.ts';
import { applyTextEdits } from '../../app/store/patch.ts';
import type { Json, ObjectRef, Path } from '../../src/manifest/source.ts';

/** Anything where Istio wants something: gestures meet texts that are being written. */
const odd: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  null,
  true,
  7,
  '',
  'x',
  '*',
  'ns/*.example.com',
  [],
  [null],
  ['a', 3],
  {},
  { host: 5 },
  { exact: 'a' },
  [[{ name: 'v1' }]],
);
const destination = fc.record({ host: odd, subset: odd, port: odd }, { requiredKeys: [] });
const rule = fc.record(
  {
    match: fc.oneof(
      odd,
      fc.array(fc.record({ uri: odd, gateways: odd, authority: odd, port: odd }, { requiredKeys: [] }), {
        maxLength: 2,
      }),
    ),
    route: fc.oneof(
      odd,
      fc.array(fc.record({ destination: fc.oneof(odd, destination), weight: odd }, { requiredKeys: [] }), {
        maxLength: 3,
      }),
    ),
    delegate: odd,
    mirror: fc.oneof(odd, destination),
    redirect: odd,
  },
  { requiredKeys: [] },
);
const server = fc.record({ port: odd, hosts: odd, tls: odd }, { requiredKeys: [] });
const spec = fc.record(
  {
    hosts: odd,
    host: odd,
    gateways: odd,
    servers: fc.oneof(odd, fc.array(server, { maxLength: 2 })),
    http: fc.oneof(odd, fc.array(rule, { maxLength: 3 })),
    tcp: fc.oneof(odd, fc.array(rule, { maxLength: 2 })),
    subsets: odd,
    ports: odd,
  },
  { requiredKeys: [] },
);
const kinds = ['Gateway', 'VirtualService', 'DestinationRule', 'ServiceEntry', 'Service'] as const;
const object = fc.record({ kind: fc.constantFrom(...kinds), spec: fc.oneof(odd, spec) });

const paths: readonly Path[] = [
  [],
  ['spec'],
  ['spec', 'http', 0],
  ['spec', 'http', 1, 'route', 0],
  ['spec', 'http', 0, 'match', 0],
  ['spec', 'http', 0, 'route', 1, 'weight'],
  ['spec', 'servers', 0],
  ['spec', 'subsets', 0],
  ['spec', 'gateways', 0],
  ['spec', 'hosts', 0],
  ['spec', 'tcp', 0],
];

function gestures(at: { object: ObjectRef; path: Path }, other: ObjectRef): readonly Gesture[] {
  const { object: own } = at;
  const rule = { object: own, path: at.path.slice(0, 3) };
  const to = { kind: 'place', at: { object: other, path: [] } } as const;
  return [
    { kind: 'create-gateway' },
    { kind: 'create-server', gateway: own, server: { protocol: 'HTTPS', mode: 'MUTUAL' } },
    { kind: 'create-virtual-service', gateway: own },
    { kind: 'create-rule', virtualService: own, rule: { section: 'http', action: { kind: 'fault' } } },
    { kind: 'create-rule', virtualService: own, rule: { section: 'tls' } },
    { kind: 'create-match', rule },
    { kind: 'create-destination', rule, destination: { host: '' } },
    { kind: 'create-subset', destinationRule: own },
    { kind: 'create-destination-rule', host: 'x', subsets: [] },
    { kind: 'use-template', template: 'canary', plan: {} },
    { kind: 'set', at, value: 'v' },
    { kind: 'set', at },
    { kind: 'set-weight', at, weight: 30 },
    { kind: 'share-evenly', rule },
    { kind: 'move', at, to: 1 },
    { kind: 'duplicate', at },
    { kind: 'remove', at, dependents: false },
    { kind: 'remove', at, dependents: true },
    { kind: 'rename', what: { kind: 'object', object: own }, to: 'other' },
    { kind: 'rename', what: { kind: 'host', host: 'x' }, to: 'y.example.com' },
    { kind: 'connect', from: at, to },
    { kind: 'connect', from: at, to: { kind: 'host', host: 'far.example.com' } },
  ];
}

test('whatever is written, a gesture is drafted as edits that fit the text, or refused with words', () => {
  fc.assert(
    fc.property(
      fc.array(object, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(...paths),
      fc.nat(21),
      (objects, path, which) => {
        const text = objects
          .map(({ kind, spec: written }, index) =>
            JSON.stringify({
              apiVersion: kind === 'Service' ? 'v1' : 'networking.istio.io/v1',
              kind,
              metadata: { name: `o${index % 3}`, namespace: 'n' },
              spec: written,
            }),
          )
          .join('\n---\n');
        const refs = read([{ name: '', text }]).objects.flatMap((each) =>
          each.status === 'read' ? [each.ref] : [],
        );
        const [own] = refs;
        const other = refs.at(-1);
        if (own === undefined || other === undefined) return;
        const gesture = gestures({ object: own, path }, other)[which];
        if (gesture === undefined) return;
        expect(labelGesture(gesture)).not.toBe('');
        const draft = draftGesture(text, gesture);
        if (draft.kind === 'refused') expect(explainGestureRefusal(draft.because)).not.toEqual([]);
        else expect(applyTextEdits(text, draft.edits)).toBe(draft.text);
      },
    ),
    { numRuns: 600 },
  );
});
