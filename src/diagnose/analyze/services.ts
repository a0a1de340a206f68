import { servicePortProtocol } from '../../istio/protocol.ts';
import type { JsonObject } from '../../manifest/source.ts';
import { mapAt, numberAt, objectAt, objectsAt, textAt, valueAt } from './fields.ts';
import { type AnalyzeMessage, type Inventory, type Item, message, wholeOf } from './inventory.ts';
import { type Labels, selects } from './selector.ts';

/** Whether Istio has to guess the protocol of a port of a Service from what is sent. */
function isGuessed(port: JsonObject): boolean {
  const appProtocol = valueAt(port, 'appProtocol');
  const written = {
    port: numberAt(port, 'port'),
    name: textAt(port, 'name'),
    protocol: textAt(port, 'protocol'),
    ...(typeof appProtocol === 'string' && { appProtocol }),
  };
  return servicePortProtocol(written) === 'auto';
}

const MANAGED_GATEWAYS = new Set([
  'istio.io-gateway-controller',
  'istio.io-mesh-controller',
  'istio.io-eastwest-controller',
]);

/** IST0118, IST0150; mirrors `service.PortNameAnalyzer`. */
export function* portNames(inventory: Pick<Inventory, 'services'>): Generator<AnalyzeMessage> {
  for (const service of inventory.services) {
    if (service.labels.has('istio') || service.labels.get('release') === 'istio') continue;
    if (MANAGED_GATEWAYS.has(service.labels.get('gateway.istio.io/managed') ?? '')) continue;
    const isExternal = textAt(service.spec, 'type') === 'ExternalName';
    for (const [index, port] of objectsAt(service.spec, 'ports').entries()) {
      const name = textAt(port, 'name');
      if (!isGuessed(port) && !(isExternal && name === 'tcp')) continue;
      const params = { service: service.fullName, name, port: numberAt(port, 'port') };
      const field = valueAt(port, 'appProtocol') === undefined ? 'name' : 'appProtocol';
      const path = ['spec', 'ports', index, field];
      yield isExternal
        ? message(service, 'IST0150', 'REF011', path, params)
        : message(service, 'IST0118', 'REF010', path, params);
    }
  }
}

/** IST0116, IST0137; mirrors `deployment.ServiceAssociationAnalyzer`. */
export function* sharedDeployments(
  inventory: Pick<Inventory, 'deployments' | 'namespaces' | 'services'>,
): Generator<AnalyzeMessage> {
  const namespaces = new Map(inventory.namespaces.map((namespace) => [namespace.name, namespace]));
  const services = servicesByLabel(inventory.services);
  for (const deployment of inventory.deployments) {
    if (deployment.labels.get('gateway.istio.io/managed') === 'istio.io-mesh-controller') continue;
    if (!isInMesh(deployment, namespaces.get(deployment.namespace))) continue;
    const labels = mapAt(deployment.spec, 'template', 'metadata', 'labels');
    const selecting = [...labels].flatMap(
      ([key, value]) => services.get(`${deployment.namespace} ${key}=${value}`) ?? [],
    );
    yield* conflictsOf(
      deployment,
      selecting.filter(({ selector }) => selects(selector, labels)).map(({ service }) => service),
    );
  }
}

interface Selecting {
  readonly service: Item;
  readonly selector: Labels;
}

/** Services by namespace and the first label that they select by; those that select nothing are left out. */
function servicesByLabel(services: readonly Item[]): ReadonlyMap<string, readonly Selecting[]> {
  const result = new Map<string, Selecting[]>();
  for (const service of services) {
    const selector = mapAt(service.spec, 'selector');
    const [first] = selector;
    if (!first) continue;
    const key = `${service.namespace} ${first[0]}=${first[1]}`;
    const list = result.get(key);
    if (list) list.push({ service, selector });
    else result.set(key, [{ service, selector }]);
  }
  return result;
}

