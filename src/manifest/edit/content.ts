import type { Json } from '../source.ts';
import { composeDocument } from '../yaml/compose.ts';
import { evaluate } from '../yaml/evaluate.ts';
import type { ScalarStyle } from '../yaml/nodes.ts';
import type { Style } from './layout.ts';
import { renderBlock, renderFlow, renderInline } from './render.ts';
import type { Context } from './render.ts';

/**
 * Something to be written. `block` is there for what stands on lines of its own, with all lines but the first indented to a column; `inline`
 * follows a colon or a dash, in a line whose key or dash stands in `column`.
 */
export interface Content {
  readonly value: Json;
  readonly block: ((column: number, style: Style) => string) | undefined;
  readonly inline: (column: number, style: Style, context: Context, scalar?: ScalarStyle) => string;
}

export function contentOfValue(value: Json): Content {
  const isFilled = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  return {
    value,
    block: isFilled ? (column, style) => renderBlock(value, column, style) : undefined,
    inline: (column, style, context, scalar) =>
      context === 'block' && !isFilled
        ? renderInline(value, column, style, scalar)
        : renderFlow(value, context === 'json' ? 'json' : 'flow', scalar),
  };
}

/** YAML text as content, its common indentation taken off; `undefined` if it cannot be read by itself. */
export function contentOfYaml(yaml: string): Content | undefined {
  const { root, failure, end } = composeDocument(yaml);
  if (failure !== undefined || root === undefined || yaml.slice(end).trim() !== '') return undefined;
  const { value, failure: unfit } = evaluate(root);
  if (unfit !== undefined) return undefined;
  const lines = yaml
    .replace(/^(?:[ \t]*\r?\n)+/, '')
    .trimEnd()
    .split(/\r?\n/);
  const common = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  const dedented = lines.map((line) => (line.trim() === '' ? '' : line.slice(common)));
  const indented = (column: number, eol: string): string =>
    dedented.map((line, i) => (i === 0 || line === '' ? line : ' '.repeat(column) + line)).join(eol);
  const isBlock = (root.kind === 'map' || root.kind === 'sequence') && !root.flow;
  const plain = contentOfValue(value);
  return {
    value,
    block:
      isBlock || dedented[0]?.startsWith('#') === true
        ? (column, { eol }) => indented(column, eol)
        : undefined,
    inline: (column, style, context, scalar) =>
      context === 'block' && !isBlock
        ? indented(column + style.step, style.eol)
        : plain.inline(column, style, context, scalar),
  };
}
