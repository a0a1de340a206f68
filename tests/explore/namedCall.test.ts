import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analyse.ts';
import type { Call } from '../../src/simulate/call.ts';

function named(text: string): Call | undefined {
  const { reachable, named: call } = analyse({ sources: [{ name: 'mesh.yaml', text }], calls: [] });
  expect(reachable).toBeUndefined();
  return call;
}

function gateway(server: string): string {
  return `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: g, namespace: edge }
spec: { selector: { istio: ingress }, servers: [${server}] }
`;
}

function service(port: string): string {
  return `apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { ports: [${port}] }
`;
}

describe('a call to what the texts name', () => {
  it('asks for the host of a virtual service whose gateway is not here', () => {
    const call = named(`apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: v, namespace: shop }
spec:
  hosts: ['*.a.org']
  gateways: [elsewhere/g]
  http: [{ match: [{ uri: { prefix: /api } }], route: [{ destination: { host: web } }] }]
`);
    expect(call?.from.kind).toBe('outside');
    expect(call?.port).toBe(80);
    expect(call?.http).toMatchObject({ authority: 'www.a.org', path: '/api' });
  });

  it('asks a server for a host of its own, in its protocol', () => {
    const http = named(gateway('{ port: { number: 8080, name: a, protocol: HTTP }, hosts: ["shop/a.org"] }'));
    expect(http).toMatchObject({ port: 8080, http: { authority: 'a.org:8080', path: '/' } });
    expect(http?.tls).toBeUndefined();
    const https = named(
      gateway(
        '{ port: { number: 443, name: a, protocol: HTTPS }, hosts: ["*", b.org], tls: { mode: MUTUAL, credentialName: c } }',
      ),
    );
    expect(https?.tls).toMatchObject({ sni: 'b.org', clientCertificate: true });
    const tcp = named(gateway('{ port: { number: 9000, name: a, protocol: TCP }, hosts: ["*"] }'));
    expect(tcp).toEqual({ id: 'named', from: { kind: 'outside', portOf: 'service' }, port: 9000 });
  });

  it('asks a service from its own namespace, and HTTP before bytes', () => {
    const call = named(service('{ name: tcp-db, port: 5432 }, { name: http, port: 8080 }'));
    expect(call).toMatchObject({
      from: { kind: 'mesh', namespace: 'shop', host: 'web.shop.svc.cluster.local' },
      port: 8080,
      http: { authority: 'web.shop.svc.cluster.local:8080' },
    });
    expect(named(service('{ name: tcp-db, port: 5432 }'))?.http).toBeUndefined();
  });

  it('names nothing where nothing can be called', () => {
    expect(named('')).toBeUndefined();
    expect(named('hello')).toBeUndefined();
    expect(
      named(`apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: delegate, namespace: shop }
spec: { http: [{ route: [{ destination: { host: web } }] }] }
`),
    ).toBeUndefined();
  });
});
