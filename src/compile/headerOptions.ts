import type { HeaderOptions } from '../envoy/types.ts';
import { compareText } from '../istio/mesh.ts';
import type { HeaderOperations, Headers } from '../istio/types.ts';

/** No operation at all. */
export const noOptions: HeaderOptions = { remove: [], set: [], add: [] };

export interface TranslatedHeaders {
  readonly request: HeaderOptions;
  readonly response: HeaderOptions;
  /** `Host` or `:authority` that is set, or else added: no header operation but a rewrite of the host. */
  readonly authority?: string;
}

/**
 * Header operations as Envoy gets them: `set` and `add` each sorted by key, names in lower case, pseudo headers and Host left out. Mirrors
 * `TranslateHeadersOperations`.
 */
export function translateHeaders(headers: Headers | undefined): TranslatedHeaders {
  if (!headers) return { request: noOptions, response: noOptions };
  const { set, add } = headers.request ?? {};
  const authority = authorityOf(set) ?? authorityOf(add);
  return {
    request: translateOperations(headers.request),
    response: translateOperations(headers.response),
    ...(authority !== undefined && { authority }),
  };
}

/** Both sets as one: what `second` sets comes later and wins. */
export function joinOptions(first: HeaderOptions, second: HeaderOptions): HeaderOptions {
  if (first === noOptions) return second;
  if (second === noOptions) return first;
  return {
    remove: [...first.remove, ...second.remove],
    set: [...first.set, ...second.set],
    add: [...first.add, ...second.add],
  };
}

function translateOperations(operations: HeaderOperations | undefined): HeaderOptions {
  if (!operations) return noOptions;
  const { set, add, remove } = operations;
  return {
    remove: (remove ?? []).filter((name) => !isInternal(name)).map((name) => name.toLowerCase()),
    set: sortedEntries(set),
    add: sortedEntries(add),
  };
}

function sortedEntries(values: Readonly<Record<string, string>> | undefined): [string, string][] {
  return Object.entries(values ?? {})
    .filter(([name]) => !isInternal(name))
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, value]) => [name.toLowerCase(), value]);
}

function authorityOf(values: Readonly<Record<string, string>> | undefined): string | undefined {
  const entry = Object.entries(values ?? {}).findLast(([name]) => /^(?::authority|host)$/i.test(name));
  return entry?.[1] || undefined;
}

function isInternal(name: string): boolean {
  return name.startsWith(':') || name.toLowerCase() === 'host';
}
