import type { Path } from '../manifest/source.ts';
import { durationProblem, validateReadable } from './duration.ts';
import { refuse, warn } from './report.ts';
import type { Report } from './report.ts';
import { validateLocality, validateZoneAware } from './locality.ts';
import type { LocalitySetting, ZoneAwareSetting } from './locality.ts';

/** `loadBalancer` with all that the webhook looks at. */
export interface LoadBalancer {
  readonly consistentHash?: ConsistentHash;
  readonly backendUtilization?: {
    readonly weightUpdatePeriod?: string;
    readonly weightStabilizationPeriod?: string;
    readonly weightExpirationPeriod?: string;
  };
  readonly localityLbSetting?: LocalitySetting;
  readonly zoneAwareLbSetting?: ZoneAwareSetting;
  readonly warmup?: {
    readonly duration?: string;
    readonly minimumPercent?: number;
    readonly aggression?: number;
  };
}
interface ConsistentHash {
  readonly httpCookie?: {
    readonly name?: string;
    readonly ttl?: string;
    readonly attributes?: readonly { readonly name?: string }[];
  };
  readonly minimumRingSize?: number;
  readonly ringHash?: object;
  readonly maglev?: { readonly tableSize?: number };
}

const maglevLimit = 5_000_011;

/** Mirrors `validateLoadBalancer`; `outlier` says whether the same policy has an `outlierDetection`. */
export function validateLoadBalancer(
  report: Report,
  path: Path,
  balancer: LoadBalancer,
  outlier: boolean,
): void {
  const { consistentHash, localityLbSetting, zoneAwareLbSetting, warmup } = balancer;
  if (consistentHash) validateConsistentHash(report, [...path, 'consistentHash'], consistentHash);
  if (localityLbSetting && zoneAwareLbSetting) refuse(report, 'DR018', path);
  if (localityLbSetting) validateLocality(report, [...path, 'localityLbSetting'], localityLbSetting, outlier);
  if (zoneAwareLbSetting)
    validateZoneAware(report, [...path, 'zoneAwareLbSetting'], zoneAwareLbSetting, outlier);
  for (const field of [
    'weightUpdatePeriod',
    'weightStabilizationPeriod',
    'weightExpirationPeriod',
  ] as const) {
    validateReadable(report, [...path, 'backendUtilization'], field, balancer.backendUtilization?.[field]);
  }
  if (warmup) validateWarmup(report, [...path, 'warmup'], warmup);
}

function validateConsistentHash(report: Report, path: Path, hash: ConsistentHash): void {
  if (hash.httpCookie) validateCookie(report, [...path, 'httpCookie'], hash.httpCookie);
  if (hash.minimumRingSize) {
    warn(report, 'DR015', [...path, 'minimumRingSize'], { got: hash.minimumRingSize });
    if (hash.ringHash ?? hash.maglev)
      refuse(report, 'DR016', path, { other: hash.ringHash ? 'ringHash' : 'maglev' });
  }
  if (!hash.maglev) return;
  const size = hash.maglev.tableSize ?? 0;
  if (size === 0 || size >= maglevLimit || !isPrime(size)) {
    const field = hash.maglev.tableSize === undefined ? [] : ['tableSize'];
    refuse(report, 'DR017', [...path, 'maglev', ...field], { got: size, maximum: maglevLimit - 1 });
  }
}

function validateCookie(report: Report, path: Path, cookie: NonNullable<ConsistentHash['httpCookie']>): void {
  if (!cookie.name) refuse(report, 'DR013', [...path, ...(cookie.name === '' ? ['name'] : [])]);
  validateReadable(report, path, 'ttl', cookie.ttl);
  const seen = new Set<string>();
  for (const [index, attribute] of (cookie.attributes ?? []).entries()) {
    const name = attribute.name ?? '';
    if (name === '' || seen.has(name)) {
      const problem = name === '' ? 'empty' : 'repeated';
      refuse(report, 'DR014', [...path, 'attributes', index, 'name'], { got: name, problem });
    }
    seen.add(name);
  }
}

function validateWarmup(report: Report, path: Path, warmup: NonNullable<LoadBalancer['warmup']>): void {
  const problem = warmup.duration === undefined ? 'missing' : durationProblem(warmup.duration);
  if (problem) {
    const field = warmup.duration === undefined ? [] : ['duration'];
    refuse(report, 'DR027', [...path, ...field], { field: 'duration', got: warmup.duration ?? '', problem });
  }
  const percent = warmup.minimumPercent ?? 0;
  if (percent > 100)
    refuse(report, 'DR027', [...path, 'minimumPercent'], {
      field: 'minimumPercent',
      got: percent,
      problem: 'above-100',
    });
  if (warmup.aggression !== undefined && warmup.aggression <= 0) {
    refuse(report, 'DR027', [...path, 'aggression'], {
      field: 'aggression',
      got: warmup.aggression,
      problem: 'not-positive',
    });
  }
}

/** Only asked below the limit, where trial division is short. */
function isPrime(number: number): boolean {
  if (number < 4) return number > 0;
  if (number % 2 === 0) return false;
  for (let factor = 3; factor * factor <= number; factor += 2) {
    if (number % factor === 0) return false;
  }
  return true;
}
