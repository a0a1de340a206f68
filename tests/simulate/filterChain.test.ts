import { expect, it } from 'vitest';
import { matchFilterChain } from '../../src/simulate/matchFilterChain.ts';
import { sidecarIn } from '../compile/meshFrom.ts';

const wild = `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: wild, namespace: a }
spec: { hosts: ["*.shop.net"], resolution: NONE, ports: [{ number: 443, name: tls, protocol: TLS }] }
`;

/** The server names of the chain that a hello with this name meets. */
function chainFor(sni: string): readonly string[] | undefined {
  const listener = sidecarIn(wild, 'a').listeners.find(({ name }) => name === '0.0.0.0_443');
  const tls = { sni, alpn: [], clientCertificate: false };
  const connection = { address: '203.0.113.1', port: 443, tls };
  return listener && matchFilterChain(listener, connection).chain?.match.serverNames;
}

it('a wildcard has the names below it, and the one that is its own end', () => {
  expect(chainFor('a.shop.net')).toEqual(['*.shop.net']);
  expect(chainFor('.SHOP.net')).toEqual(['*.shop.net']);
  expect(chainFor('shop.net')).toEqual([]);
});

it.each([
  [15001, 'BlackHoleCluster'],
  [15002, 'PassthroughCluster'],
])('what is sent to port %i leads to the %s', (port, name) => {
  const [listener] = sidecarIn('', 'a').listeners;
  const { step, chain } = matchFilterChain(listener ?? expect.fail(), { address: '10.0.0.1', port });
  expect(chain?.filter).toMatchObject({ kind: 'tcp', clusters: [{ name }] });
  expect(step.others).toBe(0);
});
