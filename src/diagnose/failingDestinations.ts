import type { MeshIndex } from '../compile/compile.ts';
import type { Compiled } from '../compile/compiled.ts';
import type { MergedHttpRoute, MergedVirtualService } from '../compile/delegates.ts';
import type { Registry } from '../compile/registry.ts';
import { meshGateway } from '../compile/virtualServices.ts';
import type { MissingCluster, WeightedCluster } from '../envoy/types.ts';
import { isHttpOrSniffed, isTls } from '../istio/protocol.ts';
import type { RouteDestination } from '../istio/types.ts';
import type { SourceRef } from '../manifest/source.ts';
import { refKey, objectKey } from '../manifest/refKey.ts';
import { unreachable } from './rules/reachability.ts';

/**
 * Whether some proxy sends to the destination that a place is in, `spec.http[i].route[j]` or the like, and has no cluster for it, for this reason. Of gateways that is what was
 * compiled; sidecars are compiled for calls only, so for the mesh it is asked whether anything keeps calls from the destination.
 */
export function failingDestinations(
  index: MeshIndex,
  compiled: Compiled,
): (at: SourceRef, because: MissingCluster['kind']) => boolean {
  let missing: ReadonlySet<string> | undefined;
  return ({ object, path }, because) => {
    const place = { object, path: path.slice(0, 5) };
    missing ??= new Set(missingOrigins(compiled));
    return missing.has(`${because} ${refKey(place)}`) || meshReaches(index, place);
  };
}

/** Each with the reason before it. */
function* missingOrigins({ gateways }: Compiled): Generator<string> {
  const seen = new Set<readonly WeightedCluster[]>();
  for (const { routeConfigs, listeners } of gateways) {
    for (const { virtualHosts } of routeConfigs.values()) {
      for (const { routes } of virtualHosts)
        for (const { action } of routes) if (action.kind === 'forward') seen.add(action.clusters);
    }
    for (const { filterChains } of listeners)
      for (const { filter } of filterChains) if (filter.kind === 'tcp') seen.add(filter.clusters);
  }
  for (const clusters of seen)
    for (const { missing, origin } of clusters)
      if (missing) for (const at of origin) yield `${missing.kind} ${refKey(at)}`;
}

function meshReaches({ merged, registry }: MeshIndex, place: SourceRef): boolean {
  const [, section, index, , destination] = place.path;
  const known = merged.byGateway.get(meshGateway) ?? [];
  const owner = known.find(({ http, at }) => {
    const isOwn = objectKey(at.object) === objectKey(place.object);
    return isOwn || http.some((route) => ruleAt(route, place) !== undefined);
  });
  if (!owner || typeof destination !== 'number') return false;
  // Of one host in the mesh the oldest object has all.
  const isOldest = owner.hosts.every((host) => known.find(({ hosts }) => hosts.includes(host)) === owner);
  if (!isOldest || !owner.hosts.some((host) => mayRead(section, registry.byHost.get(host)))) return false;
  if (section === 'http') return httpReaches(owner, registry, place, destination);
  // Which connections the rules before it leave over is not looked into.
  const rule = section === 'tls' ? owner.tls[0] : owner.tcp[0];
  return index === 0 && isForMesh(rule?.match) && hasShare(rule?.route, destination, registry);
}

type Services = ReturnType<Registry['byHost']['get']>;

/** A host that the paste does not hold may have any port. */
function mayRead(section: unknown, services: Services): boolean {
  const [service] = services?.values() ?? [];
  if (!service) return true;
  return service.ports.some(({ protocol }) => {
    if (section === 'http') return isHttpOrSniffed(protocol);
    return section === 'tls' ? isTls(protocol) : !isHttpOrSniffed(protocol);
  });
}

function httpReaches(
  owner: MergedVirtualService,
  registry: Registry,
  place: SourceRef,
  destination: number,
): boolean {
  const rule = owner.http.find((route) => ruleAt(route, place) !== undefined);
  const at = rule && ruleAt(rule, place);
  if (!rule || !at || !isForMesh(rule.route.match) || !hasShare(rule.route.route, destination, registry))
    return false;
  return unreachable(owner).every((lost) => lost.code !== 'VS216' || refKey(lost.at) !== refKey(at));
}

/** Where the rule that the place is in is written. */
function ruleAt({ at, delegateAt }: MergedHttpRoute, place: SourceRef): SourceRef | undefined {
  const own = delegateAt ?? at;
  const isOwn = objectKey(own.object) === objectKey(place.object) && own.path[2] === place.path[2];
  return isOwn ? own : undefined;
}

function isForMesh(match: readonly { readonly gateways?: readonly string[] }[] | undefined): boolean {
  if (!match?.length) return true;
  return match.some(({ gateways }) => !gateways?.length || gateways.includes(meshGateway));
}

/** One destination gets all, of several those without weight get nothing; an ExternalName has clusters under another name. */
function hasShare(
  route: readonly RouteDestination[] | undefined,
  index: number,
  registry: Registry,
): boolean {
  const chosen = route?.[index];
  const [service] = registry.byHost.get(chosen?.destination?.host ?? '')?.values() ?? [];
  if (service?.externalName !== undefined) return false;
  return route?.length === 1 || (chosen?.weight ?? 0) > 0;
}