function* conflictsOf(deployment: Item, services: readonly Item[]): Generator<AnalyzeMessage> {
  const protocols = new Map<string, Map<string, Item>>();
  const ports = new Map<string, Map<string, Item>>();
  for (const service of services) {
    for (const port of objectsAt(service.spec, 'ports')) {
      const number = String(numberAt(port, 'port'));
      const target = textAt(port, 'targetPort') || String(numberAt(port, 'targetPort'));
      add(protocols, number, textAt(port, 'protocol') || 'TCP', service);
      add(ports, target === '0' ? number : target, number, service);
    }
  }
  for (const [port, users] of protocols) {
    if (users.size < 2) continue;
    const params = {
      port,
      protocols: [...users.keys()],
      services: namesOf(users),
      deployment: deployment.fullName,
    };
    yield message(deployment, 'IST0116', 'REF014', ['metadata', 'name'], params, placesOf(users));
  }
  for (const [targetPort, users] of ports) {
    if (users.size < 2) continue;
    const params = {
      targetPort,
      ports: [...users.keys()],
      services: namesOf(users),
      deployment: deployment.fullName,
    };
    yield message(deployment, 'IST0137', 'REF015', ['metadata', 'name'], params, placesOf(users));
  }
}

function add(map: Map<string, Map<string, Item>>, key: string, inner: string, service: Item): void {
  const users = map.get(key) ?? new Map<string, Item>();
  users.set(inner, service);
  map.set(key, users);
}

function namesOf(users: ReadonlyMap<string, Item>): readonly string[] {
  return [...new Set([...users.values()].map((each) => each.fullName))];
}

function placesOf(users: ReadonlyMap<string, Item>): ReturnType<typeof wholeOf>[] {
  return [...new Set(users.values())].map(wholeOf);
}

/** Whether pods of the deployment get a sidecar, as far as manifests tell; mirrors `util.DeploymentInMesh`. */
function isInMesh(deployment: Item, namespace: Item | undefined): boolean {
  const template = objectAt(deployment.spec, 'template');
  const proxy = objectsAt(template, 'spec', 'containers').find(
    (each) => textAt(each, 'name') === 'istio-proxy',
  );
  if (proxy !== undefined && textAt(proxy, 'image') !== '') return true;
  const asked =
    mapAt(template, 'metadata', 'labels').get('sidecar.istio.io/inject') ??
    mapAt(template, 'metadata', 'annotations').get('sidecar.istio.io/inject');
  if (asked !== undefined) return asked === 'true';
  return namespace?.labels.get('istio-injection') === 'enabled';
}

/**
 * IST0171 on Services and ServiceEntries; mirrors `conditions.ConditionAnalyzer`, to which a condition of a type that it does not know is
 * negative if its status is empty.
 */
export function* waypointConditions(
  inventory: Pick<Inventory, 'serviceEntries' | 'services'>,
): Generator<AnalyzeMessage> {
  for (const item of [...inventory.services, ...inventory.serviceEntries]) {
    for (const [index, condition] of objectsAt(item.value, 'status', 'conditions').entries()) {
      const negative = textAt(condition, 'type') === 'istio.io/WaypointBound' ? 'False' : '';
      if (textAt(condition, 'status') !== negative) continue;
      const path = ['status', 'conditions', index];
      const params = { reason: textAt(condition, 'reason'), text: textAt(condition, 'message') };
      yield message(item, 'IST0171', 'SE042', path, params);
    }
  }
}

const REMOVED_KINDS = new Set(['ClusterRbacConfig', 'RbacConfig', 'ServiceRole', 'ServiceRoleBinding']);

/** IST0002 on a Sidecar or a CRD; mirrors `deprecation.FieldAnalyzer`. */
export function* deprecatedKinds(
  inventory: Pick<Inventory, 'customResourceDefinitions' | 'sidecars'>,
): Generator<AnalyzeMessage> {
  for (const item of inventory.sidecars) {
    const path = ['spec', 'outboundTrafficPolicy', 'egressProxy'];
    if (Object.keys(objectAt(item.spec, 'outboundTrafficPolicy', 'egressProxy')).length === 0) continue;
    yield message(item, 'IST0002', 'LINT021', path, { field: 'egressProxy' });
  }
  for (const item of inventory.customResourceDefinitions) {
    const kind = textAt(item.spec, 'names', 'kind');
    if (textAt(item.spec, 'group') !== 'rbac.istio.io' || !REMOVED_KINDS.has(kind)) continue;
    yield message(item, 'IST0002', 'LINT021', ['spec', 'names', 'kind'], { field: kind });
  }
}
