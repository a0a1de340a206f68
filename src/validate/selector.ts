import type { Labels } from '../istio/types.ts';
import type { Path } from '../manifest/source.ts';
import { refuse, refuseKey } from './report.ts';
import type { Report } from './report.ts';

/** Labels of a workload selector: no empty keys, no wildcards. Mirrors `ValidateAlphaWorkloadSelector` and `validateWorkloadSelector`. */
export function validateSelectorLabels(
  report: Report,
  code: string,
  path: Path,
  labels: Labels | undefined,
): void {
  for (const [key, value] of Object.entries(labels ?? {})) {
    const at = [...path, key];
    if (key === '') refuseKey(report, code, at, { got: key, key, problem: 'empty-key' });
    else if (key.includes('*')) refuseKey(report, code, at, { got: key, key, problem: 'wildcard' });
    if (value.includes('*')) refuse(report, code, at, { got: value, key, problem: 'wildcard' });
  }
}
