import type { MissingCluster } from '../envoy/types.ts';
import type { ClusterShare } from '../simulate/trace.ts';
import type { SourceRef } from '../manifest/source.ts';
import { shortHost } from './names.ts';
import { list, phrase, say, type Phrase } from './phrase.ts';
import type { Remedy } from './told.ts';

/**
 * Why a cluster does not exist, as a sentence; for one whose port the listener lent, that is the point. `closed`: what the paste does not hold does
 * not exist; `opaque`: bytes are forwarded, not requests.
 */
export function missingSays(
  missing: MissingCluster,
  portFrom: ClusterShare['portFrom'],
  closed: boolean,
  opaque: boolean,
): Phrase {
  const host = shortHost(missing.host);
  switch (missing.kind) {
    case 'host-not-in-paste':
      if (closed) return say`No Service and no ServiceEntry has the host ${host}.`;
      return say`${host} is not in this paste. If it exists and has this port, ${[opaque ? 'the bytes get there; otherwise Envoy closes the connection.' : 'the request gets there; otherwise Envoy answers 503.']}`;
    case 'not-visible':
      return say`${host} is not exported to the namespace of this workload, so it does not exist for it.`;
    case 'no-such-port': {
      const ports = missing.ports.map(String);
      if (portFrom !== 'listener') {
        return ports.length === 0
          ? say`${host} has no ports.`
          : say`${host} has no port ${missing.port}; it has ${list(ports)}.`;
      }
      return ports.length === 0
        ? say`The destination names no port and ${host} has none, so Istio takes the listener’s: ${missing.port}.`
        : say`The destination names no port. ${host} has ${list(ports)}, so Istio takes the listener’s: ${missing.port}.`;
    }
    case 'no-such-subset':
      return missing.subsets.length === 0
        ? say`No DestinationRule that counts here gives ${host} a subset ${missing.subset}.`
        : say`${host} has no subset ${missing.subset}; it has ${list(missing.subsets)}.`;
    case 'subset-without-endpoints':
      return say`No endpoint of ${host} has the labels of subset ${missing.subset}, so it gets no cluster.`;
    case 'external-name':
      return say`${host} is only another name for ${missing.externalName}, and gets no cluster of its own.`;
    case 'no-endpoints':
      return say`${host} is resolved by DNS and has no address to resolve, so it gets no cluster.`;
  }
}

/** The same in two or three words, for the row of a graph and the end of a line. */
export function missingWords(kind: MissingCluster['kind']): string {
  switch (kind) {
    case 'host-not-in-paste':
      return 'not in this paste';
    case 'not-visible':
      return 'not exported here';
    case 'no-such-port':
      return 'no such port';
    case 'no-such-subset':
      return 'no such subset';
    case 'subset-without-endpoints':
      return 'no endpoints';
    case 'external-name':
      return 'only an alias';
    case 'no-endpoints':
      return 'no address';
  }
}

/** What to write so that the cluster exists; `at` holds the destination's own place. */
export function missingRemedy(missing: MissingCluster, at: readonly SourceRef[]): Remedy | undefined {
  const place = at.find(
    ({ path }) => path.includes('route') || path.includes('mirror') || path.includes('mirrors'),
  );
  if (place === undefined) return undefined;
  if (missing.kind === 'no-such-port' && missing.ports.length > 0) {
    return { kind: 'write-port', at: place, choices: missing.ports };
  }
  if (missing.kind === 'no-such-subset' && missing.subsets.length > 0) {
    return { kind: 'write-subset', at: place, choices: missing.subsets };
  }
  return undefined;
}

/** What Envoy answers and logs for a cluster that does not exist. */
export const NO_CLUSTER: Phrase = phrase({ strong: '503' }, '\u00a0', { code: 'NC cluster_not_found' });
