import { isMerge, plainKey } from './yaml/evaluate.ts';
import type { Entry, Item, MapNode, Node, SequenceNode } from './yaml/nodes.ts';

/** One step down a path: the node there, and the entry of the map or the item of the sequence that holds it. */
export type Step =
  | { readonly kind: 'entry'; readonly parent: MapNode; readonly entry: Entry; readonly node: Node }
  | { readonly kind: 'item'; readonly parent: SequenceNode; readonly item: Item; readonly node: Node };

/** What an alias stands for, or the node itself. An alias to an alias is none in YAML. */
export function follow(node: Node): Node {
  return node.kind === 'alias' ? node.target : node;
}

/** The child of a node by key or index, the last of equal keys, through aliases and merges; the place may be another map's then. */
export function stepInto(node: Node, key: string | number): Step | undefined {
  const holder = follow(node);
  if (holder.kind === 'sequence' && typeof key === 'number') {
    const item = holder.items[key];
    return item && { kind: 'item', parent: holder, item, node: item.node };
  }
  return holder.kind === 'map' ? findEntry(holder, String(key), 0) : undefined;
}

function findEntry(map: MapNode, key: string, depth: number): Step | undefined {
  if (depth > 20) return undefined;
  for (let i = map.entries.length - 1; i >= 0; i -= 1) {
    const entry = map.entries[i];
    if (entry === undefined) continue;
    if (!isMerge(entry.key)) {
      if (plainKey(entry.key) === key) return { kind: 'entry', parent: map, entry, node: entry.value };
      continue;
    }
    const merged =
      entry.value.kind === 'sequence' ? entry.value.items.map((item) => item.node) : [entry.value];
    for (const one of merged) {
      const target = follow(one);
      const found = target.kind === 'map' ? findEntry(target, key, depth + 1) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The steps from a document's node to the node that stands at `at` and ends at `end`, through the items of lists. */
export function stepsTo(root: Node, at: number, end: number): readonly Step[] | undefined {
  const items = stepInto(root, 'items');
  if (items?.node.kind !== 'sequence') return undefined;
  const { node: parent } = items;
  for (const item of parent.items) {
    if (item.node.at > at || item.node.end < end) continue;
    const step: Step = { kind: 'item', parent, item, node: item.node };
    if (item.node.at === at && item.node.end === end) return [items, step];
    const inner = stepsTo(item.node, at, end);
    return inner && [items, step, ...inner];
  }
  return undefined;
}
