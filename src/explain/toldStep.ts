import type { SourceRef } from '../manifest/source.ts';
import type { Phrase } from './phrase.ts';
import type { Candidate, ToldStep } from './told.ts';

interface Rest {
  readonly says?: Phrase;
  readonly folded?: readonly Candidate[];
  readonly others?: number;
  /** Word for the folded ones, after their number. */
  readonly more?: string;
}

/** A step that went through, with what of it is folded. */
export function plainStep(
  kind: ToldStep['kind'],
  title: string,
  envoy: string,
  at: readonly SourceRef[],
  { says, folded = [], others = 0, more = '' }: Rest = {},
): ToldStep {
  const number = folded.length + others;
  return {
    kind,
    title,
    envoy,
    ...(says !== undefined && { says }),
    at,
    state: 'passed',
    candidates: [],
    folded,
    others,
    ...(number > 0 && { more: `${number} ${more}` }),
  };
}
