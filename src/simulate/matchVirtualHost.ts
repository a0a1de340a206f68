import { remember } from '../remember.ts';
import type { RouteConfiguration, VirtualHost } from '../envoy/types.ts';
import type { Choice, Named, VirtualHostMismatch } from './trace.ts';

export type VirtualHostTaken = Named & {
  readonly routeConfig: string;
  readonly domain: string;
  readonly domains: readonly string[];
};

/**
 * The virtual host for a Host header: its port cut off and in lower case, an exact domain, else the longest wildcard that leaves at least one
 * character for its star, else `*`. Routes are not looked at: there is no way back to a wider host. Mirrors `RouteMatcher::findVirtualHost`.
 */
export function matchVirtualHost(
  config: RouteConfiguration,
  authority: string,
): {
  readonly step: Choice<'virtual-host', VirtualHostMismatch, VirtualHostTaken>;
  readonly virtualHost?: VirtualHost;
} {
  const index = indexOf(config);
  const host = withoutPort(authority).toLowerCase();
  const hits = domainsFor(index, host);
  const first = hits[0];
  const passedOver = first ? hits.slice(1).map((hit) => lessSpecific(hit, first)) : nearest(index, host);
  return {
    step: {
      kind: 'virtual-host',
      passedOver,
      others: Math.max(0, config.virtualHosts.length - passedOver.length - (first ? 1 : 0)),
      ...(first && {
        taken: {
          name: first.virtualHost.name,
          at: first.virtualHost.origin,
          routeConfig: config.name,
          domain: first.domain,
          domains: first.virtualHost.domains,
        },
      }),
    },
    ...(first && { virtualHost: first.virtualHost }),
  };
}

/** Cuts what stands behind the last colon, unless that colon is inside the brackets of an IPv6 address; mirrors `getPortStart`. */
export function withoutPort(authority: string): string {
  const colon = authority.lastIndexOf(':');
  return colon < 0 || authority.indexOf(']', colon) >= 0 ? authority : authority.slice(0, colon);
}

interface Hit {
  readonly domain: string;
  readonly virtualHost: VirtualHost;
}

interface DomainIndex {
  readonly exact: ReadonlyMap<string, VirtualHost>;
  /** By what follows the star. */
  readonly suffixes: ReadonlyMap<string, VirtualHost>;
  /** Lengths of the suffixes, longest first. */
  readonly lengths: readonly number[];
  readonly any?: VirtualHost;
  /** Domains by their last two labels, to find near misses without going through all. */
  readonly byTail: ReadonlyMap<string, readonly Hit[]>;
  readonly some: readonly Hit[];
}

const indexOf = remember((config: RouteConfiguration): DomainIndex => {
  const exact = new Map<string, VirtualHost>();
  const suffixes = new Map<string, VirtualHost>();
  const byTail = new Map<string, Hit[]>();
  const some: Hit[] = [];
  let any: VirtualHost | undefined;
  for (const virtualHost of config.virtualHosts) {
    for (const written of virtualHost.domains) {
      const domain = written.toLowerCase();
      if (domain === '*') any ??= virtualHost;
      else {
        const map = domain.startsWith('*') ? suffixes : exact;
        const key = domain.startsWith('*') ? domain.slice(1) : domain;
        if (!map.has(key)) map.set(key, virtualHost);
      }
      const hit = { domain: written, virtualHost };
      if (some.length < mostNamed) some.push(hit);
      const group = byTail.get(tail(domain));
      if (group) group.push(hit);
      else byTail.set(tail(domain), [hit]);
    }
  }
  const lengths = [...new Set([...suffixes.keys()].map((suffix) => suffix.length))].sort((a, b) => b - a);
  return { exact, suffixes, lengths, ...(any && { any }), byTail, some };
});

/** All domains that meet the host, most specific first. */
function domainsFor(index: DomainIndex, host: string): readonly Hit[] {
  const hits: Hit[] = [];
  const exact = index.exact.get(host);
  if (exact) hits.push({ domain: host, virtualHost: exact });
  for (const length of index.lengths) {
    if (host.length <= length) continue;
    const suffix = host.slice(host.length - length);
    const virtualHost = index.suffixes.get(suffix);
    if (virtualHost) hits.push({ domain: `*${suffix}`, virtualHost });
  }
  if (index.any) hits.push({ domain: '*', virtualHost: index.any });
  return hits;
}

type Passed = Named & { readonly because: VirtualHostMismatch };
const mostNamed = 4;

function lessSpecific(hit: Hit, than: Hit): Passed {
  return {
    name: hit.virtualHost.name,
    at: hit.virtualHost.origin,
    because: { kind: 'less-specific', than: than.domain },
  };
}

/** Virtual hosts that the host nearly meets: those of the same parent domain, else some. */
function nearest(index: DomainIndex, host: string): readonly Passed[] {
  const near = (index.byTail.get(tail(host)) ?? []).slice(0, mostCompared);
  const candidates = near.length > 0 ? near : index.some;
  const ranked = candidates.map((hit) => ({ hit, shared: commonEnds(hit.domain, host) }));
  ranked.sort((a, b) => b.shared - a.shared);
  const passed = new Map<string, Passed>();
  for (const { hit } of ranked) {
    const { name, origin, domains } = hit.virtualHost;
    if (passed.size < mostNamed && !passed.has(name)) {
      passed.set(name, { name, at: origin, because: { kind: 'host-differs', wants: domains, got: host } });
    }
  }
  return [...passed.values()];
}

const mostCompared = 64;

function tail(domain: string): string {
  const dot = domain.lastIndexOf('.');
  const before = dot < 0 ? -1 : domain.lastIndexOf('.', dot - 1);
  return domain.slice(before + 1);
}

/** How many characters two hosts share at their beginning and at their end. */
function commonEnds(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start++;
  let end = 0;
  while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return start + end;
}
