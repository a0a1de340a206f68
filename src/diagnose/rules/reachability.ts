import type { ProxyConfig } from '../../compile/compiled.ts';
import type { MergedHttpRoute, MergedMatch, MergedVirtualService } from '../../compile/delegates.ts';
import { isCatchAll, matchAll, translateMatch } from '../../compile/routeMatch.ts';
import type { Route, RouteMatch } from '../../envoy/types.ts';
import type { HTTPMatchRequest } from '../../istio/types.ts';
import type { SourceRef } from '../../manifest/source.ts';
import { remember } from '../../remember.ts';
import type { Draft } from '../draft.ts';
import { covers } from './covers.ts';

/** Pairs of matches that are compared at most, for one object or one virtual host: what lies behind is not judged. */
const MOST_PAIRS = 50_000;

interface Spot {
  readonly rule: number;
  readonly route: MergedHttpRoute;
  readonly at: SourceRef;
  readonly match: RouteMatch;
  /** What is decided before Envoy sees the match. */
  readonly scope: string;
}

/**
 * VS215 and VS216 within one VirtualService, delegates joined in: matches that an earlier one takes whole. Holds for gateways and for the mesh alike, since
 * all rules of an object stand together there.
 */
export const unreachable = remember((virtualService: MergedVirtualService): readonly Draft[] => [
  ...unreachableRules(virtualService),
]);

function* unreachableRules({ http }: MergedVirtualService): Generator<Draft> {
  const earlier: Spot[] = [];
  let catchAll: Spot | undefined;
  let pairs = 0;
  for (const [rule, route] of http.entries()) {
    const ruleAt = route.delegateAt ?? route.at;
    if (catchAll) {
      yield {
        code: 'VS216',
        ...harmless(actionOf(catchAll.route) === actionOf(route)),
        at: ruleAt,
        others: [catchAll.at],
        params: nameOf(catchAll),
      };
      continue;
    }
    const spots =
      route.matches.length === 0
        ? [wholeRule(rule, route, ruleAt)]
        : route.matches.map((match) => spotOf(rule, route, match));
    for (const spot of spots) {
      if (catchAll) {
        yield { code: 'VS216', level: 'style', at: spot.at, others: [catchAll.at], params: nameOf(catchAll) };
        continue;
      }
      pairs += earlier.length;
      const first = pairs > MOST_PAIRS ? undefined : earlier.find((each) => takes(each, spot));
      if (first) {
        const isHarmless = first.rule === rule || actionOf(first.route) === actionOf(route);
        yield {
          code: 'VS215',
          ...harmless(isHarmless),
          at: spot.at,
          others: [first.at],
          params: nameOf(first),
        };
      }
      if (spot.scope === '' && isCatchAll(spot.match)) catchAll = spot;
    }
    earlier.push(...spots);
  }
}

/** What loses to something that does the same is only written twice. */
function harmless(isHarmless: boolean): Pick<Draft, 'level'> {
  return isHarmless ? { level: 'style' } : {};
}

function takes(earlier: Spot, later: Spot): boolean {
  return (earlier.scope === '' || earlier.scope === later.scope) && covers(earlier.match, later.match);
}

function wholeRule(rule: number, route: MergedHttpRoute, at: SourceRef): Spot {
  return { rule, route, at, match: matchAll, scope: '' };
}

function spotOf(rule: number, route: MergedHttpRoute, merged: MergedMatch): Spot {
  return { rule, route, at: merged.at, match: translateMatch(merged), scope: scopeOf(merged.match) };
}

function scopeOf({ port, gateways, sourceLabels, sourceNamespace }: HTTPMatchRequest): string {
  if (!port && !gateways && !sourceLabels && !sourceNamespace) return '';
  return JSON.stringify([port, gateways, sourceLabels, sourceNamespace]);
}

function actionOf({ route }: MergedHttpRoute): string {
  const { name: _, match: __, ...action } = route;
  return JSON.stringify(action);
}

/** Rules are counted from 1, as the page numbers them. */
function nameOf({ rule, route }: Spot): Draft['params'] {
  const number = `rule ${rule + 1}`;
  return { first: route.route.name === undefined ? number : `${number} (${route.route.name})` };
}

/** VS217: rules for one host that come from several objects, where an older one takes those of a younger one. */
export function* lostToOtherObjects({ routeConfigs }: ProxyConfig): Generator<Draft> {
  const reported = new Set<SourceRef>();
  for (const { virtualHosts } of routeConfigs.values()) {
    for (const { routes, domains } of virtualHosts) {
      const [first] = routes;
      if (!first || isOfOne(routes)) continue;
      for (const { later, earlier } of lostRoutes(first, routes)) {
        const [at] = later.origin;
        const [by] = earlier.origin;
        if (!at || !by || reported.has(at)) continue;
        reported.add(at);
        const params = { host: domains[0] ?? '', other: earlier.virtualService ?? '' };
        yield { code: 'VS217', at, others: [by], params };
      }
    }
  }
}

const isOfOne = remember((routes: readonly Route[]): boolean =>
  routes.every(({ virtualService }) => virtualService === routes[0]?.virtualService),
);

interface LostRoute {
  readonly later: Route;
  readonly earlier: Route;
}

const lostRemembered = new WeakMap<
  Route,
  { readonly routes: readonly Route[]; readonly lost: readonly LostRoute[] }
>();

/** Routes that one of another object takes whole. Remembered for the same routes in the same order, by the first of them. */
function lostRoutes(first: Route, routes: readonly Route[]): readonly LostRoute[] {
  const known = lostRemembered.get(first);
  if (known?.routes.length === routes.length && known.routes.every((route, index) => route === routes[index]))
    return known.lost;
  const lost: LostRoute[] = [];
  let pairs = 0;
  for (const [index, later] of routes.entries()) {
    pairs += index;
    if (pairs > MOST_PAIRS) break;
    const earlier = routes
      .slice(0, index)
      .find((each) => isFromOther(each, later) && covers(each.match, later.match));
    if (earlier) lost.push({ later, earlier });
  }
  lostRemembered.set(first, { routes, lost });
  return lost;
}

function isFromOther(earlier: Route, later: Route): boolean {
  return earlier.virtualService !== later.virtualService;
}
