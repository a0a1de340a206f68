import type { DestinationShare, OtherSide, SideDifference } from '../explore/otherSide.ts';
import { clusterParts } from '../envoy/names.ts';
import type { Call } from '../simulate/call.ts';
import { lossSays } from './losses.ts';
import { clusterWords, percent, placePhrase, shortHost } from './names.ts';
import { tellOutcome } from './outcome.ts';
import { code, phrase, say, type Phrase } from './phrase.ts';

/** What becomes of the same request from the other side: through the gateway, or from pod to pod. */
export interface ToldOtherSide {
  /** `From pod to pod it goes the same way`. */
  readonly headline: Phrase;
  /** What differs, and why. */
  readonly says: readonly Phrase[];
  /** The other request, to be asked instead. */
  readonly call: Call;
}

/** The other side in words. `closed`: what the paste does not hold does not exist. */
export function explainOtherSide(other: OtherSide, closed: boolean): ToldOtherSide {
  const inside = other.call.from.kind === 'mesh';
  const where = inside ? 'From pod to pod' : 'Through the gateway';
  const as = other.adapted ? phrase(', as ', code(addressWords(other.call)), ',') : phrase();
  const same = other.differences.length === 0;
  const headline = same
    ? phrase(where, as, ' it goes the same way')
    : phrase(where, as, ` it ends otherwise: `, lower(tellOutcome(other.trace, closed).headline));
  return {
    headline,
    says: [...other.differences.flatMap(differenceSays), ...other.because.map(lossSays)],
    call: other.call,
  };
}

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

function addressWords({ http, tls, port, from }: Call): string {
  const host = http?.authority ?? tls?.sni ?? (from.kind === 'mesh' ? from.host : '');
  return `${shortHost(host.replace(/:\d+$/, ''))}:${port}`;
}

function differenceSays(difference: SideDifference): readonly Phrase[] {
  switch (difference.kind) {
    case 'rule': {
      const there = difference.there === undefined ? undefined : placePhrase([difference.there]);
      const here = difference.here === undefined ? undefined : placePhrase([difference.here]);
      return [
        there === undefined
          ? say`No rule takes it there${here === undefined ? '' : phrase(', ', here, ' does here')}.`
          : say`${there} takes it there${here === undefined ? ', no rule does here' : phrase(', ', here, ' does here')}.`,
      ];
    }
    case 'destinations':
      // The headline says so.
      if (difference.there.every(({ name }) => clusterParts(name) === undefined)) return [];
      return [phrase('There it goes to ', destinationWords(difference.there), '.')];
    case 'end':
      return [];
  }
}

function destinationWords(shares: readonly DestinationShare[]): string {
  if (shares.length === 0) return 'no destination';
  return shares
    .map(({ name, share, exists }) => {
      const part = shares.length > 1 ? `${percent(share)} ` : '';
      return `${part}${clusterWords(name)}${exists ? '' : ' (missing)'}`;
    })
    .join(' and ');
}
