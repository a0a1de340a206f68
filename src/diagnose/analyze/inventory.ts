import type { JsonObject, ObjectRef, Path, SourceRef } from '../../manifest/source.ts';
import { keepLists } from '../../remember.ts';
import type { Params } from '../../manifest/finding.ts';
import { decodeMessage } from './decode.ts';
import { mapAt, objectAt, textAt, valueAt } from './fields.ts';
import type { Labels } from './selector.ts';

/** An object as it is in the text, refused or not. */
export interface AnalyzedObject {
  readonly ref: ObjectRef;
  readonly apiVersion: string;
  readonly value: JsonObject;
}

/** A message of `istioctl analyze`: its code, and ours of `docs/diagnostics.md`. */
export interface AnalyzeMessage {
  readonly ist: string;
  readonly code: string;
  readonly at: SourceRef;
  readonly others?: readonly SourceRef[];
  readonly params: Params;
}

/** One object, as the analyzers see it. */
export interface Item {
  readonly ref: ObjectRef;
  readonly namespace: string;
  readonly name: string;
  /** `namespace/name`. */
  readonly fullName: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly value: JsonObject;
  readonly spec: JsonObject;
}

/** What the analyzers are given: of each kind the objects of the set, each name once. */
export interface Inventory {
  readonly gateways: readonly Item[];
  readonly virtualServices: readonly Item[];
  readonly destinationRules: readonly Item[];
  readonly serviceEntries: readonly Item[];
  readonly sidecars: readonly Item[];
  readonly requestAuthentications: readonly Item[];
  readonly authorizationPolicies: readonly Item[];
  readonly kubernetesGateways: readonly Item[];
  readonly services: readonly Item[];
  readonly pods: readonly Item[];
  readonly nodes: readonly Item[];
  readonly namespaces: readonly Item[];
  readonly secrets: readonly Item[];
  readonly deployments: readonly Item[];
  readonly customResourceDefinitions: readonly Item[];
}

type Collection = keyof Inventory;

const COLLECTIONS: Readonly<Record<string, Collection>> = {
  'networking.istio.io/Gateway': 'gateways',
  'networking.istio.io/VirtualService': 'virtualServices',
  'networking.istio.io/DestinationRule': 'destinationRules',
  'networking.istio.io/ServiceEntry': 'serviceEntries',
  'networking.istio.io/Sidecar': 'sidecars',
  'security.istio.io/RequestAuthentication': 'requestAuthentications',
  'security.istio.io/AuthorizationPolicy': 'authorizationPolicies',
  'gateway.networking.k8s.io/Gateway': 'kubernetesGateways',
  '/Service': 'services',
  '/Pod': 'pods',
  '/Node': 'nodes',
  '/Namespace': 'namespaces',
  '/Secret': 'secrets',
  'apps/Deployment': 'deployments',
  'apiextensions.k8s.io/CustomResourceDefinition': 'customResourceDefinitions',
};

/** Kubernetes' own namespaces, which `istioctl analyze` leaves out (`inject.IgnoredNamespaces`). */
const IGNORED_NAMESPACES = new Set(['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage']);

/** Secrets that istioctl does not fetch from a cluster: releases of Helm, tokens of service accounts. */
const IGNORED_SECRETS = new Set(['helm.sh/release.v1', 'kubernetes.io/service-account-token']);

/** Sorts the objects by kind. Of two with one name the later one counts, in the place of the first, as in a cluster. What
 * cannot be decoded is left out. A collection with the same items as the time before is the same list. */
