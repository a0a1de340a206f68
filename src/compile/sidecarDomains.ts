import { isIpAddress } from '../ipAddress.ts';
import { clusterDomain } from '../istio/meshConfig.ts';
import { noAddress } from './registry.ts';
import type { RegistryService } from './registry.ts';

/** The names under which HTTP of one service is found in a route configuration. */
export interface ServiceDomains {
  readonly domains: readonly string[];
  /** Those of them that are only other forms of a hostname: the hostname of another service comes before them. */
  readonly alternatives: ReadonlySet<string>;
}

/**
 * All names of a service for a client in `namespace`: hostname, its other forms, the same for its aliases, with `*.` in front too if it is
 * headless, and its address. Mirrors `generateVirtualHostDomains`.
 */
export function serviceDomains(service: RegistryService, namespace: string): ServiceDomains {
  const alternatives = new Set<string>();
  const names: string[] = [];
  for (const host of [service.host, ...service.aliases.map((alias) => alias.host)]) {
    const forms = alternativeHosts(host, namespace);
    for (const form of forms) alternatives.add(form);
    names.push(bracketed(host), ...forms);
  }
  const isHeadless = service.from === 'kubernetes' && service.resolution === 'none';
  const below = isHeadless ? names.map((name) => `*.${name}`) : [];
  const address = service.address === noAddress ? [] : [bracketed(service.address)];
  return { domains: [...names, ...below, ...address], alternatives };
}

/**
 * Other forms in which a client in `namespace` may write a hostname: with a dot at the end, and below the cluster's domain the shortened ones; the
 * bare name from the same namespace only. Mirrors `GenerateAltVirtualHosts`.
 */
export function alternativeHosts(host: string, namespace: string): string[] {
  const absolute = isIpAddress(host) ? [] : [`${host}.`];
  const end = host.indexOf('.svc.');
  if (!host.endsWith(`.svc.${clusterDomain}`) || end <= 0) return absolute;
  const dot = host.indexOf('.');
  if (dot + 1 > end) return absolute;
  const short = host.slice(0, end);
  return host.slice(dot + 1, end) === namespace
    ? [...absolute, host.slice(0, dot), `${short}.svc`, short]
    : [...absolute, short, `${short}.svc`];
}

/** An IPv6 address as a Host header has it; mirrors `IPv6Compliant`. */
export function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
