import type { Analysis } from '../../src/analyse.ts';
import { sidecarOf } from '../../src/compile/clients.ts';
import type { Exclusion, Rejection } from '../../src/compile/decisions.ts';
import { compileSidecar } from '../../src/compile/sidecar.ts';
import { subjectOf } from '../../src/explore/subject.ts';
import { whyNot } from '../../src/explore/whyNot.ts';
import { liesIn } from '../../src/manifest/refKey.ts';
import type { SourceRef } from '../../src/manifest/source.ts';
import { attemptsFor, isTakenBy, meshOwners } from './attempts.ts';
import { completed } from './completed.ts';
import type { Prover } from './proof.ts';

type Loss = Rejection | Exclusion;

/** Source workloads whose losses are looked through. */
const mostClients = 12;

/**
 * Shows that the compiler itself drops what stands at the place, whole and for a reason of this kind, at a gateway or at a workload in the mesh; and that it is
 * nowhere else in use: none of the calls made after its own words ends up with it, at any proxy.
 */
export function byLoss(...kinds: readonly Loss['kind'][]): Prover {
  return (analysis, { at }) => {
    const place = placeOf(at);
    const loss = lossesAround(analysis, place).find(
      (each) => kinds.includes(each.kind) && isWholeLoss(each.at, place),
    );
    if (!loss || whyNot(analysis.compiled, place).kind === 'takes') return undefined;
    for (const attempt of attemptsFor(analysis, place))
      if (isTakenBy(place, attempt.trace())) return undefined;
    return { by: 'rejection', kind: loss.kind };
  };
}

/** Of a server any part stands for the whole. */
function isWholeLoss(lost: SourceRef, place: SourceRef): boolean {
  return (
    place.path.length === 0 || liesIn(place, lost) || (place.object.kind === 'Gateway' && liesIn(lost, place))
  );
}

/** A section, a server, a rule, a match block; else the whole object. */
function placeOf(at: SourceRef): SourceRef {
  const [, section] = at.path;
  const isSection =
    at.path.length === 2 &&
    at.object.kind === 'VirtualService' &&
    ['http', 'tls', 'tcp'].includes(String(section));
  return isSection ? at : subjectOf(at);
}

function lossesAround(analysis: Analysis, place: SourceRef): readonly Loss[] {
  const { compiled } = analysis;
  const whole = completed(analysis);
  const { mesh, merged, registry } = whole.index;
  const clients = meshOwners(whole, place).length === 0 ? [] : whole.clients.slice(0, mostClients);
  const all: Loss[] = [
    ...compiled.gateways.flatMap(({ rejections, exclusions }) => [...rejections, ...exclusions]),
    ...compiled.exclusions,
    ...clients.flatMap(
      (client) => compileSidecar(mesh, merged, registry, sidecarOf(client, whole.clients)).exclusions,
    ),
  ];
  return all.filter(({ at }) => liesIn(at, { object: place.object, path: [] }));
}
