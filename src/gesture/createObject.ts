import type { Json, JsonObject } from '../manifest/source.ts';
import {
  gatewayNameFrom,
  istioObjects,
  objectAt,
  place,
  valueAt,
  type Board,
  type BoardObject,
} from './board.ts';
import { behindGateway, behindHost, given, namespaceFor, newDocument } from './documents.ts';
import type {
  CreateDestinationRule,
  CreateGateway,
  CreateService,
  CreateServiceEntry,
  CreateVirtualService,
  DestinationPlan,
  Plan,
  PortPlan,
  RulePlan,
} from './gesture.ts';
import {
  freeName,
  freeObjectName,
  labelProblem,
  nameFromHosts,
  objectNameProblem,
  objectNames,
} from './names.ts';
import { buildRule, meantDestination } from './rules.ts';
import { buildServer, sectionOf, serverHosts, serversOf } from './servers.ts';

/** A Gateway with the servers asked for (HTTP for any host if none is), for the pods that the other Gateways select. */
export function createGateway(board: Board, gesture: CreateGateway): Plan {
  const namespace = namespaceFor(board, 'Gateway', gesture.namespace);
  const named = chosenName(board, 'Gateway', namespace, gesture.name, 'gateway');
  if (typeof named !== 'string') return named;
  const servers: JsonObject[] = [];
  for (const plan of gesture.servers ?? [{ protocol: 'HTTP' }]) {
    servers.push(buildServer(plan, servers, `${named}-cert`));
  }
  const selector = gesture.selector ?? usualSelector(board);
  return created(board, { kind: 'Gateway', name: named, namespace, spec: { selector, servers } });
}

/** The pods that gateways of the paste select; else those of Istio's own installation. */
export function usualSelector(board: Board): Json {
  const selector = istioObjects(board, 'Gateway')
    .map((each) => valueAt(each.value, ['spec', 'selector']))
    .findLast((each) => each !== undefined && each !== null);
  return selector ?? { istio: 'ingressgateway' };
}

/** A VirtualService for the hosts of a gateway with a rule of the kind that its servers take; without gateway a delegate. */
export function createVirtualService(board: Board, gesture: CreateVirtualService): Plan {
  const gateway = gesture.gateway === undefined ? undefined : objectAt(board, gesture.gateway);
  if (gesture.gateway !== undefined && gateway === undefined) return refused({ kind: 'place-gone' });
  const namespace = namespaceFor(board, 'VirtualService', gesture.namespace, gateway?.ref);
  const servers = gateway === undefined ? [] : meantServers(gateway, gesture.server);
  const hosts = gesture.hosts ?? unique(servers.flatMap(serverHosts));
  const wanted = gateway === undefined ? 'routes' : nameFromHosts(hosts, `${gateway.ref.name}-routes`);
  const named = chosenName(board, 'VirtualService', namespace, gesture.name, wanted);
  if (typeof named !== 'string') return named;
  const meant = (asked: DestinationPlan | undefined): DestinationPlan =>
    meantDestination(board, namespace, asked);
  const server = servers[0];
  const rule: RulePlan = firstRule(server, gesture);
  const written = hosts.length > 0 ? hosts : ['*'];
  const spec = given({
    hosts: gateway === undefined ? undefined : [...written],
    gateways: gateway === undefined ? undefined : [gatewayNameFrom(gateway.ref, namespace)],
    [rule.section]: [buildRule(rule, written, meant)],
  });
  const after = gateway === undefined ? undefined : behindGateway(board, gateway);
  return created(board, { kind: 'VirtualService', name: named, namespace, spec }, after);
}

/** The server asked for; else those that take rules for HTTP, else all. */
function meantServers(gateway: BoardObject, index: number | undefined): readonly Json[] {
  const all = serversOf(gateway);
  const meant = index === undefined ? undefined : all[index];
  if (meant !== undefined) return [meant];
  const http = all.filter((server) => sectionOf(server) === 'http');
  return http.length > 0 ? http : all;
}

function firstRule(server: Json | undefined, { destination }: CreateVirtualService): RulePlan {
  const section = server === undefined ? 'http' : sectionOf(server);
  const to = destination === undefined ? {} : { destination };
  if (section === 'tls' || section === 'tcp') return { section, ...portOf(server), ...to };
  return { section: 'http', action: { kind: 'route', ...to } };
}

function portOf(server: Json | undefined): { readonly port?: number } {
  const port = server === undefined ? undefined : valueAt(server, ['port', 'number']);
  return typeof port === 'number' ? { port } : {};
}

