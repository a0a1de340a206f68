import type { Analysis } from '../../src/analyse.ts';
import type { Diagnostic } from '../../src/diagnose/diagnostic.ts';
import type { Call } from '../../src/simulate/call.ts';
import type { Branch } from '../../src/simulate/trace.ts';

/** What shows that something fails: a loss that the engine notes by itself, or a call with the way it ends. */
export type Proof =
  | { readonly by: 'rejection'; readonly kind: string }
  | { readonly by: 'call'; readonly call: Call; readonly end: string };

/** Looks at the place and at what the engine makes of it, never at the rule that found the diagnostic, nor at its params. */
export type Prover = (analysis: Analysis, diagnostic: Diagnostic) => Proof | undefined;

/** How a call ends, in a few words. */
export function endOf(branch: Branch | undefined): string {
  const end = branch?.end;
  if (end === undefined) return '';
  if (end.kind === 'closed') return `closed ${end.because}`;
  if (end.kind === 'tcp') return 'forwarded';
  return `${end.answer.status} ${end.answer.flags ?? '-'} ${end.kind === 'failed' ? end.because : end.kind}`;
}
