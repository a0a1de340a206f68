import { isDnsLabel } from './hostFormats.ts';
import { refuse } from './report.ts';
import type { Report } from './report.ts';

/** Whose `exportTo` it is: a ServiceEntry may say `~`, a DestinationRule with a workload selector may only name its own namespace. */
export type Exporter = 'VirtualService' | 'DestinationRule' | 'selective DestinationRule' | 'ServiceEntry';

/** Mirrors `validateExportTo`. */
export function validateExportTo(
  report: Report,
  namespace: string,
  entries: readonly string[],
  exporter: Exporter,
): void {
  const seen = new Map<string, number>();
  for (const [index, entry] of entries.entries()) {
    const path = ['spec', 'exportTo', index];
    const meant = entry === '.' ? namespace : entry;
    const first = seen.get(meant);
    if (first !== undefined) refuse(report, 'VS082', path, { got: entry, namespace, first });
    else if (meant === '*' || isDnsLabel(meant) || (meant === '~' && exporter === 'ServiceEntry'))
      seen.set(meant, index);
    else refuse(report, meant === '~' ? 'VS085' : 'VS083', path, { got: entry });
  }
  if (exporter === 'selective DestinationRule') checkSelectiveRule(report, namespace, new Set(seen.keys()));
  if (entries.length < 2) return;
  if (seen.has('*')) refuse(report, 'VS084', ['spec', 'exportTo'], { got: entries });
  if (seen.has('~')) refuse(report, 'VS085', ['spec', 'exportTo'], { got: '~' });
}

function checkSelectiveRule(report: Report, namespace: string, exported: ReadonlySet<string>): void {
  if (exported.size === 0 || (exported.size === 1 && exported.has(namespace))) return;
  refuse(report, 'DR041', ['spec', 'exportTo'], { got: [...exported], namespace });
}
