import type { MeshIndex } from '../../compile/compile.ts';
import type { MergedVirtualService } from '../../compile/delegates.ts';
import { isCatchAll, translateMatch } from '../../compile/routeMatch.ts';
import { isWildcard, namesForNamespace, subsetOf } from '../../hostname.ts';
import type { Gateway } from '../../istio/types.ts';
import type { SourceRef } from '../../manifest/source.ts';
import { remember } from '../../remember.ts';
import type { Draft } from '../draft.ts';
import { buildHostSet, overlapping, type HostSet } from '../hostSet.ts';

interface ServedHost {
  readonly host: string;
  readonly at: SourceRef;
}

/** How hosts of VirtualServices and of Gateways meet. */
export function* hostsAndGateways(index: MeshIndex): Generator<Draft> {
  const gateways = new Map(
    index.mesh.gateways.map((gateway) => [`${gateway.namespace}/${gateway.name}`, gateway]),
  );
  const served = new Map<string, readonly string[]>();
  for (const [key, gateway] of gateways) served.set(key, hostsOf(gateway));
  const offerOf = offers(served);
  for (const virtualService of index.merged.all) {
    if (virtualService.gateways.every((gateway) => served.has(gateway)))
      yield* servedInPart(virtualService, offerOf);
  }
  yield* forgottenBindings(index, gateways);
  yield* hiddenWildcards(index);
}

/** Hosts of all servers, `.` replaced by the Gateway's namespace. */
function hostsOf({ spec, namespace }: Gateway): readonly string[] {
  return (spec.servers ?? []).flatMap(({ hosts }) =>
    (hosts ?? []).map((host) => host.replace(/^\.\//, `${namespace}/`)),
  );
}

type OfferOf = (gateways: readonly string[], namespace: string) => HostSet;

/** Virtual services that name the same Gateways share what these offer. */
function offers(served: ReadonlyMap<string, readonly string[]>): OfferOf {
  const known = new Map<string, HostSet>();
  return (gateways, namespace) => {
    const key = `${namespace} ${gateways.join(' ')}`;
    const found = known.get(key);
    if (found) return found;
    const offer = buildHostSet(
      gateways.flatMap((gateway) => namesForNamespace(served.get(gateway) ?? [], namespace)),
    );
    known.set(key, offer);
    return offer;
  };
}

/** VS201, VS202. Where none of the hosts is served the compiler says so. */
function* servedInPart(
  { at, hosts, gateways, namespace }: MergedVirtualService,
  offerOf: OfferOf,
): Generator<Draft> {
  const offer = offerOf(gateways, namespace);
  const fitting = hosts.map((host) => overlapping(offer, host));
  if (fitting.every((each) => each.length === 0)) return;
  for (const [index, host] of hosts.entries()) {
    const place = { object: at.object, path: ['spec', 'hosts', index] };
    const own = fitting[index] ?? [];
    if (own.length === 0) yield { code: 'VS201', at: place, params: { host, served: offer.all } };
    else if (isWildcard(host) && !own.some((each) => subsetOf(host, each))) {
      yield { code: 'VS202', at: place, params: { host, served: own, gateway: gateways.join(', ') } };
    }
  }
}

/** VS214: a host that a Gateway lists by name, in an object that is for the mesh alone, and in no other. */
function* forgottenBindings({ merged }: MeshIndex, gateways: ReadonlyMap<string, Gateway>): Generator<Draft> {
  const listed = new Map<string, ServedHost & { readonly gateway: string }>();
  for (const [key, gateway] of gateways) {
    for (const [server, { hosts }] of (gateway.spec.servers ?? []).entries()) {
      for (const [index, written] of (hosts ?? []).entries()) {
        const host = written.slice(written.indexOf('/') + 1);
        const at = { object: gateway.at, path: ['spec', 'servers', server, 'hosts', index] };
        if (!isWildcard(host) && !listed.has(host)) listed.set(host, { host, at, gateway: key });
      }
    }
  }
  if (listed.size === 0) return;
  const bound = new Set(
    merged.all
      .filter(({ gateways: own }) => own.some((each) => each !== 'mesh'))
      .flatMap(({ hosts }) => hosts),
  );
  for (const { at, hosts, gateways: own } of merged.all) {
    if (own.some((each) => each !== 'mesh')) continue;
    for (const [index, host] of hosts.entries()) {
      const other = listed.get(host);
      if (!other || bound.has(host)) continue;
      const params = { host, gateway: other.gateway };
      yield {
        code: 'VS214',
        at: { object: at.object, path: ['spec', 'hosts', index] },
        others: [other.at],
        params,
      };
    }
  }
}

/** VS218: requests for an exact host do not fall through to the rules of a wildcard, where its own leave some over. */
function* hiddenWildcards({ merged }: MeshIndex): Generator<Draft> {
  for (const [gateway, list] of merged.byGateway) {
    if (gateway === 'mesh') continue;
    const wildcards = new Map<
      string,
      { readonly virtualService: MergedVirtualService; readonly index: number }
    >();
    for (const virtualService of list) {
      for (const [index, host] of virtualService.hosts.entries()) {
        if (isWildcard(host) && virtualService.http.length > 0)
          wildcards.set(host.slice(1), { virtualService, index });
      }
    }
    if (wildcards.size === 0) continue;
    for (const virtualService of list) {
      if (virtualService.http.length === 0 || takesEverything(virtualService)) continue;
      for (const [index, host] of virtualService.hosts.entries()) {
        if (isWildcard(host)) continue;
        const wider = widerOf(host, wildcards);
        if (!wider || wider.virtualService === virtualService) continue;
        const at = { object: virtualService.at.object, path: ['spec', 'hosts', index] };
        const others = [{ object: wider.virtualService.at.object, path: ['spec', 'hosts', wider.index] }];
        const params = { host, other: virtualService.key, wildcard: wider.virtualService.key };
        yield { code: 'VS218', at, others, params };
      }
    }
  }
}

function widerOf<Found>(host: string, wildcards: ReadonlyMap<string, Found>): Found | undefined {
  for (let start = 0; start <= host.length; start += 1) {
    const found = wildcards.get(host.slice(start));
    if (found) return found;
  }
  return undefined;
}

/** Whether some rule has no condition that Envoy looks at. */
const takesEverything = remember(({ http }: MergedVirtualService): boolean =>
  http.some(
    ({ matches: blocks }) => blocks.length === 0 || blocks.some((block) => isCatchAll(translateMatch(block))),
  ),
);
