/** Labels, or the `matchLabels` of a selector. */
export type Labels = ReadonlyMap<string, string>;

/** Whether the labels have all that the selector asks for; an empty selector takes everything. Mirrors `labels.SelectorFromSet`. */
export function selects(selector: Labels, labels: Labels): boolean {
  for (const [key, value] of selector) if (labels.get(key) !== value) return false;
  return true;
}

/** `a=b,c=d`, by key: how Kubernetes prints a selector, and what the analyzers compare. */
export function selectorText(selector: Labels): string {
  return [...selector]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
