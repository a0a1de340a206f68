import { isWildcard, resolveShortName } from '../hostname.ts';
import { rootNamespace } from '../istio/meshConfig.ts';
import type { DestinationRule, Labels, Mesh, Subset, TrafficPolicy } from '../istio/types.ts';
import type { SourceRef } from '../manifest/source.ts';
import type { Proxy } from './compiled.ts';

export interface MergedSubset {
  readonly name: string;
  readonly subset: Subset;
  readonly at: SourceRef;
}

/** The DestinationRules of one namespace for one host that take effect as one. */
export interface MergedDestinationRule {
  readonly host: string;
  readonly namespace: string;
  /** As written, without repetition; `['.']` for a rule with a selector. */
  readonly exportTo: readonly string[];
  /** Of its `workloadSelector`; absent: the rule holds for all workloads. */
  readonly selector?: Labels;
  /** The first of equal names. */
  readonly subsets: readonly MergedSubset[];
  readonly trafficPolicy?: TrafficPolicy;
  /** The rules that it was merged from, the first one first. */
  readonly origin: readonly SourceRef[];
}

/** Merged rules by host. */
type Pool = ReadonlyMap<string, readonly MergedDestinationRule[]>;

/** Mirrors `destinationRuleIndex`: three pools, since what is merged depends on who may see it. */
export interface DestinationRuleIndex {
  /** By namespace: what its own workloads may use, private or not. */
  readonly local: ReadonlyMap<string, Pool>;
  /** By namespace: what it offers to others. */
  readonly exported: ReadonlyMap<string, Pool>;
  /** The root namespace's private ones. */
  readonly rootLocal: Pool;
}

/** Merges the rules of each namespace for each host; mirrors `setDestinationRules`. */
export function buildDestinationRules(mesh: Mesh): DestinationRuleIndex {
  const local = new Map<string, DraftPool>();
  const exported = new Map<string, DraftPool>();
  const rootLocal: DraftPool = new Map();
  // Rules with a selector first; the mesh has them by age already.
  const selecting = mesh.destinationRules.filter(({ spec }) => spec.workloadSelector);
  const general = mesh.destinationRules.filter(({ spec }) => !spec.workloadSelector);
  for (const resource of [...selecting, ...general]) {
    const rule = readRule(resource);
    const { namespace } = rule;
    const has = (entry: string): boolean => rule.exportTo.includes(entry);
    if (rule.exportTo.length === 0 || has('*') || has('.') || has(namespace))
      merge(poolOf(local, namespace), rule);
    const isPrivate = rule.exportTo.length === 1 && (has('.') || has(namespace));
    if (!isPrivate) merge(poolOf(exported, namespace), rule);
    else if (namespace === rootNamespace) merge(rootLocal, rule);
  }
  return { local, exported, rootLocal };
}

/**
 * The rule in force for a service, seen from a workload: of its own namespace, else of the service's, else of the root namespace; within one,
 * that of the most specific host. Of several that were not merged, the one whose selector picks the workload, else the last without a
 * selector. Mirrors `PushContext.destinationRule` and `SidecarScope.DestinationRule`.
 */
export function destinationRuleFor(
  index: DestinationRuleIndex,
  service: { readonly host: string; readonly namespace: string },
  proxy: Pick<Proxy, 'namespace' | 'labels'>,
): MergedDestinationRule | undefined {
  let general: MergedDestinationRule | undefined;
  for (const rule of candidates(index, service, proxy.namespace)) {
    if (!rule.selector) general = rule;
    else if (rule.namespace === proxy.namespace && isSubset(rule.selector, proxy.labels)) return rule;
  }
  return general;
}

/** Whether every label of `labels` is among `of`; mirrors `Instance.SubsetOf`. */
export function isSubset(labels: Labels, of: Labels): boolean {
  return Object.entries(labels).every(([key, value]) => Object.hasOwn(of, key) && of[key] === value);
}

/**
 * What a map from hosts has for a host: under that very host, else under the longest wildcard over it; mirrors `MostSpecificHostMatch`.
 */
