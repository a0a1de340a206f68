import { describe, expect, it } from 'vitest';
import { clientsOf, sidecarOf } from '../../src/compile/clients.ts';
import { meshFrom, show } from './meshFrom.ts';

const rule = (match: string): string =>
  `{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: { name: vs, namespace: shop }, spec: { hosts: [web], http: [{ match: [${match}], route: [] }] } }\n---\n`;
const deployment =
  '{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web, namespace: shop }, spec: { template: { metadata: { labels: { app: web, version: v1 } } } } }\n---\n';
const clients = (text: string) =>
  clientsOf(meshFrom(text)).map(({ namespace, labels, name, origin }) => [
    namespace,
    labels,
    name ?? origin.map(show).join(),
  ]);

describe('who may call', () => {
  it('pods that the manifests hold, and for each namespace one without labels', () => {
    expect(clients(deployment)).toEqual([
      ['shop', { app: 'web', version: 'v1' }, 'web'],
      ['shop', {}, ''],
    ]);
  });

  it('those that rules ask for, if no pod of the manifests is such', () => {
    const text =
      deployment +
      rule('{ sourceLabels: { app: web } }, { sourceLabels: { app: x } }, { sourceNamespace: qa }');
    expect(clients(text)).toEqual([
      ['qa', {}, 'VirtualService shop/vs spec.http.0.match.2.sourceNamespace'],
      ['shop', { app: 'web', version: 'v1' }, 'web'],
      ['shop', { app: 'x' }, 'VirtualService shop/vs spec.http.0.match.1.sourceLabels'],
      ['shop', {}, ''],
    ]);
  });

  it('those that a Sidecar selects', () => {
    const sidecar =
      '{ apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: { name: s, namespace: shop }, spec: { workloadSelector: { labels: { app: z } } } }';
    expect(clients(sidecar)[0]).toEqual(['shop', { app: 'z' }, 'Sidecar shop/s spec.workloadSelector']);
  });

  it('a thousand rules on one source are one client', () => {
    const many = Array.from({ length: 1000 }, () => '{ sourceLabels: { app: x } }').join(', ');
    expect(clientsOf(meshFrom(rule(many)))).toHaveLength(2);
  });

  it('the proxy of a client is known by namespace and labels in any order', () => {
    const all = clientsOf(meshFrom(deployment));
    const proxy = sidecarOf({ namespace: 'shop', labels: { version: 'v1', app: 'web' } }, all);
    expect(proxy).toMatchObject({ id: 'sidecar:shop/app=web,version=v1', assumed: false, pod: 'web' });
    expect(sidecarOf({ namespace: 'shop', labels: { app: 'other' } }, all).assumed).toBe(true);
  });
});
