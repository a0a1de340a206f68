import { expect, test } from 'vitest';
import { analyse } from '../../src/analyse.ts';
import { foldGraph } from '../../src/graph/foldGraph.ts';

const many = (count: number): string =>
  `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: g, namespace: ingress}
spec:
  selector: {istio: ingressgateway}
  servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]
` +
  Array.from(
    { length: count },
    (_, index) => `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: v${index}, namespace: team-${index % 5}}
spec:
  hosts: [v${index}.example.com]
  gateways: [ingress/g]
  http:
    - match: [{uri: {prefix: /a}}]
      route: [{destination: {host: s${index}, port: {number: 80}}}]
    - route: [{destination: {host: s${index}, port: {number: 81}}}]
`,
  ).join('');

const graphOf = (count: number) =>
  analyse({ sources: [{ name: 'test', text: many(count) }], calls: [] }).graph;
const none: ReadonlySet<string> = new Set();

test('a small graph is left as it is', () => {
  const graph = graphOf(10);
  expect(foldGraph(graph, { keep: none, open: none })).toBe(graph);
});

test('many virtual services become one node for each namespace, and nothing is lost', () => {
  const graph = graphOf(60);
  const folded = foldGraph(graph, { keep: new Set(['VirtualService/team-1/v1']), open: none });
  const groups = folded.nodes.filter((node) => node.kind === 'group');
  expect(Object.fromEntries(groups.map((node) => [node.id, [node.count, node.rules]]))).toEqual({
    'group/rules/team-0': [12, 24],
    'group/rules/team-1': [11, 22],
    'group/rules/team-2': [12, 24],
    'group/rules/team-3': [12, 24],
    'group/rules/team-4': [12, 24],
    'group/destinations': [59, 0],
  });
  const inGroups = groups.flatMap((node) => node.members);
  expect(new Set([...inGroups, ...folded.nodes.map((node) => node.id)]).size).toBe(
    graph.nodes.length + groups.length,
  );
  expect(folded.nodes.some((node) => node.id === 'VirtualService/team-1/v1')).toBe(true);
});

test('every end of an edge is a node that is drawn, and an opened group shows its own', () => {
  const graph = graphOf(60);
  const folded = foldGraph(graph, { keep: none, open: new Set(['group/rules/team-2']) });
  const ids = new Set(folded.nodes.map((node) => node.id));
  expect(folded.edges.every((edge) => ids.has(edge.from.node) && ids.has(edge.to.node))).toBe(true);
  expect(
    folded.nodes.filter((node) => node.kind === 'virtual-service' && node.namespace === 'team-2'),
  ).toHaveLength(12);
});
