import type { Params } from '../manifest/finding.ts';

/**
 * A piece of English with its emphasis, as plain data: text as it is, what people wrote or Envoy says (`code`), and what matters (`strong`).
 * The page draws it; `plain` makes text of it.
 */
export type Phrase = readonly PhrasePart[];
export type PhrasePart = string | { readonly code: string } | { readonly strong: string };

/** What may stand inside `phrase(…)`; numbers become text. */
type Piece = PhrasePart | number | Phrase;

/** Text that people wrote, or a name of Envoy or Istio. */
export function code(value: string | number): PhrasePart {
  return { code: String(value) };
}

/** The words that carry the sentence. */
export function strong(text: string): PhrasePart {
  return { strong: text };
}

/** Joins pieces into one phrase: neighbouring text becomes one part, empty text disappears. */
export function phrase(...pieces: readonly Piece[]): Phrase {
  const parts: PhrasePart[] = [];
  for (const piece of pieces) {
    if (Array.isArray(piece)) for (const part of piece as Phrase) append(parts, part);
    else append(parts, typeof piece === 'number' ? String(piece) : (piece as PhrasePart));
  }
  return parts;
}

function append(parts: PhrasePart[], part: PhrasePart): void {
  if (part === '') return;
  const last = parts.at(-1);
  if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
  else parts.push(part);
}

/** Tagged template: literal text stays text, strings and numbers in `${…}` are shown as code, parts and phrases as they are. */
export function say(texts: TemplateStringsArray, ...values: readonly Piece[]): Phrase {
  return phrase(
    ...texts.flatMap((text, index): Piece[] => {
      const value = values[index];
      if (value === undefined) return [text];
      return [text, typeof value === 'string' || typeof value === 'number' ? code(value) : value];
    }),
  );
}

/** The items as code with commas and a last `and` or `or`; after `limit` items the rest is counted. */
export function list(items: readonly string[], conjunction: 'and' | 'or' = 'and', limit = 8): Phrase {
  const shown: Piece[] = items.slice(0, limit).map((item) => code(item));
  if (items.length > limit) shown.push(`${items.length - limit} more`);
  return phrase(
    ...shown.flatMap((item, index): Piece[] => {
      if (index === 0) return [item];
      return [index === shown.length - 1 ? ` ${conjunction} ` : ', ', item];
    }),
  );
}

/** `1 host`, `2 hosts`; pass the plural where it is not made with an s. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/**
 * A sentence from a template: `{name}` becomes the parameter of that name as code (lists with commas and `and`, with `or` for `{name|or}`),
 * `` `text` `` becomes code, `**text**` strong. `[… {name} …]` is left out when one of its parameters is missing or empty. A parameter that is
 * missing outside brackets is shown as its own name, so that nothing throws. `words` says which parameters are not shown as code, but in English.
 */
export function fill(template: string, params: Params, words: Words = {}): Phrase {
  const pieces: Piece[] = [];
  let rest = template;
  while (rest !== '') {
    const token = TOKEN.exec(rest);
    if (token === null) {
      pieces.push(rest);
      break;
    }
    pieces.push(rest.slice(0, token.index), readToken(token, params, words));
    rest = rest.slice(token.index + token[0].length);
  }
  return phrase(...pieces);
}

/** English for parameters, as templates without parameters. */
export type Words = Readonly<Record<string, string>>;

const TOKEN = /\{(\w+)(\|or)?\}|`([^`]+)`|\*\*([^*]+)\*\*|\[([^[\]]*\{[^[\]]*)\]/;

function readToken(token: RegExpExecArray, params: Params, words: Words): Phrase {
  const [, name, or, literal, emphasis, optional] = token;
  const spoken = name === undefined || !Object.hasOwn(words, name) ? undefined : words[name];
  if (spoken !== undefined) return fill(spoken, {});
  if (name !== undefined) return value(name, params[name], or === undefined ? 'and' : 'or');
  if (literal !== undefined) return [code(literal)];
  if (emphasis !== undefined) return [strong(emphasis)];
  if (optional === undefined) return [];
  const names = [...optional.matchAll(/\{(\w+)(?:\|or)?\}/g)].map((match) => match[1] ?? '');
  return names.every((each) => isGiven(params[each])) ? fill(optional, params, words) : [];
}

function value(name: string, given: Params[string] | undefined, conjunction: 'and' | 'or'): Phrase {
  if (given === undefined) return [code(name)];
  if (typeof given === 'string') return [code(given === '' ? '""' : given)];
  if (typeof given === 'object') return list(given, conjunction);
  return [code(String(given))];
}

function isGiven(given: Params[string] | undefined): boolean {
  if (given === undefined || given === false) return false;
  return typeof given === 'object' ? given.length > 0 : given !== '';
}

/** The phrase without emphasis: for a log, a test, a screen reader's label. */
export function plain(given: Phrase): string {
  return given
    .map((part) => {
      if (typeof part === 'string') return part;
      return 'code' in part ? part.code : part.strong;
    })
    .join('');
}
