import type { MeshIndex } from '../compile/compile.ts';
import type { Compiled } from '../compile/compiled.ts';
import type { MergedHttpRoute, MergedVirtualService } from '../compile/delegates.ts';
import type { Registry } from '../compile/registry.ts';
import { meshGateway } from '../compile/virtualServices.ts';
import type { MissingCluster, Route, WeightedCluster } from '../envoy/types.ts';
import { isWildcard, matches } from '../hostname.ts';
import { isHttpOrSniffed, isTls } from '../istio/protocol.ts';
import type { HTTPRoute, RouteDestination } from '../istio/types.ts';
import type { SourceRef } from '../manifest/source.ts';
import { refKey, objectKey } from '../manifest/refKey.ts';
import { remember } from '../remember.ts';
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
    return missing.has(`${because} ${refKey(place)}`) || meshReaches(index, place, because);
  };
}

/** Each with the reason before it; of what listeners lead to, redirects and aborts answer before any destination is looked for. */
function* missingOrigins({ gateways }: Compiled): Generator<string> {
  for (const { routeConfigs, listeners } of gateways) {
    for (const { filter } of listeners.flatMap(({ filterChains }) => filterChains)) {
      if (filter.kind === 'tcp') yield* missingOf(filter.clusters);
      else {
        for (const { routes, requireTls } of routeConfigs.get(filter.routeConfig)?.virtualHosts ?? [])
          if (!requireTls) yield* missingIn(routes);
      }
    }
  }
}

const missingIn = remember((routes: readonly Route[]): readonly string[] =>
  routes.flatMap(({ action, fault }) =>
    action.kind === 'forward' && fault?.abort?.percent !== 100 ? missingOf(action.clusters) : [],
  ),
);

function missingOf(clusters: readonly WeightedCluster[]): readonly string[] {
  return clusters.flatMap(({ missing, origin }) =>
    missing ? origin.map((at) => `${missing.kind} ${refKey(at)}`) : [],
  );
}

function meshReaches(
  { merged, registry }: MeshIndex,
  place: SourceRef,
  because: MissingCluster['kind'],
): boolean {
  const [, section, index, , destination] = place.path;
  const known = merged.byGateway.get(meshGateway) ?? [];
  const owner = known.find(({ http, at }) => {
    const isOwn = objectKey(at.object) === objectKey(place.object);
    return isOwn || http.some((route) => ruleAt(route, place) !== undefined);
  });
  if (!owner || typeof destination !== 'number' || because === 'not-visible') return false;
  // Of one host in the mesh one object has all.
  if (!isAloneAmong(owner, known) || !owner.hosts.some((host) => mayRead(section, registry.byHost.get(host))))
    return false;
  if (section === 'http') {
    const rule = httpRule(owner, registry, place);
    return isLacking(rule?.route, destination, owner, registry, because);
  }
  // Which connections the rules before it leave over is not looked into.
  const rule = section === 'tls' ? owner.tls[0] : owner.tcp[0];
  const isPlain = rule?.match?.every(({ port }) => port === undefined) ?? true;
  if (index !== 0 || !isPlain || owner.hosts.some(isWildcard) || !isForMesh(rule?.match)) return false;
  return isLacking(rule?.route, destination, owner, registry, because);
}

/** Whether no other object has rules for a host of this one. */
export function isAloneAmong(own: MergedVirtualService, all: readonly MergedVirtualService[]): boolean {
  return all.every(
    (other) => other === own || !other.hosts.some((host) => own.hosts.some((mine) => matches(host, mine))),
  );
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

/** The rule that the place is in, if calls in the mesh get to it. */
function httpRule(owner: MergedVirtualService, registry: Registry, place: SourceRef): HTTPRoute | undefined {
  const rule = owner.http.find((route) => ruleAt(route, place) !== undefined);
  const at = rule && ruleAt(rule, place);
  if (!rule || !at || !isDialled(rule.route, owner, registry)) return undefined;
  const isLost = unreachable(owner).some((lost) => lost.code === 'VS216' && refKey(lost.at) === refKey(at));
  return isLost ? undefined : rule.route;
}

/** Whether some match is for the mesh, and for a port that a host has or may have. */
function isDialled({ match }: HTTPRoute, { hosts }: MergedVirtualService, registry: Registry): boolean {
  if (!match?.length) return true;
  const ports = hosts.map((host) => [...(registry.byHost.get(host)?.values() ?? [])][0]?.ports);
  return match.some(
    (each) =>
      isForMesh([each]) &&
      (each.port === undefined ||
        ports.some((known) => known === undefined || known.some(({ number }) => number === each.port))),
  );
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

/**
 * Whether the destination gets a share and has no cluster for the reason. One destination gets all, of several those without weight get nothing; an ExternalName
 * has clusters under another name; where no port is named it is the dialled one, which only the host itself has for certain.
 */
function isLacking(
  route: readonly RouteDestination[] | undefined,
  index: number,
  owner: MergedVirtualService,
  registry: Registry,
  because: MissingCluster['kind'],
): boolean {
  const chosen = route?.[index];
  const { host = '', port } = chosen?.destination ?? {};
  // Whichever of them the caller sees.
  const services = registry.services.filter((service) => service.host === host);
  if (services.length === 0 || services.some(({ externalName }) => externalName !== undefined)) return false;
  if (route?.length !== 1 && (chosen?.weight ?? 0) === 0) return false;
  if (!port) return because === 'no-such-subset' && owner.hosts.includes(host);
  const has = services.map(({ ports }) => ports.some(({ number }) => number === port.number));
  return because === 'no-such-port' ? !has.includes(true) : !has.includes(false);
}
