import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { isPlain } from '../../src/manifest/edit/render.ts';
import type { Json } from '../../src/manifest/source.ts';

/** A text as people (and worse) write it, and the values that it should be read as. */
export interface Written {
  readonly text: string;
  readonly values: readonly Json[];
}

/** Takes one choice after the other from a list of numbers; when they are used up, the plainest way is taken. */
interface Pen {
  readonly choices: readonly number[];
  next: number;
  anchors: { name: string; value: Json }[];
  /** The last thing written was a block of lines, to which a comment that is indented deeper would belong. */
  afterBlock: boolean;
}

function choose(pen: Pen, ways: number): number {
  const choice = pen.choices[pen.next] ?? 0;
  pen.next += 1;
  return choice % ways;
}

/** True in one of `odds` cases, never when the choices are used up. */
function sometimes(pen: Pen, odds: number): boolean {
  return choose(pen, odds) === odds - 1;
}

const words = fc.constantFrom(
  ...[
    'web',
    'a b',
    'yes',
    'on',
    '1_000',
    '12:30',
    '0x10',
    '*.example.com',
    'a: b',
    'x # y',
    '',
    ' led',
    'trail ',
    '~',
    'null',
  ],
  ...[
    '2001-01-01',
    "it's",
    '"q"',
    '- dash',
    '10.0.0.0/8',
    '@at',
    '#no',
    'a,b',
    '{x}',
    'http://x/y?z=1',
    'é😀',
    'two\nlines\n',
    'one\n\ntwo',
  ],
  ...[
    'tab\there',
    'back\\slash',
    '---',
    '...',
    '?',
    ':',
    '-',
    '.5',
    '&a',
    '!t',
    '%d',
    '`',
    'x:',
    '=',
    '<<',
    'nel\u0085x',
  ],
);
const keys = fc.constantFrom(
  'a',
  'b',
  'c',
  'hosts',
  'x-y',
  'on',
  '1',
  'key with blank',
  'app.kubernetes.io/name',
  'é',
  '__proto__',
  '',
);

const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(words, fc.constantFrom<Json>(0, 80, -1, 0.5, 1e21, true, false, null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .dictionary(keys, tie('value'), { maxKeys: 4 })
      .map((fields) => Object.fromEntries(Object.entries(fields))),
  ),
})).value;

const objects = fc.record({
  apiVersion: fc.constant('v1'),
  kind: fc.constantFrom('Gateway', 'Service'),
  metadata: fc.record({ name: fc.constantFrom('a', 'b', 'c') }),
  spec: fc.dictionary(keys, json, { minKeys: 1, maxKeys: 5 }),
});

/** Texts of one to three objects: block and flow style, comments, anchors and aliases, every kind of quote, CRLF, tabs, repeated keys. */
export const writtenTexts: fc.Arbitrary<Written> = fc
  .tuple(
    fc.array(objects, { minLength: 1, maxLength: 3 }),
    fc.noBias(fc.array(fc.integer({ min: 0, max: 5039 }), { minLength: 200, maxLength: 300, size: 'max' })),
  )
  .map(([values, choices]) => ({ text: writeText(values, choices), values }));

function writeText(values: readonly Json[], choices: readonly number[]): string {
  const pen: Pen = { choices, next: 0, anchors: [], afterBlock: false };
  const crlf = sometimes(pen, 4);
  const bom = sometimes(pen, 6);
  const documents = values.map((value) => {
    pen.anchors = [];
    const head = sometimes(pen, 4) ? '# head\n' : '';
    return head + writeMap(pen, value as { [key: string]: Json }, 0).trimStart() + '\n';
  });
  let text = documents.join(sometimes(pen, 3) ? '---  # next\n' : '---\n');
  if (sometimes(pen, 4)) text = `---\n${text}`;
  // A block of lines without its last line end would be another text.
  if (!pen.afterBlock && sometimes(pen, 4)) text = text.slice(0, -1);
  else if (sometimes(pen, 5)) text += '\n# end\n---\n';
  if (crlf) text = text.replaceAll('\n', '\r\n');
  return (bom ? '\ufeff' : '') + text;
}

/** In block style from a new line on; every line is indented to the column. */
function writeMap(pen: Pen, map: { readonly [key: string]: Json }, column: number): string {
  const indent = ' '.repeat(column);
  return Object.entries(map)
    .map(([key, value]) => {
      const repeated = sometimes(pen, 25) && column > 0 ? `\n${indent}${writeKey(pen, key)}: gone` : '';
      return `${repeated}${comment(pen, indent)}\n${indent}${writeKey(pen, key)}:${writeAfter(pen, value, column)}`;
    })
    .join('');
}

function comment(pen: Pen, indent: string): string {
  const blank = sometimes(pen, 8) ? '\n' : '';
  if (!sometimes(pen, 6)) return blank;
  return `${blank}\n${!pen.afterBlock && sometimes(pen, 3) ? `${indent}  ` : indent}# note: [x`;
}

