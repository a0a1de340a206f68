import type { ScalarNode } from './nodes.ts';

/** What a scalar is on its way to JSON. `not-finite` and `misfit` (a value that its tag does not take) cannot be sent. */
export type Resolved =
  | { readonly kind: 'value'; readonly value: null | boolean | number | string }
  | { readonly kind: 'not-finite'; readonly word: string }
  | { readonly kind: 'misfit' };

const words = new Map<string, null | boolean>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
    (word) => [word, true] as const,
  ),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (word) => [word, false] as const,
  ),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
]);
const notFinite = new Map<string, string>([
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, '.nan'] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, '.inf'] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, '-.inf'] as const),
]);

const standard = 'tag:yaml.org,2002:';

/** What go-yaml makes of a scalar (`resolve`): by its tag, or, if it is plain, by the looks of the word. */
export function resolveScalar(node: ScalarNode): Resolved {
  const { tag, text } = node;
  if (tag === '') return node.style === 'plain' || node.style === 'empty' ? resolveWord(text) : valueOf(text);
  switch (tag) {
    case `${standard}bool`:
      return only(resolveWord(text), 'boolean');
    case `${standard}null`:
      return only(resolveWord(text), 'null');
    case `${standard}int`:
      return isWhole(text) ? only(resolveWord(text), 'number') : { kind: 'misfit' };
    case `${standard}float`:
      return isBeyondInt64(text) ? { kind: 'misfit' } : only(resolveWord(text), 'number');
    case `${standard}timestamp`:
      return isTimestamp(text) ? valueOf(text) : { kind: 'misfit' };
    case `${standard}binary`:
      return decodeBase64(text);
    default:
      return valueOf(text);
  }
}

/** Whether a word without quotes, read by kubectl, is exactly this text and nothing else. */
export function isTextWord(word: string): boolean {
  const resolved = resolveWord(word);
  return resolved.kind === 'value' && typeof resolved.value === 'string';
}

function resolveWord(word: string): Resolved {
  const c = word.charCodeAt(0);
  // Only a digit, a sign, a dot or one of yYnNtTfFoO~ can begin anything but a text.
  if (!mayBeOther(c)) return valueOf(word);
  const known = words.get(word);
  if (known !== undefined) return valueOf(known);
  const infinite = notFinite.get(word);
  if (infinite !== undefined) return { kind: 'not-finite', word: infinite };
  const number =
    c === 0x2e
      ? floatOf(word)
      : (c >= 0x30 && c <= 0x39) || c === 0x2b || c === 0x2d
        ? numberOf(word)
        : undefined;
  return valueOf(number ?? word);
}

function mayBeOther(c: number): boolean {
  return (c >= 0x30 && c <= 0x39) || c !== c || '+-.yYnNtTfFoO~'.includes(String.fromCharCode(c));
}

function valueOf(value: null | boolean | number | string): Resolved {
  return { kind: 'value', value };
}

function numberOf(word: string): number | undefined {
  if (/^(?:0|[1-9][0-9]{0,14})$/.test(word)) return Number(word);
  const plain = word.replaceAll('_', '');
  const whole = wholeOf(plain);
  if (whole !== undefined) return nearest(whole);
  return /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/.test(plain)
    ? finite(Number(plain))
    : undefined;
}

/** Go's whole numbers: int64, or uint64 where no sign is written. What is larger goes on as a decimal number if it is one. */
function wholeOf(plain: string): bigint | undefined {
  const parts = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|[1-9][0-9]*|0)$/.exec(plain);
  if (parts === null || plain.length > 70) return undefined;
  const sign = parts[1] ?? '';
  const digits = parts[2] ?? '0';
  const value = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits.toLowerCase());
  const most = sign === '-' ? 1n << 63n : sign === '+' ? (1n << 63n) - 1n : (1n << 64n) - 1n;
  if (value > most) return undefined;
  return sign === '-' ? -value : value;
}

const beyondInt64 = 2 ** 63;

