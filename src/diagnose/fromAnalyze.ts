import type { MeshIndex } from '../compile/compile.ts';
import type { MergedVirtualService } from '../compile/delegates.ts';
import { isWildcard, matches, resolveShortName } from '../hostname.ts';
import { resolveGatewayName } from '../compile/virtualServices.ts';
import { isHttp, parseProtocol } from '../istio/protocol.ts';
import { selects, type Labels } from './analyze/selector.ts';
import { mapAt, numberAt, objectsAt, textAt, textsAt } from './analyze/fields.ts';
import { wholeOf, type AnalyzeMessage, type Inventory, type Item } from './analyze/inventory.ts';
import type { Draft } from './draft.ts';
import { objectKey } from '../manifest/refKey.ts';

interface Paste {
  readonly inventory: Inventory;
  readonly index: MeshIndex;
  /** By full name. */
  readonly services: ReadonlyMap<string, Item>;
  readonly servicesByName: ReadonlyMap<string, readonly Item[]>;
  readonly gatewaysByName: ReadonlyMap<string, readonly Item[]>;
  readonly templates: readonly Labels[];
  /** Virtual services with hosts, by place. */
  readonly owners: ReadonlyMap<string, MergedVirtualService>;
  /** Of Gateways and DestinationRules, by place. */
  readonly items: ReadonlyMap<string, Item>;
}

/**
 * The messages of `istioctl analyze` as diagnostics of a paste, which is not a whole cluster: what it refers to and does not hold is left for the cluster to
 * have, and is not even mentioned where the paste shows nothing of that kind. Where the paste tells more than istioctl looks at, a sharper code
 * stands instead.
 */
export function* analyzeDrafts(
  messages: readonly AnalyzeMessage[],
  inventory: Inventory,
  index: MeshIndex,
): Generator<Draft> {
  const paste = pasteOf(inventory, index);
  for (const message of messages) {
    const draft = draftOf(message, paste);
    if (draft) yield draft;
  }
}

function pasteOf(inventory: Inventory, index: MeshIndex): Paste {
  const group = (items: readonly Item[]): ReadonlyMap<string, readonly Item[]> => {
    const map = new Map<string, Item[]>();
    for (const item of items) map.set(item.name, [...(map.get(item.name) ?? []), item]);
    return map;
  };
  return {
    inventory,
    index,
    services: new Map(inventory.services.map((item) => [item.fullName, item])),
    servicesByName: group(inventory.services),
    gatewaysByName: group(inventory.gateways),
    owners: new Map(index.merged.all.map((each) => [objectKey(each.at.object), each])),
    items: new Map(
      [...inventory.gateways, ...inventory.destinationRules].map((item) => [objectKey(item.ref), item]),
    ),
    templates: index.mesh.workloads.map(
      ({ spec }) => new Map(Object.entries(spec.template?.metadata?.labels ?? {})),
    ),
  };
}

function draftOf(message: AnalyzeMessage, paste: Paste): Draft | undefined {
  const { inventory } = paste;
  const { code, at, params } = message;
  const draft: Draft = { code, at, params, ...(message.others && { others: message.others }) };
  const hasServices = inventory.services.length > 0 || inventory.serviceEntries.length > 0;
  const hasPods = inventory.pods.length > 0 || paste.templates.length > 0;
  switch (code) {
    // Reachability, on what Envoy gets, says more.
    case 'VS086':
    case 'VS087':
    case 'VS088':
    case 'VS089':
    case 'VS090':
      return undefined;
    case 'REF001':
      return hasPods && !isSelectedByTemplate(message, paste) ? draft : undefined;
    case 'REF002':
      return inventory.secrets.length > 0 ? draft : undefined;
    case 'REF004':
      return gatewayNotFound(draft, paste);
    case 'REF005':
      return hostNotFound(draft, paste) ?? (hasServices ? draft : undefined);
    case 'REF006':
      return hasServices ? draft : undefined;
    case 'DR053':
      // A wildcard is for whatever it covers, and works without a Service of that name.
      return hasServices && !isWildcard(String(params['host'] ?? '')) ? draft : undefined;
    case 'REF007':
      return withPortLevel(targetPort(draft, paste) ?? draft, paste);
    case 'REF009':
      return inventory.namespaces.length > 0 ? draft : undefined;
    case 'DR052':
      return hasPods && !isSelectedSubset(message, paste) ? draft : undefined;
    case 'VS092':
      return portOfListener(draft, paste) ?? draft;
    case 'VS093':
      return isDisjointFromOne(message, paste) ? { ...draft, level: 'surprise' } : undefined;
    case 'VS094':
      return isOwnPlace(draft) ? undefined : draft;
    case 'REF008':
      return inventory.destinationRules.length > 0 ? withSubsetLevel(draft, paste) : undefined;
    case 'GW040':
      return isPlaintext(message, paste) ? { ...draft, level: 'style' } : draft;
    case 'SE012':
      return { ...draft, level: 'style' };
    default:
      return draft;
  }
}

/** Rules of the same object are no trap. */
function isOwnPlace({ at, others = [] }: Draft): boolean {
  return others.every((other) => objectKey(other.object) === objectKey(at.object));
}

/** Service and rule are both there, so nothing elsewhere can have the subset. */
function withSubsetLevel(draft: Draft, { index }: Paste): Draft {
  const { host, subsets } = draft.params;
  const full = resolveShortName(String(host), draft.at.object.namespace);
  const isKnown = index.registry.byHost.has(full) && typeof subsets === 'object' && subsets.length > 0;
  return isKnown ? { ...draft, level: 'fail' } : draft;
}

