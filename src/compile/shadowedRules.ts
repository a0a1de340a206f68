import { isWildcard, resolveShortName } from '../hostname.ts';
import type { DestinationRule, Mesh } from '../istio/types.ts';
import type { SourceRef } from '../manifest/source.ts';
import { remember } from '../remember.ts';
import type { ClusterInput } from './clusters.ts';
import type { Exclusion } from './decisions.ts';
import type { MergedVirtualService } from './delegates.ts';
import { destinationRuleFor } from './destinationRules.ts';

/** A workload, and the virtual services that send its calls on. */
export interface RuleView {
  readonly input: ClusterInput;
  readonly virtualServices: readonly MergedVirtualService[];
}

/**
 * DestinationRules for hosts that some workload sends to, and that none of them uses: they stand in a namespace that nobody asks, or another one comes
 * first. Those that are kept from a workload on purpose, by `exportTo` or a selector, are not named, nor are wildcards.
 */
export function shadowedRules(mesh: Mesh, views: readonly RuleView[]): readonly Exclusion[] {
  const lost: Exclusion[] = [];
  const hostsOf = remember(
    ({ virtualServices }: RuleView) => new Set(virtualServices.flatMap(destinationHosts)),
  );
  for (const [host, rules] of rulesByHost(mesh.destinationRules)) {
    const lookups = views.flatMap((view) => lookUp(host, view));
    // Mostly every rule is used by whoever may see it, and nobody need know who sends to the host.
    if (rules.every((rule) => lookups.every((each) => isUsed(rule, each) || !mayUse(rule, each)))) continue;
    const asked = lookups.filter(({ view }) => hostsOf(view).has(host));
    for (const rule of rules) {
      const last = asked.findLast((each) => mayUse(rule, each));
      if (!last || asked.some((each) => isUsed(rule, each))) continue;
      const at = { object: rule.at, path: [] };
      lost.push({
        kind: 'destination-rule-shadowed',
        at,
        by: last.origin.length > 0 ? last.origin : last.service,
      });
    }
  }
  return lost;
}

/** Which rules a workload finds for a host. */
interface Lookup {
  readonly view: RuleView;
  readonly origin: readonly SourceRef[];
  readonly service: readonly SourceRef[];
}

function lookUp(host: string, view: RuleView): readonly Lookup[] {
  const { scope, destinationRules, proxy } = view.input;
  const service = scope.byHost.get(host);
  if (!service) return [];
  const origin = destinationRuleFor(destinationRules, service, proxy)?.origin ?? [];
  return [{ view, origin, service: service.origin }];
}

function isUsed(rule: DestinationRule, { origin }: Lookup): boolean {
  return origin.some(({ object }) => object === rule.at);
}

function mayUse(rule: DestinationRule, { view }: Lookup): boolean {
  return reaches(rule, view.input.proxy.namespace);
}

const rulesByHost = remember(
  (rules: readonly DestinationRule[]): ReadonlyMap<string, readonly DestinationRule[]> => {
    const byHost = new Map<string, DestinationRule[]>();
    for (const rule of rules) {
      const host = resolveShortName(rule.spec.host ?? '', rule.namespace);
      if (isWildcard(host) || rule.spec.workloadSelector) continue;
      const before = byHost.get(host);
      if (before) before.push(rule);
      else byHost.set(host, [rule]);
    }
    return byHost;
  },
);

function reaches({ namespace, spec: { exportTo } }: DestinationRule, client: string): boolean {
  if (!exportTo?.length || exportTo.includes('*') || exportTo.includes(client)) return true;
  return namespace === client && exportTo.includes('.');
}

/** Hosts that the routes of a virtual service lead to, mirrors left out. */
const destinationHosts = remember(({ http, tls, tcp }: MergedVirtualService): readonly string[] => {
  const hosts = new Set<string>();
  for (const { route } of [...http.map((one) => one.route), ...tls, ...tcp]) {
    for (const { destination } of route ?? []) if (destination?.host) hosts.add(destination.host);
  }
  return [...hosts];
});
