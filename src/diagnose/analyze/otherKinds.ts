import { mapAt, objectsAt, textsAt } from './fields.ts';
import { type AnalyzeMessage, type Inventory, message } from './inventory.ts';
import { selects, selectorText } from './selector.ts';

/*
 * IST0101 on kinds that are not simulated: what they refer to is not there.
 */

/** A Sidecar whose pods are not there; mirrors the first half of `sidecar.SelectorAnalyzer`. */
export function* sidecarSelectors(
  inventory: Pick<Inventory, 'pods' | 'sidecars'>,
): Generator<AnalyzeMessage> {
  for (const item of inventory.sidecars) {
    const selector = mapAt(item.spec, 'workloadSelector', 'labels');
    if (selector.size === 0) continue;
    if (inventory.pods.some((pod) => pod.namespace === item.namespace && selects(selector, pod.labels)))
      continue;
    const path = ['spec', 'workloadSelector', 'labels'];
    yield message(item, 'IST0101', 'REF001', path, { selector: selectorText(selector) });
  }
}

/** A namespace in an AuthorizationPolicy that is not there; mirrors `analyzeNamespaceNotFound`. */
export function* policyNamespaces(
  inventory: Pick<Inventory, 'authorizationPolicies' | 'namespaces'>,
): Generator<AnalyzeMessage> {
  const names = inventory.namespaces.map((namespace) => namespace.name);
  for (const item of inventory.authorizationPolicies) {
    for (const [rule, each] of objectsAt(item.spec, 'rules').entries()) {
      for (const [index, from] of objectsAt(each, 'from').entries()) {
        for (const field of ['namespaces', 'notNamespaces'] as const) {
          for (const [place, pattern] of textsAt(from, 'source', field).entries()) {
            if (names.some((name) => isLike(name, pattern))) continue;
            const path = ['spec', 'rules', rule, 'from', index, 'source', field, place];
            yield message(item, 'IST0101', 'REF009', path, { namespace: pattern });
          }
        }
      }
    }
  }
}

/** `*`, `*suffix`, `prefix*`, or the name in any case. */
function isLike(name: string, pattern: string): boolean {
  if (pattern.startsWith('*')) return name.endsWith(pattern.slice(1));
  if (pattern.endsWith('*')) return name.startsWith(pattern.slice(0, -1));
  return name.toLowerCase() === pattern.toLowerCase();
}