/** A DestinationRule with its subsets; `v1`, `v2` by label `version` are usual. */
export function createDestinationRule(board: Board, gesture: CreateDestinationRule): Plan {
  const behind = behindHost(board, 'DestinationRule', gesture.host, gesture.namespace ?? '');
  const namespace = namespaceFor(board, 'DestinationRule', gesture.namespace, behind);
  const named = chosenName(
    board,
    'DestinationRule',
    namespace,
    gesture.name,
    nameFromHosts([gesture.host], 'rule'),
  );
  if (typeof named !== 'string') return named;
  const subsets = gesture.subsets.map(({ name, labels }) => ({ name, labels: { ...labels } }));
  const spec = given({ host: gesture.host, subsets: subsets.length > 0 ? subsets : undefined });
  const after = behindHost(board, 'DestinationRule', gesture.host, namespace);
  return created(board, { kind: 'DestinationRule', name: named, namespace, spec }, after);
}

/** A ServiceEntry for a host outside of the mesh, by default HTTPS found by DNS. */
export function createServiceEntry(board: Board, gesture: CreateServiceEntry): Plan {
  const behind = behindHost(board, 'ServiceEntry', gesture.host, gesture.namespace ?? '');
  const namespace = namespaceFor(board, 'ServiceEntry', gesture.namespace, behind);
  const named = chosenName(
    board,
    'ServiceEntry',
    namespace,
    gesture.name,
    nameFromHosts([gesture.host], 'external'),
  );
  if (typeof named !== 'string') return named;
  const wildcard = gesture.host.includes('*');
  const spec: JsonObject = {
    hosts: [gesture.host],
    location: 'MESH_EXTERNAL',
    ports: ports(gesture.ports ?? [{ number: 443, protocol: 'TLS', name: 'tls' }]).map((port) => ({
      number: port.number,
      name: port.name,
      protocol: port.protocol,
    })),
    resolution: wildcard ? 'NONE' : 'DNS',
  };
  const after = behindHost(board, 'ServiceEntry', gesture.host, namespace);
  return created(board, { kind: 'ServiceEntry', name: named, namespace, spec }, after);
}

/** A Service for the pods with its name as label `app`. */
export function createService(board: Board, gesture: CreateService): Plan {
  const namespace = namespaceFor(board, 'Service', gesture.namespace);
  const problem = labelProblem(gesture.name);
  if (problem !== undefined) {
    return refused({ kind: 'name-invalid', name: gesture.name, because: problem });
  }
  if (objectNames(board, 'Service', namespace).has(gesture.name)) {
    return refused({ kind: 'name-taken', name: gesture.name });
  }
  const spec: JsonObject = {
    selector: { app: gesture.name },
    ports: ports(gesture.ports ?? [{ number: 80, protocol: 'HTTP', name: 'http' }]).map((port) => ({
      name: port.name,
      port: port.number,
    })),
  };
  return created(board, { kind: 'Service', name: gesture.name, namespace, spec });
}

/** Ports with a name each, made of protocol and number where none is given. */
function ports(plans: readonly PortPlan[]): Required<PortPlan>[] {
  const taken = new Set<string>();
  return plans.map((plan) => {
    const protocol = plan.protocol ?? 'HTTP';
    const name = freeName(plan.name ?? `${protocol.toLowerCase()}-${plan.number}`, taken);
    taken.add(name);
    return { number: plan.number, protocol, name };
  });
}

/** The name asked for, if it may be one and is free; else a free one. */
function chosenName(
  board: Board,
  kind: string,
  namespace: string,
  asked: string | undefined,
  usual: string,
): string | Plan {
  if (asked === undefined) return freeObjectName(board, kind, namespace, usual);
  const problem = objectNameProblem(asked);
  if (problem !== undefined) return refused({ kind: 'name-invalid', name: asked, because: problem });
  if (objectNames(board, kind, namespace).has(asked)) return refused({ kind: 'name-taken', name: asked });
  return asked;
}

function created(
  board: Board,
  described: Parameters<typeof newDocument>[1],
  after?: Parameters<typeof newDocument>[2],
): Plan {
  const { op, ref } = newDocument(board, described, after);
  return { kind: 'planned', ops: [op], select: place(ref), warnings: [], alongside: [] };
}

function refused(because: Extract<Plan, { kind: 'refused' }>['because']): Plan {
  return { kind: 'refused', because };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
