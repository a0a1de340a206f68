import type { Json } from '../../manifest/source.ts';
import {
  fix,
  type FixMaker,
  insertField,
  insertItem,
  listParam,
  read,
  readList,
  readObject,
  remove,
  removeIt,
  removeOneOf,
  set,
  setText,
  setTo,
  textParam,
  type Fault,
} from './fix.ts';

/** Fixes for what VirtualServices do, and for how they are bound. */
export const ACTION_FIXES: Readonly<Record<string, FixMaker>> = {
  VS005: setTo('want'),
  VS009: (fault) => {
    const gateways = readList(fault, ['spec', 'gateways']) ?? [];
    const mesh = gateways.indexOf('mesh');
    return mesh < 0 || gateways.length < 2
      ? []
      : [fix('remove-mesh', {}, remove(fault, ['spec', 'gateways', mesh]))];
  },
  VS013: removeIt,
  VS015: removeIt,
  VS016: removeIt,
  VS033: setText((text) => (text.split('%').length === 2 ? text.replace('%', '%%') : undefined)),
  VS036: setText((text) => text.toUpperCase()),
  VS041: removeIt,
  VS045: removeIt,
  VS048: (fault) => intoPercentage(fault, 'mirrorPercentage'),
  VS054: setText((text) => text.toLowerCase()),
  VS062: setText((text) =>
    text
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '')
      .join(','),
  ),
  VS068: (fault) => {
    const { path } = fault.diagnostic.at;
    const routes = readList(fault, path) ?? [];
    const share = Math.floor(100 / routes.length);
    const operations = routes.map((route, index) => {
      const weight = index === 0 ? 100 - share * (routes.length - 1) : share;
      const isThere = typeof route === 'object' && route !== null && 'weight' in route;
      return isThere
        ? set(fault, [...path, index, 'weight'], weight)
        : insertField(fault, [...path, index], 'weight', weight);
    });
    return routes.length < 2 ? [] : [fix('share-evenly', {}, ...operations)];
  },
  VS078: (fault) => {
    const host = textParam(fault, 'got');
    const hosts = readList(fault, ['spec', 'hosts']);
    return host === undefined || !hosts
      ? []
      : [fix('add-host', { want: host }, insertItem(fault, ['spec', 'hosts'], hosts.length, host))];
  },
  VS079: removeOneOf,
  VS082: removeIt,
  VS084: (fault) => [fix('set-value', { want: '*' }, set(fault, ['spec', 'exportTo'], ['*']))],
  VS085: (fault) => [fix('set-value', { want: '.' }, set(fault, ['spec', 'exportTo'], ['.']))],
  VS092: (fault) => choosePort(fault),
  VS097: (fault) => intoPercentage(fault, 'percentage'),
  VS098: removeIt,
  VS210: (fault) => {
    const { path } = fault.diagnostic.at;
    const gateway = textParam(fault, 'gateway');
    const gateways = readList(fault, ['spec', 'gateways']);
    const bind =
      gateway === undefined || !gateways
        ? []
        : [
            fix(
              'add-gateway',
              { want: gateway },
              insertItem(fault, ['spec', 'gateways'], gateways.length, gateway),
            ),
          ];
    return [...bind, ...((readList(fault, path.slice(0, -1)) ?? []).length > 1 ? removeIt(fault) : [])];
  },
  VS213: (fault) => {
    const block = fault.diagnostic.at.path.slice(0, -1);
    const fields = listParam(fault, 'fields');
    const rest = Object.keys(readObject(fault, block) ?? {}).length - fields.length;
    return rest < 1
      ? []
      : [fix('remove-conditions', { fields }, ...fields.map((field) => remove(fault, [...block, field])))];
  },
  VS214: (fault) => {
    const gateway = textParam(fault, 'gateway');
    const spec = readObject(fault, ['spec']);
    if (gateway === undefined || !spec) return [];
    const before = ['http', 'tls', 'tcp'].find((section) => section in spec);
    if ('gateways' in spec) {
      const count = readList(fault, ['spec', 'gateways'])?.length ?? 0;
      return [fix('add-gateway', { want: gateway }, insertItem(fault, ['spec', 'gateways'], count, gateway))];
    }
    return [
      fix('bind-to-gateway', { want: gateway }, insertField(fault, ['spec'], 'gateways', [gateway], before)),
      fix(
        'bind-to-gateway-and-mesh',
        { want: gateway },
        insertField(fault, ['spec'], 'gateways', [gateway, 'mesh'], before),
      ),
    ];
  },
  VS222: (fault) => {
    const gateways = readList(fault, ['spec', 'gateways']);
    return gateways
      ? [fix('add-mesh', {}, insertItem(fault, ['spec', 'gateways'], gateways.length, 'mesh'))]
      : [];
  },
  VS241: (fault) => [fix('set-value', { want: '302' }, set(fault, fault.diagnostic.at.path, 302))],
  VS250: (fault) => evenSlashes(fault),
  VS253: setTo('want'),
  VS254: setText((text) => text.replace(/\$(\d)/g, '\\$1')),
  VS259: (fault) => [
    fix(
      'add-field',
      { field: 'weight', want: '0' },
      insertField(fault, fault.diagnostic.at.path, 'weight', 0),
    ),
  ],
  VS261: (fault) => {
    const { path } = fault.diagnostic.at;
    const given = readObject(fault, path);
    if (!given) return [];
    const operation =
      'percentage' in given
        ? set(fault, [...path, 'percentage'], { value: 100 })
        : insertField(fault, path, 'percentage', { value: 100 });
    return [fix('affect-all', {}, operation)];
  },
  VS263: (fault) => (fault.diagnostic.at.path.at(-1) === 'retryOn' ? [] : removeIt(fault)),
  VS264: removeIt,
  VS266: setText((text) => {
    if (!/^[a-z][a-z0-9+.-]*:\/\//.test(text))
      return /^[a-z][a-z0-9+.-]*:/.test(text) ? undefined : `https://${text.toLowerCase()}`;
    const [scheme = '', rest = ''] = text.split('://');
    return `${scheme}://${(rest.split('/')[0] ?? '').toLowerCase()}`;
  }),
  VS268: removeIt,
  VS273: removeIt,
};

