/* The types of tokens, as small numbers: there are hundreds of thousands of them in a large paste. */
export const streamEnd = 0;
export const documentStart = 1;
export const documentEnd = 2;
export const directive = 3;
export const blockSequenceStart = 4;
export const blockMapStart = 5;
export const blockEnd = 6;
export const flowSequenceStart = 7;
export const flowSequenceEnd = 8;
export const flowMapStart = 9;
export const flowMapEnd = 10;
export const blockEntry = 11;
export const flowEntry = 12;
export const key = 13;
export const value = 14;
export const alias = 15;
export const anchor = 16;
export const tag = 17;
export const plain = 18;
export const single = 19;
export const double = 20;
export const literal = 21;
export const folded = 22;
/** A key may begin here: not known yet. */
export const pending = 23;
/** No token after all. */
export const skipped = 24;

/** Line ends as YAML 1.1 has them: LF, CR, NEL, LS, PS. */
export function isBreak(c: number): boolean {
  return c === 0x0a || c === 0x0d || c === 0x85 || c === 0x2028 || c === 0x2029;
}

export function isBlank(c: number): boolean {
  return c === 0x20 || c === 0x09;
}

/** A blank, a line end, or the NUL that ends the text. */
export function isBlankOrEnd(c: number): boolean {
  return c === 0x20 || c === 0x0a || c === 0 || c === 0x09 || isBreak(c);
}

/** The offset behind a line end at `pos`, with CR LF as one; `pos` itself if there is none. */
export function afterBreak(text: string, pos: number): number {
  const c = text.charCodeAt(pos);
  if (c === 0x0a) return pos + 1;
  if (c === 0x0d) return text.charCodeAt(pos + 1) === 0x0a ? pos + 2 : pos + 1;
  return isBreak(c) ? pos + 1 : pos;
}

/** The offset of the next line end, or of the NUL that ends the text. */
export function endOfLine(text: string, pos: number): number {
  let at = pos;
  let c = text.charCodeAt(at);
  while (at < text.length && c !== 0 && !isBreak(c)) c = text.charCodeAt(++at);
  return at;
}

/** Whether `---` or `...` stands at `pos`, which must be the start of a line. */
export function isDocumentMark(text: string, pos: number): boolean {
  const c = text.charCodeAt(pos);
  return (
    (c === 0x2d || c === 0x2e) &&
    text.charCodeAt(pos + 1) === c &&
    text.charCodeAt(pos + 2) === c &&
    isBlankOrEnd(text.charCodeAt(pos + 3))
  );
}
