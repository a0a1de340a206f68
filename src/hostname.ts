import { isIpAddress } from './ipAddress.ts';

/*
 * Istio's host algebra (`pkg/config/host`). A host is a name, or a wildcard: `*` and then a suffix (`*`, `*.example.com`, `*-a.example.com`).
 * Comparison is by text: case counts, as in Istio.
 */

/** Whether the host starts with `*`; mirrors `Name.IsWildCarded`. */
export function isWildcard(host: string): boolean {
  return host.startsWith('*');
}

/** Whether two hosts overlap: equal, or a wildcard's suffix ends the other; mirrors `Name.Matches`. */
export function matches(a: string, b: string): boolean {
  return subsetOf(a, b) || subsetOf(b, a);
}

/**
 * Whether each name of `a` is one of `b`; mirrors `Name.SubsetOf`. `a.example.com` and `*.a.example.com` are in `*.example.com`, `example.com` is
 * not. A wildcard is never in a host without wildcard.
 */
export function subsetOf(a: string, b: string): boolean {
  if (!isWildcard(b)) return a === b;
  if (!isWildcard(a)) return a.endsWith(b.slice(1));
  return a.length >= b.length && a.slice(1).endsWith(b.slice(1));
}

/**
 * The hosts that both lists cover: of each overlapping pair the narrower one, without repetition, in the order of `as`, then `bs`; mirrors
 * `Names.Intersection`.
 */
export function intersect(as: readonly string[], bs: readonly string[]): string[] {
  const result = new Set<string>();
  for (const a of as) {
    for (const b of bs) {
      if (subsetOf(a, b)) result.add(a);
      else if (subsetOf(b, a)) result.add(b);
    }
  }
  return [...result];
}

/**
 * Whether `a` sorts before `b`: names before wildcards, then longer first, then alphabetically; mirrors `MoreSpecific` (two empty hosts: true).
 */
export function moreSpecific(a: string, b: string): boolean {
  if (a === '' && b === '') return true;
  if (isWildcard(a) !== isWildcard(b)) return isWildcard(b);
  if (a.length !== b.length) return a.length > b.length;
  return a < b;
}

/** The order of `moreSpecific` as a comparison for `sort`. */
export function compareSpecificity(a: string, b: string): number {
  if (a === b) return 0;
  return moreSpecific(a, b) ? -1 : 1;
}

/**
 * The hosts that a list with optional `namespace/` prefixes offers to a namespace, prefixes removed; mirrors `NamesForNamespace`. Only `*` and the
 * very name let through: `.` has to be replaced by the namespace of its object before.
 */
export function namesForNamespace(hosts: readonly string[], namespace: string): string[] {
  const result: string[] = [];
  for (const host of hosts) {
    const slash = host.indexOf('/');
    const prefix = slash < 0 ? '*' : host.slice(0, slash);
    if (prefix === '*' || prefix === namespace) result.push(host.slice(slash + 1));
  }
  return result;
}

/**
 * What a host means in an object of `namespace`; mirrors `ResolveShortnameToFQDN`: a host without a dot becomes
 * `host.namespace.svc.domain`, all others, `*` and IP addresses stay as they are.
 */
export function resolveShortName(host: string, namespace: string, domain = 'cluster.local'): string {
  if (host === '' || host === '*' || host.includes('.') || isIpAddress(host)) return host;
  return `${host}${namespace && `.${namespace}`}${domain && `.svc.${domain}`}`;
}
