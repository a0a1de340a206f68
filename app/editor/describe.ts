import { fieldAt, kinds } from '../../src/istio/schema/kinds.ts';
import type { FieldSchema } from '../../src/istio/schema/schema.ts';
import { typeWord } from './complete.ts';
import { placeAt } from './cursorPath.ts';

/** Markdown blocks about what stands at a place, and the columns (from 0) that they are about. */
export interface Description {
  readonly from: number;
  readonly to: number;
  readonly blocks: readonly string[];
}

/** The field's sentence, its type and limits, its choices, and whether the engine honours it. Undefined where nothing is known. */
export function describe(lines: readonly string[], line: number, column: number): Description | undefined {
  const place = placeAt(lines, line, column);
  if (place?.kind === undefined || place.word === '') return undefined;
  const { from, to, word } = place;
  if (column > to) return undefined;
  if (place.role === 'value' || isScalarItem(place.kind, place.path)) {
    if (place.path.length === 1 && place.path[0] === 'kind') return kindDescription(word, from, to);
    const field = fieldAt(place.kind, place.path);
    const choice = field?.type === 'text' ? field.choices?.find((each) => each.value === word) : undefined;
    if (choice !== undefined) return { from, to, blocks: [`**${choice.value}**  \n${choice.doc}`] };
    return field === undefined ? undefined : { from, to, blocks: blocksOf(String(place.path.at(-1)), field) };
  }
  const field = fieldAt(place.kind, [...place.path, word]);
  return field === undefined ? undefined : { from, to, blocks: blocksOf(word, field) };
}

function kindDescription(kind: string, from: number, to: number): Description | undefined {
  const found = kinds.find((each) => each.kind === kind);
  return found === undefined ? undefined : { from, to, blocks: [`**${kind}**`, found.doc] };
}

function isScalarItem(kind: string, path: readonly (string | number)[]): boolean {
  const field = fieldAt(kind, path);
  return field !== undefined && field.type !== 'object' && field.type !== 'list';
}

function blocksOf(name: string, field: FieldSchema): readonly string[] {
  const facts = [typeWord(field), ...bounds(field), ...(field.required === true ? ['required'] : [])];
  const blocks = [`**${/^\d+$/.test(name) ? 'item' : name}** · ${facts.join(', ')}`, field.doc];
  if (field.type === 'text' && field.choices !== undefined) {
    blocks.push(field.choices.map(({ value, doc }) => `- \`${value}\`: ${doc}`).join('\n'));
  }
  if (field.deprecated !== undefined) blocks.push(`Deprecated: write ${field.deprecated} instead.`);
  const honoured = simulated[field.simulated];
  if (honoured !== undefined) blocks.push(honoured);
  return blocks;
}

const simulated = {
  yes: undefined,
  partly: '*Simulated in part.*',
  no: '*Not simulated: Gatehouse reads it, and its effect is missing from the answer.*',
} as const;

function bounds(field: FieldSchema): readonly string[] {
  if (field.type === 'list' && field.minItems !== undefined) return [`at least ${field.minItems}`];
  if (field.type !== 'integer' && field.type !== 'number') return [];
  const { minimum, maximum } = field;
  if (minimum !== undefined && maximum !== undefined && maximum < 4_294_967_295) {
    return [`${minimum} to ${maximum}`];
  }
  return minimum === undefined ? [] : [`${minimum} or more`];
}
