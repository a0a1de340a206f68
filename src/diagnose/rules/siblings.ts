import { fullMatch } from '../../envoy/regex.ts';
import type { HTTPRoute, StringMatch, VirtualServiceSpec } from '../../istio/types.ts';
import { finding, type LocalFinding } from '../draft.ts';

/**
 * VS234: a prefix is compared by letters, so `/api` takes `/api-old` too. Said where it makes a difference: where a later rule of the object, which does something
 * else, would take such a path, or none would and it were answered 404. Once for each object, what a later rule would take first.
 */
export function* siblings({ http = [] }: VirtualServiceSpec): Generator<LocalFinding> {
  const found = new Map<string, LocalFinding>();
  for (const [rule, route] of http.entries()) {
    for (const [index, { uri }] of (route.match ?? []).entries()) {
      const prefix = uri?.prefix;
      if (prefix === undefined || !/^\/[^?#]*[^/?#]$/.test(prefix) || found.has(prefix)) continue;
      const example = `${prefix}${/\d$/.test(prefix) ? '0' : '-old'}`;
      const later = http.findIndex((each, at) => at > rule && mayTake(each, example, prefix));
      const other = http[later];
      if (other && actionOf(other) === actionOf(route)) continue;
      const path = ['spec', 'http', rule, 'match', index, 'uri', 'prefix'];
      const params = { got: prefix, want: `${prefix}/`, example, ...(other && { rule: later + 1 }) };
      found.set(prefix, finding('VS234', path, params));
    }
  }
  const all = [...found.values()];
  const first = all.find(({ params }) => params['rule'] !== undefined) ?? all[0];
  if (!first) return;
  const more = all.filter((each) => each !== first).map(({ params }) => String(params['got']));
  yield { ...first, params: { ...first.params, ...(more.length > 0 && { more }) } };
}

/** Where a rule leads, whatever it asks for. */
function actionOf({ route, redirect, directResponse, delegate }: HTTPRoute): string {
  return JSON.stringify([route, redirect, directResponse, delegate]);
}

/** A later rule for the same prefix, or for one within it, would not get the path of a sibling either. */
function mayTake({ match = [] }: HTTPRoute, path: string, taken: string): boolean {
  return match.length === 0 || match.some(({ uri }) => uri === undefined || meets(path, uri, taken));
}

function meets(path: string, { exact, prefix, regex }: StringMatch, taken: string): boolean {
  if (exact !== undefined) return path === exact;
  if (prefix !== undefined) return path.startsWith(prefix) && !prefix.startsWith(taken);
  return regex !== undefined && fullMatch(regex, path);
}
