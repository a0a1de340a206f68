import type { Analysis } from '../../src/analyse.ts';
import type { Diagnostic } from '../../src/diagnose/diagnostic.ts';
import { objectKey } from '../../src/manifest/refKey.ts';
import { redirectLoop, refusedConfiguration, toMissingCluster, unmet } from './byCall.ts';
import { byLoss } from './byLoss.ts';
import { takenByOthers } from './byWords.ts';
import { noTlsVersion, servesNothing } from './byServer.ts';
import type { Proof, Prover } from './proof.ts';

/** What would show that a diagnostic of the code is right. A code that is not here never fails on an object that Istio accepts. */
const PROVERS: Readonly<Record<string, Prover>> = {
  GW208: byLoss('duplicate-tls-host'),
  GW209: byLoss('refused-listener'),
  GW210: byLoss('port-conflict'),
  GW213: servesNothing,
  GW219: noTlsVersion,
  GW220: byLoss('refused-listener'),
  GW228: byLoss('duplicate-route-config'),
  GW229: byLoss('refused-listener'),
  GW231: byLoss('refused-listener'),
  GW230: byLoss('host-list-panics'),
  VS093: byLoss('hosts-disjoint'),
  VS203: byLoss('namespace-not-allowed'),
  VS204: byLoss('wrong-section'),
  VS205: byLoss('wrong-section'),
  VS206: byLoss('wrong-section'),
  VS207: byLoss('wrong-section'),
  VS208: byLoss('not-exported'),
  VS209: byLoss('port-differs'),
  // Behind a rule that takes everything, and at another port, the compiler looks no further.
  VS210: either(byLoss('gateway-differs', 'port-differs', 'after-catch-all'), takenByOthers),
  VS216: byLoss('after-catch-all'),
  VS219: byLoss('tcp-route-taken'),
  VS220: byLoss('repeated-sni'),
  VS230: unmet,
  VS231: unmet,
  VS232: unmet,
  VS237: unmet,
  VS241: refusedConfiguration,
  VS244: unmet,
  VS256: redirectLoop,
  VS269: byLoss('delegate-not-found', 'delegate-not-exported'),
  VS270: byLoss('delegate-conflict'),
  VS274: byLoss('wrong-section'),
  VS277: refusedConfiguration,
  REF007: toMissingCluster('no-such-port'),
  REF008: toMissingCluster('no-such-subset'),
  REF203: toMissingCluster('no-such-port'),
  REF205: toMissingCluster('no-such-port'),
  REF209: toMissingCluster('no-such-subset'),
  REF219: toMissingCluster('not-visible'),
};

function either(...provers: readonly Prover[]): Prover {
  return (analysis, diagnostic) => {
    for (const prover of provers) {
      const proof = prover(analysis, diagnostic);
      if (proof) return proof;
    }
    return undefined;
  };
}

/** Diagnostics that say "will fail" of an object that Istio accepts: each has to be shown. */
export function failures({ objects, diagnostics }: Analysis): readonly Diagnostic[] {
  const out = new Set(
    objects.flatMap(({ status, ref }) => (status === 'refused' && ref ? [objectKey(ref)] : [])),
  );
  return diagnostics.filter(
    ({ level, at }) => level === 'fail' && at.object.kind !== '' && !out.has(objectKey(at.object)),
  );
}

export function prove(analysis: Analysis, diagnostic: Diagnostic): Proof | undefined {
  return PROVERS[diagnostic.code]?.(analysis, diagnostic);
}
