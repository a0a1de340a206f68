import type {
  HTTPMatchRequest,
  HTTPRoute,
  Mesh,
  TCPRoute,
  TLSRoute,
  VirtualService,
} from '../istio/types.ts';
import type { Path, SourceRef } from '../manifest/source.ts';
import type { Exclusion } from './decisions.ts';
import { conflictingField, mergeMatch } from './mergeMatches.ts';
import { exportSet, resolveVirtualService } from './virtualServices.ts';

/** A match block as it takes effect. */
export interface MergedMatch {
  readonly match: HTTPMatchRequest;
  /** `match[i]` where it is written: in the delegate, if that has match blocks, else in the root. */
  readonly at: SourceRef;
  /** The root's block that it was joined with. */
  readonly rootAt?: SourceRef;
  /** What is written at `rootAt` and not at `at`: names of fields, keys of maps as `headers.x-user`. */
  readonly fromRoot: readonly string[];
}

/** An `http` entry as it takes effect: of its own virtual service, or of a delegate joined with the entry of the root that names it. */
export interface MergedHttpRoute {
  /** Hosts of destinations and names of gateways are complete. Its `match` is that of `matches`. */
  readonly route: HTTPRoute;
  /** `spec.http[i]` of the root. */
  readonly at: SourceRef;
  /** `spec.http[j]` of the delegate; `route` and `redirect` can only come from there. */
  readonly delegateAt?: SourceRef;
  /** Fields that a delegated entry took over from the root as a whole: `fault`, `headers`, … */
  readonly inherited: readonly string[];
  /** None: everything matches. */
  readonly matches: readonly MergedMatch[];
}

/** A virtual service that can be bound: with hosts, delegates joined in, names complete. */
export interface MergedVirtualService {
  readonly resource: VirtualService;
  readonly at: SourceRef;
  /** `namespace/name`. */
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  readonly hosts: readonly string[];
  /** Keys of Gateways, or `mesh`; `['mesh']` if none is written. */
  readonly gateways: readonly string[];
  /** See `exportSet`: never `.`. */
  readonly exportTo: readonly string[];
  readonly http: readonly MergedHttpRoute[];
  /** Indexes are those of the manifest. */
  readonly tls: readonly TLSRoute[];
  readonly tcp: readonly TCPRoute[];
}

export interface MergedVirtualServices {
  /** Oldest first; delegates left out. */
  readonly all: readonly MergedVirtualService[];
  /** The same by key of the Gateway, or `mesh`. */
  readonly byGateway: ReadonlyMap<string, readonly MergedVirtualService[]>;
  readonly exclusions: readonly Exclusion[];
}

/**
 * Joins delegates (virtual services without hosts) into the virtual services that name them, and completes all names. An entry whose
 * delegate is missing or hidden is left out alone; of a delegate's entries those are left out that conflict with all of the root's
 * conditions. Mirrors `mergeVirtualServices` and `MergeHTTPRoutes`.
 */
export function mergeDelegates(mesh: Mesh): MergedVirtualServices {
  const delegates = new Map(
    mesh.virtualServices
      .filter((resource) => !resource.spec.hosts?.length)
      .map((resource) => [keyOf(resource), resource]),
  );
  const referenced = new Set<string>();
  const all: MergedVirtualService[] = [];
  const exclusions: Exclusion[] = [];
  for (const resource of mesh.virtualServices) {
    if (!resource.spec.hosts?.length) continue;
    const merged = mergeRemembered(resource, delegates);
    for (const [key] of merged.used) referenced.add(key);
    all.push(merged.virtualService);
    exclusions.push(...merged.exclusions);
  }
  for (const [key, resource] of delegates) {
    if (!referenced.has(key)) exclusions.push({ kind: 'delegate-unreferenced', at: place(resource, []) });
  }
  return { all, byGateway: indexByGateway(all), exclusions };
}

interface MergeResult {
  readonly virtualService: MergedVirtualService;
  readonly exclusions: readonly Exclusion[];
  /** The delegates that were looked up, undefined if missing: the result holds as long as they are the same. */
  readonly used: readonly (readonly [key: string, delegate: VirtualService | undefined])[];
}

type Delegates = ReadonlyMap<string, VirtualService>;

const remembered = new WeakMap<VirtualService, MergeResult>();

function mergeRemembered(resource: VirtualService, delegates: Delegates): MergeResult {
  const before = remembered.get(resource);
  if (before?.used.every(([key, delegate]) => delegates.get(key) === delegate)) return before;
  const result = mergeOne(resource, delegates);
  remembered.set(resource, result);
  return result;
}

