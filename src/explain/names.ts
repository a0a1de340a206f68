import { clusterParts } from '../envoy/names.ts';
import type { SourceRef } from '../manifest/source.ts';
import { code, phrase, say, type Phrase } from './phrase.ts';

/** `80 %`, with at most one decimal and a space that does not break. */
export function percent(share: number): string {
  const value = share * 100;
  const rounded = value >= 1 ? Math.round(value * 10) / 10 : Number(value.toPrecision(1));
  return `${rounded}\u00a0%`;
}

/** How many requests a share is, as words that start a sentence: `One in five requests`, `Half of the requests`, `37 % of the requests`. */
export function portion(share: number): { readonly words: string; readonly plural: boolean } {
  if (share >= 0.9995) return { words: 'Every request', plural: false };
  if (Math.abs(share - 0.5) < 0.0005) return { words: 'Half of the requests', plural: true };
  const one = Math.round(1 / share);
  const name = NUMBERS[one];
  if (share < 0.5 && name !== undefined && Math.abs(share - 1 / one) < 0.002) {
    return { words: `One in ${name} requests`, plural: false };
  }
  return { words: `${percent(share)} of the requests`, plural: true };
}

const NUMBERS: readonly (string | undefined)[] = [
  undefined,
  undefined,
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  ...Array<undefined>(9).fill(undefined),
  'twenty',
];

/** `reviews.prod` for `reviews.prod.svc.cluster.local`; other hosts stay whole. */
export function shortHost(host: string): string {
  return host.replace(/\.svc\.cluster\.local$/, '');
}

/** Clusters that Istio makes for calls that no service takes. */
const OWN_WORDS: ReadonlyMap<string, string> = new Map([
  ['PassthroughCluster', 'the dialled address, out of the mesh'],
  ['BlackHoleCluster', 'nowhere'],
]);

/** `reviews.prod:9080`, with the subset if any: what a person calls a cluster. */
export function clusterWords(cluster: string): string {
  const parts = clusterParts(cluster);
  if (parts === undefined) return OWN_WORDS.get(cluster) ?? cluster;
  const host = `${shortHost(parts.host)}:${parts.port}`;
  return parts.subset === '' ? host : `${host}, subset ${parts.subset}`;
}

/** The same as a phrase, host as code: `reviews.prod`, port 9080. */
export function clusterPhrase(cluster: string): Phrase {
  const parts = clusterParts(cluster);
  if (parts === undefined) return [code(cluster)];
  const subset = parts.subset === '' ? '' : say`, subset ${parts.subset}`;
  return phrase(code(shortHost(parts.host)), `, port ${parts.port}`, subset);
}

/** Number of a rule as people count, from 1; undefined if the place is in no rule. */
export function ruleNumber(at: readonly SourceRef[]): number | undefined {
  for (const { path } of at) {
    const [spec, section, index] = path;
    if (spec !== 'spec' || typeof index !== 'number') continue;
    if (section === 'http' || section === 'tls' || section === 'tcp') return index + 1;
  }
  return undefined;
}

/** `rule 2 of bookinfo-rule`, `server 2 of my-gateway`: a place as people call it. */
export function placeWords(at: SourceRef): string {
  const [spec, section, index] = at.path;
  const { name } = at.object;
  if (spec !== 'spec' || typeof index !== 'number') return name;
  switch (section) {
    case 'http':
      return `rule ${index + 1} of ${name}`;
    case 'tls':
    case 'tcp':
      return `${section.toUpperCase()} rule ${index + 1} of ${name}`;
    case 'servers':
      return `server ${index + 1} of ${name}`;
    default:
      return name;
  }
}

/** The same as a phrase, the object's name as code; `and 2 more` for several. */
export function placePhrase(at: readonly SourceRef[]): Phrase | undefined {
  const [first] = at;
  if (first === undefined) return undefined;
  const words = placeWords(first);
  const { name } = first.object;
  const lead = words.slice(0, words.length - name.length);
  const others = new Set(at.map(placeWords)).size - 1;
  return phrase(lead, code(name), others > 0 ? ` and ${others} more` : '');
}
