import { resolveShortName } from '../hostname.ts';
import type { SourceRef } from '../manifest/source.ts';
import {
  coreObjects,
  listAt,
  objectAt,
  place,
  serviceHost,
  textAt,
  valueAt,
  type Board,
  type BoardObject,
} from './board.ts';
import type { GestureRefusal, Plan, Renamed } from './gesture.ts';
import { labelProblem, objectNameProblem, objectNames } from './names.ts';
import type { Operation } from '../manifest/edit/operation.ts';
import {
  authorityUses,
  hostUses,
  usesOfDelegate,
  usesOfGateway,
  usesOfHost,
  usesOfSubset,
} from './references.ts';

/** A new name for an object, a subset or a host, and for everything in the paste that means it by the old one. */
export function rename(board: Board, what: Renamed, to: string): Plan {
  switch (what.kind) {
    case 'object':
      return renameObject(board, what.object, to);
    case 'subset':
      return renameSubset(board, what.at, to);
    case 'host':
      return renameHost(board, what.host, to);
  }
}

interface Change {
  readonly at: SourceRef;
  readonly to: string;
}

function renameObject(board: Board, ref: BoardObject['ref'], to: string): Plan {
  const object = objectAt(board, ref);
  if (object === undefined) return refused({ kind: 'place-gone' });
  const { kind, namespace, name } = object.ref;
  if (to === name) return refused({ kind: 'nothing-to-do' });
  const problem = kind === 'Service' ? labelProblem(to) : objectNameProblem(to);
  if (problem !== undefined) return refused({ kind: 'name-invalid', name: to, because: problem });
  if (objectNames(board, kind, namespace).has(to)) return refused({ kind: 'name-taken', name: to });
  const own: Change = { at: place(object.ref, 'metadata', 'name'), to };
  return renamed(own, referencesTo(board, object, to), place({ ...object.ref, name: to }));
}

/** The places that mean the object by its name, with what they become. */
function referencesTo(board: Board, { ref }: BoardObject, to: string): Change[] {
  switch (ref.kind) {
    case 'Gateway':
      return usesOfGateway(board, `${ref.namespace}/${ref.name}`).map(({ at, name }) => ({
        at,
        to: inGatewayName(name, to),
      }));
    case 'VirtualService':
      return usesOfDelegate(board, ref.namespace, ref.name).map((at) => ({
        at: { object: at.object, path: [...at.path, 'name'] },
        to,
      }));
    case 'Service':
      return usesOfHost(board, serviceHost(ref)).map(({ at, written }) => ({
        at,
        to: withNamespacePrefix(board, at, to + written.slice(ref.name.length)),
      }));
    default:
      return [];
  }
}

/** The name in `namespace/name`, `name` or the old form `name.namespace…` replaced. */
function inGatewayName(written: string, to: string): string {
  const slash = written.indexOf('/');
  if (slash >= 0) return written.slice(0, slash + 1) + to;
  const dot = written.indexOf('.');
  return dot < 0 ? to : to + written.slice(dot);
}

function renameSubset(board: Board, at: SourceRef, to: string): Plan {
  const object = objectAt(board, at.object);
  const item = object === undefined ? undefined : valueAt(object.value, at.path);
  const name = item === undefined ? undefined : textAt(item, ['name']);
  if (object === undefined || name === undefined) return refused({ kind: 'place-gone' });
  if (to === name) return refused({ kind: 'nothing-to-do' });
  const problem = labelProblem(to);
  if (problem !== undefined) return refused({ kind: 'name-invalid', name: to, because: problem });
  const names = listAt(object.value, ['spec', 'subsets']).map((each) => textAt(each, ['name']));
  if (names.includes(to)) return refused({ kind: 'name-taken', name: to });
  const host = resolveShortName(textAt(object.value, ['spec', 'host']) ?? '', object.ref.namespace);
  const own: Change = { at: place(object.ref, ...at.path, 'name'), to };
  const uses = usesOfSubset(board, host, name).map((use) => ({ at: use.at, to }));
  return renamed(own, uses, at);
}

/** Every place that names the host as it is written; short names of Services are theirs and stay. */
function renameHost(board: Board, host: string, to: string): Plan {
  if (to === host) return refused({ kind: 'nothing-to-do' });
  const service = coreObjects(board, 'Service').find(({ ref }) => serviceHost(ref) === host);
  if (service !== undefined) {
    const end = host.slice(service.ref.name.length);
    if (to.endsWith(end)) return renameObject(board, service.ref, to.slice(0, -end.length));
  }
  if (!isHost(to))
    return refused({ kind: 'name-invalid', name: to, because: to === '' ? 'empty' : 'not-dns' });
  const changes = board.objects.flatMap((object) =>
    [...hostUses(object), ...authorityUses(object)]
      .filter(({ written }) => written === host)
      .map(({ at }) => ({ at, to: withNamespacePrefix(board, at, to) })),
  );
  const [first, ...others] = changes;
  return first === undefined ? refused({ kind: 'place-gone' }) : renamed(first, others, first.at);
}

/** Hosts of servers keep the `namespace/` in front. */
function withNamespacePrefix(board: Board, at: SourceRef, host: string): string {
  const object = objectAt(board, at.object);
  if (object?.ref.kind !== 'Gateway') return host;
  const written = textAt(object.value, at.path) ?? '';
  return written.slice(0, written.indexOf('/') + 1) + host;
}

function isHost(host: string): boolean {
  const name = host.startsWith('*.') ? host.slice(2) : host;
  return host === '*' || objectNameProblem(name.toLowerCase()) === undefined;
}

function renamed(own: Change, others: readonly Change[], select: SourceRef): Plan {
  const ops: Operation[] = [own, ...others].map(({ at, to }) => ({ kind: 'set', at, value: to }));
  return {
    kind: 'planned',
    ops,
    select,
    warnings: [],
    alongside: others.map(({ at }) => ({ at, what: 'renamed' })),
  };
}

function refused(because: GestureRefusal): Plan {
  return { kind: 'refused', because };
}
