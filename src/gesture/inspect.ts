import type { TextCache } from '../manifest/documents.ts';
import { locate } from '../manifest/locate.ts';
import type { Reading } from '../manifest/read.ts';
import type { JsonObject, ObjectRef, SourceRef } from '../manifest/source.ts';
import { sameObject, sameResource } from './board.ts';

/** An object as a form shows it. */
export interface Inspected {
  readonly object: ObjectRef;
  readonly value: JsonObject;
}

/**
 * The object that is meant, as the text has it now: the one of that name (at that place, if there are several), else the one that stands
 * there, which has been renamed. Undefined if it cannot be read, or is not there.
 */
export function inspect({ objects }: Reading, ref: ObjectRef): Inspected | undefined {
  const read = objects.filter((each) => each.status === 'read');
  const alike = read.filter((each) => sameResource(each.ref, ref));
  const found =
    alike.find((each) => sameObject(each.ref, ref)) ??
    alike[0] ??
    read.find((each) => sameObject(each.ref, ref));
  return found === undefined ? undefined : { object: found.ref, value: found.value };
}

/** The YAML of a value, as it stands, its own indentation taken off; undefined if there is no such object. */
export function yamlAt(text: string, at: SourceRef, cache?: TextCache): string | undefined {
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
