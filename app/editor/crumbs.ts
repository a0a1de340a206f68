import type { Path } from '../../src/manifest/source.ts';
import type { Place } from './cursorPath.ts';

/** Words for lists whose items have one: `http[1]` is rule 2. */
const items: Readonly<Record<string, string>> = {
  servers: 'server',
  http: 'rule',
  tls: 'rule',
  tcp: 'rule',
  route: 'destination',
  match: 'match',
  subsets: 'subset',
  ports: 'port',
  hosts: 'host',
  gateways: 'gateway',
};

/** The way to the cursor in words: `bookinfo-rule`, `http`, `rule 2`, `route`, `destination 2`. `spec` goes without saying. */
export function crumbsOf(place: Pick<Place, 'kind' | 'name' | 'path'> | undefined): readonly string[] {
  if (place === undefined) return [];
  const head = place.name ?? place.kind;
  return [...(head === undefined ? [] : [head]), ...wordsOf(place.path)];
}

function wordsOf(path: Path): readonly string[] {
  const words = path.map((step, index) => {
    if (typeof step === 'string') return step;
    const list = path[index - 1];
    return `${(typeof list === 'string' ? items[list] : undefined) ?? 'item'} ${step + 1}`;
  });
  return words[0] === 'spec' ? words.slice(1) : words;
}
