import { isIpAddress } from '../../ipAddress.ts';
import { choosePort } from './actions.ts';
import {
  fix,
  type FixMaker,
  insertField,
  listParam,
  readList,
  readObject,
  remove,
  removeIt,
  renameKey,
  set,
  setTo,
  type Fault,
} from './fix.ts';

/** Fixes for DestinationRules, ServiceEntries, and for what refers to something else. */
export const OTHER_FIXES: Readonly<Record<string, FixMaker>> = {
  DR005: (fault) => instead(fault, 'consecutive5xxErrors'),
  DR006: (fault) => [
    fix(
      'add-field',
      { field: 'splitExternalLocalOriginErrors', want: 'true' },
      insertField(fault, fault.diagnostic.at.path.slice(0, -1), 'splitExternalLocalOriginErrors', true),
    ),
  ],
  DR015: (fault) => ringHash(fault),
  DR024: (fault) => addOutlierDetection(fault, ['spec', 'trafficPolicy']),
  DR043: removeIt,
  DR203: (fault) => {
    const { path } = fault.diagnostic.at;
    const tls = readObject(fault, path) ?? {};
    const [first] = Object.keys(tls);
    const operation =
      'mode' in tls
        ? set(fault, [...path, 'mode'], 'SIMPLE')
        : insertField(fault, path, 'mode', 'SIMPLE', first);
    return [fix('set-mode', { want: 'SIMPLE' }, operation)];
  },
  DR205: removeIt,
  DR207: (fault) => {
    const last = fault.diagnostic.at.path.at(-1);
    if (last === 'consecutiveErrors') return instead(fault, 'consecutive5xxErrors');
    if (last === 'minimumRingSize') return ringHash(fault);
    return addOutlierDetection(fault, fault.diagnostic.at.path.slice(0, -2));
  },
  REF007: (fault) => {
    const { path } = fault.diagnostic.at;
    return listParam(fault, 'ports')
      .slice(0, 6)
      .map((port) => fix('choose-port', { port }, set(fault, path, Number(port))));
  },
  REF008: (fault) => [
    ...listParam(fault, 'subsets')
      .slice(0, 6)
      .map((subset) => fix('choose-subset', { subset }, set(fault, fault.diagnostic.at.path, subset))),
    ...removeIt(fault),
  ],
  REF201: setTo('want'),
  REF202: setTo('want'),
  REF203: (fault) => {
    const { want } = fault.diagnostic.params;
    return typeof want === 'number'
      ? [fix('choose-port', { port: String(want) }, set(fault, fault.diagnostic.at.path, want))]
      : [];
  },
  REF205: (fault) => choosePort(fault),
  REF217: setTo('want'),
  SE007: setTo('want'),
  SE013: (fault) => {
    const endpoints = readList(fault, ['spec', 'endpoints']) ?? [];
    const addresses = endpoints.map((endpoint) =>
      typeof endpoint === 'object' && endpoint !== null
        ? (endpoint as { readonly address?: unknown }).address
        : undefined,
    );
    const want = addresses.every((address) => typeof address === 'string' && isIpAddress(address))
      ? 'STATIC'
      : 'DNS';
    const spec = readObject(fault, ['spec']);
    if (!spec) return [];
    const operation =
      'resolution' in spec
        ? set(fault, ['spec', 'resolution'], want)
        : insertField(fault, ['spec'], 'resolution', want);
    return [fix('set-resolution', { want }, operation)];
  },
  SE014: (fault) => {
    const spec = readObject(fault, ['spec']);
    // Several hosts cannot share a TCP port then.
    if ((readList(fault, ['spec', 'hosts']) ?? []).length > 1) return [];
    const operation =
      spec && 'resolution' in spec
        ? set(fault, ['spec', 'resolution'], 'STATIC')
        : insertField(fault, ['spec'], 'resolution', 'STATIC');
    return [fix('set-resolution', { want: 'STATIC' }, operation)];
  },
  SE027: removeIt,
  SE204: (fault) => [
    fix(
      'add-field',
      { field: 'location', want: 'MESH_INTERNAL' },
      insertField(fault, ['spec'], 'location', 'MESH_INTERNAL'),
    ),
  ],
};

function instead(fault: Fault, field: string): ReturnType<FixMaker> {
  const { path } = fault.diagnostic.at;
  const owner = readObject(fault, path.slice(0, -1));
  const count = owner?.[String(path.at(-1))];
  return !owner || field in owner || typeof count !== 'number' || count < 0
    ? []
    : [fix('use-field', { want: field }, renameKey(fault, path, field))];
}

function ringHash(fault: Fault): ReturnType<FixMaker> {
  const { path } = fault.diagnostic.at;
  const parent = path.slice(0, -1);
  const owner = readObject(fault, parent);
  const size = owner?.['minimumRingSize'];
  if (typeof size !== 'number' || (owner && 'ringHash' in owner)) return [];
  return [
    fix(
      'use-field',
      { want: 'ringHash' },
      remove(fault, path),
      insertField(fault, parent, 'ringHash', { minimumRingSize: size }, 'minimumRingSize'),
    ),
  ];
}

function addOutlierDetection(fault: Fault, policy: (string | number)[]): ReturnType<FixMaker> {
  if (!readObject(fault, policy)) return [];
  return [
    fix(
      'add-field',
      { field: 'outlierDetection', want: '{}' },
      insertField(fault, policy, 'outlierDetection', {}),
    ),
  ];
}
