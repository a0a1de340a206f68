import { expect, it } from 'vitest';
import { simulate } from '../../src/simulate/simulate.ts';
import { sidecarIn } from '../compile/meshFrom.ts';

const service = (port: string): string =>
  `{ apiVersion: v1, kind: Service, metadata: { name: web, namespace: a }, spec: { clusterIP: 10.96.0.1, ports: [${port}] } }`;
const sniffed = service('{ port: 80 }');
const shared = service('{ port: 80, name: http }');

const onlyHttps = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: a }
spec: { hosts: [web], http: [{ match: [{ scheme: { exact: https } }], route: [{ destination: { host: web } }] }] }
`;

const told = [['x-forwarded-proto', 'https']] as const;

/** The routes that a call names, though Envoy refuses it before it looks for one. */
function routesOf(text: string, authority: string | null, path: string, headers: typeof told | []): string[] {
  const http = { method: 'OPTIONS', authority, path, headers };
  const from = { kind: 'mesh', namespace: 'a', labels: {}, host: 'web' } as const;
  const dialled = { address: '10.96.0.1', port: 80, steps: [] };
  const { steps } = simulate(sidecarIn(text, 'a'), { id: '', from, port: 80, http }, dialled);
  return steps.flatMap((step) => (step.kind === 'route' ? [step.taken?.name ?? '-'] : []));
}

it.each([
  ['no Host, one virtual host for all', sniffed, null, '/', told, ['default']],
  ['no Host, several virtual hosts', shared, null, '/', told, []],
  ['no Host and nothing told', sniffed, null, '/', [], []],
  ['a fragment', shared, 'web', '/a#b', told, ['default']],
  ['a star, which no prefix meets', shared, 'web', '*', told, []],
] as const)('%s', (_, text, authority, path, headers, expected) => {
  expect(routesOf(text, authority, path, [...headers] as typeof told | [])).toEqual(expected);
});

it.each([
  ['', 'failed'],
  ['HTTPS', 'forwarded'],
])('a sidecar believes an x-forwarded-proto of "%s"', (proto, expected) => {
  const text = `${shared}\n---\n${onlyHttps}`;
  const http = {
    method: 'GET',
    authority: 'web',
    path: '/',
    headers: [['x-forwarded-proto', proto]] as const,
  };
  const from = { kind: 'mesh', namespace: 'a', labels: {}, host: 'web' } as const;
  const dialled = { address: '10.96.0.1', port: 80, steps: [] };
  const { outcome } = simulate(sidecarIn(text, 'a'), { id: '', from, port: 80, http }, dialled);
  expect(outcome.map(({ end }) => end.kind)).toEqual([expected]);
});
