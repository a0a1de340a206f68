import type { DestinationRuleSpec } from '../istio/types.ts';
import { validateExportTo } from './exportTo.ts';
import { isDnsLabel, wildcardDomainProblem } from './hostFormats.ts';
import { validateLabels } from './labels.ts';
import { refuse, warn } from './report.ts';
import type { Report } from './report.ts';
import { validateSelectorLabels } from './selector.ts';
import { validateTrafficPolicy } from './trafficPolicy.ts';
import type { Policy } from './trafficPolicy.ts';
import type { Meta } from './validateMetadata.ts';

/** A rule with the policies in full. */
interface Rule extends Omit<DestinationRuleSpec, 'trafficPolicy' | 'subsets'> {
  readonly trafficPolicy?: Policy;
  readonly subsets?: readonly Subset[];
}
interface Subset {
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly trafficPolicy?: Policy;
}

/** Mirrors `ValidateDestinationRule`. */
export function validateDestinationRule(report: Report, meta: Meta, spec: Rule): void {
  const host = spec.host ?? '';
  const problem = wildcardDomainProblem(host);
  if (problem)
    refuse(report, 'DR001', ['spec', ...(spec.host === undefined ? [] : ['host'])], { got: host, problem });
  if (spec.trafficPolicy)
    validateTrafficPolicy(report, ['spec', 'trafficPolicy'], spec.trafficPolicy, meta.namespace);
  const seen = new Map<string, number>();
  for (const [index, subset] of (spec.subsets ?? []).entries()) {
    const name = subset.name ?? '';
    const first = seen.get(name);
    if (first === undefined) seen.set(name, index);
    else refuse(report, 'DR037', ['spec', 'subsets', index, 'name'], { got: name, first });
    validateSubset(report, index, subset, meta.namespace);
  }
  const selector = spec.workloadSelector;
  const exporter = selector ? 'selective DestinationRule' : 'DestinationRule';
  validateExportTo(report, meta.namespace, spec.exportTo ?? [], exporter);
  if (!selector) return;
  const path = ['spec', 'workloadSelector'];
  validateSelectorLabels(report, 'DR042', [...path, 'matchLabels'], selector.matchLabels);
  if (Object.keys(selector.matchLabels ?? {}).length === 0) warn(report, 'DR043', path);
}

/** Mirrors `validateSubset`; warnings about policies of subsets get lost on the way in Istio. */
function validateSubset(report: Report, index: number, subset: Subset, namespace: string): void {
  const path = ['spec', 'subsets', index];
  if (!isDnsLabel(subset.name ?? '')) refuse(report, 'DR038', [...path, 'name'], { got: subset.name ?? '' });
  validateLabels(report, 'DR039', [...path, 'labels'], subset.labels);
  const silent = { errors: report.errors, warnings: [] };
  if (subset.trafficPolicy)
    validateTrafficPolicy(silent, [...path, 'trafficPolicy'], subset.trafficPolicy, namespace);
}
