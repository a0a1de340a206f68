import type { Compiled } from '../compile/compiled.ts';
import type { MergedVirtualService } from '../compile/delegates.ts';
import type { Exclusion, Rejection } from '../compile/decisions.ts';
import type { MeshIndex } from '../compile/compile.ts';
import { isPassthrough } from '../compile/gatewayServer.ts';
import { isTls, parseProtocol } from '../istio/protocol.ts';
import type { Gateway, Server } from '../istio/types.ts';
import type { SourceRef } from '../manifest/source.ts';
import type { Draft } from './draft.ts';
import { refKey, objectKey } from '../manifest/refKey.ts';

/**
 * The compiler's rejections and exclusions as diagnostics: none is found a second time here. Those that say only that an object is for another
 * workload, or for the mesh, are no fault and come to nothing.
 */
export function* compiledLosses(compiled: Compiled, index: MeshIndex): Generator<Draft> {
  const seen = new Set<string>();
  const context: Context = {
    index,
    isLiving: livingPlaces(compiled),
    gateways: new Map(index.mesh.gateways.map((gateway) => [objectKey(gateway.at), gateway])),
    owners: new Map(index.merged.all.map((each) => [objectKey(each.at.object), each])),
  };
  for (const draft of lossesOf(compiled, context)) {
    const key = `${draft.code} ${refKey(draft.at)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    yield draft;
  }
}

interface Context {
  readonly index: MeshIndex;
  /** Whether some workload uses the section, the rule, the block or the server. */
  readonly isLiving: (at: SourceRef) => boolean;
  readonly gateways: ReadonlyMap<string, Gateway>;
  readonly owners: ReadonlyMap<string, MergedVirtualService>;
}

function* lossesOf(compiled: Compiled, context: Context): Generator<Draft> {
  for (const { rejections, exclusions } of compiled.gateways) {
    for (const rejection of rejections) yield rejected(rejection);
    for (const exclusion of exclusions) yield* excluded(exclusion, context);
  }
  for (const exclusion of compiled.exclusions) yield* excluded(exclusion, context);
}

function rejected(rejection: Rejection): Draft {
  switch (rejection.kind) {
    case 'port-conflict': {
      const { at, by, port, protocol, other } = rejection;
      return { code: 'GW210', at, others: by, params: { port, protocol, other } };
    }
    case 'duplicate-tls-host': {
      const { at, by, port, host } = rejection;
      return { code: 'GW208', at, others: by, params: { port, host } };
    }
    case 'duplicate-route-config':
      return { code: 'GW228', at: rejection.at, others: rejection.by, params: { name: rejection.name } };
    case 'host-list-panics':
      return { code: 'GW230', at: rejection.at, params: {} };
    case 'refused-listener':
      return refusedListener(rejection);
  }
}

function refusedListener({ at, by, because }: Rejection & { readonly kind: 'refused-listener' }): Draft {
  const others = by.filter((place) => refKey(place) !== refKey(at));
  switch (because.kind) {
    case 'same-match': {
      const [name] = because.names;
      return { code: 'GW209', at, others, params: name === undefined ? {} : { name } };
    }
    case 'overlapping-name':
      return { code: 'GW209', at, others, params: { name: because.name } };
    case 'partial-wildcard':
      return { code: 'GW229', at, others, params: { name: because.name } };
    case 'san-without-ca':
      return {
        code: 'GW220',
        at: { object: at.object, path: [...at.path, 'tls', 'subjectAltNames'] },
        params: {},
      };
    case 'unknown-curves':
      return {
        code: 'GW231',
        at: { object: at.object, path: [...at.path, 'tls', 'ecdhCurves'] },
        params: { curves: because.curves },
      };
  }
}

function* excluded(exclusion: Exclusion, context: Context): Generator<Draft> {
  const { at } = exclusion;
  switch (exclusion.kind) {
    // For another workload, or for the mesh: it is used where it belongs. The gateway that is not there is said where it is named.
    case 'selector-misses':
    case 'not-bound-to-gateway':
    case 'not-bound-to-mesh':
    case 'not-imported':
    case 'listener-taken':
    case 'gateway-not-found':
      return;
    // Said once for each object, whatever the workload: VS210, VS212.
    case 'gateway-differs':
    case 'source-differs':
      return;
    case 'not-exported':
      yield { code: 'VS208', at, params: { namespace: exclusion.namespace } };
      return;
    case 'hosts-disjoint':
      yield {
        code: 'VS093',
        at,
        others: exclusion.by.slice(0, 8),
        params: hostsOf(at, exclusion.by, context),
      };
      return;
    case 'namespace-not-allowed':
      yield {
        code: 'VS203',
        at,
        others: exclusion.by.slice(0, 8),
        params: { served: servedHosts(exclusion.by, context) },
      };
      return;
    case 'wrong-section':
      // The mesh reads all sections, and so may another workload.
      if (!isForMesh(at, context) && !context.isLiving(at))
        yield { code: wrongSection(exclusion, context), at, others: exclusion.by.slice(0, 8), params: {} };
      return;
    case 'port-differs':
      if (context.isLiving(at) || isForMesh(at, context)) return;
      yield {
        code: 'VS209',
        at: { ...at, path: [...at.path, 'port'] },
        params: { wanted: exclusion.wanted, ports: [String(exclusion.port)] },
      };
      return;
    case 'after-catch-all': {
      const [by] = exclusion.by;
      // Within one object reachability says more.
      if (!by || objectKey(by.object) === objectKey(at.object)) return;
      const params = {
        host: context.owners.get(objectKey(at.object))?.hosts[0] ?? '',
        other: `${by.object.namespace}/${by.object.name}`,
      };
      yield { code: 'VS217', at, others: exclusion.by, params };
      return;
    }
    case 'moved-behind':
      yield { code: 'VS276', at, others: exclusion.by, params: {} };
      return;
    case 'repeated-sni':
      if (context.isLiving(at)) return;
      yield {
        code: 'VS220',
        at: { ...at, path: [...at.path, 'sniHosts'] },
        others: exclusion.by,
        params: { name: exclusion.name },
      };
      return;
    case 'tcp-route-taken':
      if (!context.isLiving(at)) yield { code: 'VS219', at, others: exclusion.by, params: {} };
      return;
    case 'server-without-route':
      yield* serverWithoutRoute(at, context);
      return;
    case 'host-taken':
      yield {
        code: 'VS091',
        at,
        others: exclusion.by,
        params: {
          host: exclusion.host,
          others: exclusion.by.map(({ object }) => `${object.namespace}/${object.name}`),
        },
      };
      return;
    case 'delegate-not-found':
      yield delegateNotFound(exclusion, context);
      return;
    case 'delegate-not-exported':
      yield {
        code: 'VS269',
        at,
        others: exclusion.by,
        params: { delegate: exclusion.delegate, problem: 'not-exported' },
      };
      return;
    case 'delegate-conflict':
      yield { code: 'VS270', at, others: exclusion.by, params: { field: exclusion.field } };
      return;
    case 'delegate-unreferenced':
      yield { code: 'VS272', at, params: {} };
      return;
    case 'destination-rule-shadowed':
      yield { code: 'DR201', at, others: exclusion.by, params: { other: nameOf(exclusion.by) } };
      return;
    case 'service-shadowed':
      yield {
        code: 'SE202',
        at,
        others: exclusion.by,
        params: { host: exclusion.host, other: exclusion.by[0]?.object.name ?? '' },
      };
      return;
  }
}

/** One with hosts is no delegate; one that the paste does not hold may be in the cluster. */
function delegateNotFound(
  { at, delegate }: Exclusion & { readonly kind: 'delegate-not-found' },
  { index }: Context,
): Draft {
  const rooted = index.merged.all.find(({ key }) => key === delegate);
  if (!rooted) return { code: 'VS269', level: 'style', at, params: { delegate, problem: 'not-found' } };
  const others = [{ object: rooted.at.object, path: ['spec', 'hosts'] }];
  return { code: 'VS269', at, others, params: { delegate, problem: 'has-hosts' } };
}

/** A Gateway for which the paste has no virtual service at all is not finished; nothing fails yet. */
function* serverWithoutRoute(at: SourceRef, { index, gateways }: Context): Generator<Draft> {
  const gateway = gateways.get(objectKey(at.object));
  if (!gateway || !index.merged.byGateway.has(`${gateway.namespace}/${gateway.name}`)) return;
  yield { code: 'GW213', at, params: { hosts: serverAt(at, gateways)?.hosts ?? [] } };
}

function wrongSection(
  { at, by, section }: Exclusion & { readonly kind: 'wrong-section' },
  { gateways }: Context,
): string {
  const lost = at.path[1];
  if (lost === 'tls') return 'VS205';
  if (lost === 'tcp') return 'VS206';
  if (section === 'tls') return 'VS204';
  const servers = by.map((place) => serverAt(place, gateways)).filter((server) => server !== undefined);
  const endsTls = servers.some(
    (server) => isTls(parseProtocol(server.port?.protocol ?? '')) && !isPassthrough(server),
  );
  return endsTls ? 'VS207' : 'VS274';
}

function hostsOf(at: SourceRef, by: readonly SourceRef[], context: Context): Draft['params'] {
  const gateway = by[0]?.object;
  const virtualService = context.owners.get(objectKey(at.object));
  return {
    gateway: gateway ? `${gateway.namespace}/${gateway.name}` : '',
    hosts: virtualService?.hosts ?? [],
  };
}

function nameOf([place]: readonly SourceRef[]): string {
  return place ? `${place.object.namespace}/${place.object.name}` : '';
}

function servedHosts(by: readonly SourceRef[], { gateways }: Context): readonly string[] {
  return by.flatMap((place) => {
    const index = place.path[4];
    const host = typeof index === 'number' ? serverAt(place, gateways)?.hosts?.[index] : undefined;
    return host === undefined ? [] : [host];
  });
}

function serverAt(place: SourceRef, gateways: ReadonlyMap<string, Gateway>): Server | undefined {
  const index = place.path[2];
  return typeof index === 'number' ? gateways.get(objectKey(place.object))?.spec.servers?.[index] : undefined;
}

function isForMesh(at: SourceRef, { owners }: Context): boolean {
  return owners.get(objectKey(at.object))?.gateways.includes('mesh') ?? false;
}

/** Whether some listener or route of some gateway comes from a place; all are looked through when it is first asked. */
function livingPlaces(compiled: Compiled): (at: SourceRef) => boolean {
  let living: ReadonlySet<string> | undefined;
  return (at) => {
    living ??= new Set(
      [...originsOf(compiled)].flatMap((place) => [refKey(place), refKey(sectionOf(place))]),
    );
    return living.has(refKey(at));
  };
}

function sectionOf({ object, path }: SourceRef): SourceRef {
  return { object, path: path.slice(0, 2) };
}

function originsOf(compiled: Compiled): ReadonlySet<SourceRef> {
  const origins = new Set<SourceRef>();
  const addAll = (places: readonly SourceRef[]): void => {
    for (const place of places) origins.add(place);
  };
  for (const { routeConfigs, listeners, bindings } of compiled.gateways) {
    for (const { virtualHosts } of routeConfigs.values()) {
      for (const { routes } of virtualHosts) for (const { origin } of routes) addAll(origin);
    }
    for (const { filterChains } of listeners) for (const { origin } of filterChains) addAll(origin);
    for (const { routes } of bindings) addAll(routes);
  }
  return origins;
}
