import type { Labels } from '../istio/types.ts';
import type { Path } from '../manifest/source.ts';
import { isLabelKey, isLabelValue } from './hostFormats.ts';
import { refuse, refuseKey } from './report.ts';
import type { Report } from './report.ts';

/** Labels in a rule, subset or endpoint; mirrors `labels.Instance.Validate`. `code` is that of the place. */
export function validateLabels(report: Report, code: string, path: Path, labels: Labels | undefined): void {
  for (const [key, value] of Object.entries(labels ?? {})) {
    if (!isLabelKey(key)) refuseKey(report, code, [...path, key], { got: key, key, value, problem: 'key' });
    if (!isLabelValue(value))
      refuse(report, code, [...path, key], { got: value, key, value, problem: 'value' });
  }
}