/** An int64 stays one: the largest would be rounded to what is too large. */
function nearest(whole: bigint): number {
  const value = Number(whole);
  return value === beyondInt64 && whole < 1n << 63n ? beyondInt64 - 1024 : value;
}

/** Written as a whole number; `5.` and `5e1` are none to go-yaml. */
function isWhole(word: string): boolean {
  return wholeOf(word.replaceAll('_', '')) !== undefined;
}

function isBeyondInt64(word: string): boolean {
  return (wholeOf(word.replaceAll('_', '')) ?? 0n) >= 1n << 63n;
}

/** A number that begins with a point; here underscores may stand between digits only. */
function floatOf(word: string): number | undefined {
  return /^\.[0-9](?:_?[0-9])*([eE][-+]?[0-9](?:_?[0-9])*)?$/.test(word)
    ? finite(Number(word.replaceAll('_', '')))
    : undefined;
}

/** A number beyond the largest stays a text; minus zero is zero for JSON's whole numbers. */
function finite(value: number): number | undefined {
  if (!Number.isFinite(value)) return undefined;
  return value === 0 ? 0 : value;
}

function only(resolved: Resolved, type: 'boolean' | 'null' | 'number'): Resolved {
  if (resolved.kind !== 'value') return type === 'number' ? resolved : { kind: 'misfit' };
  const { value } = resolved;
  const fits =
    type === 'null'
      ? value === null
      : type === 'boolean'
        ? typeof value === 'boolean'
        : typeof value === 'number';
  return fits ? resolved : { kind: 'misfit' };
}

function isTimestamp(text: string): boolean {
  return /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})?)?$/.test(
    text,
  );
}

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const following = '%[89ab].';
/** A character in UTF-8 with its bytes as in a URI, or a byte that is part of none, for which JSON gets the replacement character. */
const utf8Character = new RegExp(
  `(%[0-7].|%(?:c[2-9a-f]|d.)${following}|%(?:e0%[ab].|ed%[89].|e[1-9a-cef]${following})${following}|` +
    `%(?:f0%[9ab].|f[1-3]${following}|f4%8.)${following}${following})|%..`,
  'g',
);

function decodeBase64(text: string): Resolved {
  const written = text.replace(/[\r\n]/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(written))
    return { kind: 'misfit' };
  let octets = '';
  let bits = 0;
  let held = 0;
  for (const letter of written.replace(/=+$/, '')) {
    bits = (bits << 6) | base64.indexOf(letter);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    octets += `%${((bits >> held) & 0xff).toString(16).padStart(2, '0')}`;
    bits &= (1 << held) - 1;
  }
  return valueOf(
    octets.replace(utf8Character, (written, valid?: string) =>
      valid === undefined ? '\ufffd' : decodeURIComponent(written),
    ),
  );
}

/**
 * A scalar as the key of a map, as sigs.k8s.io/yaml writes it: `undefined` for null and for whole numbers beyond int64, which have no text
 * there. Numbers that are not written as whole ones get the digits of a 32-bit float (`strconv.FormatFloat(f, 'g', -1, 32)`).
 */
export function keyOf(node: ScalarNode, resolved: Resolved): string | undefined {
  if (resolved.kind === 'misfit') return undefined;
  if (resolved.kind === 'not-finite') return resolved.word;
  const { value } = resolved;
  if (typeof value === 'string') return value;
  if (value === null) return undefined;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  const whole = node.tag === `${standard}float` ? undefined : wholeOf(node.text.replaceAll('_', ''));
  if (whole === undefined) return value === 0 && node.text.startsWith('-') ? '-0' : shortFloat(value);
  return whole >= 1n << 63n ? undefined : whole.toString();
}

function shortFloat(value: number): string {
  const near = Math.fround(value);
  if (!Number.isFinite(near)) return near > 0 ? '.inf' : '-.inf';
  let digits = 1;
  while (digits < 9 && Math.fround(Number(near.toPrecision(digits))) !== near) digits += 1;
  const [mantissa = '', exponent = '0'] = near.toExponential(digits - 1).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return Number(near.toPrecision(digits)).toString();
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
