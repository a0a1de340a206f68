/** A name of a header, as Istio sees it (its character class lets a comma through); mirrors `validHeaderNameRegex`. */
export function isHeaderName(text: string): boolean {
  return /^[!#$%&'*+\-.,^_`|~A-Za-z0-9]+$/.test(text);
}

const pseudoHeaders = new Set([':method', ':scheme', ':authority', ':path', ':status']);

/** A key of `headers` or `withoutHeaders` in a match; mirrors `ValidateHTTPHeaderNameOrJwtClaimRoute`. */
export function isMatchHeaderName(text: string): boolean {
  return isClaimName(text) || pseudoHeaders.has(text) || isHeaderName(text);
}

/** `@request.auth.claims.name` or `@request.auth.claims[name]`: a claim of the caller's token, not a header; mirrors `ToRoutingClaim`. */
export function isClaimName(text: string): boolean {
  const prefix = '@request.auth.claims';
  if (!text.toLowerCase().startsWith(prefix)) return false;
  const rest = text.slice(prefix.length);
  return (
    (rest.startsWith('.') && rest.length > 1) ||
    (rest.startsWith('[') && rest.endsWith(']') && rest.length > 2)
  );
}

/** `host` or `:authority` in any case; mirrors `isAuthorityHeader`. */
export function isAuthorityHeader(name: string): boolean {
  return ['host', ':authority'].includes(name.toLowerCase());
}

/** Whether a value has a control character other than TAB; mirrors `httpHeaderValueRegexp`. */
export function hasControlCharacter(value: string): boolean {
  return /[\u0000-\u0008\u000a-\u001f\u007f]/.test(value);
}

export type HeaderValueProblem = 'lone-percent' | 'unclosed-variable' | 'bad-arguments';

/** Where in a value we are: outside of variables, after a `%`, in a name, or in one of the parts of its arguments. */
type Place =
  | 'literal'
  | 'percent'
  | 'name'
  | 'arguments'
  | 'next-text'
  | 'text'
  | 'escaped'
  | 'after-text'
  | 'after-arguments'
  | 'after-variable';

/**
 * What is wrong with the `%` in a header value: `%%` is a percent sign, `%NAME%` and `%NAME(arguments)%` are variables of Envoy, of which the name is
 * not looked at. The arguments are free text, or quoted texts in brackets. Mirrors `validateHeaderValue`.
 */
export function headerValueProblem(value: string): HeaderValueProblem | undefined {
  let place: Place | undefined = 'literal';
  for (const char of value) {
    place = placeAfter(place, char);
    if (place === undefined) return 'bad-arguments';
  }
  if (place === 'literal') return undefined;
  return place === 'percent' ? 'lone-percent' : 'unclosed-variable';
}

function placeAfter(place: Place, char: string): Place | undefined {
  switch (place) {
    case 'literal':
      return char === '%' ? 'percent' : 'literal';
    case 'percent':
      return char === '%' ? 'literal' : placeAfter('name', char);
    case 'name':
      return char === '%' ? 'literal' : char === '(' ? 'arguments' : 'name';
    case 'arguments':
      // The first character of free text is taken as it is, even a parenthesis.
      return char === '[' ? 'next-text' : char === ' ' ? place : 'text';
    case 'next-text':
      return char === '"' ? 'text' : char === ' ' ? place : undefined;
    case 'text':
      return char === '\\'
        ? 'escaped'
        : char === ')'
          ? 'after-variable'
          : char === '"'
            ? 'after-text'
            : place;
    case 'escaped':
      return 'text';
    case 'after-text':
      return char === ',' ? 'next-text' : char === ']' ? 'after-arguments' : char === ' ' ? place : undefined;
    case 'after-arguments':
      return char === ')' ? 'after-variable' : char === ' ' ? place : undefined;
    case 'after-variable':
      return char === '%' ? 'literal' : char === ' ' ? place : undefined;
  }
}
