import type { MeshIndex } from '../compile/compile.ts';
import type { Compiled } from '../compile/compiled.ts';
import { meshGateway } from '../compile/virtualServices.ts';
import type { MissingCluster } from '../envoy/types.ts';
import type { SourceRef } from '../manifest/source.ts';
import type { Diagnostic } from './diagnostic.ts';
import { failingDestinations, isAloneAmong } from './failingDestinations.ts';
import { objectKey, refKey } from '../manifest/refKey.ts';
import { unusedPlaces } from './unused.ts';

/**
 * Whether a fault is sure to show in this paste. What no proxy gets, and what somebody else may take first, cannot be shown to fail, however sure it is to
 * surprise.
 */
export function certainty(
  index: MeshIndex,
  compiled: Compiled,
): (fault: Pick<Diagnostic, 'code' | 'at'>) => boolean {
  let isUnused: ((at: SourceRef) => boolean) | undefined;
  const fails = failingDestinations(index, compiled);
  return ({ code, at }) => {
    isUnused ??= unusedPlaces(index, compiled);
    if (isUnused(at)) return false;
    const missing = MISSING[code];
    if (missing) return fails(at, missing);
    if (code === 'VS256') return isAlone(index, at);
    if (code === 'GW213') return !hasStandIn(compiled, at);
    return !FOR_GATEWAYS.has(code) || !isForMesh(index, at);
  };
}

/** Why the destination has no cluster, by the code that says so. */
const MISSING: Readonly<Record<string, MissingCluster['kind']>> = {
  REF007: 'no-such-port',
  REF008: 'no-such-subset',
  REF203: 'no-such-port',
  REF205: 'no-such-port',
  REF209: 'no-such-subset',
  REF219: 'not-visible',
};

/** What a gateway drops the mesh may use. */
const FOR_GATEWAYS = new Set(['VS093', 'VS203', 'VS208', 'VS219', 'VS220']);

function isForMesh({ merged }: MeshIndex, { object }: SourceRef): boolean {
  const key = objectKey(object);
  return (merged.byGateway.get(meshGateway) ?? []).some(({ at }) => objectKey(at.object) === key);
}

/** Whether another server of the port takes what a server that opens nothing leaves over, whatever the TLS server name. */
function hasStandIn({ gateways }: Compiled, server: SourceRef): boolean {
  const key = refKey(server);
  return gateways.some(({ unopenedServers, listeners }) => {
    const unopened = unopenedServers.find(({ at }) => refKey(at) === key);
    const own = unopened && listeners.filter(({ port }) => port === unopened.port);
    return own?.some(({ filterChains }) => filterChains.some(({ match }) => match.serverNames.length === 0));
  });
}

/** Whether no other object has rules for a host of this one; a delegate stands among the rules of others. */
function isAlone({ merged }: MeshIndex, { object }: SourceRef): boolean {
  const key = objectKey(object);
  const own = merged.all.find(({ at }) => objectKey(at.object) === key);
  return own !== undefined && isAloneAmong(own, merged.all);
}
