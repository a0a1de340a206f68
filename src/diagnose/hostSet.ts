import { isWildcard, matches } from '../hostname.ts';

/** Hosts to look others up in: as many look-ups as a host has letters, however many hosts there are. */
export interface HostSet {
  readonly all: readonly string[];
  readonly known: ReadonlySet<string>;
}

export function buildHostSet(hosts: readonly string[]): HostSet {
  const known = new Set(hosts);
  return { all: [...known], known };
}

/** The hosts of the set that cover all of `host`, itself included, the narrowest first; agrees with `subsetOf`. */
export function covering({ known }: HostSet, host: string): readonly string[] {
  const found = known.has(host) ? [host] : [];
  const text = isWildcard(host) ? host.slice(1) : host;
  for (let start = 0; start <= text.length; start += 1) {
    const wildcard = `*${text.slice(start)}`;
    if (wildcard !== host && known.has(wildcard)) found.push(wildcard);
  }
  return found;
}

/** The hosts of the set that have a name in common with `host`; agrees with `matches`. */
export function overlapping(set: HostSet, host: string): readonly string[] {
  return isWildcard(host) ? set.all.filter((each) => matches(each, host)) : covering(set, host);
}
