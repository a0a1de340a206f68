import { isWildcard, resolveShortName } from '../hostname.ts';
import type { DestinationRule, Mesh } from '../istio/types.ts';
import type { ObjectRef } from '../manifest/source.ts';
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
  const candidates = rulesByHost(mesh);
  const used = new Set<ObjectRef>();
  const lost = new Map<ObjectRef, Exclusion>();
  for (const { input, virtualServices } of views) {
    for (const host of destinationHosts(virtualServices)) {
      const rules = candidates.get(host);
      const service = rules && input.scope.byHost.get(host);
      if (!service) continue;
      const origin = destinationRuleFor(input.destinationRules, service, input.proxy)?.origin ?? [];
      for (const { object } of origin) used.add(object);
      const by = origin.length > 0 ? origin : service.origin;
      for (const rule of rules) {
        if (!reaches(rule, input.proxy.namespace)) continue;
        lost.set(rule.at, { kind: 'destination-rule-shadowed', at: { object: rule.at, path: [] }, by });
      }
    }
  }
  return [...lost].flatMap(([object, exclusion]) => (used.has(object) ? [] : [exclusion]));
}

function rulesByHost(mesh: Mesh): ReadonlyMap<string, readonly DestinationRule[]> {
  const byHost = new Map<string, DestinationRule[]>();
  for (const rule of mesh.destinationRules) {
    const host = resolveShortName(rule.spec.host ?? '', rule.namespace);
    if (isWildcard(host) || rule.spec.workloadSelector) continue;
    const before = byHost.get(host);
    if (before) before.push(rule);
    else byHost.set(host, [rule]);
  }
  return byHost;
}

function reaches({ namespace, spec: { exportTo } }: DestinationRule, client: string): boolean {
  if (!exportTo?.length || exportTo.includes('*') || exportTo.includes(client)) return true;
  return namespace === client && exportTo.includes('.');
}

function destinationHosts(virtualServices: readonly MergedVirtualService[]): ReadonlySet<string> {
  const hosts = new Set<string>();
  for (const { http, tls, tcp } of virtualServices) {
    for (const { route } of [
      ...http,
      ...tls.map((one) => ({ route: one })),
      ...tcp.map((one) => ({ route: one })),
    ]) {
      for (const { destination } of route.route ?? []) if (destination?.host) hosts.add(destination.host);
    }
  }
  return hosts;
}
