import type { Json, JsonObject } from '../../manifest/source.ts';
import {
  fix,
  type FixMaker,
  insertField,
  insertItem,
  read,
  readObject,
  remove,
  removeIt,
  removeOneOf,
  renameTo,
  set,
  setTo,
  type Fault,
} from './fix.ts';

/** Fixes for conditions of `http` rules, and for the order of rules. */
export const MATCH_FIXES: Readonly<Record<string, FixMaker>> = {
  VS019: (fault) =>
    fault.diagnostic.at.path.at(-1) === ''
      ? []
      : [fix('ask-for-presence', {}, set(fault, fault.diagnostic.at.path, {}))],
  VS089: removeOneOf,
  VS211: removeIt,
  VS215: (fault) => moveBefore(fault),
  VS216: (fault) => moveToEnd(fault),
  VS230: splitQuery,
  VS231: setTo('want'),
  VS232: setTo('want'),
  VS233: (fault) => {
    const { path } = fault.diagnostic.at;
    const { only, want } = fault.diagnostic.params;
    if (typeof only !== 'string' || typeof want !== 'string') return [];
    return [
      fix('match-exactly', { want: only }, set(fault, path.slice(0, -1), { exact: only })),
      fix('set-value', { want }, set(fault, path, want)),
    ];
  },
  VS234: (fault) => exactAndBelow(fault),
  VS235: (fault) => {
    const block = blockOf(fault);
    const bare = fault.diagnostic.params['example'];
    if (!block || typeof bare !== 'string') return [];
    const { list, index, match } = block;
    return [
      fix(
        'match-bare-path-too',
        { want: bare },
        insertItem(fault, list, index, { ...match, uri: { exact: bare } }),
      ),
    ];
  },
  VS237: setTo('want'),
  VS240: (fault) => {
    const { path } = fault.diagnostic.at;
    const name = String(path.at(-1));
    const field = name.toLowerCase();
    const block = path.slice(0, 5);
    const match = readObject(fault, block);
    const value = read(fault, path);
    if (!match || field in match || value === undefined || path[5] !== 'headers') return [];
    const headers = readObject(fault, [...block, 'headers']) ?? {};
    if (Object.keys(match).length === 1 && Object.keys(headers).length === 1) {
      return [fix('move-condition', { want: field }, set(fault, block, { [field]: value }))];
    }
    const place = Object.keys(headers).length === 1 ? [...block, 'headers'] : path;
    return [
      fix('move-condition', { want: field }, remove(fault, place), insertField(fault, block, field, value)),
    ];
  },
  VS242: renameTo('want'),
  VS245: removeIt,
  VS246: setTo('want'),
};

interface Block {
  readonly list: (string | number)[];
  readonly index: number;
  readonly match: JsonObject;
}

/** The match block that a place lies in, where the rule rewrites no path: a second block would be rewritten like the first. */
function blockOf(fault: Fault): Block | undefined {
  const { path } = fault.diagnostic.at;
  const index = path[4];
  const rule = path.slice(0, 3);
  if (typeof index !== 'number' || read(fault, [...rule, 'rewrite', 'uri']) !== undefined) return undefined;
  const list = path.slice(0, 4);
  const match = readObject(fault, [...list, index]);
  return match && { list, index, match };
}

/** `/api` becomes exactly `/api`, and all below `/api/`. */
function exactAndBelow(fault: Fault): ReturnType<FixMaker> {
  const block = blockOf(fault);
  const { got, want } = fault.diagnostic.params;
  if (!block || typeof got !== 'string' || typeof want !== 'string') return [];
  const { list, index, match } = block;
  const exact: Json = { ...match, uri: { exact: got } };
  return [
    fix(
      'match-path-and-below',
      { path: got, below: want },
      insertItem(fault, list, index, exact),
      set(fault, fault.diagnostic.at.path, want),
    ),
  ];
}

