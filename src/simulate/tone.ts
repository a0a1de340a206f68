import type { Branch } from './trace.ts';

/**
 * How a branch ends, for its colour and shape: `ok` forwarded or answered as asked, `move` redirected, `warn` answered with an error as
 * configured (fault, direct response), `fail` refused or lost, `unknown` forwarded if something exists that the paste does not hold.
 */
export type Tone = 'ok' | 'move' | 'warn' | 'fail' | 'unknown';

/** A missing cluster of a host that the paste does not hold is no failure, unless the paste is everything (`closed`). */
export function toneOf(branch: Branch, closed: boolean): Tone {
  const { end } = branch;
  switch (end.kind) {
    case 'forwarded':
    case 'tcp':
      return 'ok';
    case 'responded':
      return end.by !== 'preflight' && end.answer.status >= 400 ? 'warn' : 'ok';
    case 'redirected':
      return 'move';
    case 'failed':
    case 'closed':
      return !closed && end.because === 'no-cluster' && isOutside(branch) ? 'unknown' : 'fail';
  }
}

function isOutside(branch: Branch): boolean {
  return branch.destination?.missing?.kind === 'host-not-in-paste';
}
