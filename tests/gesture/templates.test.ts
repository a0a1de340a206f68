import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/analyse.ts';
import { templateNames, templateWords } from '../../src/explain/templates.ts';
import { draftGesture } from '../../src/gesture/draft.ts';
import type { Gesture, ServerPlan } from '../../src/gesture/gesture.ts';
import type { Call } from '../../src/simulate/call.ts';

const service = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - name: http
      port: 8080
`;

function written(text: string, gesture: Gesture): string {
  const draft = draftGesture(text, gesture);
  if (draft.kind === 'refused') throw new Error(JSON.stringify(draft.because));
  return draft.text;
}

const outside = { kind: 'outside', portOf: 'pod' } as const;
const host = 'www.example.com';
const tls = (clientCertificate: boolean) => ({ sni: host, alpn: ['h2'], clientCertificate });
const http = { method: 'GET', authority: host, path: '/shop/1', headers: [] };
const calls: Readonly<Record<(typeof templateNames)[number], Call>> = {
  https: { id: 'c', from: outside, port: 443, tls: tls(false), http },
  passthrough: { id: 'c', from: outside, port: 443, tls: tls(false) },
  canary: { id: 'c', from: outside, port: 443, tls: tls(false), http },
  delegates: { id: 'c', from: outside, port: 443, tls: tls(false), http },
  tcp: { id: 'c', from: outside, port: 5432 },
  'mutual-tls': { id: 'c', from: outside, port: 443, tls: tls(true), http },
};

describe.each(templateNames)('template %s', (template) => {
  const text = written(service, { kind: 'use-template', template, plan: {} });
  const report = analyse({ sources: [{ name: 't', text }], calls: [calls[template]] });

  test('is admitted as it stands, and nothing of it fails', () => {
    expect(report.objects.map(({ status }) => status)).not.toContain('refused');
    expect(report.diagnostics.filter(({ level }) => level === 'fail').map(({ code }) => code)).toEqual([]);
    expect(templateWords[template].says).not.toBe('');
  });

  test('sends its call to the service', () => {
    const ends =
      report.traces[0]?.outcome.map(({ destination, end }) => [destination?.name ?? '', end.kind]) ?? [];
    expect(ends.length).toBeGreaterThan(0);
    for (const [name] of ends) expect(name).toMatch(/\|8080\|.*\|web\.default\.svc\.cluster\.local$/);
    expect(ends.map(([, kind]) => kind)).not.toContain('failed');
  });

  test('can be written twice: names are free ones', () => {
    const twice = written(text, { kind: 'use-template', template, plan: { host: 'two.example.org' } });
    const refs = analyse({ sources: [{ name: 't', text: twice }], calls: [] }).objects.map(
      ({ ref }) => `${ref?.kind}/${ref?.namespace}/${ref?.name}`,
    );
    expect(new Set(refs).size).toBe(refs.length);
  });
});

const servers: readonly ServerPlan[] = [
  { protocol: 'HTTP' },
  { protocol: 'HTTP', httpsRedirect: true },
  { protocol: 'HTTP2' },
  { protocol: 'GRPC' },
  { protocol: 'HTTPS', mode: 'SIMPLE' },
  { protocol: 'HTTPS', mode: 'MUTUAL' },
  { protocol: 'HTTPS', mode: 'OPTIONAL_MUTUAL' },
  { protocol: 'HTTPS', mode: 'ISTIO_MUTUAL' },
  { protocol: 'HTTPS', mode: 'PASSTHROUGH' },
  { protocol: 'TLS', mode: 'PASSTHROUGH' },
  { protocol: 'TLS', mode: 'SIMPLE' },
  { protocol: 'TLS', mode: 'AUTO_PASSTHROUGH', hosts: ['*.local'] },
  { protocol: 'TCP' },
  { protocol: 'MONGO' },
];

test.each(servers)(
  'a gateway with a server $protocol $mode is admitted, and a virtual service binds to it',
  (server) => {
    const plan = { ...server, hosts: server.hosts ?? ['shop.example.com'] };
    const gateway = written(service, { kind: 'create-gateway', name: 'edge', servers: [plan] });
    const object = { kind: 'Gateway', namespace: 'default', name: 'edge', source: 0, document: 1 };
    const text = written(gateway, { kind: 'create-virtual-service', gateway: object, server: 0 });
    const report = analyse({ sources: [{ name: 't', text }], calls: [] });
    expect(report.objects.map(({ status }) => status)).toEqual(['takes-part', 'takes-part', 'takes-part']);
    const binding = report.graph.edges.filter(
      ({ kind, standing }) => kind === 'binding' && standing === 'part',
    );
    // Where the server name itself says the service there is nothing to bind.
    expect(binding.length).toBe(server.mode === 'AUTO_PASSTHROUGH' ? 0 : 1);
  },
);
