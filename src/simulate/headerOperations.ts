import type { HeaderOptions } from '../envoy/types.ts';
import {
  addField,
  fieldValue,
  headerValues,
  removeField,
  setField,
  type Field,
  type StreamRequest,
} from './request.ts';

/**
 * Applies one set of operations to `fields`: removes, then `set`, then `add`. All values are computed after the removes and before anything is
 * set; an empty one is skipped. `seen` is the request that `%REQ(…)%` reads: for operations on the request itself, leave it out and the
 * fields as they stand after the removes are read. Mirrors `HeaderParser::evaluateHeaders`.
 */
export function applyHeaderOperations(
  fields: Field[],
  operations: HeaderOptions,
  request: StreamRequest,
  seen?: StreamRequest,
): void {
  if (isEmpty(operations)) return;
  for (const name of operations.remove) removeField(fields, name);
  const source = seen ?? { ...request, fields };
  const sets = operations.set.map(([name, value]) => [name, formatValue(value, source)] as const);
  const adds = operations.add.map(([name, value]) => [name, formatValue(value, source)] as const);
  for (const [name, value] of sets) if (value !== '') setField(fields, name, value);
  const on = seen ? 'answer' : 'request';
  for (const [name, value] of adds) if (value !== '') addField(fields, name, value, on);
}

/** Whether a set of operations has none. */
export function isEmpty({ remove, set, add }: HeaderOptions): boolean {
  return remove.length === 0 && set.length === 0 && add.length === 0;
}

/** Whether a value is made of something that only the running proxy knows, and therefore stands in the result as it is written. */
export function hasUnknownCommand(value: string): boolean {
  return readFormat(value).some((part) => part.kind === 'unknown');
}

/** Replaces Envoy's command operators (`%REQ(x-user)%`, `%PROTOCOL%`, `%%`); what is not known here stays as written. */
export function formatValue(value: string, request: StreamRequest): string {
  if (!value.includes('%')) return value;
  return readFormat(value)
    .map((part) => formatPart(part, request))
    .join('');
}

type FormatPart =
  | { readonly kind: 'text' | 'unknown'; readonly text: string }
  | { readonly kind: 'header'; readonly names: readonly string[]; readonly maxLength: number }
  | { readonly kind: 'protocol' };

/** Mirrors `SubstitutionFormatParser::parse`: `%%`, and `%COMMAND(argument):length%` with or without argument and length. */
function readFormat(value: string): readonly FormatPart[] {
  const parts: FormatPart[] = [];
  const bracketAfter = finder(value, ')');
  let textFrom = 0;
  let at = value.indexOf('%');
  while (at >= 0) {
    const command = value[at + 1] === '%' ? '' : nameAt(value, at + 1);
    let end = at + 1 + command.length;
    let argument = '';
    const bracket = command !== '' && value[end] === '(' ? bracketAfter(end) : -1;
    if (bracket >= 0) {
      argument = value.slice(end + 1, bracket);
      end = bracket + 1;
    }
    const tail = /(?::([0-9]+))?%/y;
    tail.lastIndex = end;
    const close = command !== '' || value[end] === '%' ? tail.exec(value) : null;
    if (close) {
      parts.push({ kind: 'text', text: value.slice(textFrom, at) });
      parts.push(readCommand(value.slice(at, tail.lastIndex), command, argument, close[1]));
      textFrom = tail.lastIndex;
    }
    at = value.indexOf('%', Math.max(textFrom, at + 1));
  }
  parts.push({ kind: 'text', text: value.slice(textFrom) });
  return parts;
}

function nameAt(value: string, at: number): string {
  const name = /[A-Z0-9_]*/y;
  name.lastIndex = at;
  return name.exec(value)?.[0] ?? '';
}

/** Where a character stands next, for places that only grow: however many ask, the text is gone through once. */
function finder(value: string, char: string): (from: number) => number {
  let next = value.indexOf(char);
  return (from) => {
    if (next >= 0 && next < from) next = value.indexOf(char, from);
    return next;
  };
}

function readCommand(
  text: string,
  command: string,
  argument: string,
  length: string | undefined,
): FormatPart {
  switch (command) {
    case '':
      return { kind: 'text', text: '%' };
    case 'PROTOCOL':
      return { kind: 'protocol' };
    case 'REQ': {
      const names = argument.split('?').map((name) => name.toLowerCase());
      return { kind: 'header', names, maxLength: length === undefined ? Infinity : Number(length) };
    }
    default:
      return { kind: 'unknown', text };
  }
}

function formatPart(part: FormatPart, request: StreamRequest): string {
  switch (part.kind) {
    case 'text':
    case 'unknown':
      return part.text;
    case 'protocol':
      return request.protocol === 'h2' ? 'HTTP/2' : 'HTTP/1.1';
    case 'header':
      for (const name of part.names) {
        const value =
          name.startsWith(':') || name === 'host'
            ? headerValues(request, name)[0]
            : fieldValue(request.fields, name);
        if (value !== undefined) return value.slice(0, part.maxLength);
      }
      return '';
  }
}
