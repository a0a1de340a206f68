import { expect, test } from 'vitest';
import { analyzeCodes } from '../../src/diagnose/analyze/analyze.ts';
import { read } from '../../src/manifest/read.ts';

/** `CODE kind name` of what istioctl would say of the documents. */
function codesOf(...documents: readonly string[]): readonly string[] {
  const { objects } = read([{ name: 'set.yaml', text: documents.join('\n---\n') }]);
  const readable = objects.flatMap((object) => (object.status === 'read' ? [object] : []));
  const found = analyzeCodes(readable).map(({ ist, at }) => `${ist} ${at.object.kind} ${at.object.name}`);
  return [...new Set(found)].toSorted();
}

function document(kind: string, name: string, body: string, apiVersion = 'networking.istio.io/v1'): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: shop}\n${body}`;
}
const service = (name: string, body: string): string => document('Service', name, body, 'v1');
const pod = (name: string, labels: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: shop, labels: ${labels}}\nspec: {containers: [{name: a, image: a}]}`;

test('a gateway without servers has no selector that any server stands for', () => {
  const lone = document('Gateway', 'lone', 'spec: {selector: {app: edge}}');
  const other = document('Gateway', 'other', 'spec: {selector: {app: edge}, servers: [{hosts: ["*"]}]}');
  const edge = pod('edge', '{app: edge}');
  expect(codesOf(lone, edge)).toEqual(['IST0101 Gateway lone']);
  expect(codesOf(lone, other, edge)).toEqual([]);
});

test('a null in a list is the zero value of its type', () => {
  const rule = 'spec: {hosts: [a.io], gateways: [mesh], http: [{route: [null]}]}';
  expect(codesOf(document('VirtualService', 'a', rule))).toEqual(['IST0101 VirtualService a']);
});

test('of two names of a field the one in camel case counts, with a null too', () => {
  const rule = (fields: string): string =>
    document(
      'VirtualService',
      'a',
      `spec: {hosts: [a.io], gateways: [mesh], http: [{route: [{destination: {host: b.io}}], ${fields}}]}`,
    );
  const entry = document(
    'ServiceEntry',
    'b',
    'spec: {hosts: [b.io], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS}',
  );
  const delay = '{fixed_delay: 1s, percent: 5}';
  expect(codesOf(rule(`fault: {delay: ${delay}}`), entry)).toEqual(['IST0002 VirtualService a']);
  expect(codesOf(rule('direct_response: {status: 200}'), entry)).toEqual([]);
  expect(codesOf(rule(`directResponse: null, direct_response: soon`), entry)).toEqual([]);
  expect(codesOf(rule(`directResponse: {status: 1.5}, fault: {delay: ${delay}}`), entry)).toEqual([]);
});

test('what Go cannot decode is not there', () => {
  const rule = document('DestinationRule', 'r', 'spec: {host: web}');
  const withPort = (port: string): string => service('web', `spec: {ports: [{name: http, port: ${port}}]}`);
  expect(codesOf(rule, withPort('80'))).toEqual([]);
  expect(codesOf(rule, withPort('"80"'))).toEqual(['IST0174 DestinationRule r']);
  const annotated = (value: string): string =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop, annotations: {foo.istio.io/a: ${value}}}\nspec: {ports: [{name: http, port: 80}]}`;
  expect(codesOf(rule, annotated('"true"'))).toEqual(['IST0108 Service web']);
  expect(codesOf(rule, annotated('null'))).toEqual(['IST0108 Service web']);
  expect(codesOf(rule, annotated('true'))).toEqual(['IST0174 DestinationRule r']);
});

test('a condition of an unknown type is negative if its status is empty', () => {
  const withCondition = (condition: string): string =>
    service('web', `spec: {ports: [{name: http, port: 80}]}\nstatus: {conditions: [${condition}]}`);
  expect(codesOf(withCondition('{type: Ready, status: "False"}'))).toEqual([]);
  expect(codesOf(withCondition('{type: Ready}'))).toEqual(['IST0171 Service web']);
  expect(codesOf(withCondition('null'))).toEqual(['IST0171 Service web']);
  expect(codesOf(withCondition('{type: istio.io/WaypointBound}'))).toEqual([]);
  const since = (time: string): string =>
    withCondition(`{type: istio.io/WaypointBound, status: "False", lastTransitionTime: "${time}"}`);
  expect(codesOf(since('2026-01-01T00:00:00Z'))).toEqual(['IST0171 Service web']);
  expect(codesOf(since('yesterday'))).toEqual([]);
});

test('of subsets with one name the last is looked for', () => {
  const rule = (subsets: string): string =>
    document('DestinationRule', 'r', `spec: {host: web, subsets: ${subsets}}`);
  const others = [
    service('web', 'spec: {selector: {app: web}, ports: [{name: http, port: 80}]}'),
    pod('web-1', '{app: web, version: v1}'),
  ];
  const [v1, v2] = ['{name: a, labels: {version: v1}}', '{name: a, labels: {version: v2}}'];
  expect(codesOf(rule(`[${v1}, ${v2}]`), ...others)).toEqual(['IST0173 DestinationRule r']);
  expect(codesOf(rule(`[${v2}, ${v1}]`), ...others)).toEqual([]);
});

test('a gateway with a host twice on a port conflicts with any other of the port', () => {
  const gateway = (name: string, ...hosts: readonly string[]): string =>
    document(
      'Gateway',
      name,
      `spec: {selector: {app: edge}, servers: [${hosts
        .map((host) => `{port: {number: 80, name: http, protocol: HTTP}, hosts: [${host}]}`)
        .join(', ')}]}`,
    );
  const others = [
    pod('edge', '{app: edge}'),
    service('edge', 'spec: {selector: {app: edge}, ports: [{name: http, port: 80}]}'),
  ];
  expect(codesOf(gateway('one', 'a.io', 'a.io'), ...others)).toEqual([]);
  expect(codesOf(gateway('one', 'a.io', 'b.io'), gateway('two', 'c.io'), ...others)).toEqual([]);
  expect(codesOf(gateway('one', 'a.io', 'a.io'), gateway('two', 'c.io'), ...others)).toEqual([
    'IST0145 Gateway one',
  ]);
});

test('a ProxyConfig in an annotation is a mapping', () => {
  const annotated = (value: string): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop, annotations: {proxy.istio.io/config: ${value}}}\nspec: {containers: []}`;
  expect(codesOf(annotated('"concurrency: 2"'))).toEqual([]);
  expect(codesOf(annotated('"2"'))).toEqual(['IST0125 Pod a']);
  expect(codesOf(annotated('"a: b: c"'))).toEqual(['IST0125 Pod a']);
});
