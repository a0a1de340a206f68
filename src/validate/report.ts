import type { Path } from '../manifest/source.ts';
import type { Finding, Params } from '../manifest/finding.ts';

/** Where the checks of one object write what they find; errors refuse the object, warnings do not. */
export interface Report {
  readonly errors: Finding[];
  readonly warnings: Finding[];
}

/** An empty report. */
export function newReport(): Report {
  return { errors: [], warnings: [] };
}

/** Notes an error of the value at `path`. */
export function refuse(report: Report, code: string, path: Path, params: Params = {}): void {
  report.errors.push({ code, path, params });
}

/** Notes an error of the key that `path` ends in. */
export function refuseKey(report: Report, code: string, path: Path, params: Params = {}): void {
  report.errors.push({ code, path, part: 'key', params });
}

/** Notes a warning of the value at `path`. */
export function warn(report: Report, code: string, path: Path, params: Params = {}): void {
  report.warnings.push({ code, path, params });
}