/** Of a service that takes part no port can be elsewhere; that copies of requests get nowhere is no failure of theirs. */
function withPortLevel(draft: Draft, { index }: Paste): Draft {
  const full = resolveShortName(String(draft.params['host'] ?? ''), draft.at.object.namespace);
  const isMirror = draft.at.path.some((step) => step === 'mirror' || step === 'mirrors');
  return index.registry.byHost.has(full) && !isMirror ? draft : { ...draft, level: 'surprise' };
}

/** Servers for plain HTTP are joined, whatever Gateway they stand in. */
function isPlaintext({ at }: AnalyzeMessage, { items }: Paste): boolean {
  const gateway = items.get(objectKey(at.object));
  const server = gateway && objectsAt(gateway.spec, 'servers')[Number(at.path[2])];
  return server !== undefined && isHttp(parseProtocol(textAt(server, 'port', 'protocol')));
}

function isSelectedByTemplate({ at }: AnalyzeMessage, { items, templates }: Paste): boolean {
  const gateway = items.get(objectKey(at.object));
  if (!gateway) return false;
  const selector = mapAt(gateway.spec, 'selector');
  return templates.some((labels) => selects(selector, labels));
}

function isSelectedSubset({ at, params }: AnalyzeMessage, { items, templates }: Paste): boolean {
  const rule = items.get(objectKey(at.object));
  const subset =
    rule && objectsAt(rule.spec, 'subsets').find((each) => textAt(each, 'name') === params['subset']);
  return subset !== undefined && templates.some((labels) => selects(mapAt(subset, 'labels'), labels));
}

/** REF217: a Gateway of that name in another namespace. */
function gatewayNotFound(draft: Draft, { gatewaysByName }: Paste): Draft {
  const name = String(draft.params['gateway'] ?? '');
  const [other] = name.includes('/') ? [] : (gatewaysByName.get(name.split('.')[0] ?? '') ?? []);
  // The old form with dots is understood when routing, whatever istioctl says.
  if (!other || resolveGatewayName(name, draft.at.object.namespace) === other.fullName) return draft;
  const params = { ...draft.params, namespace: other.namespace, want: other.fullName };
  return { code: 'REF217', at: draft.at, others: [wholeOf(other)], params };
}

/**
 * VS093 for one of several Gateways; where none of them fits the compiler says so. The hosts are compared as they are completed, which istioctl does
 * not do.
 */
function isDisjointFromOne({ at, others }: AnalyzeMessage, { owners, items }: Paste): boolean {
  const owner = owners.get(objectKey(at.object));
  const [place] = others ?? [];
  const gateway = place && items.get(objectKey(place.object));
  if (!owner || !gateway || owner.gateways.length < 2) return false;
  const served = objectsAt(gateway.spec, 'servers').flatMap((server) => textsAt(server, 'hosts'));
  return !served.some((host) => owner.hosts.some((each) => matches(host.slice(host.indexOf('/') + 1), each)));
}

/** REF201, REF202: a name that means something else than it seems to. */
function hostNotFound(draft: Draft, { services, servicesByName }: Paste): Draft | undefined {
  const host = String(draft.params['host'] ?? '');
  const half = /^([a-z0-9-]+)\.([a-z0-9-]+)(?:\.svc)?$/.exec(host);
  const service = half ? services.get(`${half[2]}/${half[1]}`) : undefined;
  if (half && service) {
    const want = `${half[1]}.${half[2]}.svc.cluster.local`;
    return { code: 'REF202', at: draft.at, others: [wholeOf(service)], params: { host, want } };
  }
  const [other] = host.includes('.') ? [] : (servicesByName.get(host) ?? []);
  if (!other) return undefined;
  const want = `${host}.${other.namespace}.svc.cluster.local`;
  return {
    code: 'REF201',
    at: draft.at,
    others: [wholeOf(other)],
    params: { ...draft.params, namespace: other.namespace, want },
  };
}

/** REF203: the number is a target or node port of the Service. */
function targetPort(draft: Draft, { services }: Paste): Draft | undefined {
  const [place] = draft.others ?? [];
  const service = place && services.get(`${place.object.namespace}/${place.object.name}`);
  if (!service || place.object.kind !== 'Service') return undefined;
  const wanted = draft.params['port'];
  const port = objectsAt(service.spec, 'ports').find((each) =>
    [numberAt(each, 'targetPort'), numberAt(each, 'nodePort')].includes(Number(wanted)),
  );
  return port && { ...draft, code: 'REF203', params: { ...draft.params, want: numberAt(port, 'port') } };
}

/** REF205: on a gateway it is known which port will be taken, and whether the service has it. */
function portOfListener(draft: Draft, { owners, index: { mesh } }: Paste): Draft | undefined {
  const owner = owners.get(objectKey(draft.at.object));
  if (!owner || owner.gateways.includes('mesh')) return undefined;
  const bound = new Set(owner.gateways);
  const numbers = new Set(
    mesh.gateways
      .filter(({ namespace, name }) => bound.has(`${namespace}/${name}`))
      .flatMap(({ spec }) => spec.servers ?? [])
      .filter(
        ({ port, tls }) =>
          isHttp(parseProtocol(port?.protocol ?? '')) ||
          (port?.protocol?.toUpperCase() === 'HTTPS' && tls?.mode !== undefined),
      )
      .map(({ port }) => port?.number ?? 0),
  );
  if (numbers.size === 0) return undefined;
  const ports = draft.params['ports'];
  const isOffered = [...numbers].some((number) => Array.isArray(ports) && ports.includes(String(number)));
  const params = { ...draft.params, port: [...numbers].map(String) };
  return { ...draft, code: 'REF205', level: isOffered ? 'style' : 'fail', params };
}
