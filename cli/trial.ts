import type { Operation } from '../src/manifest/edit/operation.ts';
import type { Json } from '../src/manifest/source.ts';

/** The values of the objects of a text, null for one that cannot be read. */
export type Objects = readonly Json[];

/** One edit to try; `meant` says what the objects of the file should be afterwards, `at` where a new value stands. */
export interface Trial {
  readonly kind: string;
  readonly operations: readonly Operation[];
  readonly meant: (objects: Json[]) => Objects;
}

const placesPerKind = 5;

/** Some of a list, evenly spread, always the same ones. */
export function pick<Value>(list: readonly Value[]): readonly Value[] {
  const count = Math.min(placesPerKind, list.length);
  return Array.from(
    { length: count },
    (_, i) => list[Math.floor(((i + 0.5) * list.length) / count)] as Value,
  );
}
