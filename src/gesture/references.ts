import { resolveGatewayName } from '../compile/virtualServices.ts';
import { resolveShortName } from '../hostname.ts';
import type { Json, Path, SourceRef } from '../manifest/source.ts';
import {
  isObject,
  istioObjects,
  listAt,
  place,
  textAt,
  valueAt,
  type Board,
  type BoardObject,
} from './board.ts';

/** A name of a Gateway in a VirtualService, as it is written. */
export interface GatewayUse {
  readonly at: SourceRef;
  readonly name: string;
}

/** A host somewhere, as written (without a server's `namespace/`) and in full. */
export interface HostUse {
  readonly at: SourceRef;
  readonly written: string;
  readonly full: string;
  /** `name`: what a Gateway, VirtualService or ServiceEntry answers to; `destination`, `mirror`: where traffic goes; `rule`: whom a DestinationRule is about. */
  readonly role: 'name' | 'destination' | 'mirror' | 'rule';
}

/** A destination that names a subset. */
export interface SubsetUse {
  readonly at: SourceRef;
  /** In full. */
  readonly host: string;
  readonly subset: string;
}

/** `spec.gateways[…]` and `gateways[…]` of each match. */
export function gatewayUses(virtualService: BoardObject): GatewayUse[] {
  const paths: Path[] = [['spec', 'gateways']];
  for (const { path } of rules(virtualService)) {
    for (const [index] of listAt(virtualService.value, [...path, 'match']).entries()) {
      paths.push([...path, 'match', index, 'gateways']);
    }
  }
  return paths.flatMap((path) => textUses(virtualService, path).map(([at, name]) => ({ at, name })));
}

/** Every use of a Gateway, given by its key (`namespace/name`). */
export function usesOfGateway(board: Board, key: string): GatewayUse[] {
  return istioObjects(board, 'VirtualService').flatMap((object) =>
    gatewayUses(object).filter((use) => resolveGatewayName(use.name, object.ref.namespace) === key),
  );
}

/** Rules of a VirtualService in the order in which they are written. */
export function rules(
  virtualService: BoardObject,
): { readonly section: 'http' | 'tls' | 'tcp'; readonly path: Path }[] {
  return (['http', 'tls', 'tcp'] as const).flatMap((section) =>
    listAt(virtualService.value, ['spec', section]).map((_, index) => ({
      section,
      path: ['spec', section, index],
    })),
  );
}

/** Where a rule sends traffic: its destinations, then what gets copies. The path leads to the destination itself (`…route[0].destination`). */
export function destinations(
  virtualService: BoardObject,
  rule: Path,
): { readonly path: Path; readonly mirror: boolean }[] {
  const { value } = virtualService;
  const found: { path: Path; mirror: boolean }[] = [];
  for (const [index] of listAt(value, [...rule, 'route']).entries()) {
    found.push({ path: [...rule, 'route', index, 'destination'], mirror: false });
  }
  found.push({ path: [...rule, 'mirror'], mirror: true });
  for (const [index] of listAt(value, [...rule, 'mirrors']).entries()) {
    found.push({ path: [...rule, 'mirrors', index, 'destination'], mirror: true });
  }
  return found.filter(({ path }) => isObject(valueAt(value, path)));
}

/** Every host that an object names, whatever for. */
export function hostUses(object: BoardObject): HostUse[] {
  switch (object.ref.kind) {
    case 'Gateway':
      return listAt(object.value, ['spec', 'servers']).flatMap((_, index) =>
        textUses(object, ['spec', 'servers', index, 'hosts']).map(([at, text]) => {
          const written = text.slice(text.indexOf('/') + 1);
          return { at, written, full: written, role: 'name' as const };
        }),
      );
    case 'VirtualService':
      return virtualServiceHosts(object);
    case 'DestinationRule':
      return ownHost(object, ['spec', 'host'], 'rule');
    case 'ServiceEntry':
      return textUses(object, ['spec', 'hosts']).map(([at, written]) => ({
        at,
        written,
        full: written,
        role: 'name' as const,
      }));
    default:
      return [];
  }
}

function virtualServiceHosts(object: BoardObject): HostUse[] {
  const { namespace } = object.ref;
  const found: HostUse[] = textUses(object, ['spec', 'hosts']).map(([at, written]) => ({
    at,
    written,
    full: resolveShortName(written, namespace),
    role: 'name',
  }));
  for (const { section, path } of rules(object)) {
    if (section === 'tls') {
      for (const [index] of listAt(object.value, [...path, 'match']).entries()) {
        for (const [at, written] of textUses(object, [...path, 'match', index, 'sniHosts'])) {
          found.push({ at, written, full: written, role: 'name' });
        }
      }
    }
    for (const { path: to, mirror } of destinations(object, path)) {
      found.push(...ownHost(object, [...to, 'host'], mirror ? 'mirror' : 'destination'));
    }
  }
  return found;
}

function ownHost(object: BoardObject, path: Path, role: HostUse['role']): HostUse[] {
  const written = textAt(object.value, path);
  if (written === undefined) return [];
  return [
    { at: place(object.ref, ...path), written, full: resolveShortName(written, object.ref.namespace), role },
  ];
}

/** Where a VirtualService compares the Host with a whole text, or writes another one. */
export function authorityUses(object: BoardObject): { readonly at: SourceRef; readonly written: string }[] {
  if (object.ref.kind !== 'VirtualService') return [];
  return rules(object)
    .flatMap(({ path }): Path[] => [
      ...listAt(object.value, [...path, 'match']).map((_, index) => [
        ...path,
        'match',
        index,
        'authority',
        'exact',
      ]),
      [...path, 'redirect', 'authority'],
      [...path, 'rewrite', 'authority'],
    ])
    .flatMap((path) => {
      const written = textAt(object.value, path);
      return written === undefined ? [] : [{ at: place(object.ref, ...path), written }];
    });
}

/** Every use of a subset of a host (in full). The place is that of the subset's name. */
export function usesOfSubset(board: Board, host: string, subset: string): SubsetUse[] {
  return istioObjects(board, 'VirtualService').flatMap((object) =>
    rules(object).flatMap(({ path }) =>
      destinations(object, path).flatMap(({ path: to }) => {
        const written = textAt(object.value, [...to, 'host']);
        if (written === undefined || textAt(object.value, [...to, 'subset']) !== subset) return [];
        const full = resolveShortName(written, object.ref.namespace);
        return full === host ? [{ at: place(object.ref, ...to, 'subset'), host: full, subset }] : [];
      }),
    ),
  );
}

/** Every use of a host (in full) by the objects of the paste. */
export function usesOfHost(board: Board, host: string): HostUse[] {
  return board.objects.flatMap((object) => hostUses(object).filter((use) => use.full === host));
}

/** Every rule that hands its requests to a VirtualService. The place is that of `delegate`. */
export function usesOfDelegate(board: Board, namespace: string, name: string): SourceRef[] {
  return istioObjects(board, 'VirtualService').flatMap((object) =>
    rules(object).flatMap(({ path }) => {
      const delegate = valueAt(object.value, [...path, 'delegate']);
      if (!isObject(delegate) || delegate['name'] !== name) return [];
      const meant = textAt(delegate, ['namespace']) ?? object.ref.namespace;
      return meant === namespace ? [place(object.ref, ...path, 'delegate')] : [];
    }),
  );
}

function textUses(object: BoardObject, path: Path): [SourceRef, string][] {
  return listAt(object.value, path).flatMap((item: Json, index): [SourceRef, string][] =>
    typeof item === 'string' ? [[place(object.ref, ...path, index), item]] : [],
  );
}