/** `/a?x=1` becomes the path `/a` and the parameter `x`. */
function splitQuery(fault: Fault): ReturnType<FixMaker> {
  const { path } = fault.diagnostic.at;
  const text = read(fault, path);
  const block = readObject(fault, path.slice(0, 5));
  if (
    typeof text !== 'string' ||
    !text.includes('?') ||
    path.at(-1) === 'regex' ||
    !block ||
    'queryParams' in block
  )
    return [];
  const mark = text.indexOf('?');
  const query = text.slice(mark + 1).split('#')[0] ?? '';
  const params: Record<string, Json> = {};
  for (const pair of query.split('&').filter((each) => each !== '')) {
    const [name = '', value] = pair.split('=');
    params[name] = value === undefined || value === '' ? {} : { exact: value };
  }
  if (Object.keys(params).length === 0)
    return [fix('set-value', { want: text.slice(0, mark) }, set(fault, path, text.slice(0, mark)))];
  return [
    fix(
      'match-query-apart',
      { want: text.slice(0, mark) },
      set(fault, path, text.slice(0, mark)),
      insertField(fault, path.slice(0, 5), 'queryParams', params),
    ),
  ];
}

/** The rule that takes everything goes behind all others of its object. */
function moveToEnd(fault: Fault): ReturnType<FixMaker> {
  const [catchAll] = fault.diagnostic.others ?? [];
  const rules = read(fault, ['spec', 'http']);
  const index = catchAll?.path[2];
  if (
    !catchAll ||
    !isSameObject(fault, catchAll.object) ||
    typeof index !== 'number' ||
    !Array.isArray(rules)
  )
    return [];
  const rule = readObject(fault, ['spec', 'http', index]);
  const matches = rule?.['match'];
  // With other matches beside it the rule would lose its place for these too.
  if (Array.isArray(matches) && matches.length > 1) return [];
  // Of two rules that take everything only one can be the last.
  if (fault.diagnostic.at.path[2] === index || (rules as readonly Json[]).filter(takesEverything).length > 1)
    return [];
  return [
    fix(
      'move-to-end',
      { rule: index + 1 },
      {
        kind: 'move-item',
        at: { object: catchAll.object, path: ['spec', 'http', index] },
        to: rules.length - 1,
      },
    ),
  ];
}

function takesEverything(rule: Json): boolean {
  const matches = typeof rule === 'object' && rule !== null && 'match' in rule ? rule.match : undefined;
  return !Array.isArray(matches) || matches.length === 0;
}

/** The rule goes before the one that takes its requests. */
function moveBefore(fault: Fault): ReturnType<FixMaker> {
  const { at, others = [] } = fault.diagnostic;
  const [first] = others;
  const [from, to] = [at.path[2], first?.path[2]];
  if (
    !first ||
    !isSameObject(fault, first.object) ||
    typeof from !== 'number' ||
    typeof to !== 'number' ||
    from === to
  )
    return [];
  const [own, earlier] = [from, to].map((index) => read(fault, ['spec', 'http', index, 'match']));
  if (!Array.isArray(own) || own.length !== 1) return [];
  // Equal conditions stay in each other's way in either order.
  if (Array.isArray(earlier) && earlier.some((each) => sameConditions(each as Json, own[0] as Json)))
    return [];
  return [
    fix(
      'move-before',
      { rule: to + 1 },
      { kind: 'move-item', at: { object: at.object, path: ['spec', 'http', from] }, to },
    ),
  ];
}

function sameConditions(a: Json, b: Json): boolean {
  const text = (value: Json): string =>
    JSON.stringify(value, (key, inner: Json) => (key === 'name' ? undefined : inner));
  return text(a) === text(b);
}

function isSameObject(
  { diagnostic }: Fault,
  object: { readonly source: number; readonly document: number; readonly item?: number },
): boolean {
  const own = diagnostic.at.object;
  return own.source === object.source && own.document === object.document && own.item === object.item;
}
