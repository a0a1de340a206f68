import { missingWords } from '../../src/explain/missing.ts';
import type { SourceRef } from '../../src/manifest/source.ts';
import type { ClusterShare, Trace } from '../../src/simulate/trace.ts';

/** A few words for the end of the line where a call goes wrong. */
export interface Hint {
  readonly at: SourceRef;
  readonly words: string;
}

/** One for each destination whose cluster does not exist; what only is not in the paste is no fault unless the paste is everything. */
export function hintsOf(trace: Trace | undefined, closed: boolean): readonly Hint[] {
  if (trace === undefined) return [];
  return trace.steps.flatMap((step) => {
    if (step.kind !== 'cluster') return [];
    return step.clusters.flatMap((share): Hint[] => {
      const at = share.at.find(({ path }) => path.includes('route'));
      const words = wordsOf(share, closed);
      return at === undefined || words === undefined ? [] : [{ at, words }];
    });
  });
}

function wordsOf({ exists, missing, portFrom }: ClusterShare, closed: boolean): string | undefined {
  if (exists || missing === undefined) return undefined;
  if (missing.kind === 'host-not-in-paste' && !closed) return undefined;
  if (missing.kind === 'no-such-port' && portFrom === 'listener') {
    return `no port: takes ${missing.port} from the listener`;
  }
  return missingWords(missing.kind);
}
