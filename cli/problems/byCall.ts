import type { MissingCluster } from '../../src/envoy/types.ts';
import { subjectOf } from '../../src/explore/subject.ts';
import { liesIn } from '../../src/manifest/refKey.ts';
import { followed } from '../../src/simulate/followRedirect.ts';
import type { Branch, Trace } from '../../src/simulate/trace.ts';
import { attemptsFor, isTakenBy, unconditional } from './attempts.ts';
import { endOf, type Proof, type Prover } from './proof.ts';

function callProof({ call, outcome }: Trace, [first = outcome[0]]: readonly Branch[] = outcome): Proof {
  return { by: 'call', call, end: endOf(first) };
}

/**
 * Shows that the destination at the place has no cluster, for a reason of this kind: a call that the rule takes, with no other rule beside it, is answered 503
 * there, or its connection closed. Where no request was found that meets the conditions, one is asked of the rule without them.
 */
export function toMissingCluster(...kinds: readonly MissingCluster['kind'][]): Prover {
  return (analysis, { at }) => {
    const place = subjectOf(at);
    const attempts = [...attemptsFor(analysis, place), ...attemptsFor(analysis, place, unconditional)];
    for (const attempt of attempts) {
      const trace = attempt.traceAlone();
      const lost = trace.outcome.filter(
        ({ destination, end }) =>
          destination?.missing &&
          kinds.includes(destination.missing.kind) &&
          destination.at.some((ref) => liesIn(ref, place)) &&
          (end.kind === 'failed' || end.kind === 'closed') &&
          end.because === 'no-cluster',
      );
      if (lost.length > 0) return callProof(trace, lost);
    }
    return undefined;
  };
}

/**
 * Shows that the match at the place takes nothing: the requests that its own words describe, as clients send them, are answered 404 where its rule is the only
 * one of the host. At every proxy that has the rule.
 */
export const unmet: Prover = (analysis, { at }) => {
  const place = subjectOf(at);
  const traces = [...attemptsFor(analysis, place)].map((attempt) => attempt.traceAlone());
  const [first] = traces;
  const isUnmet = ({ outcome }: Trace): boolean =>
    outcome.every(({ end }) => end.kind === 'failed' && end.because === 'no-route');
  return first && traces.every(isUnmet) ? callProof(first) : undefined;
};

/** Shows that Envoy refuses the route configuration that holds the rule, so that a request for it is answered 404. */
export const refusedConfiguration: Prover = (analysis, { at }) => {
  const place = subjectOf(at);
  for (const attempt of attemptsFor(analysis, place)) {
    const trace = attempt.trace();
    const isRefused = trace.outcome.every(
      ({ end }) => end.kind === 'failed' && end.because === 'route-config-refused',
    );
    if (isRefused) return callProof(trace);
  }
  return undefined;
};

/** What browsers follow before they give up. */
const mostRedirects = 20;

/** Shows that a client that follows the redirect is sent back to the same rule until it gives up. */
export const redirectLoop: Prover = (analysis, { at }) => {
  const place = subjectOf(at);
  for (const attempt of attemptsFor(analysis, place)) {
    let trace = attempt.trace();
    let round = 0;
    while (round < mostRedirects && isTakenBy(place, trace)) {
      const next = followed(trace);
      if (!next) break;
      trace = attempt.ask(next);
      round += 1;
    }
    if (round === mostRedirects) return callProof(trace);
  }
  return undefined;
};
