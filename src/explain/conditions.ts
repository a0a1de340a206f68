import type { HeaderMatcher, PathSpecifier, RouteMatch, StringMatcher } from '../envoy/types.ts';
import type { Condition, RuleAction, RuleRow } from '../graph/graph.ts';
import { count } from './phrase.ts';

/** A condition in two parts: what is looked at, and the value that it must have. */
interface ConditionWords {
  readonly what: string;
  readonly value: string;
}

/** `path prefix` and `/reviews/`; `header cookie` and `user=dev-123`. */
function conditionWords(condition: Condition): ConditionWords {
  const { field, name = '', how, value } = condition;
  switch (field) {
    case 'path':
      return { what: `path ${howWords(how)}`, value };
    case 'method':
    case 'scheme':
    case 'authority':
      return { what: how === 'exact' ? field : `${field} ${howWords(how)}`, value };
    case 'header':
      return { what: withHow(`header ${name}`, how), value: how === 'present' ? 'any value' : value };
    case 'without-header':
      return {
        what: withHow(`no header ${name}`, how),
        value: how === 'present' ? 'whatever its value' : value,
      };
    case 'query':
      return { what: withHow(`query ${name}`, how), value: how === 'present' ? 'any value' : value };
    case 'port':
      return { what: 'port', value };
    case 'gateway':
      return { what: 'gateway', value };
    case 'source-labels':
      return { what: 'from pods with', value };
    case 'source-namespace':
      return { what: 'from namespace', value };
    case 'sni':
      return { what: 'SNI', value };
    case 'subnet':
      return { what: 'to addresses in', value };
    case 'source-subnet':
      return { what: 'from addresses in', value };
  }
}

function withHow(what: string, how: Condition['how']): string {
  return how === 'exact' || how === 'present' ? what : `${what} ${howWords(how)}`;
}

function howWords(how: Condition['how']): string {
  switch (how) {
    case 'exact':
      return 'exactly';
    case 'prefix':
      return 'prefix';
    case 'regex':
      return 'matches';
    case 'present':
      return 'present';
  }
}

/** A whole rule on two lines: its first condition, and how much more there is. */
export function ruleWords(row: Pick<RuleRow, 'section' | 'matches'>): ConditionWords {
  const [block] = row.matches;
  const section = row.section === 'http' ? '' : `${row.section.toUpperCase()}, `;
  if (block === undefined || block.length === 0) {
    return {
      what: `${section}${section === '' ? 'A' : 'a'}nything`,
      value: section === '' ? 'every request' : 'every connection',
    };
  }
  const [first, ...rest] = block;
  if (first === undefined) return { what: 'Anything', value: '' };
  const words = conditionWords(first);
  const more = rest.length > 0 ? `, and ${count(rest.length, 'more condition')}` : '';
  const others = row.matches.length > 1 ? `, or ${count(row.matches.length - 1, 'other')}` : '';
  return { what: `${section}${words.what}${more}${others}`, value: words.value };
}

/** All conditions of a rule as one line each, blocks joined by `or`: for a tooltip, the tree and the table. */
export function ruleLines(row: Pick<RuleRow, 'matches'>): readonly string[] {
  return row.matches.map((block) =>
    block.length === 0
      ? 'anything'
      : block
          .map(conditionWords)
          .map(({ what, value }) => `${what} ${value}`)
          .join(' and '),
  );
}

/** What a rule does, in a few words. */
export function actionWords(does: RuleAction): string {
  switch (does.kind) {
    case 'forward': {
      const ways = does.destinations.filter((each) => !each.mirror);
      return ways.length === 1 ? `to ${ways[0]?.host ?? ''}` : `to ${count(ways.length, 'destination')}`;
    }
    case 'redirect':
      return `redirects, ${does.status}${does.to === '' ? '' : ` to ${does.to}`}`;
    case 'direct-response':
      return `answers ${does.status}`;
    case 'delegate':
      return `delegates to ${does.namespace === '' ? '' : `${does.namespace}/`}${does.name}`;
    case 'nothing':
      return 'has no destination';
  }
}

/** What Envoy looks at in a request, in plain words: `path prefix`, `header cookie`, `method`. */
export function pathWhat(path: PathSpecifier, ignoreCase: boolean): string {
  const how =
    path.kind === 'exact' ? 'path exactly' : path.kind === 'prefix' ? 'path prefix' : 'path matches';
  return ignoreCase ? `${how}, in any case` : how;
}

export function headerWhat(name: string, matcher: StringMatcher, invert: boolean): string {
  const plain = PSEUDO.get(name) ?? `${invert ? 'no header' : 'header'} ${name}`;
  return matcher.kind === 'exact' || matcher.kind === 'present'
    ? plain
    : `${plain} ${howWords(matcher.kind)}`;
}

const PSEUDO: ReadonlyMap<string, string> = new Map([
  [':method', 'method'],
  [':authority', 'authority'],
  [':scheme', 'scheme'],
]);

/** What of a route decides most: its path unless that is everything, else its first header or query parameter. */
export function leadingCondition(
  match: RouteMatch,
):
  | { readonly kind: 'path' }
  | { readonly kind: 'header'; readonly header: HeaderMatcher }
  | { readonly kind: 'query'; readonly name: string; readonly matcher: StringMatcher }
  | { readonly kind: 'anything' } {
  const everything = match.path.kind === 'prefix' && match.path.value === '/';
  if (!everything) return { kind: 'path' };
  const [header] = match.headers;
  if (header !== undefined) return { kind: 'header', header };
  const [query] = match.queryParameters;
  if (query !== undefined) return { kind: 'query', name: query.name, matcher: query.matcher };
  return { kind: 'anything' };
}
