import type { Path } from '../manifest/source.ts';
import { refuse, warn } from './report.ts';
import type { Report } from './report.ts';

/** `localityLbSetting`. */
export interface LocalitySetting {
  readonly distribute?: readonly { readonly from?: string; readonly to?: Readonly<Record<string, number>> }[];
  readonly failover?: readonly Failover[];
  readonly failoverPriority?: readonly string[];
}
/** `zoneAwareLbSetting`. */
export type ZoneAwareSetting = Pick<LocalitySetting, 'failover' | 'failoverPriority'>;
interface Failover {
  readonly from?: string;
  readonly to?: string;
}

const topologyLabels = new Set([
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'topology.istio.io/subzone',
]);

/** Mirrors `ValidateLocalityLbSetting`, which stops at several of its findings. */
export function validateLocality(
  report: Report,
  path: Path,
  setting: LocalitySetting,
  outlier: boolean,
): void {
  const { distribute = [], failover = [], failoverPriority = [] } = setting;
  if (distribute.length > 0 && failover.length > 0) {
    refuse(report, 'DR019', path);
    return;
  }
  const topology = failover.length > 0 ? failoverPriority.findIndex((name) => topologyLabels.has(name)) : -1;
  if (topology >= 0) {
    refuse(report, 'DR020', [...path, 'failoverPriority', topology], {
      got: failoverPriority[topology] ?? '',
    });
    return;
  }
  for (const [index, share] of distribute.entries()) {
    const at = [...path, 'distribute', index, 'to'];
    if (!checkShares(report, at, share.to ?? {})) return;
    checkLocalities(
      report,
      Object.keys(share.to ?? {}).map((locality) => ({ locality, path: [...at, locality] })),
    );
  }
  checkLocalities(
    report,
    distribute.map(({ from = '' }, index) => ({
      locality: from,
      path: [...path, 'distribute', index, 'from'],
    })),
  );
  checkFailover(report, path, setting, outlier);
}

/** Mirrors `ValidateZoneAwareLbSetting`. */
export function validateZoneAware(
  report: Report,
  path: Path,
  setting: ZoneAwareSetting,
  outlier: boolean,
): void {
  for (const [index, name] of (setting.failoverPriority ?? []).entries()) {
    if (topologyLabels.has(name))
      refuse(report, 'DR026', [...path, 'failoverPriority', index], { got: name });
  }
  checkFailover(report, path, setting, outlier);
}

function checkFailover(report: Report, path: Path, setting: ZoneAwareSetting, outlier: boolean): void {
  const { failover = [], failoverPriority = [] } = setting;
  if ((failover.length > 0 || failoverPriority.length > 0) && !outlier) warn(report, 'DR024', path);
  for (const [index, { from = '', to = '' }] of failover.entries()) {
    const at = [...path, 'failover', index];
    if (from === to) refuse(report, 'DR025', at, { from, to, problem: 'same' });
    if (`${from}${to}`.includes('/')) refuse(report, 'DR025', at, { from, to, problem: 'not-a-region' });
    if (`${from}${to}`.includes('*')) refuse(report, 'DR025', at, { from, to, problem: 'wildcard' });
  }
}

/** Each share 1 to 100, together 100. */
function checkShares(report: Report, path: Path, shares: Readonly<Record<string, number>>): boolean {
  let total = 0;
  for (const [locality, share] of Object.entries(shares)) {
    if (share <= 0 || share > 100) {
      refuse(report, 'DR021', [...path, locality], { got: share, locality });
      return false;
    }
    total += share;
  }
  if (total !== 100) refuse(report, 'DR022', path, { got: total });
  return total === 100;
}

interface WrittenLocality {
  readonly locality: string;
  readonly path: Path;
}

/** Mirrors `validateLocalities`: `region/zone/subzone`, a `*` only at the end, none within an earlier one. Stops at its first finding. */
function checkLocalities(report: Report, localities: readonly WrittenLocality[]): void {
  const taken = new Set<string>();
  const begun = new Set<string>();
  for (const { locality, path } of localities) {
    const problem = localityProblem(locality, taken, begun);
    if (problem) {
      refuse(report, 'DR023', path, { got: locality, problem });
      return;
    }
    const parts = locality.split('/');
    taken.add(locality);
    for (let length = 1; length < parts.length; length++) begun.add(parts.slice(0, length).join('/'));
  }
}

/** `taken` holds the localities before, `begun` what lies above them. */
function localityProblem(
  locality: string,
  taken: ReadonlySet<string>,
  begun: ReadonlySet<string>,
): string | undefined {
  const stars = locality.split('*').length - 1;
  if (stars > 1 || (stars === 1 && !locality.endsWith('*'))) return 'wildcard';
  if (taken.has('*')) return 'overlap';
  const parts = splitLocality(locality);
  if (parts.includes('')) return 'empty-part';
  const [region = '', zone, subzone] = parts;
  if (zone === undefined) return taken.has(region) || begun.has(region) ? 'overlap' : undefined;
  if (taken.has(region) || taken.has(`${region}/*`) || taken.has(`${region}/${zone}`)) return 'overlap';
  if (subzone === undefined) return begun.has(`${region}/${zone}`) ? 'overlap' : undefined;
  return taken.has(`${region}/${zone}/*`) || taken.has(`${region}/${zone}/${subzone}`)
    ? 'overlap'
    : undefined;
}

/** At most three parts; what follows belongs to the subzone. */
function splitLocality(locality: string): string[] {
  const [region = '', zone, ...rest] = locality.split('/');
  if (zone === undefined) return [region];
  return rest.length === 0 ? [region, zone] : [region, zone, rest.join('/')];
}
