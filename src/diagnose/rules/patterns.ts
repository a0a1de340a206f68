/*
 * What can be said of a regular expression by its letters alone. Where that is not enough the answer is undefined, never a guess.
 */

/** The one text that the expression stands for, if it has no open part: `^/api$` and `/api` are `/api`, `/v1\.0` is `/v1.0`. */
export function literalOf(regex: string): string | undefined {
  const body = regex.replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
  if (body === '' || /(?<!\\)[.*+?()[\]{}|^$]/.test(body.replace(/\\\\/g, '')) || /\\[a-zA-Z0-9]/.test(body))
    return undefined;
  return body.replace(/\\(.)/g, '$1');
}

/** The letter that every match begins with, if there is one for certain. */
export function startOf(regex: string): string | undefined {
  const body = regex.replace(/^\^/, '');
  // Alternatives at the top may begin differently.
  if (hasTopAlternative(body)) return undefined;
  const escaped = /^\\([^a-zA-Z0-9])/.exec(body)?.[1];
  const first = escaped ?? body[0];
  if (first === undefined || (escaped === undefined && /[.*+?()[\]{}|\\^$]/.test(first))) return undefined;
  const next = body[escaped === undefined ? 1 : 2];
  return next === '*' || next === '?' || next === '{' ? undefined : first;
}

/** Whether every match has a question mark or a hash in it: one that stands in no group, is not repeated, and has no alternative. */
export function asksForQuery(regex: string): boolean {
  if (hasTopAlternative(regex)) return false;
  let depth = 0;
  const text = regex.replace(/\[(?:\\.|[^\]\\])*\]/g, 'x');
  for (let index = 0; index < text.length; index += 1) {
    const letter = text[index];
    const isEscaped = letter === '\\';
    if (isEscaped) index += 1;
    else if (letter === '(') depth += 1;
    else if (letter === ')') depth -= 1;
    const isMark = isEscaped ? /[?#]/.test(text[index] ?? '') : letter === '#';
    if (isMark && depth === 0 && !/[*?{]/.test(text[index + 1] ?? '')) return true;
  }
  return false;
}

/** Whether the expression has alternatives that are in no group. */
export function hasTopAlternative(regex: string): boolean {
  let depth = 0;
  let inClass = false;
  for (let index = 0; index < regex.length; index += 1) {
    const letter = regex[index];
    if (letter === '\\') index += 1;
    else if (inClass) inClass = letter !== ']';
    else if (letter === '[') inClass = true;
    else if (letter === '(') depth += 1;
    else if (letter === ')') depth -= 1;
    else if (letter === '|' && depth === 0) return true;
  }
  return false;
}

/** Number of capturing groups. */
export function groupsOf(regex: string): number {
  const text = regex.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '');
  return (text.match(/\((?!\?)|\(\?P?<[a-zA-Z]/g) ?? []).length;
}
