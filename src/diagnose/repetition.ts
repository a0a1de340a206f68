import type { ObjectRef, SourceRef } from '../manifest/source.ts';
import type { Draft } from './draft.ts';
import { refKey, objectKey } from '../manifest/refKey.ts';

/** How near two places must be for one code to say what the other says. */
type Nearness = 'object' | 'place' | 'branch' | 'server';

/**
 * The same fault, found in two ways: the first code is left out where one of the others stands near. `branch`: at a place above or below; `server`: at the
 * same entry of `spec.servers`.
 */
const SAID_BETTER: readonly (readonly [code: string, by: readonly string[], near: Nearness])[] = [
  ['GW027', ['GW201'], 'server'],
  ['GW040', ['GW208', 'GW210'], 'server'],
  ['GW041', ['GW215'], 'object'],
  ['GW213', ['GW208', 'GW209', 'GW210'], 'server'],
  ['GW224', ['GW208'], 'server'],
  ['VS004', ['VS096'], 'place'],
  ['VS006', ['VS096'], 'place'],
  ['VS046', ['VS261'], 'place'],
  ['VS086', ['VS216'], 'branch'],
  ['VS087', ['VS216'], 'branch'],
  ['VS088', ['VS215', 'VS216'], 'branch'],
  ['VS089', ['VS088', 'VS215', 'VS216'], 'branch'],
  ['VS090', ['VS215', 'VS216'], 'branch'],
  ['VS099', ['VS258'], 'place'],
  ['VS214', ['VS222'], 'place'],
  ['VS217', ['VS216'], 'branch'],
  ['VS236', ['VS215', 'VS216'], 'branch'],
  ['REF002', ['REF211', 'REF212', 'REF215'], 'place'],
  ['REF005', ['REF219', 'REF220'], 'place'],
  ['REF008', ['REF209'], 'place'],
  ['REF201', ['REF219'], 'place'],
  ['SE025', ['SE031'], 'object'],
  ['LINT021', ['DR005', 'DR015', 'VS048', 'VS097'], 'place'],
];

/** Leaves out what stands twice, and what another code says better. */
export function withoutRepetition(drafts: readonly Draft[]): readonly Draft[] {
  const unique = new Map<string, Draft>();
  for (const draft of drafts) {
    const key = `${draft.code} ${refKey(draft.at)}`;
    const known = unique.get(key);
    if (!known || (known.level === 'style' && draft.level !== 'style')) unique.set(key, draft);
  }
  const byObject = new Map<string, Map<string, SourceRef[]>>();
  for (const { code, at, others = [] } of unique.values()) {
    if (!SAYS_BETTER.has(code)) continue;
    for (const place of MUTUAL.has(code) ? [at, ...others] : [at]) {
      const key = objectKey(place.object);
      const codes = byObject.get(key) ?? new Map<string, SourceRef[]>();
      byObject.set(key, codes);
      const places = codes.get(code);
      if (places) places.push(place);
      else codes.set(code, [place]);
    }
  }
  return [...unique.values()].filter(
    (draft) => !isSaidBetter(draft, byObject.get(objectKey(draft.at.object))),
  );
}

/** Conflicts that `istioctl analyze` reports on both sides. */
const MUTUAL = new Set(['GW208', 'GW210']);
const SAYS_BETTER = new Set(SAID_BETTER.flatMap(([, by]) => by));
const BY_CODE = new Map(SAID_BETTER.map(([code, by, near]) => [code, { by, near }]));

function isSaidBetter(
  { code, at }: Draft,
  codes: ReadonlyMap<string, readonly SourceRef[]> | undefined,
): boolean {
  const entry = BY_CODE.get(code);
  if (!entry || !codes) return false;
  return entry.by.some(
    (better) => codes.get(better)?.some((place) => isNear(at, place, entry.near)) ?? false,
  );
}

function isNear(a: SourceRef, b: SourceRef, near: Nearness): boolean {
  switch (near) {
    case 'object':
      return true;
    case 'place':
      return startsWith(a, b, Math.max(a.path.length, b.path.length));
    case 'branch':
      return startsWith(a, b, Math.min(a.path.length, b.path.length));
    case 'server':
      return startsWith(a, b, 3);
  }
}

function startsWith(a: SourceRef, b: SourceRef, length: number): boolean {
  for (let index = 0; index < length; index += 1) if (a.path[index] !== b.path[index]) return false;
  return true;
}

/** Codes that are found in several ways, by the webhook and by analyzers, or by rules about one and about several objects. */
const FOUND_TWICE = new Set(['LINT021', 'SE012']);

/** Whether a diagnostic of the code may repeat another, or be the better of the two. */
export function isCompared(code: string): boolean {
  return BY_CODE.has(code) || SAYS_BETTER.has(code) || LOSSES.has(code) || FOUND_TWICE.has(code);
}

/** Why a virtual service does not reach a server: said at the virtual service. */
const LOSSES = new Set([
  'VS093',
  'VS203',
  'VS204',
  'VS205',
  'VS206',
  'VS207',
  'VS208',
  'VS274',
  'VS209',
  'VS220',
  'VS269',
]);

/** Leaves out the servers without routes (GW213) whose virtual services, each of them, are said not to reach them. */
export function withoutConsequences(
  drafts: readonly Draft[],
  boundTo: (server: SourceRef) => readonly ObjectRef[],
): readonly Draft[] {
  const lost = new Set(drafts.filter(({ code }) => LOSSES.has(code)).map(({ at }) => objectKey(at.object)));
  if (lost.size === 0) return drafts;
  return drafts.filter(
    ({ code, at }) => code !== 'GW213' || !boundTo(at).every((object) => lost.has(objectKey(object))),
  );
}
