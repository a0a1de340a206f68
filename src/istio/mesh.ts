import type { Json, JsonObject, ObjectRef } from '../manifest/source.ts';
import { keepLists } from '../remember.ts';
import type { Labels, Mesh, PodSpec, Resource, ServiceSpec } from './types.ts';

/** An object that takes part, as the API server keeps it. */
export interface AdmittedObject {
  readonly ref: ObjectRef;
  readonly apiVersion: string;
  readonly value: JsonObject;
}

type MeshKey = keyof Mesh;
type MeshResource = Mesh[MeshKey][number];

const istioKinds: ReadonlyMap<string, MeshKey> = new Map([
  ['Gateway', 'gateways'],
  ['VirtualService', 'virtualServices'],
  ['DestinationRule', 'destinationRules'],
  ['ServiceEntry', 'serviceEntries'],
  ['Sidecar', 'sidecars'],
]);

const otherKinds: ReadonlyMap<string, MeshKey> = new Map([
  ['v1/Service', 'services'],
  ['v1/Pod', 'pods'],
  ['discovery.k8s.io/v1/EndpointSlice', 'endpointSlices'],
  ['discovery.k8s.io/v1beta1/EndpointSlice', 'endpointSlices'],
  ['apps/v1/Deployment', 'workloads'],
  ['apps/v1/StatefulSet', 'workloads'],
  ['apps/v1/DaemonSet', 'workloads'],
]);

/**
 * What takes part, each kind in Istio's order (creation time, name, namespace; mirrors `sortConfigByCreationTime`). Kinds that Gatehouse
 * does not read are left out, and so is a field of a core kind that is of the wrong type. Of two objects with one kind, namespace and
 * name the last one counts, as if they had been applied one after the other. A list with the same resources as the time before is the same list.
 */
export function buildMesh(objects: readonly AdmittedObject[]): Mesh {
  const lists: Record<MeshKey, Map<string, MeshResource>> = {
    gateways: new Map(),
    virtualServices: new Map(),
    destinationRules: new Map(),
    serviceEntries: new Map(),
    services: new Map(),
    sidecars: new Map(),
    endpointSlices: new Map(),
    pods: new Map(),
    workloads: new Map(),
  };
  for (const object of objects) {
    const key = listOf(object);
    if (!key) continue;
    const { kind, namespace, name } = object.ref;
    lists[key].set(`${kind}/${namespace}/${name}`, resourceOf(object));
  }
  // Each list holds the resources of its kinds alone: `listOf` and `resourceOf` go by the same kind.
  const sorted = Object.entries(lists).map(([key, list]) => [
    key,
    keep(key, [...list.values()].sort(compareByAge)),
  ]);
  return Object.fromEntries(sorted) as Mesh;
}

const keep = keepLists<string, MeshResource>();

/** Oldest first, then by name, then by namespace; mirrors `configCompareByCreationTime`. */
export function compareByAge(
  a: { readonly creationTime: number; readonly name: string; readonly namespace: string },
  b: { readonly creationTime: number; readonly name: string; readonly namespace: string },
): number {
  return (
    a.creationTime - b.creationTime || compareText(a.name, b.name) || compareText(a.namespace, b.namespace)
  );
}

/** Order by code units, as Go compares the (ASCII) names of objects. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether the object is of a kind that the mesh is made of. */
export function takesPart(object: AdmittedObject): boolean {
  return listOf(object) !== undefined;
}

function listOf({ ref, apiVersion }: AdmittedObject): MeshKey | undefined {
  if (apiVersion.startsWith('networking.istio.io/')) return istioKinds.get(ref.kind);
  return otherKinds.get(`${apiVersion}/${ref.kind}`);
}

/** An edit of one document leaves the values of the others as they are; so do their resources. */
const remembered = new WeakMap<JsonObject, MeshResource>();

function resourceOf(object: AdmittedObject): MeshResource {
  const before = remembered.get(object.value);
  if (before && sameRef(before.at, object.ref)) return before;
  const resource = readResource(object);
  remembered.set(object.value, resource);
  return resource;
}

function sameRef(a: ObjectRef, b: ObjectRef): boolean {
  return (
    a.source === b.source &&
    a.document === b.document &&
    a.item === b.item &&
    a.kind === b.kind &&
    a.namespace === b.namespace &&
    a.name === b.name
  );
}

