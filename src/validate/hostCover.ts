import { isWildcard } from '../hostname.ts';

/** Hosts, ready to be asked which of them cover a host, however many they are. */
export interface HostCover {
  readonly exact: ReadonlyMap<string, number>;
  /** By what follows the `*`. */
  readonly wildcards: ReadonlyMap<string, number>;
}

/** Of equal hosts the first one is remembered. */
export function buildHostCover(hosts: readonly string[]): HostCover {
  const exact = new Map<string, number>();
  const wildcards = new Map<string, number>();
  for (const [index, host] of hosts.entries()) {
    const known = isWildcard(host) ? wildcards : exact;
    const key = isWildcard(host) ? host.slice(1) : host;
    if (!known.has(key)) known.set(key, index);
  }
  return { exact, wildcards };
}

/** Index of a host that `host` is a subset of (as `subsetOf` has it), other than number `except`. */
export function coveringHost({ exact, wildcards }: HostCover, host: string, except = -1): number | undefined {
  const same = isWildcard(host) ? undefined : exact.get(host);
  if (same !== undefined && same !== except) return same;
  if (wildcards.size === 0) return undefined;
  for (let cut = isWildcard(host) ? 1 : 0; cut <= host.length; cut++) {
    const index = wildcards.get(host.slice(cut));
    if (index !== undefined && index !== except) return index;
  }
  return undefined;
}
