import { invalidRegex } from '../envoy/regex.ts';
import type { StringMatch } from '../istio/types.ts';
import type { Path } from '../manifest/source.ts';
import { refuse } from './report.ts';
import type { Report } from './report.ts';

const longestRegex = 1024;

/** Mirrors `validateStringMatch`: neither an empty prefix nor an empty or wrong regex. */
export function validateStringMatch(report: Report, path: Path, match: StringMatch | undefined): void {
  if (match?.prefix === '') refuse(report, 'VS021', [...path, 'prefix']);
  validateRegexMatch(report, path, match);
}

/** Mirrors `validateStringMatchRegexp`, for paths and origins, where an empty prefix is fine. */
export function validateRegexMatch(report: Report, path: Path, match: StringMatch | undefined): void {
  if (match?.regex === undefined) return;
  if (match.regex === '') refuse(report, 'VS022', [...path, 'regex']);
  else validateRegex(report, 'VS024', [...path, 'regex'], match.regex);
}

/** Mirrors `validateStringRegexp`; `code` is for one that does not compile, one that is too long is always VS023. */
export function validateRegex(report: Report, code: string, path: Path, pattern: string): void {
  const length = byteLength(pattern);
  if (length > longestRegex) {
    refuse(report, 'VS023', path, { got: length, maximum: longestRegex });
    return;
  }
  const invalid = invalidRegex(pattern);
  if (invalid) refuse(report, code, path, { got: pattern, problem: invalid.reason });
}

/** Length in UTF-8. */
export function byteLength(text: string): number {
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    length += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
    // A pair of surrogates is one character of four bytes.
    if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
      length++;
      index++;
    }
  }
  return length;
}
