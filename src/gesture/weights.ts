/**
 * Weights with one of them set: the others keep their proportions and take what is left of the sum (100 if there was none). Whole numbers
 * in, whole numbers out; a weight above the sum is cut to it, one below 0 to 0. One alone takes everything.
 */
export function linkWeights(weights: readonly number[], index: number, wanted: number): number[] {
  const sum = weights.reduce((total, each) => total + each, 0) || 100;
  if (weights.length === 1) return [sum];
  const weight = Math.min(sum, Math.max(0, Math.round(wanted)));
  const others = weights.filter((_, each) => each !== index);
  const shares = distribute(sum - weight, others);
  return [...shares.slice(0, index), weight, ...shares.slice(index)];
}

/** Weights of so many destinations that differ by 1 at most and add up to `sum`, the larger ones first. */
export function shareEvenly(count: number, sum = 100): number[] {
  return distribute(
    sum,
    Array.from({ length: count }, () => 1),
  );
}

/**
 * `sum` in whole parts, in proportion to `parts` (evenly if all are 0): each is rounded down, and what is left goes to those that lost
 * most, earlier ones first.
 */
export function distribute(sum: number, parts: readonly number[]): number[] {
  const total = parts.reduce((all, each) => all + each, 0);
  const exact = parts.map((part) => (total === 0 ? sum / parts.length : (sum * part) / total));
  const result = exact.map(Math.floor);
  const left = sum - result.reduce((all, each) => all + each, 0);
  const order = exact
    .map((value, index) => ({ index, lost: value - Math.floor(value) }))
    .sort((a, b) => b.lost - a.lost || a.index - b.index);
  for (const { index } of order.slice(0, left)) result[index] = (result[index] ?? 0) + 1;
  return result;
}
