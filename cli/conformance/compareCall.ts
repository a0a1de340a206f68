import type { Prediction, Result } from './predict.ts';
import type { Expectation } from './vector.ts';

/** One field that is not as recorded. */
export interface Difference {
  readonly field: string;
  readonly expected: unknown;
  readonly predicted: unknown;
}

/**
 * Compares a recorded answer with a prediction as `tests/conformance/README.md` says: all fields, those that depend on the draw with the result for
 * the recorded cluster, or, where none is recorded, for some cluster that does not exist. The nearest result's differences are given back.
 */
export function compareCall(expect: Expectation, prediction: Prediction): readonly Difference[] {
  const candidates = candidateResults(expect, prediction);
  if (candidates.length === 0) {
    const predicted = prediction.results.map(({ cluster }) => cluster?.name);
    return [{ field: 'cluster', expected: expect.cluster ?? null, predicted }];
  }
  const differences = candidates.map((result) => compareResult(expect, prediction, result));
  return differences.reduce((best, one) => (one.length < best.length ? one : best));
}

function candidateResults(
  { clusters, cluster, outcome }: Expectation,
  { results }: Prediction,
): readonly Result[] {
  if (cluster !== undefined) {
    return results.filter((result) => result.cluster?.name === cluster && result.cluster.weight > 0);
  }
  if (clusters === undefined || outcome === 'blackhole') return results;
  return results.filter((result) => result.cluster && !result.cluster.exists && result.cluster.weight > 0);
}

function compareResult(expect: Expectation, prediction: Prediction, result: Result): readonly Difference[] {
  const predicted: Record<string, unknown> = { ...prediction.common, ...result.fields };
  if (result.cluster?.exists) predicted['cluster'] = result.cluster.name;
  const differences: Difference[] = [];
  for (const field of new Set([...Object.keys(expect), ...fieldsThatMustBeAbsent])) {
    const wanted = normalize(field, expect[field]);
    const got = normalize(field, predicted[field]);
    if (!isEqual(wanted, got))
      differences.push({ field, expected: expect[field], predicted: predicted[field] });
  }
  return differences;
}

/** Fields whose absence says something: no flags, no route chosen, nothing sent on. */
const fieldsThatMustBeAbsent = [
  'flags',
  'listener',
  'filterChain',
  'route',
  'routeConfig',
  'virtualHost',
  'location',
  'body',
  'responseHeaders',
  'clusters',
  'protocol',
];

/** Of headers only the order of equal names counts. */
function normalize(field: string, value: unknown): unknown {
  if (field === 'responseHeaders') return value === undefined ? [] : sortedHeaders(value);
  if (field === 'upstream' && isRecord(value)) return { ...value, headers: sortedHeaders(value['headers']) };
  return value;
}

function sortedHeaders(headers: unknown): unknown {
  if (!Array.isArray(headers)) return headers;
  const pairs: readonly (readonly [string, string])[] = headers;
  return pairs.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((value, index) => isEqual(value, b[index]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => isEqual(a[key], b[key]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
