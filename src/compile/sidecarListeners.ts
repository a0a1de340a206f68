import { listenerName } from '../envoy/names.ts';
import type { FilterChain, FilterChainMatch, Listener } from '../envoy/types.ts';
import { isIpAddress } from '../ipAddress.ts';
import { isHttp } from '../istio/protocol.ts';
import type { PortProtocol } from '../istio/protocol.ts';
import type { ProxyConfig } from './compiled.ts';
import { endpointsFor } from './endpoints.ts';
import type { EndpointIndex } from './endpoints.ts';
import { refusedListener } from './refusedListener.ts';
import { addToListener } from './sidecarMerge.ts';
import type { ListenerDraft } from './sidecarMerge.ts';
import { indexCandidates } from './sidecarChains.ts';
import type { ChainDraft, ChainInput, ListenedPort } from './sidecarChains.ts';
import { noAddress } from './registry.ts';
import type { RegistryService } from './registry.ts';
import type { EgressListener } from './sidecarScope.ts';

/** Ports that Envoy itself uses on all addresses: the two of the redirection, health, metrics. */
const reservedPorts: ReadonlySet<number> = new Set([15001, 15006, 15021, 15090]);

export interface ListenerInput extends ChainInput {
  readonly endpoints: EndpointIndex;
  /** Takes what no chain of a listener takes. */
  readonly fallThrough: FilterChain;
}

type Listeners = Pick<ProxyConfig, 'listeners' | 'refusedListeners' | 'exclusions'>;

/**
 * The listeners of a workload, but for the catch-all: each entry of the Sidecar's `egress` in order, of each its services in order, of each its
 * ports. What an entry with a port has made is closed to the entry without. With `port` only
 * listeners of that port. Mirrors `buildSidecarOutboundListeners`.
 */
export function sidecarListeners(
  egress: readonly EgressListener[],
  input: ListenerInput,
  port?: number,
): Listeners {
  const drafts = new Map<string, ListenerDraft>();
  const exclusions: ProxyConfig['exclusions'][number][] = [];
  for (const entry of egress) {
    const candidates = indexCandidates(entry.virtualServices);
    if (!entry.port) for (const draft of drafts.values()) draft.locked = true;
    for (const service of entry.services) {
      // An alias has its names in the virtual hosts of what it stands for.
      if (service.resolution === 'alias') continue;
      for (const listened of listenedPorts(service, entry, input, port)) {
        exclusions.push(...addToListener(drafts, listened, candidates, input));
      }
    }
  }
  const listeners: Listener[] = [];
  const refusedListeners: ProxyConfig['refusedListeners'][number][] = [];
  for (const draft of drafts.values()) {
    const listener = finishListener(draft, input.fallThrough);
    const refused = refusedListener(listener.filterChains);
    if (!refused) listeners.push(listener);
    else {
      const { name, port } = listener;
      const origin = refused.chains.flatMap((chain) => chain.origin);
      refusedListeners.push({ name, port, because: refused.because, origin });
    }
  }
  return { listeners, refusedListeners, exclusions };
}

/** Where the ports of a service are listened for. */
function listenedPorts(
  service: RegistryService,
  entry: EgressListener,
  input: ListenerInput,
  only: number | undefined,
): ListenedPort[] {
  const ports = entry.port ? [{ ...entry.port, name: '', at: undefined }] : service.ports;
  return ports.flatMap((port) => {
    if (only !== undefined && port.number !== only) return [];
    if (port.protocol === 'UDP' || isReserved(port, entry.bind)) return [];
    const origin = port.at ? [port.at] : [...(entry.at ? [entry.at] : []), ...service.origin];
    const listened = { service, port, origin };
    if (entry.bind !== undefined) return { ...listened, address: entry.bind };
    if (isHttp(port.protocol)) return { ...listened, address: noAddress };
    if (!entry.port && service.resolution === 'none' && service.address === noAddress) {
      const pods = endpointsFor(input.endpoints, service, port);
      // A plain ServiceEntry of resolution NONE may be anywhere; what has endpoints, or could have, is where they are.
      const anywhere =
        service.from !== 'kubernetes' && pods.length === 0 && Object.keys(service.selector).length === 0;
      if (anywhere) return { ...listened, address: noAddress };
      return pods.flatMap(({ address }) => (isIpAddress(address) ? { ...listened, address } : []));
    }
    if (service.address.includes('/')) return { ...listened, address: noAddress, range: service.address };
    return { ...listened, address: service.address };
  });
}

/** Mirrors `conflictWithReservedListener`. */
function isReserved(
  port: { readonly number: number; readonly protocol: PortProtocol },
  bind: string | undefined,
): boolean {
  const onAll = bind === undefined ? isHttp(port.protocol) : bind === noAddress;
  return onAll && reservedPorts.has(port.number);
}

/** Mirrors `buildListenerFromEntry`: a chain without criteria becomes the default one, unless it is alone. */
function finishListener(draft: ListenerDraft, fallThrough: FilterChain): Listener {
  const filterChains: FilterChain[] = [];
  let matchAll: FilterChain | undefined;
  for (const chain of draft.chains) {
    const finished = finishChain(chain);
    if (isMatchAll(chain)) matchAll = finished;
    else filterChains.push(finished);
  }
  const alone = matchAll && filterChains.length === 0;
  return {
    name: listenerName(draft.address, draft.port),
    address: draft.address,
    port: draft.port,
    filterChains: alone && matchAll ? [matchAll] : filterChains,
    ...(!alone && { defaultFilterChain: matchAll ?? fallThrough }),
    tlsInspector: draft.chains.some(({ sniHosts }) => sniHosts.length > 0),
    httpInspector: draft.chains.some(({ sniffed }) => sniffed),
    origin: draft.origin,
  };
}

function isMatchAll({ sniHosts, ranges, sniffed }: ChainDraft): boolean {
  return (sniHosts.length === 0 || sniHosts.includes('*')) && ranges.length === 0 && !sniffed;
}

function finishChain(chain: ChainDraft): FilterChain {
  return {
    match: finishMatch(chain),
    transport: { kind: 'raw' },
    filter: chain.filter,
    origin: chain.origin,
  };
}

/** Mirrors `toFilterChainMatch`. */
function finishMatch({ sniHosts, ranges, sniffed }: ChainDraft): FilterChainMatch {
  const prefixRanges = ranges
    .toSorted()
    .map((range) => (range.includes('/') ? range : `${range}/${range.includes(':') ? 128 : 32}`))
    .filter((range) => !range.startsWith(`${noAddress}/`));
  return {
    serverNames: sniHosts.includes('*') ? [] : sniHosts.toSorted(),
    applicationProtocols: sniffed ? ['http/1.1', 'h2c'] : [],
    prefixRanges,
    ...(sniffed && { transportProtocol: 'raw_buffer' as const }),
  };
}