function writeList(pen: Pen, list: readonly Json[], column: number): string {
  const indent = ' '.repeat(column);
  const gap = ' '.repeat(1 + choose(pen, 3));
  return list
    .map((value) => `${comment(pen, indent)}\n${indent}-${writeItem(pen, value, column, gap)}`)
    .join('');
}

function writeItem(pen: Pen, value: Json, column: number, gap: string): string {
  const isCollection = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  if (!isCollection || sometimes(pen, 3)) return writeAfter(pen, value, column, 1).replace(/^[ \t]*\t/, ' ');
  // On the line of the dash; comments before the first entry would not fit there.
  const inner = Array.isArray(value)
    ? writeList({ ...pen, choices: [] }, value, column + 1 + gap.length)
    : writeMap({ ...pen, choices: [] }, value as { [key: string]: Json }, column + 1 + gap.length);
  return gap + inner.trimStart();
}

/** What follows a colon or a dash; below a dash a list must stand at least one column further in. */
function writeAfter(pen: Pen, value: Json, column: number, least = 0): string {
  const known = pen.anchors.find((anchor) => isDeepStrictEqual(anchor.value, value));
  if (known !== undefined && sometimes(pen, 2)) return ` *${known.name}${tail(pen)}`;
  const isCollection = typeof value === 'object' && value !== null;
  let anchor = '';
  if (sometimes(pen, 9) && (isCollection || (typeof value === 'string' && value !== ''))) {
    anchor = ` &n${pen.anchors.length}`;
    pen.anchors.push({ name: anchor.slice(2), value });
  }
  if (!isCollection)
    return `${anchor} ${writeScalar(pen, value as null | boolean | number | string, column)}`;
  if (Object.keys(value).length === 0 || sometimes(pen, 4))
    return `${anchor} ${writeFlow(pen, value, column)}${tail(pen)}`;
  if (Array.isArray(value))
    return anchor + tail(pen) + writeList(pen, value, column + (anchor === '' ? least + choose(pen, 3) : 2));
  return (
    anchor +
    tail(pen) +
    writeMap(pen, value as { [key: string]: Json }, column + 1 + ((choose(pen, 4) + 1) % 4))
  );
}

/** Blanks, tabs and comments behind a value. */
function tail(pen: Pen): string {
  return ['', '', '', ' ', '\t', ' # why: so', '\t# tab'][choose(pen, 7)] ?? '';
}

function writeKey(pen: Pen, key: string): string {
  const way = choose(pen, 6);
  if (way === 5 || !isPlain(key, 'flow')) return JSON.stringify(key);
  return way === 4 ? `'${key}'` : key;
}

function writeScalar(pen: Pen, value: null | boolean | number | string, column: number): string {
  pen.afterBlock = false;
  if (typeof value !== 'string')
    return (value === null ? (['null', '~', ''][choose(pen, 3)] ?? '') : String(value)) + tail(pen);
  const way = choose(pen, 5);
  const isBlock = /^[^\s](.*[^\s])?(\n+[^\s](.*[^\s])?)*\n?$/.test(value) && !value.includes('\u0085');
  if (way === 4 && isBlock && column >= 0) {
    const indent = ' '.repeat(column + 2);
    pen.afterBlock = true;
    const [mark, body] = value.endsWith('\n') ? ['|', value.slice(0, -1)] : ['|-', value];
    return `${mark}${sometimes(pen, 3) ? ' # block' : ''}\n${body
      .split('\n')
      .map((line) => (line === '' ? '' : indent + line))
      .join('\n')}`;
  }
  if (way === 3 && /^[ -~é😀]*$/u.test(value)) return `'${value.replaceAll("'", "''")}'${tail(pen)}`;
  if (way < 2 && isPlain(value, 'flow')) return value + tail(pen);
  return quoted(value) + tail(pen);
}

function quoted(value: string): string {
  return JSON.stringify(value).replaceAll('\u0085', '\\N');
}

function writeFlow(pen: Pen, value: Json, column: number): string {
  if (typeof value !== 'object' || value === null) {
    if (typeof value !== 'string') return String(value);
    return choose(pen, 2) === 0 && isPlain(value, 'flow') ? value : quoted(value);
  }
  const gap = sometimes(pen, 4) ? `\n${' '.repeat(column + 3)}` : [' ', ''][choose(pen, 2)];
  const inner = sometimes(pen, 3) ? ' ' : '';
  const parts = Array.isArray(value)
    ? value.map((one: Json) => writeFlow(pen, one, column))
    : Object.entries(value).map(
        ([key, one]) => `${writeKey(pen, key)}: ${writeFlow(pen, one as Json, column)}`,
      );
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const comma = parts.length > 0 && sometimes(pen, 6) ? ',' : '';
  return `${open}${inner}${parts.join(`,${gap}`)}${comma}${inner}${close}`;
}
