import { resolveGatewayName } from '../compile/virtualServices.ts';
import { resolveShortName } from '../hostname.ts';
import type { Json, JsonObject, ObjectRef } from '../manifest/source.ts';
import { gatewayUses, hostUses } from './references.ts';
import { isIstio, istioObjects, textAt, type Board, type BoardObject } from './board.ts';
import type { Operation } from '../manifest/edit/operation.ts';

/** A new object, where it goes, and where it will stand. */
export interface NewDocument {
  readonly op: Operation;
  readonly ref: ObjectRef;
}

interface Described {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly spec: JsonObject;
}

/**
 * A new object as a document of its own, written the way of the others: their API version, and `namespace` only if one has to say it. It
 * goes behind `after` (the object that it belongs to), else behind the last of its kind, else to the end.
 */
export function newDocument(board: Board, described: Described, after?: ObjectRef): NewDocument {
  const behind = after ?? lastOfKind(board, described.kind);
  const source = behind?.source ?? 0;
  const document = behind === undefined ? (board.documents[source] ?? 0) : behind.document + 1;
  const { kind, name, namespace } = described;
  return {
    op: {
      kind: 'add-document',
      source,
      ...(behind === undefined ? {} : { after: behind.document }),
      content: { value: documentValue(board, described) },
    },
    ref: { kind, name, namespace, source, document },
  };
}

/** Several new objects, one behind the other. */
export function newDocuments(board: Board, all: readonly Described[]): NewDocument[] {
  const source = 0;
  const first = board.documents[source] ?? 0;
  return all.map((described, index) => ({
    op: { kind: 'add-document', source, content: { value: documentValue(board, described) } },
    ref: {
      kind: described.kind,
      name: described.name,
      namespace: described.namespace,
      source,
      document: first + index,
    },
  }));
}

function documentValue(board: Board, { kind, name, namespace, spec }: Described): JsonObject {
  return {
    apiVersion: kind === 'Service' ? 'v1' : istioVersion(board),
    kind,
    metadata: writesNamespace(board, namespace) ? { name, namespace } : { name },
    spec,
  };
}

/** The version that the user writes; of several the last one. */
function istioVersion(board: Board): string {
  return board.objects.findLast(isIstio)?.apiVersion ?? 'networking.istio.io/v1';
}

function writesNamespace(board: Board, namespace: string): boolean {
  if (namespace !== board.defaultNamespace) return true;
  return board.objects.some(({ value }) => textAt(value, ['metadata', 'namespace']) !== undefined);
}

function lastOfKind(board: Board, kind: string): ObjectRef | undefined {
  return board.objects.findLast(({ ref }) => ref.kind === kind)?.ref;
}

/** Where a VirtualService goes: behind the last one of its gateway, else behind the gateway itself. */
export function behindGateway(board: Board, gateway: BoardObject): ObjectRef {
  const key = `${gateway.ref.namespace}/${gateway.ref.name}`;
  const bound = istioObjects(board, 'VirtualService').findLast((each) =>
    gatewayUses(each).some((use) => resolveGatewayName(use.name, each.ref.namespace) === key),
  );
  return bound?.ref ?? gateway.ref;
}

/** Where something about a host goes: behind the last of its kind in the namespace, else behind the last one that sends traffic there. */
export function behindHost(
  board: Board,
  kind: string,
  host: string,
  namespace: string,
): ObjectRef | undefined {
  const alike = board.objects.findLast(({ ref }) => ref.kind === kind && ref.namespace === namespace);
  if (alike !== undefined) return alike.ref;
  const full = resolveShortName(host, namespace);
  return istioObjects(board, 'VirtualService').findLast((each) =>
    hostUses(each).some((use) => use.role === 'destination' && use.full === full),
  )?.ref;
}

/**
 * Namespace of a new object: the one given, else that of the object it belongs to, else that of the last object of its kind, of Istio's, of
 * the paste.
 */
export function namespaceFor(board: Board, kind: string, given?: string, of?: ObjectRef): string {
  const alike =
    board.objects.findLast(({ ref }) => ref.kind === kind) ??
    board.objects.findLast(isIstio) ??
    board.objects.at(-1);
  return given ?? of?.namespace ?? alike?.ref.namespace ?? board.defaultNamespace;
}

/** The items of a map that are given: what is undefined is left out. */
export function given(fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );
}
