import type { Json } from '../source.ts';
import { isTextWord } from '../yaml/resolve.ts';
import type { ScalarStyle } from '../yaml/nodes.ts';
import type { Style } from './layout.ts';

/** Where a value is written: block style, flow style, or JSON. */
export type Context = 'block' | 'flow' | 'json';

/** A scalar on one line, in the user's quotes where they can hold it; `style` is that of the scalar it replaces. */
function renderScalar(
  value: null | boolean | number | string,
  context: Context,
  style: ScalarStyle = 'plain',
): string {
  if (typeof value !== 'string') return String(value);
  if (context === 'json') return JSON.stringify(value);
  if (style === 'double') return renderDouble(value);
  if (style === 'single' && /^[ -~\xa0-\ud7ff\ue000-\ufefe]*$/.test(value))
    return `'${value.replaceAll("'", "''")}'`;
  return isPlain(value, context) ? value : renderDouble(value);
}

/**
 * Whether a text without quotes is read as that text by everybody: kubectl, YAML 1.1 proper (with its base 60, its dates, its `1_000`) and
 * YAML 1.2.
 */
export function isPlain(value: string, context: Context): boolean {
  if (
    !/^[!-~\xa0-\ud7ff\ue000-\ufefe]([ -~\xa0-\ud7ff\ue000-\ufefe]*[!-~\xa0-\ud7ff\ue000-\ufefe])?$/.test(
      value,
    )
  )
    return false;
  if (/^[\s,[\]{}#&*!|>'"%@`]/.test(value) || /^[-?:]([\s,[\]{}]|$)/.test(value)) return false;
  if (/: |:$| #|[\u2028\u2029\x85]/.test(value) || /^(---|\.\.\.)/.test(value)) return false;
  if (context === 'flow' && /[,[\]{}?]|:[,[\]{}"']/.test(value)) return false;
  if (value === '=' || value === '<<') return false;
  if (
    /^[-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*(:[0-5]?[0-9])*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|\.[0-9][0-9_]*([eE][-+]?[0-9]+)?)$/.test(
      value,
    )
  ) {
    return false;
  }
  if (/^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?$/.test(value)) return false;
  return isTextWord(value);
}

/** In double quotes, with escapes that YAML and JSON share. */
function renderDouble(value: string): string {
  return JSON.stringify(value).replace(/[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g, (c) => {
    return `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

export function renderKey(key: string, context: Context, style: ScalarStyle = 'plain'): string {
  return renderScalar(key, context, style);
}

/** A value on one line: `{a: 1, b: [x]}`, or JSON. */
export function renderFlow(value: Json, context: 'flow' | 'json', style?: ScalarStyle): string {
  if (Array.isArray(value)) return `[${value.map((one: Json) => renderFlow(one, context)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(
      ([key, one]) => `${renderKey(key, context)}: ${renderFlow(one as Json, context)}`,
    );
    return `{${fields.join(', ')}}`;
  }
  return renderScalar(value as null | boolean | number | string, context, style);
}

/** JSON over several lines; all but the first are indented by `column` blanks more. */
export function renderJsonLines(value: Json, column: number, style: Style): string {
  return JSON.stringify(value, null, style.step).replaceAll('\n', style.eol + ' '.repeat(column));
}

/** What stands behind `key:` whose key is in `column`: on the same line, or on lines of its own. */
export function renderAfterKey(value: Json, column: number, style: Style): string {
  if (isFilled(value)) {
    const inner = column + (Array.isArray(value) ? style.dash : style.step);
    return style.eol + ' '.repeat(inner) + renderBlock(value, inner, style);
  }
  return ` ${renderInline(value, column, style)}`;
}

/** What stands behind a dash in `column`; `gap` is the distance from the dash to the content. */
export function renderAfterDash(value: Json, column: number, style: Style, gap = 2): string {
  if (!isFilled(value)) return ' '.repeat(gap - 1) + renderInline(value, column, style);
  return ' '.repeat(gap - 1) + renderBlock(value, column + gap, style);
}

/** A map or list that is not empty, in block style; its first line is not indented, the others are, to `column`. */
export function renderBlock(value: Json, column: number, style: Style): string {
  const newLine = style.eol + ' '.repeat(column);
  if (Array.isArray(value))
    return value.map((one: Json) => `-${renderAfterDash(one, column, style)}`).join(newLine);
  if (typeof value !== 'object' || value === null)
    return renderInline(value as null | boolean | number | string, column, style);
  return Object.entries(value)
    .map(([key, one]) => `${renderKey(key, 'block')}:${renderAfterKey(one as Json, column, style)}`)
    .join(newLine);
}

function isFilled(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** A scalar or an empty collection; a text of several lines as a literal block if it can be one. */
export function renderInline(value: Json, column: number, style: Style, scalar?: ScalarStyle): string {
  if (Array.isArray(value)) return '[]';
  if (typeof value === 'object' && value !== null) return '{}';
  if (typeof value === 'string' && isLiteral(value))
    return renderLiteral(value, column + style.step, style.eol);
  return renderScalar(value as null | boolean | number | string, 'block', scalar);
}

function isLiteral(value: string): boolean {
  return /^[!-~\xa0-\ud7ff\ue000-\ufefe][\t -~\xa0-\ud7ff\ue000-\ufefe]*(\n+[!-~\xa0-\ud7ff\ue000-\ufefe][\t -~\xa0-\ud7ff\ue000-\ufefe]*)+\n?$/.test(
    value,
  );
}

function renderLiteral(value: string, column: number, eol: string): string {
  const [header, body] = value.endsWith('\n') ? ['|', value.slice(0, -1)] : ['|-', value];
  const lines = body.split('\n').map((line) => (line === '' ? '' : ' '.repeat(column) + line));
  return [header, ...lines].join(eol);
}
