import type { ProxyConfig } from '../compile/compiled.ts';
import type { FilterChain, Listener } from '../envoy/types.ts';
import type { SourceRef } from '../manifest/source.ts';

/** Where a server is dialled from outside. */
export interface DialledPort {
  /** Of the Service in front, or, where there is none, of the pod. */
  readonly number: number;
  readonly secure: boolean;
  readonly listener: Listener;
  readonly chain: FilterChain;
}

/** The port to dial for a server; undefined if it opens none. */
export function servicePortOf(config: ProxyConfig, server: SourceRef): DialledPort | undefined {
  for (const listener of config.listeners) {
    for (const chain of listener.filterChains) {
      if (!chain.origin.some((ref) => ref === server)) continue;
      const service = config.servicePorts.find(({ targetPort }) => targetPort === listener.port);
      const secure = chain.transport.kind === 'tls' || chain.match.serverNames.length > 0;
      return { number: service?.port ?? listener.port, secure, listener, chain };
    }
  }
  return undefined;
}

/** A URL with its port where the scheme does not imply it; the star of a wildcard becomes a name. */
export function urlOf(secure: boolean, domain: string, port: number, path: string): string {
  return `${secure ? 'https' : 'http'}://${authorityOf(secure, domain, port)}${path.startsWith('/') ? '' : '/'}${path}`;
}

/** Host and port as a client sends them. */
export function authorityOf(secure: boolean, domain: string, port: number): string {
  const host = sampleHost(domain);
  return port === (secure ? 443 : 80) ? host : `${host}:${port}`;
}

/** Some name under a domain. */
export function sampleHost(domain: string): string {
  if (domain === '*') return 'example.com';
  return domain.startsWith('*.') ? `www${domain.slice(1)}` : domain.replace(/^\*/, 'www');
}
