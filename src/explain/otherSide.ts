import type { OtherSide } from '../explore/otherSide.ts';
import type { SourceRef } from '../manifest/source.ts';
import type { Call } from '../simulate/call.ts';
import type { Tone } from '../simulate/tone.ts';
import { lossSays } from './losses.ts';
import { tellOutcome } from './outcome.ts';
import { say, type Phrase } from './phrase.ts';

/** The comparison with the other side in English. */
export interface ToldOtherSide {
  /** From where: `From a pod in prod`, `Through the gateway`. */
  readonly title: string;
  /** Whether the request goes another way or ends otherwise there. */
  readonly differs: boolean;
  readonly tone: Tone;
  readonly says: Phrase;
  /** Why the rule that takes it here does not take it there. */
  readonly reasons: readonly { readonly says: Phrase; readonly at: SourceRef }[];
  /** What would be asked there. */
  readonly call: Call;
}

/** `closed`: the paste is everything, what it does not hold does not exist. */
export function tellOtherSide(other: OtherSide, closed: boolean): ToldOtherSide {
  const { call, trace, differences, because } = other;
  const { tone, headline } = tellOutcome(trace, closed);
  const differs = differences.length > 0;
  const title = call.from.kind === 'mesh' ? `From a pod in ${call.from.namespace}` : 'Through the gateway';
  return {
    title,
    differs,
    tone,
    says: sayEnd(other, headline),
    reasons: because.map((exclusion) => ({ says: lossSays(exclusion), at: exclusion.at })),
    call,
  };
}

function sayEnd({ call, adapted, differences }: OtherSide, headline: string): Phrase {
  const end = `${headline.slice(0, 1).toLowerCase()}${headline.slice(1)}`;
  const asked = adapted ? say`asked as ${addressOf(call)}` : ['the same request'];
  if (differences.length === 0) return say`${asked} goes the same way.`;
  const [only, second] = differences;
  if (only?.kind === 'rule' && !second) return say`${asked} ends the same way, by another rule.`;
  return say`${asked} ends otherwise: ${[end]}.`;
}

function addressOf({ http, tls, port, from }: Call): string {
  const host =
    http?.authority ?? tls?.sni ?? (from.kind === 'mesh' ? `${from.host}:${port}` : `port ${port}`);
  return http ? `${tls ? 'https' : 'http'}://${host}${http.path}` : host;
}
