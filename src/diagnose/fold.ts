import { objectKey } from '../manifest/refKey.ts';
import type { Draft } from './draft.ts';

/** What makes two diagnostics of a code one, said at the first place with the others beside it. */
const SAME: Readonly<Record<string, (draft: Draft) => unknown>> = {
  // One gateway that is elsewhere, and many objects for it.
  REF004: ({ params }) => params['full'],
  // Roots are elsewhere, for all of them.
  VS272: () => '',
  // One object before another, with many matches.
  VS217: ({ at, others }) => [objectKey(at.object), ...(others ?? []).map(({ object }) => objectKey(object))],
};

/** Other places that are named at most. */
const mostNamed = 8;

/** Says once what one cause makes true in many places; `more` counts the others. */
export function folded(drafts: readonly Draft[]): readonly Draft[] {
  const groups = new Map<string, Draft[]>();
  const firsts: Draft[] = [];
  for (const draft of drafts) {
    const same = SAME[draft.code];
    const key = same && `${draft.code} ${JSON.stringify(same(draft))}`;
    const group = key === undefined ? undefined : groups.get(key);
    if (group) group.push(draft);
    else {
      firsts.push(draft);
      if (key !== undefined) groups.set(key, [draft]);
    }
  }
  const larger = new Map([...groups.values()].map((group) => [group[0], group] as const));
  return firsts.map((draft) => {
    const group = larger.get(draft);
    return group && group.length > 1 ? joined(draft, group.slice(1)) : draft;
  });
}

function joined(first: Draft, rest: readonly Draft[]): Draft {
  const others = [...(first.others ?? []), ...rest.map(({ at }) => at)].slice(0, mostNamed);
  return { ...first, others, params: { ...first.params, more: rest.length } };
}
