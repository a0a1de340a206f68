import type { MeshIndex } from '../compile/compile.ts';
import type { Compiled } from '../compile/compiled.ts';
import type { Exclusion } from '../compile/decisions.ts';
import type { MergedVirtualService } from '../compile/delegates.ts';
import { meshGateway } from '../compile/virtualServices.ts';
import type { Path, SourceRef } from '../manifest/source.ts';
import { objectKey } from '../manifest/refKey.ts';
import { remember } from '../remember.ts';

/** Why a virtual service as a whole does not get to a gateway. */
const WHOLE: ReadonlySet<Exclusion['kind']> = new Set([
  'not-exported',
  'hosts-disjoint',
  'namespace-not-allowed',
]);

/**
 * Whether a place belongs to what no proxy of the paste gets, since its gateways are elsewhere: virtual services all of whose gateways are, rules and matches
 * for such gateways alone, delegates of such roots, or of none; and what lies in a virtual service, or in a section of one, that is lost as a whole, which is said there.
 */
export function unusedPlaces({ mesh, merged }: MeshIndex, compiled: Compiled): (at: SourceRef) => boolean {
  const present = new Set(mesh.gateways.map(({ namespace, name }) => `${namespace}/${name}`));
  present.add(meshGateway);
  const objects = new Set<string>();
  const parts = new Map<string, readonly Path[]>();
  const delegates = new Set<string>();
  for (const virtualService of merged.all) {
    const key = objectKey(virtualService.at.object);
    const absent = virtualService.gateways.filter((gateway) => !present.has(gateway));
    if (absent.length === virtualService.gateways.length) {
      objects.add(key);
      continue;
    }
    for (const name of delegatesOf(virtualService)) delegates.add(name);
    if (absent.length > 0) parts.set(key, unusedParts(virtualService, new Set(absent), present));
  }
  for (const { spec, namespace, name, at } of mesh.virtualServices) {
    if (!spec.hosts?.length && !delegates.has(`${namespace}/${name}`)) objects.add(objectKey(at));
  }
  const lost = lostParts(merged, compiled);
  return ({ object, path }) => {
    const key = objectKey(object);
    if (path.length > 2 && (lost.has(key) || lost.has(`${key} ${path[1]}`))) return true;
    return objects.has(key) || (parts.get(key)?.some((part) => startsWith(path, part)) ?? false);
  };
}

const delegatesOf = remember(({ resource, namespace }: MergedVirtualService): readonly string[] =>
  (resource.spec.http ?? []).flatMap(({ delegate }) =>
    delegate ? [`${delegate.namespace || namespace}/${delegate.name}`] : [],
  ),
);

/** Keys of virtual services that no gateway has anything of, and with a section behind them where that is so of one section. The mesh has all. */
function lostParts(merged: MeshIndex['merged'], { gateways }: Compiled): ReadonlySet<string> {
  const lost = new Set<string>();
  for (const { exclusions } of gateways) {
    for (const { kind, at } of exclusions) {
      if (WHOLE.has(kind)) lost.add(objectKey(at.object));
      else if (kind === 'wrong-section') lost.add(`${objectKey(at.object)} ${at.path[1]}`);
    }
  }
  if (lost.size === 0) return lost;
  for (const { bindings } of gateways) {
    for (const { virtualService, routes } of bindings) {
      lost.delete(objectKey(virtualService.object));
      for (const { object, path } of routes) lost.delete(`${objectKey(object)} ${path[1]}`);
    }
  }
  for (const { at } of merged.byGateway.get(meshGateway) ?? []) {
    const key = objectKey(at.object);
    for (const part of [key, ...['http', 'tls', 'tcp'].map((section) => `${key} ${section}`)])
      lost.delete(part);
  }
  return lost;
}

/** Matches for gateways of the object that are elsewhere, and for none that is here; rules that have no others. */
function unusedParts(
  { resource: { spec }, http, tls, tcp }: MergedVirtualService,
  absent: ReadonlySet<string>,
  present: ReadonlySet<string>,
): readonly Path[] {
  const parts: Path[] = [];
  const isUnused = ({ gateways = [] }: { readonly gateways?: readonly string[] }): boolean =>
    gateways.some((gateway) => absent.has(gateway)) && !gateways.some((gateway) => present.has(gateway));
  const add = (rule: Path, unused: readonly boolean[]): void => {
    if (unused.length > 0 && unused.every(Boolean)) parts.push(rule);
    for (const [index, isOut] of unused.entries()) if (isOut) parts.push([...rule, 'match', index]);
  };
  for (const [rule] of (spec.http ?? []).entries()) {
    const own = http.find(({ at, delegateAt }) => !delegateAt && at.path[2] === rule);
    if (own)
      add(
        own.at.path,
        own.matches.map(({ match }) => isUnused(match)),
      );
  }
  for (const [section, rules] of Object.entries({ tls, tcp })) {
    for (const [rule, { match = [] }] of rules.entries()) add(['spec', section, rule], match.map(isUnused));
  }
  return parts;
}

function startsWith(path: Path, part: Path): boolean {
  return part.every((step, index) => path[index] === step);
}