export function buildInventory(objects: readonly AnalyzedObject[]): Inventory {
  const found = new Map<Collection, Map<string, Item>>();
  for (const object of objects) {
    const slash = object.apiVersion.indexOf('/');
    const group = slash < 0 ? '' : object.apiVersion.slice(0, slash);
    const collection = COLLECTIONS[`${group}/${object.ref.kind}`];
    if (collection === undefined) continue;
    const namespace = CLUSTER_WIDE.has(collection) ? '' : object.ref.namespace;
    if (IGNORED_NAMESPACES.has(collection === 'namespaces' ? object.ref.name : namespace)) continue;
    if (collection === 'secrets' && IGNORED_SECRETS.has(textAt(object.value, 'type'))) continue;
    const value = decodeMessage(object.apiVersion, object.ref.kind, object.value);
    if (value === undefined) continue;
    const items = found.get(collection) ?? new Map<string, Item>();
    const item = itemOf(object.ref, namespace, value);
    items.set(item.fullName, item);
    found.set(collection, items);
  }
  const list = (collection: Collection): readonly Item[] =>
    keep(collection, [...(found.get(collection)?.values() ?? [])]);
  return {
    gateways: list('gateways'),
    virtualServices: list('virtualServices'),
    destinationRules: list('destinationRules'),
    serviceEntries: list('serviceEntries'),
    sidecars: list('sidecars'),
    requestAuthentications: list('requestAuthentications'),
    authorizationPolicies: list('authorizationPolicies'),
    kubernetesGateways: list('kubernetesGateways'),
    services: list('services'),
    pods: list('pods'),
    nodes: list('nodes'),
    namespaces: list('namespaces'),
    secrets: list('secrets'),
    deployments: list('deployments'),
    customResourceDefinitions: list('customResourceDefinitions'),
  };
}

const keep = keepLists<Collection, Item>();

const CLUSTER_WIDE: ReadonlySet<Collection> = new Set<Collection>([
  'namespaces',
  'nodes',
  'customResourceDefinitions',
]);

const remembered = new WeakMap<JsonObject, Item>();

function itemOf(ref: ObjectRef, namespace: string, value: JsonObject): Item {
  const known = remembered.get(value);
  if (known?.ref === ref && known.namespace === namespace) return known;
  const item = buildItem(ref, namespace, value);
  remembered.set(value, item);
  return item;
}

function buildItem(ref: ObjectRef, namespace: string, value: JsonObject): Item {
  return {
    ref,
    namespace,
    name: ref.name,
    fullName: namespace === '' ? ref.name : `${namespace}/${ref.name}`,
    labels: mapAt(value, 'metadata', 'labels'),
    annotations: mapAt(value, 'metadata', 'annotations'),
    value,
    spec: objectAt(value, 'spec'),
  };
}

/** `name` in the namespace, or `namespace/name`; mirrors `resource.NewShortOrFullName`. */
export function fullNameOf(name: string, namespace: string): string {
  return name.includes('/') ? name : `${namespace}/${name}`;
}

/** A message about a place below the object; a place that is not there is that of the nearest parent that is. */
export function message(
  item: Item,
  ist: string,
  code: string,
  path: Path,
  params: Params = {},
  others: readonly SourceRef[] = [],
): AnalyzeMessage {
  return {
    ist,
    code,
    at: { object: item.ref, path: nearestPath(item.value, path) },
    params,
    ...(others.length > 0 && { others }),
  };
}

function nearestPath(value: JsonObject, path: Path): Path {
  for (let length = path.length; length > 0; length -= 1) {
    const start = path.slice(0, length);
    if (exists(value, start)) return start;
  }
  return [];
}

function exists(from: JsonObject, path: Path): boolean {
  let value: unknown = from;
  for (const step of path) {
    if (Array.isArray(value) && typeof step === 'number') value = value[step];
    else if (
      typeof value === 'object' &&
      value !== null &&
      typeof step === 'string' &&
      Object.hasOwn(value, step)
    ) {
      value = (value as JsonObject)[step];
    } else return false;
    if (value === undefined) return false;
  }
  return true;
}

/** The whole object, where another one is meant. */
export function wholeOf(item: Item): SourceRef {
  return {
    object: item.ref,
    path: valueAt(item.value, 'metadata', 'name') === undefined ? [] : ['metadata', 'name'],
  };
}
