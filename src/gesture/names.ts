import type { Board } from './board.ts';
import type { NameProblem } from './gesture.ts';

/** `wanted`, or `wanted-2`, `wanted-3`, … if it is taken. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}

/** A name that no object of that kind in that namespace bears yet. */
export function freeObjectName(board: Board, kind: string, namespace: string, wanted: string): string {
  return freeName(wanted, objectNames(board, kind, namespace));
}

export function objectNames(board: Board, kind: string, namespace: string): Set<string> {
  return new Set(
    board.objects
      .filter(({ ref }) => ref.kind === kind && ref.namespace === namespace)
      .map(({ ref }) => ref.name),
  );
}

/** What keeps a text from being the name of an object (RFC 1123 subdomain); undefined: nothing. */
export function objectNameProblem(name: string): NameProblem | undefined {
  if (name === '') return 'empty';
  if (name.length > 253) return 'too-long';
  return /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(name)
    ? undefined
    : 'not-dns';
}

/** The same for a single label (RFC 1123): Services, namespaces, subsets, ports. */
export function labelProblem(name: string): NameProblem | undefined {
  if (name === '') return 'empty';
  if (name.length > 63) return 'too-long';
  return /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name) ? undefined : 'not-dns';
}

/**
 * A name for what is about some hosts: the first label of what they have in common (`bookinfo` for `uk.bookinfo.com` and `eu.bookinfo.com`), or of
 * the only one, `www` and wildcards left out; `fallback` if there is none.
 */
export function nameFromHosts(hosts: readonly string[], fallback: string): string {
  const parts = hosts.map((host) =>
    host.split('.').filter((part) => part !== '' && !part.includes('*') && part !== 'www'),
  );
  const [first = []] = parts;
  let shared = 0;
  while (shared < first.length && parts.every((each) => each.at(-1 - shared) === first.at(-1 - shared))) {
    shared += 1;
  }
  const label = (shared >= 2 ? first.at(-shared) : first[0])
    ?.toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return label === undefined || label === '' ? fallback : label;
}
