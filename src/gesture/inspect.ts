import { locate, type LocateCache } from '../manifest/locate.ts';
import type { Reading } from '../manifest/read.ts';
import type { JsonObject, ObjectRef, SourceRef } from '../manifest/source.ts';
import { sameObject } from './board.ts';

/** An object as a form shows it. */
export interface Inspected {
  readonly object: ObjectRef;
  readonly value: JsonObject;
}

/** What stands at a place of the text now, whatever it is called; undefined if it cannot be read, or is not there. */
export function inspect(
  { objects }: Reading,
  at: Pick<ObjectRef, 'source' | 'document' | 'item'>,
): Inspected | undefined {
  for (const each of objects) {
    if (each.status === 'read' && sameObject(each.ref, { kind: '', namespace: '', name: '', ...at })) {
      return { object: each.ref, value: each.value };
    }
  }
  return undefined;
}

/** The YAML of a value, as it stands, its own indentation taken off; undefined if there is no such object. */
export function yamlAt(text: string, at: SourceRef, cache?: LocateCache): string | undefined {
  const span = locate(text, at, 'value', cache);
  if (span === undefined) return undefined;
  const lineStart =
    Math.max(text.lastIndexOf('\n', span.start - 1), text.lastIndexOf('\r', span.start - 1)) + 1;
  const column = span.start - lineStart;
  return text
    .slice(span.start, span.end)
    .split(/\r\n|\r|\n/)
    .map((line, index) => (index === 0 || !/^ *$/.test(line.slice(0, column)) ? line : line.slice(column)))
    .join('\n')
    .trimEnd();
}