export function mostSpecific<Value>(host: string, byHost: ReadonlyMap<string, Value>): Value | undefined {
  const exact = byHost.get(host);
  if (exact !== undefined || byHost.size === 0) return exact;
  const needle = isWildcard(host) ? host.slice(1) : host;
  for (let start = 0; start <= needle.length; start += 1) {
    const found = byHost.get(`*${needle.slice(start)}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function readRule({ spec, namespace, at }: DestinationRule): MergedDestinationRule {
  const names = new Set<string>();
  const subsets = (spec.subsets ?? []).flatMap((subset, index): MergedSubset[] => {
    const name = subset.name ?? '';
    if (names.has(name)) return [];
    names.add(name);
    return [{ name, subset, at: { object: at, path: ['spec', 'subsets', index] } }];
  });
  return {
    host: resolveShortName(spec.host ?? '', namespace),
    namespace,
    exportTo: spec.workloadSelector ? ['.'] : [...new Set(spec.exportTo)],
    ...(spec.workloadSelector && { selector: spec.workloadSelector.matchLabels ?? {} }),
    subsets,
    ...(spec.trafficPolicy && { trafficPolicy: spec.trafficPolicy }),
    origin: [{ object: at, path: [] }],
  };
}

/** While it is merged: others are added to it in place, since of many rules for one host each may be added to each. */
interface RuleDraft extends MergedDestinationRule {
  readonly subsets: MergedSubset[];
  readonly names: Set<string>;
  readonly origin: SourceRef[];
  trafficPolicy?: TrafficPolicy;
}
type DraftPool = Map<string, RuleDraft[]>;

function poolOf(pools: Map<string, DraftPool>, namespace: string): DraftPool {
  const before = pools.get(namespace);
  if (before) return before;
  const pool: DraftPool = new Map();
  pools.set(namespace, pool);
  return pool;
}

/** Mirrors `mergeDestinationRule`: the last of the rules that are there decides whether the new one also stands for itself. */
function merge(pool: DraftPool, rule: MergedDestinationRule): void {
  const rules = pool.get(rule.host) ?? [];
  pool.set(rule.host, rules);
  let separate = true;
  for (const existing of rules) {
    const covers = existing.exportTo.every((entry) => rule.exportTo.includes(entry));
    const equal = covers && existing.exportTo.length === rule.exportTo.length;
    separate = !equal;
    if (!equal && !(existing.exportTo.length > 0 && covers)) continue;
    const sameSelector = sameLabels(existing.selector, rule.selector);
    if (existing.selector && rule.selector && !sameSelector) {
      separate = true;
      continue;
    }
    if (sameSelector) separate = false;
    addTo(existing, rule);
  }
  if (separate) {
    const names = new Set(rule.subsets.map(({ name }) => name));
    rules.push({ ...rule, subsets: [...rule.subsets], names, origin: [...rule.origin] });
  }
}

function addTo(existing: RuleDraft, rule: MergedDestinationRule): void {
  for (const subset of rule.subsets) {
    if (existing.names.has(subset.name)) continue;
    existing.names.add(subset.name);
    existing.subsets.push(subset);
  }
  if (!existing.trafficPolicy && rule.trafficPolicy) existing.trafficPolicy = rule.trafficPolicy;
  existing.origin.push(...rule.origin);
}

/** Whether neither has a selector, or both the same. */
function sameLabels(a: Labels | undefined, b: Labels | undefined): boolean {
  if (!a || !b) return !a && !b;
  return isSubset(a, b) && isSubset(b, a);
}

function candidates(
  index: DestinationRuleIndex,
  service: { readonly host: string; readonly namespace: string },
  namespace: string,
): readonly MergedDestinationRule[] {
  const own = namespace === rootNamespace ? index.rootLocal : index.local.get(namespace);
  const found = own && mostSpecific(service.host, own);
  if (found) return found;
  const next = exportedTo(index.exported.get(service.namespace), service.host, namespace);
  return next.length > 0 ? next : exportedTo(index.exported.get(rootNamespace), service.host, namespace);
}

/** Mirrors `getExportedDestinationRuleFromNamespace`: the most specific host is found first, and may then turn out to be hidden. */
function exportedTo(
  pool: Pool | undefined,
  host: string,
  namespace: string,
): readonly MergedDestinationRule[] {
  const rules = (pool && mostSpecific(host, pool)) ?? [];
  return rules.filter(
    ({ exportTo }) => exportTo.length === 0 || exportTo.includes('*') || exportTo.includes(namespace),
  );
}