/** One fix for each port that the service has. */
export function choosePort(fault: Fault): ReturnType<FixMaker> {
  const { path } = fault.diagnostic.at;
  return listParam(fault, 'ports')
    .slice(0, 6)
    .map((port) => fix('choose-port', { port }, insertField(fault, path, 'port', { number: Number(port) })));
}

/** The old whole number becomes `{value: …}`. */
function intoPercentage(fault: Fault, field: string): ReturnType<FixMaker> {
  const { path } = fault.diagnostic.at;
  const parent = path.slice(0, -1);
  const value = read(fault, path);
  const owner = readObject(fault, parent);
  if (typeof value !== 'number' || !owner || field in owner) return [];
  const key = String(path.at(-1));
  return [
    fix('use-field', { want: field }, remove(fault, path), insertField(fault, parent, field, { value }, key)),
  ];
}

/** A slash for the end of the rewrite, or, where the rewrite is `/`, of the prefix. */
function evenSlashes(fault: Fault): ReturnType<FixMaker> {
  const rule = fault.diagnostic.at.path.slice(0, 3);
  const { prefix, got } = fault.diagnostic.params;
  if (typeof prefix !== 'string' || typeof got !== 'string') return [];
  if (got !== '/') {
    const want = prefix.endsWith('/') ? `${got}/` : got.replace(/\/+$/, '');
    return [fix('set-value', { want }, set(fault, fault.diagnostic.at.path, want))];
  }
  const matches = readList(fault, [...rule, 'match']) ?? [];
  const index = matches.findIndex((match) => prefixOf(match) === prefix);
  if (index < 0) return [];
  return [
    fix(
      'set-prefix',
      { want: `${prefix}/` },
      set(fault, [...rule, 'match', index, 'uri', 'prefix'], `${prefix}/`),
    ),
  ];
}

function prefixOf(match: Json): Json | undefined {
  if (typeof match !== 'object' || match === null || Array.isArray(match)) return undefined;
  const uri = (match as { readonly uri?: Json }).uri;
  return typeof uri === 'object' && uri !== null && !Array.isArray(uri)
    ? (uri as { readonly prefix?: Json }).prefix
    : undefined;
}
