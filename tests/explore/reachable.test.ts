import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analyse.ts';

const eastWest = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: east-west, namespace: istio-system }
spec:
  selector: { istio: eastwestgateway }
  servers:
    - port: { number: 15443, name: tls, protocol: TLS }
      tls: { mode: AUTO_PASSTHROUGH }
      hosts: ['*.local']
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: prod }
spec: { clusterIP: 10.0.0.1, ports: [{ port: 9080, name: http }] }
`;

describe('a call that can be reached', () => {
  it('asks AUTO_PASSTHROUGH by the name of a service, as the gateway of another cluster does', () => {
    const sources = [{ name: 'mesh.yaml', text: eastWest }];
    const { reachable } = analyse({ sources, calls: [] });
    expect(reachable).toMatchObject({
      port: 15443,
      tls: { sni: 'outbound_.9080_._.reviews.prod.svc.cluster.local', alpn: ['istio'] },
    });
    const [trace] = analyse({ sources, calls: reachable ? [reachable] : [] }).traces;
    expect(trace?.outcome).toMatchObject([{ end: { kind: 'tcp' }, destination: { exists: true } }]);
  });
});
