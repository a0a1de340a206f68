import type { HeaderMatcher, PathSpecifier, RouteMatch, StringMatcher } from '../../envoy/types.ts';
import { fullMatch } from '../../envoy/regex.ts';
import { remember } from '../../remember.ts';

/**
 * Whether every request that meets `later` meets `earlier` too, so that behind it in one virtual host `later` is never reached. False where it cannot be
 * said for certain. JWT claims are not compared.
 */
export function covers(earlier: RouteMatch, later: RouteMatch): boolean {
  return (
    earlier.claims.length === 0 &&
    coversPath(earlier, later) &&
    earlier.headers.every((wanted) => later.headers.some((given) => impliesHeader(given, wanted))) &&
    earlier.queryParameters.every((wanted) =>
      later.queryParameters.some(
        (given) => given.name === wanted.name && implies(given.matcher, wanted.matcher),
      ),
    )
  );
}

function coversPath(earlier: RouteMatch, later: RouteMatch): boolean {
  const [a, b] = [earlier.path, later.path];
  const head = headOf(b);
  // `OPTIONS *` has the one path that does not begin with a slash.
  if (takesEveryPath(a)) return a.value === '' || a.value === '.*' || head.startsWith('/');
  if (a.kind === 'regex') {
    if (b.kind === 'regex') return a.value === b.value;
    return b.kind === 'exact' && later.caseSensitive && fullMatch(a.value, b.value);
  }
  // A comparison that minds the case takes all of one that does not only where there are no letters.
  if (earlier.caseSensitive && !later.caseSensitive && /[a-z]/i.test(a.value)) return false;
  const fold = (text: string): string => (earlier.caseSensitive ? text : text.toLowerCase());
  const [own, other] = [fold(a.value), fold(head)];
  if (a.kind === 'prefix') return other.startsWith(own);
  return b.kind === 'exact' && own === other;
}

function takesEveryPath(path: PathSpecifier): boolean {
  if (path.kind === 'prefix') return path.value === '/' || path.value === '';
  return path.kind === 'regex' && (path.value === '.*' || path.value === '/.*');
}

/** What every path of the condition begins with. */
const headOf = remember((path: PathSpecifier): string =>
  path.kind === 'regex' ? literalHead(path.value) : path.value,
);

/** The letters with which every match of the expression begins. */
function literalHead(regex: string): string {
  if (regex.includes('|')) return '';
  const head = /^\^?((?:[\w/ -]|\\[^a-zA-Z0-9])*)/.exec(regex)?.[0] ?? '';
  const rest = regex.slice(head.length);
  const text = head.replace(/^\^/, '').replace(/\\(.)/g, '$1');
  // What is repeated or optional may be missing.
  return /^[*?{]/.test(rest) ? text.slice(0, -1) : text;
}

function impliesHeader(given: HeaderMatcher, wanted: HeaderMatcher): boolean {
  if (given.name !== wanted.name || given.invert !== wanted.invert) return false;
  if (!wanted.invert) return implies(given.matcher, wanted.matcher);
  return given.treatMissingAsEmpty === wanted.treatMissingAsEmpty && implies(wanted.matcher, given.matcher);
}

/** Whether each value that meets `given` meets `wanted`. */
function implies(given: StringMatcher, wanted: StringMatcher): boolean {
  switch (wanted.kind) {
    case 'present':
      return true;
    case 'exact':
      return given.kind === 'exact' && given.value === wanted.value;
    case 'prefix':
      return (given.kind === 'exact' || given.kind === 'prefix') && given.value.startsWith(wanted.value);
    case 'regex':
      if (wanted.value === '.*') return true;
      if (given.kind === 'regex') return given.value === wanted.value;
      return given.kind === 'exact' && fullMatch(wanted.value, given.value);
  }
}