function readResource({ ref, value }: AdmittedObject): MeshResource {
  const metadata = objectOf(value['metadata']);
  const time = Date.parse(text(metadata['creationTimestamp']) ?? '');
  return {
    kind: ref.kind,
    namespace: ref.namespace,
    name: ref.name,
    labels: textMap(metadata['labels']),
    annotations: textMap(metadata['annotations']),
    // Istio knows whole seconds.
    creationTime: Number.isNaN(time) ? 0 : Math.floor(time / 1000) * 1000,
    spec: readSpec(ref.kind, value),
    at: ref,
  } as Resource<string, unknown> as MeshResource;
}

function readSpec(kind: string, value: JsonObject): unknown {
  const spec = objectOf(value['spec']);
  switch (kind) {
    case 'Service':
      return readService(spec);
    case 'Pod':
      return readPod(spec);
    case 'EndpointSlice':
      return readEndpointSlice(value);
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
      return readWorkload(spec);
    default:
      // The schema has held the API of Istio to these shapes.
      return spec;
  }
}

/** Fills in `targetPort` and `protocol` as the API server does. */
function readService(spec: JsonObject): ServiceSpec {
  const ports = objects(spec['ports']).flatMap((port) => {
    const number = integer(port['port']);
    if (number === undefined) return [];
    const nodePort = integer(port['nodePort']);
    return {
      ...optional('name', text(port['name'])),
      port: number,
      targetPort: integer(port['targetPort']) ?? text(port['targetPort']) ?? number,
      protocol: text(port['protocol']) ?? 'TCP',
      ...optional('appProtocol', text(port['appProtocol'])),
      ...optional('nodePort', nodePort),
    };
  });
  return {
    ...optional('type', text(spec['type'])),
    ...optional('clusterIP', text(spec['clusterIP'])),
    ...optional('clusterIPs', texts(spec['clusterIPs'])),
    ...optional('externalName', text(spec['externalName'])),
    ...(isObject(spec['selector']) ? { selector: textMap(spec['selector']) } : {}),
    ports,
  };
}

function readPod(spec: JsonObject): PodSpec {
  return {
    containers: objects(spec['containers']).map((container) => ({
      ...optional('name', text(container['name'])),
      ports: objects(container['ports']).map((port) => ({
        ...optional('name', text(port['name'])),
        ...optional('containerPort', integer(port['containerPort'])),
        protocol: text(port['protocol']) ?? 'TCP',
      })),
    })),
  };
}

function readWorkload(spec: JsonObject): unknown {
  const template = objectOf(spec['template']);
  return {
    ...optional('replicas', integer(spec['replicas'])),
    selector: { matchLabels: textMap(objectOf(spec['selector'])['matchLabels']) },
    template: {
      metadata: { labels: textMap(objectOf(template['metadata'])['labels']) },
      spec: readPod(objectOf(template['spec'])),
    },
  };
}

function readEndpointSlice(value: JsonObject): unknown {
  return {
    ...optional('addressType', text(value['addressType'])),
    endpoints: objects(value['endpoints']).map((endpoint) => {
      const ready = objectOf(endpoint['conditions'])['ready'];
      const target = objectOf(endpoint['targetRef']);
      return {
        addresses: texts(endpoint['addresses']) ?? [],
        ...(typeof ready === 'boolean' ? { conditions: { ready } } : {}),
        ...optional('hostname', text(endpoint['hostname'])),
        targetRef: {
          ...optional('kind', text(target['kind'])),
          ...optional('name', text(target['name'])),
          ...optional('namespace', text(target['namespace'])),
        },
      };
    }),
    ports: objects(value['ports']).map((port) => ({
      ...optional('name', text(port['name'])),
      ...optional('port', integer(port['port'])),
      ...optional('protocol', text(port['protocol'])),
    })),
  };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function objects(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function texts(value: Json | undefined): string[] | undefined {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
}

function integer(value: Json | undefined): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

function textMap(value: Json | undefined): Labels {
  const pairs = Object.entries(objectOf(value)).filter(([, item]) => typeof item === 'string');
  return Object.fromEntries(pairs) as Labels;
}

function optional<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { readonly [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: Value };
}
