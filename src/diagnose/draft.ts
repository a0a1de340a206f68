import type { Path, SourceRef } from '../manifest/source.ts';
import type { Params } from '../manifest/finding.ts';
import type { Level } from './diagnostic.ts';

/** A diagnostic before it is known where it is drawn. */
export interface Draft {
  readonly code: string;
  /** Absent: that of the catalogue. */
  readonly level?: Level;
  readonly at: SourceRef;
  readonly part?: 'key' | 'value';
  readonly others?: readonly SourceRef[];
  readonly params: Params;
}

/** What a rule finds that looks at one object alone: the place is a path, so that the answer stays right wherever the object moves. */
export interface LocalFinding {
  readonly code: string;
  readonly level?: Level;
  readonly path: Path;
  readonly part?: 'key' | 'value';
  readonly params: Params;
}

/** Shorthand of the rules. */
export function finding(code: string, path: Path, params: Params = {}, level?: Level): LocalFinding {
  return { code, path, params, ...(level && { level }) };
}

/** A finding about the key that its path ends in. */
export function keyFinding(code: string, path: Path, params: Params = {}): LocalFinding {
  return { code, path, part: 'key', params };
}
