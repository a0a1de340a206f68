import type { Route, RouteMatch } from '../envoy/types.ts';
import type { Labels } from '../istio/types.ts';
import type { SourceRef } from '../manifest/source.ts';
import type { Exclusion } from './decisions.ts';
import type { MergedHttpRoute, MergedMatch, MergedVirtualService } from './delegates.ts';
import { isSubset } from './destinationRules.ts';
import { fieldAt, translateAction, type DestinationContext } from './routeActions.ts';
import { isCatchAll, isMatchRefused, matchAll, translateMatch } from './routeMatch.ts';
import { translateCors, translateFault } from './routePolicies.ts';

/** What decides, before Envoy sees a rule, whether a block can hold. */
export interface RoutePlace {
  readonly listenPort: number;
  /** Key of the Gateway, or `mesh`. */
  readonly gateway: string;
  readonly proxy: { readonly namespace: string; readonly labels: Labels };
}

/** For whom routes are built: what Istio decides before Envoy sees a rule. */
export interface RouteContext extends DestinationContext, RoutePlace {
  /** The server has a `tls` block; never at sidecars. */
  readonly isTls: boolean;
}

export interface BuiltRoutes {
  /** In order; nothing stands behind one that matches everything. */
  readonly routes: readonly Route[];
  /** Blocks and rules of the virtual service that got no route here, and why. */
  readonly exclusions: readonly Exclusion[];
  /** `spec.http[i]` of the (root) virtual service that got some route. */
  readonly rules: readonly SourceRef[];
  /** Nothing here would be different at another server of the same Gateway. */
  readonly sameAtAllServers: boolean;
}

/**
 * The routes of a virtual service at one server or for one dialled port: one for each match block that can hold there. Mirrors
 * `BuildHTTPRoutesForVirtualService`.
 */
export function buildHttpRoutes(virtualService: MergedVirtualService, context: RouteContext): BuiltRoutes {
  const routes: Route[] = [];
  const exclusions: Exclusion[] = [];
  const rules: SourceRef[] = [];
  let sameAtAllServers = true;
  let catchAll: SourceRef | undefined;
  for (const merged of virtualService.http) {
    const at = merged.delegateAt ?? merged.at;
    if (catchAll) {
      exclusions.push({ kind: 'after-catch-all', at, by: [catchAll] });
      continue;
    }
    let shared: SharedRoute | undefined;
    const share = (): SharedRoute => {
      if (shared) return shared;
      shared = sharedRoute(virtualService, merged, context);
      rules.push(merged.at);
      sameAtAllServers &&= !asksForServer(merged, shared.action);
      return shared;
    };
    if (merged.matches.length === 0) {
      routes.push(routeOf(share(), merged.route.name ?? '', matchAll, originOf(merged)));
      catchAll = at;
      continue;
    }
    for (const match of merged.matches) {
      if (catchAll) {
        exclusions.push({ kind: 'after-catch-all', at: match.at, by: [catchAll] });
        continue;
      }
      if (match.match.port) sameAtAllServers = false;
      const exclusion = excludes(match, context);
      if (exclusion) {
        exclusions.push(exclusion);
        continue;
      }
      const translated = translateMatch(match);
      const rule = isMatchRefused(match.match) ? { ...share(), action: refusedAction } : share();
      routes.push(routeOf(rule, routeName(merged, match), translated, originOf(merged, match)));
      if (isCatchAll(translated)) catchAll = match.at;
    }
  }
  return { routes, exclusions, rules, sameAtAllServers };
}

/** Whether any route comes of the virtual service here: cheaper than building them. */
export function hasRoutes(virtualService: MergedVirtualService, place: RoutePlace): boolean {
  return virtualService.http.some(
    ({ matches }) => matches.length === 0 || matches.some((match) => !excludes(match, place)),
  );
}

const refusedAction: Route['action'] = { kind: 'invalid' };

type SharedRoute = Omit<Route, 'name' | 'match' | 'origin'>;

/** What all match blocks of a rule have in common. */
function sharedRoute(
  virtualService: MergedVirtualService,
  merged: MergedHttpRoute,
  context: RouteContext,
): SharedRoute {
  const { fault, corsPolicy } = merged.route;
  const { action, responseHeaders } = translateAction(merged, context.isTls, context);
  const shared: Mutable<SharedRoute> = { action, responseHeaders, virtualService: virtualService.key };
  const translatedFault = fault && translateFault(fault, fieldAt(merged, 'fault', []));
  if (translatedFault) shared.fault = translatedFault;
  if (corsPolicy) shared.cors = translateCors(corsPolicy, fieldAt(merged, 'corsPolicy', []));
  return shared;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Written out, since a mesh has tens of thousands of routes and spreading costs several times as much. */
function routeOf(shared: SharedRoute, name: string, match: RouteMatch, origin: readonly SourceRef[]): Route {
  const { action, responseHeaders, virtualService = '', fault, cors } = shared;
  const route: Mutable<Route> = { name, match, action, virtualService, responseHeaders, origin };
  if (fault) route.fault = fault;
  if (cors) route.cors = cors;
  return route;
}

/** `rule.block` if both are named; a nameless rule leaves the dot. */
function routeName({ route }: MergedHttpRoute, { match }: MergedMatch): string {
  const name = route.name ?? '';
  return match.name ? `${name}.${match.name}` : name;
}

/** Whether the port or the TLS block of the server has a say in what a rule does. */
function asksForServer({ route }: MergedHttpRoute, action: Route['action']): boolean {
  if (action.kind === 'redirect') {
    return route.redirect?.port !== undefined || route.redirect?.derivePort !== undefined;
  }
  if (action.kind !== 'forward') return false;
  const mirrors = [route.mirror, ...(route.mirrors ?? []).map(({ destination }) => destination)];
  if (mirrors.some((mirror) => mirror && !mirror.port)) return true;
  return action.clusters.some(({ portFrom }) => portFrom === 'listener');
}

/** The block first, then the rule that it belongs to, then, with delegation, those of the root. */
function originOf(merged: MergedHttpRoute, match?: MergedMatch): readonly SourceRef[] {
  if (!merged.delegateAt) return match ? [match.at, merged.at] : [merged.at];
  const origin = [match?.at, merged.delegateAt, match?.rootAt, merged.at];
  return origin.filter((ref) => ref !== undefined);
}

/**
 * Why a block never holds here: its port, its gateways, or, where it names no gateways, the labels and the namespace of the workload. Mirrors
 * `TranslateRoute` and `sourceMatchHTTP`.
 */
export function excludes({ match, at }: MergedMatch, context: RoutePlace): Exclusion | undefined {
  const { listenPort: port, gateway, proxy } = context;
  if (match.port && match.port !== port) {
    return { kind: 'port-differs', at, wanted: match.port, port };
  }
  if (match.gateways?.length) {
    return match.gateways.includes(gateway) ? undefined : { kind: 'gateway-differs', at, gateway };
  }
  if (match.sourceLabels && !isSubset(match.sourceLabels, proxy.labels)) {
    return { kind: 'source-differs', at, field: 'sourceLabels' };
  }
  if (match.sourceNamespace && match.sourceNamespace !== proxy.namespace) {
    return { kind: 'source-differs', at, field: 'sourceNamespace' };
  }
  return undefined;
}
