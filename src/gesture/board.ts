import { resolveShortName } from '../hostname.ts';
import type { Json, JsonObject, ObjectRef, Path, SourceRef } from '../manifest/source.ts';

/** What a gesture sees of the text: every object that can be read, in the order of the text, also those that Istio would refuse. */
export interface Board {
  readonly objects: readonly BoardObject[];
  /** How many documents each source holds, those that cannot be read included. */
  readonly documents: readonly number[];
  readonly defaultNamespace: string;
}

export interface BoardObject {
  readonly ref: ObjectRef;
  readonly apiVersion: string;
  readonly value: JsonObject;
}

/** Objects of one of Istio's kinds; a Gateway of the Gateway API is not one. */
export function istioObjects(board: Board, kind: string): BoardObject[] {
  return board.objects.filter((object) => object.ref.kind === kind && isIstio(object));
}

/** Objects of a kind of Kubernetes' core group. */
export function coreObjects(board: Board, kind: string): BoardObject[] {
  return board.objects.filter((object) => object.ref.kind === kind && object.apiVersion === 'v1');
}

export function isIstio(object: BoardObject): boolean {
  return object.apiVersion.startsWith('networking.istio.io/');
}

/**
 * The object that is meant: the one of that name at that place of the text, else the only one of that name, since the text may have changed
 * since the place was found. Never another one that has come to stand there.
 */
export function objectAt(board: Board, ref: ObjectRef): BoardObject | undefined {
  const alike = board.objects.filter((object) => sameResource(object.ref, ref));
  return alike.find((object) => sameObject(object.ref, ref)) ?? (alike.length === 1 ? alike[0] : undefined);
}

/** Whether both are called the same, wherever they stand. */
export function sameResource(a: ObjectRef, b: ObjectRef): boolean {
  return a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
}

/** Whether both are the same piece of text; two pieces may describe the same resource. */
export function sameObject(a: ObjectRef, b: ObjectRef): boolean {
  return a.source === b.source && a.document === b.document && a.item === b.item;
}

/** What stands at a path; undefined if nothing does. */
export function valueAt(value: Json, path: Path): Json | undefined {
  let current: Json | undefined = value;
  for (const key of path) {
    if (Array.isArray(current)) current = typeof key === 'number' ? current[key] : undefined;
    else if (isObject(current)) current = Object.hasOwn(current, key) ? current[String(key)] : undefined;
    else return undefined;
  }
  return current;
}

/** The list at a path; empty if there is none or something else. */
export function listAt(value: Json, path: Path): readonly Json[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found : [];
}

/** The text at a path; undefined if there is none or something else. */
export function textAt(value: Json, path: Path): string | undefined {
  const found = valueAt(value, path);
  return typeof found === 'string' ? found : undefined;
}

/** A scalar as text; a map, a list or nothing as none. */
export function plainText(value: Json | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

/** The number at a path; undefined if there is none or something else. */
export function numberAt(value: Json, path: Path): number | undefined {
  const found = valueAt(value, path);
  return typeof found === 'number' ? found : undefined;
}

/** The texts of the list at a path; other items are passed over. */
export function textsAt(value: Json, path: Path): string[] {
  return listAt(value, path).filter((item) => typeof item === 'string');
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A place in an object. */
export function place(object: ObjectRef, ...path: Path): SourceRef {
  return { object, path };
}

/** A place below another one. */
export function below(at: SourceRef, ...path: Path): SourceRef {
  return { object: at.object, path: [...at.path, ...path] };
}

/** Name of a Gateway as `spec.gateways` of a VirtualService in `namespace` has to write it. */
export function gatewayNameFrom(gateway: ObjectRef, namespace: string): string {
  return gateway.namespace === namespace ? gateway.name : `${gateway.namespace}/${gateway.name}`;
}

/** The full host of a Service: `reviews.prod.svc.cluster.local`. */
export function serviceHost(service: ObjectRef): string {
  return resolveShortName(service.name, service.namespace);
}
