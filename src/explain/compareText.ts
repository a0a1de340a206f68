import type { PathSpecifier, StringMatcher } from '../envoy/types.ts';
import type { Compared, Marked } from './told.ts';

/** Values longer than this are cut in the middle of what agrees. */
const LONGEST = 400;

/**
 * What a matcher wants beside what the call has, with the characters that decide marked: where both begin alike the first difference, where the
 * matcher agrees the part that it covers.
 */
export function compareText(
  matcher: StringMatcher | PathSpecifier,
  got: string | undefined,
  options: { readonly ignoreCase?: boolean; readonly agrees: boolean; readonly absent?: string },
): Compared {
  const wants = matcher.kind === 'present' ? words('any value') : plain(matcher.value);
  if (got === undefined) return { wants, got: words(options.absent ?? 'nothing') };
  if (matcher.kind === 'present') return { wants, got: plain(got) };
  if (options.agrees) return { wants, got: covered(matcher, got) };
  if (matcher.kind === 'regex') return { wants, got: got === '' ? words('an empty value') : plain(got) };
  const same = commonStart(matcher.value, got, options.ignoreCase === true);
  if (same === 0)
    return { wants, got: got === '' ? words('an empty value') : [{ text: cut(got), mark: 'differs' }] };
  const tail = got.slice(same);
  const wanted = matcher.value.slice(same);
  return {
    wants:
      wanted === ''
        ? wants
        : [
            { text: cut(matcher.value.slice(0, same)), mark: 'plain' },
            { text: cut(wanted), mark: 'differs' },
          ],
    // Where the value ends too early the place of the missing characters is marked.
    got: [
      { text: cut(got.slice(0, same)), mark: 'plain' },
      { text: tail === '' ? '\u00a0' : cut(tail), mark: 'differs' },
    ],
  };
}

/** A list of names that a value is not among. */
export function compareNames(wants: readonly string[], got: string | null, absent: string): Compared {
  return {
    wants: plain(wants.join(', ')),
    got: got === null ? words(absent) : [{ text: cut(got), mark: 'differs' }],
  };
}

/** Two values as they are, the second one underlined. */
export function compareValues(wants: string, got: string): Compared {
  return { wants: plain(wants), got: [{ text: got, mark: 'differs' }] };
}

function covered(matcher: StringMatcher | PathSpecifier, got: string): Marked {
  const length = matcher.kind === 'prefix' ? matcher.value.length : got.length;
  const head = got.slice(0, length);
  const tail = got.slice(length);
  return [
    { text: cut(head), mark: 'equal' },
    ...(tail === '' ? [] : [{ text: cut(tail), mark: 'plain' as const }]),
  ];
}

function commonStart(a: string, b: string, ignoreCase: boolean): number {
  const [left, right] = ignoreCase ? [a.toLowerCase(), b.toLowerCase()] : [a, b];
  const length = Math.min(left.length, right.length);
  let index = 0;
  while (index < length && left[index] === right[index]) index += 1;
  return index;
}

function plain(text: string): Marked {
  return [{ text: text === '' ? '""' : cut(text), mark: 'plain' }];
}

function words(text: string): Marked {
  return [{ text, mark: 'words' }];
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST / 2)}…${text.slice(-LONGEST / 2)}`;
}
