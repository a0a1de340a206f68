import type { Path } from './source.ts';

/** Values that the sentence of a code is made from; strings are shown as code. */
export type Params = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/**
 * One fact about one place of one object, before anybody has said how bad it is. `code` is one of `docs/diagnostics.md` (GW013, VS024, …);
 * `part` says whether the key or the value at `path` is meant (default: the value). A missing field points at its parent.
 */
export interface Finding {
  readonly code: string;
  readonly path: Path;
  readonly part?: 'key' | 'value';
  readonly params?: Params;
}
