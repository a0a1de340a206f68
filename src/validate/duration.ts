import { readDuration } from '../istio/duration.ts';
import type { Path } from '../manifest/source.ts';
import { refuse } from './report.ts';
import type { Report } from './report.ts';

const millisecond = 1_000_000n;
const second = 1_000_000_000n;

/** Why Istio's webhook refuses a duration: `unreadable`, `below-1ms` or `part-of-ms`; undefined if it takes it. Mirrors `ValidateDuration`. */
export function durationProblem(text: string): 'unreadable' | 'below-1ms' | 'part-of-ms' | undefined {
  const value = readDuration(text);
  if (value === undefined) return 'unreadable';
  if (value < millisecond) return 'below-1ms';
  return value % millisecond === 0n ? undefined : 'part-of-ms';
}

/** Holds a duration to `ValidateDuration` and notes what is wrong; answers whether nothing was. */
export function validateDuration(report: Report, code: string, path: Path, text: string): boolean {
  const problem = durationProblem(text);
  if (problem) refuse(report, code, path, { got: text, problem });
  return problem === undefined;
}

/** Durations that the webhook has no rule for must still be readable, or Istio cannot decode the object. */
export function validateReadable(report: Report, path: Path, field: string, text: string | undefined): void {
  if (text !== undefined && readDuration(text) === undefined) {
    refuse(report, 'LINT015', [...path, field], { got: text, problem: 'unreadable' });
  }
}

/** Whether a duration has a part below a second. */
export function hasSubSeconds(text: string): boolean {
  return (readDuration(text) ?? 0n) % second !== 0n;
}

/** Whether the CRDs' rule takes the duration: readable and at least a millisecond. */
export function isMillisecondOrMore(text: string): boolean {
  return (readDuration(text) ?? 0n) >= millisecond;
}

/** Whether a duration is nothing in whole milliseconds; false if it cannot be read. */
export function isZeroInMilliseconds(text: string): boolean {
  const value = readDuration(text);
  return value !== undefined && value / millisecond === 0n;
}
