import { expect, test } from 'vitest';
import { analyse } from '../../src/analyse.ts';
import { explainTrace } from '../../src/explain/explainTrace.ts';
import { plain } from '../../src/explain/phrase.ts';

test('what may change the answer and is not simulated is said beside it, with its place', () => {
  const text = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: g, namespace: default}
spec:
  selector: {istio: ingressgateway}
  servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: deny, namespace: istio-system}
spec: {}
---
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: {name: lua, namespace: istio-system}
spec: {workloadSelector: {labels: {istio: ingressgateway}}, configPatches: []}
`;
  const { traces, workloads, graph } = analyse({
    sources: [{ name: 'test', text }],
    calls: [
      {
        id: 'call',
        from: { kind: 'outside', portOf: 'service' },
        port: 80,
        http: { method: 'GET', authority: 'a.example', path: '/', headers: [] },
      },
    ],
  });
  const [trace] = traces;
  if (trace === undefined) throw new Error('no trace');
  const told = explainTrace(trace, { closed: true, workloads, graph });
  expect(told.limits.map(({ says, at }) => [plain(says), at[0]?.object.name])).toEqual([
    ['Not simulated: AuthorizationPolicy (deny); it may deny the request.', 'deny'],
    ['Not simulated: EnvoyFilter (lua); it may change anything in what Envoy gets.', 'lua'],
  ]);
});