function mergeOne(resource: VirtualService, delegates: Delegates): MergeResult {
  const { http, ...resolved } = resolveVirtualService(resource);
  const exclusions: Exclusion[] = [];
  const used: (readonly [string, VirtualService | undefined])[] = [];
  const merged = http.flatMap((route, index) => {
    const at = place(resource, ['spec', 'http', index]);
    if (!route.delegate) return plainRoute(route, at);
    const key = `${route.delegate.namespace || resource.namespace}/${route.delegate.name ?? ''}`;
    const delegate = delegates.get(key);
    used.push([key, delegate]);
    if (!delegate) {
      exclusions.push({ kind: 'delegate-not-found', at, delegate: key });
      return [];
    }
    const exportTo = exportSet(delegate.spec.exportTo, delegate.namespace);
    if (!exportTo.includes('*') && !exportTo.includes(resource.namespace)) {
      const by = [place(delegate, ['spec', 'exportTo'])];
      exclusions.push({ kind: 'delegate-not-exported', at, by, delegate: key });
      return [];
    }
    return delegatedRoutes(route, at, delegate, exclusions);
  });
  const { namespace, name } = resource;
  const virtualService: MergedVirtualService = {
    resource,
    at: place(resource, []),
    key: keyOf(resource),
    namespace,
    name,
    exportTo: exportSet(resource.spec.exportTo, namespace),
    ...resolved,
    http: merged,
  };
  return { virtualService, exclusions, used };
}

function plainRoute(route: HTTPRoute, at: SourceRef): MergedHttpRoute {
  return { route, at, inherited: [], matches: ownMatches(route, at) };
}

function ownMatches(route: HTTPRoute, at: SourceRef): MergedMatch[] {
  return (route.match ?? []).map((match, index) => ({
    match,
    at: below(at, ['match', index]),
    fromRoot: [],
  }));
}

/** One entry for each of the delegate's that agrees with the root's conditions, in the delegate's order. */
function delegatedRoutes(
  root: HTTPRoute,
  at: SourceRef,
  delegate: VirtualService,
  exclusions: Exclusion[],
): MergedHttpRoute[] {
  return resolveVirtualService(delegate).http.flatMap((route, index) => {
    const delegateAt = place(delegate, ['spec', 'http', index]);
    const matches = mergeMatches(ownMatches(root, at), ownMatches(route, delegateAt));
    if ('conflict' in matches) {
      exclusions.push({ kind: 'delegate-conflict', at: delegateAt, by: [at], field: matches.conflict });
      return [];
    }
    const { route: merged, inherited } = mergeRoute(root, route);
    return { route: withMatches(merged, matches), at, delegateAt, inherited, matches };
  });
}

function withMatches(route: HTTPRoute, matches: readonly MergedMatch[]): HTTPRoute {
  return matches.length === 0 ? route : { ...route, match: matches.map(({ match }) => match) };
}

/** Pairs every block of the delegate with every block of the root; a block that fits none takes the whole entry with it. */
function mergeMatches(
  root: readonly MergedMatch[],
  delegate: readonly MergedMatch[],
): readonly MergedMatch[] | { readonly conflict: string } {
  if (root.length === 0) return delegate;
  if (delegate.length === 0) return root;
  const merged: MergedMatch[] = [];
  for (const theirs of delegate) {
    let conflict: string | undefined;
    let fits = false;
    for (const ours of root) {
      const field = conflictingField(ours.match, theirs.match);
      conflict ??= field;
      if (field !== undefined) continue;
      fits = true;
      merged.push({ ...mergeMatch(ours.match, theirs.match), at: theirs.at, rootAt: ours.at });
    }
    if (!fits) return { conflict: conflict ?? 'match' };
  }
  return merged;
}

const inheritable = [
  'rewrite',
  'directResponse',
  'timeout',
  'retries',
  'fault',
  'mirror',
  'mirrorPercent',
  'mirrorPercentage',
  'corsPolicy',
  'mirrors',
  'headers',
] as const;

/** The delegate's entry with the root's fields where it has none of its own, as wholes; mirrors `mergeHTTPRoute`. */
function mergeRoute(
  root: HTTPRoute,
  delegate: HTTPRoute,
): { readonly route: HTTPRoute; readonly inherited: readonly string[] } {
  const inherited = inheritable.filter((field) => !isWritten(delegate[field]) && isWritten(root[field]));
  const name = [root.name, delegate.name].filter(Boolean).join('-');
  const fields = Object.fromEntries(inherited.map((field) => [field, root[field]]));
  return { route: { ...delegate, ...fields, ...(name && { name }) }, inherited };
}

/** An empty list is no list, as in protobuf. */
function isWritten(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
}

function indexByGateway(all: readonly MergedVirtualService[]): Map<string, MergedVirtualService[]> {
  const index = new Map<string, MergedVirtualService[]>();
  for (const virtualService of all) {
    // A Gateway named twice gets the virtual service twice.
    for (const gateway of virtualService.gateways) {
      const list = index.get(gateway);
      if (list) list.push(virtualService);
      else index.set(gateway, [virtualService]);
    }
  }
  return index;
}

function keyOf({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}

function place({ at: object }: VirtualService, path: Path): SourceRef {
  return { object, path };
}

function below(at: SourceRef, path: Path): SourceRef {
  return { object: at.object, path: [...at.path, ...path] };
}
