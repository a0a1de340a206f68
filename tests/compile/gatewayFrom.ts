import { compileGateway, indexMesh } from '../../src/compile/compile.ts';
import type { ProxyConfig } from '../../src/compile/compiled.ts';
import { routerProxy } from '../../src/compile/workloads.ts';
import type { Call } from '../../src/simulate/call.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { meshFrom } from './meshFrom.ts';

export const ingress = routerProxy('istio-system', { istio: 'ingress' });

export function gateway(name: string, namespace: string, ...servers: readonly string[]): string {
  return `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  selector: {istio: ingress}
  servers:
${servers.map((server) => `  - ${server}`).join('\n')}
`;
}

export function virtualService(name: string, namespace: string, spec: string): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: ${namespace}}
spec: ${spec}
`;
}

export const http = (number: number, hosts: string, more = ''): string =>
  `{port: {number: ${number}, name: http-${number}, protocol: HTTP}, hosts: ${hosts}${more}}`;
export const https = (number: number, hosts: string, tls = 'mode: SIMPLE, credentialName: c'): string =>
  `{port: {number: ${number}, name: https-${number}, protocol: HTTPS}, hosts: ${hosts}, tls: {${tls}}}`;
export const tcp = (number: number): string =>
  `{port: {number: ${number}, name: tcp-${number}, protocol: TCP}, hosts: ["*"]}`;
export const to = (host: string, port = 80): string =>
  `route: [{destination: {host: ${host}, port: {number: ${port}}}}]`;

export function configOf(...documents: readonly string[]): ProxyConfig {
  return compileGateway(indexMesh(meshFrom(documents.join('---\n'))), ingress);
}

export function plain(port: number, authority: string, path = '/'): Call {
  return {
    id: '',
    from: { kind: 'outside', portOf: 'pod' },
    port,
    http: { method: 'GET', authority, path, headers: [] },
  };
}

export function secure(
  port: number,
  sni: string | null,
  authority = sni ?? '',
  alpn: readonly string[] = ['h2'],
): Call {
  return { ...plain(port, authority), tls: { sni, alpn, clientCertificate: false } };
}

/** `301 https://…`, `503 NC cluster`, `tcp cluster`, `no-listener`: how a call ends, in a word or two. */
export function end(config: ProxyConfig, call: Call): string {
  const { outcome } = simulate(config, call);
  return outcome
    .map(({ destination, end: one }) => {
      if (one.kind === 'closed') return [one.because, one.cluster].filter(Boolean).join(' ');
      if (one.kind === 'tcp') return `tcp ${one.cluster}`;
      const { status, flags, location } = one.answer;
      return [status, flags, location ?? destination?.name].filter(Boolean).join(' ');
    })
    .join(', ');
}
