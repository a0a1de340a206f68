import { resolveGatewayName } from '../compile/virtualServices.ts';
import { resolveShortName } from '../hostname.ts';
import type { Path, SourceRef } from '../manifest/source.ts';
import {
  istioObjects,
  listAt,
  place,
  serviceHost,
  textAt,
  textsAt,
  type Board,
  type BoardObject,
} from './board.ts';
import { gatewayUses, usesOfDelegate, usesOfHost, usesOfSubset } from './references.ts';

/**
 * What means an object (empty path) or a subset by its name and means nothing without it, at the level at which it would go: the name of
 * a gateway, a destination, a rule that delegates, a DestinationRule.
 */
export function hangingOn(board: Board, object: BoardObject, path: Path): SourceRef[] {
  const { ref, value } = object;
  if (path.length > 0) {
    const subset = path[1] === 'subsets' && path.length === 3 ? textAt(value, [...path, 'name']) : undefined;
    return subset === undefined ? [] : subsetHangs(board, object, subset);
  }
  switch (ref.kind) {
    case 'Gateway':
      return gatewayHangs(board, `${ref.namespace}/${ref.name}`);
    case 'VirtualService':
      return usesOfDelegate(board, ref.namespace, ref.name).map(parent);
    case 'DestinationRule':
      return listAt(value, ['spec', 'subsets']).flatMap((each) =>
        subsetHangs(board, object, textAt(each, ['name']) ?? ''),
      );
    case 'Service':
      return hostHangs(board, [serviceHost(ref)]);
    case 'ServiceEntry':
      return hostHangs(board, textsAt(value, ['spec', 'hosts']));
    default:
      return [];
  }
}

/** Names of the gateway, and conditions that count for this gateway alone. */
function gatewayHangs(board: Board, key: string): SourceRef[] {
  return istioObjects(board, 'VirtualService').flatMap((object) => {
    const meant = (name: string): boolean => resolveGatewayName(name, object.ref.namespace) === key;
    return gatewayUses(object)
      .filter(({ name }) => meant(name))
      .map(({ at }) => {
        const match = at.path.slice(0, -2);
        const alone = at.path.includes('match') && textsAt(object.value, [...match, 'gateways']).every(meant);
        return alone ? place(object.ref, ...match) : at;
      });
  });
}

function subsetHangs(board: Board, rule: BoardObject, subset: string): SourceRef[] {
  const host = resolveShortName(textAt(rule.value, ['spec', 'host']) ?? '', rule.ref.namespace);
  return usesOfSubset(board, host, subset).map(({ at }) => destinationItem(parent(at)));
}

function hostHangs(board: Board, hosts: readonly string[]): SourceRef[] {
  return hosts.flatMap((host) =>
    usesOfHost(board, host).flatMap(({ at, role }) => {
      if (role === 'rule') return [place(at.object)];
      return role === 'name' ? [] : [destinationItem(parent(at))];
    }),
  );
}

function parent(at: SourceRef): SourceRef {
  return { object: at.object, path: at.path.slice(0, -1) };
}

/** From `…route[0].destination` to the item; `mirror` has none. */
function destinationItem(at: SourceRef): SourceRef {
  return at.path.at(-1) === 'destination' ? parent(at) : at;
}
