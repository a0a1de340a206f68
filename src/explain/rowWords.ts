import type { PortRow, ServerRow } from '../graph/graph.ts';
import type { RouteMismatch } from '../simulate/trace.ts';
import { lossWords } from './losses.ts';
import { missingWords } from './missing.ts';

/** A server as two lines: `HTTPS SIMPLE`, and its hosts or what it does instead. */
export function serverWords(row: ServerRow): { readonly speaks: string; readonly says: string } {
  // The longest mode has room only by itself; it says TLS enough.
  const speaks =
    row.mode === undefined
      ? row.protocol
      : row.mode === 'AUTO_PASSTHROUGH'
        ? row.mode
        : `${row.protocol} ${row.mode}`;
  if (row.lost !== undefined) return { speaks, says: lossWords(row.lost) };
  return { speaks, says: row.httpsRedirect ? 'redirects to https' : hostsWords(row.hosts) };
}

/** `uk, eu.bookinfo.com` for two hosts of one domain, `any host` for `*`; namespaces before a slash are left out. */
function hostsWords(hosts: readonly string[]): string {
  const names = hosts.map((host) => host.slice(host.indexOf('/') + 1));
  if (names.includes('*')) return 'any host';
  const [first, ...rest] = names;
  if (first === undefined) return 'no hosts';
  const domain = first.slice(first.indexOf('.'));
  const alike =
    rest.length > 0 && first.includes('.') && names.every((name) => name.slice(name.indexOf('.')) === domain);
  if (!alike || first.startsWith('*')) return names.join(', ');
  return names
    .map((name, index) => (index === names.length - 1 ? name : name.slice(0, name.indexOf('.'))))
    .join(', ');
}

/** Why a rule was passed over, in a word or two. */
export function passedWords(because: RouteMismatch): string {
  switch (because.kind) {
    case 'path-differs':
      return 'path differs';
    case 'header-differs':
      if (because.invert) return 'is there';
      return because.got.length === 0 ? 'missing' : 'differs';
    case 'query-differs':
      return because.got === null ? 'missing' : 'differs';
    case 'claim-unknown':
      return 'unknown';
    case 'later':
      return 'later';
  }
}

/** What stands beside a port that a rule names and that leads nowhere; empty for one that exists. */
export function portWords(row: PortRow): string {
  switch (row.standing) {
    case 'exists':
    case 'unknown':
      return '';
    case 'missing':
      return missingWords(row.missing ?? 'no-such-port');
  }
}
