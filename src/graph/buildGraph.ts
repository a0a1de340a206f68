import type { ProxyConfig } from '../compile/compiled.ts';
import type { Exclusion, Rejection } from '../compile/decisions.ts';
import { meshGateway, resolveGatewayName } from '../compile/virtualServices.ts';
import type { Gateway, Mesh, Server, VirtualService } from '../istio/types.ts';
import type { ObjectRef, SourceRef } from '../manifest/source.ts';
import { compiledTargets, declaredHosts } from './destinations.ts';
import { drawEdges } from './drawEdges.ts';
import type {
  Condition,
  GatewayNode,
  Graph,
  GraphNode,
  GraphRow,
  MeshNode,
  ReasonRow,
  RestRow,
  RuleRow,
  ServerRow,
  Standing,
  VirtualServiceNode,
} from './graph.ts';
import { layoutGraph } from './layoutGraph.ts';
import { box, nodeId, type Losses } from './node.ts';
import { objectKey, refKey } from '../manifest/refKey.ts';
import { ruleRows } from './ruleRows.ts';

export interface GraphInput {
  readonly mesh: Mesh;
  /** The gateway workload that is looked at; absent: the paste has none. */
  readonly gateway?: ProxyConfig;
  /** The calling sidecar, if the call comes from inside the mesh. */
  readonly sidecar?: ProxyConfig;
  /** Exclusions that hold for no workload in particular. */
  readonly exclusions: readonly Exclusion[];
  /** Gateways and virtual services that Istio's validation does not admit. */
  readonly refused: readonly ObjectRef[];
}

/** The graph of a mesh as one gateway workload sees it, laid out. Cost grows with rules and routes, not with their product. */
export function buildGraph(input: GraphInput): Graph {
  const { mesh, gateway, sidecar } = input;
  const configs = [gateway, sidecar].filter((each) => each !== undefined);
  const losses = lossesOf([
    ...configs.flatMap((each) => [...each.rejections, ...each.exclusions]),
    ...input.exclusions,
  ]);
  const targets = compiledTargets(configs);
  const declared = declaredHosts(mesh);
  const bound = new Set(gateway?.bindings.map((each) => objectKey(each.virtualService.object)));
  const usedRules = rulesInUse(gateway, losses);
  const shared = sharedHosts(mesh.virtualServices);

  const gateways = mesh.gateways.map((each) => gatewayNode(each, losses, gateway));
  const virtualServices = mesh.virtualServices.map((each) => {
    const key = objectKey(each.at);
    return virtualServiceNode(each, losses, bound.has(key), usedRules, shared);
  });
  const absent = absentGateways(mesh, input.refused);
  const refused = refusedNodes(
    input.refused,
    new Set([...gateways, ...virtualServices].map((each) => each.id)),
  );
  const meshNodes = virtualServices.some((each) => each.mesh) ? [meshNode] : [];
  const left = [...gateways, ...absent, ...refused.filter((each) => each.kind === 'gateway'), ...meshNodes];
  const middle = [...virtualServices, ...refused.filter((each) => each.kind === 'virtual-service')];
  const drawn = drawEdges({ mesh, configs, targets, declared, left, middle, losses });
  return layoutGraph([...left, ...middle, ...drawn.destinations], drawn.edges);
}

function lossesOf(all: readonly (Exclusion | Rejection)[]): Losses {
  const losses = new Map<string, (Exclusion | Rejection)[]>();
  for (const each of all) {
    const key = objectKey(each.at.object);
    const list = losses.get(key);
    if (list === undefined) losses.set(key, [each]);
    else list.push(each);
  }
  return losses;
}

function lossAt(losses: Losses, place: SourceRef, exact: boolean): Exclusion | Rejection | undefined {
  return losses.get(objectKey(place.object))?.find((each) => {
    const { path } = each.at;
    if (exact && path.length !== place.path.length) return false;
    return place.path.every((step, index) => path[index] === step);
  });
}

// ── Gateways ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function gatewayNode(gateway: Gateway, losses: Losses, config: ProxyConfig | undefined): GatewayNode {
  const id = nodeId(gateway);
  const own = losses.get(objectKey(gateway.at)) ?? [];
  const misses = own.find((each) => each.kind === 'selector-misses');
  const standing: Standing = misses !== undefined || config === undefined ? 'other-workload' : 'part';
  const rows: (ServerRow | ReasonRow)[] = (gateway.spec.servers ?? []).map((server, index) =>
    serverRow(server, index, gateway, losses, standing === 'part'),
  );
  if (misses !== undefined) rows.push({ kind: 'reason', id: `${id}#reason`, at: misses.at, because: misses });
  return { ...head('gateway', id, gateway, standing, rows), rows };
}

function serverRow(
  server: Server,
  index: number,
  gateway: Gateway,
  losses: Losses,
  part: boolean,
): ServerRow {
  const at: SourceRef = { object: gateway.at, path: ['spec', 'servers', index] };
  const lost = part ? lossAt(losses, at, true) : undefined;
  return {
    kind: 'server',
    id: `${nodeId(gateway)}#${index}`,
    at,
    port: server.port?.number ?? 0,
    protocol: server.port?.protocol ?? '',
    ...(server.tls !== undefined && modeOf(server)),
    hosts: server.hosts ?? [],
    httpsRedirect: server.tls?.httpsRedirect === true,
    ...(lost !== undefined && { lost }),
  };
}

/** TLS counts on HTTPS and TLS ports only; there, no mode means PASSTHROUGH. */
function modeOf(server: Server): { readonly mode?: string } {
  const protocol = server.port?.protocol?.toUpperCase();
  return protocol === 'HTTPS' || protocol === 'TLS' ? { mode: server.tls?.mode ?? 'PASSTHROUGH' } : {};
}

/** Gateways that virtual services name and that are written nowhere. */
function absentGateways(mesh: Mesh, refused: readonly ObjectRef[]): readonly GatewayNode[] {
  const written = [...mesh.gateways, ...refused.filter((each) => each.kind === 'Gateway')];
  const known = new Set(written.map((each) => `${each.namespace}/${each.name}`));
  const absent = new Map<string, GatewayNode>();
  for (const virtualService of mesh.virtualServices) {
    for (const written of virtualService.spec.gateways ?? []) {
      const name = resolveGatewayName(written, virtualService.namespace);
      if (name === meshGateway || known.has(name) || absent.has(name)) continue;
      absent.set(name, absentGateway(name));
    }
  }
  return [...absent.values()];
}

function absentGateway(key: string): GatewayNode {
  const [namespace = '', ...name] = key.split('/');
  const id = nodeId({ kind: 'Gateway', namespace, name: name.join('/') });
  const rows: ReasonRow[] = [{ kind: 'reason', id: `${id}#reason`, because: { kind: 'not-in-paste' } }];
  return {
    kind: 'gateway',
    id,
    name: name.join('/'),
    namespace,
    standing: 'not-in-paste',
    rows,
    ...box('gateway', rows),
  };
}

const meshNode: MeshNode = {
  kind: 'mesh',
  id: meshGateway,
  name: meshGateway,
  namespace: '',
  standing: 'part',
  rows: [],
  ...box('mesh', []),
};

// ── Virtual services ─────────────────────────────────────────────────────────────────────────────────────────────────

function virtualServiceNode(
  virtualService: VirtualService,
  losses: Losses,
  bound: boolean,
  usedRules: ReadonlySet<string>,
  shared: ReadonlySet<string>,
): VirtualServiceNode {
  const id = nodeId(virtualService);
  const hosts = virtualService.spec.hosts ?? [];
  const delegate = hosts.length === 0;
  const mesh = !delegate && isMeshBound(virtualService);
  const own = losses.get(objectKey(virtualService.at));
  const delegated = delegate && own?.some((each) => each.kind === 'delegate-unreferenced') !== true;
  const standing: Standing = bound || mesh || delegated ? 'part' : 'not-attached';
  const written = ruleRows(virtualService, id);
  const rows: (RuleRow | RestRow | ReasonRow)[] =
    own === undefined ? [...written] : evaluated(written, losses, usedRules);
  const http = virtualService.spec.http ?? [];
  if (!delegate && http.length > 0 && !rows.some((row) => row.kind === 'rule' && isCatchAll(row))) {
    rows.push({ kind: 'rest', id: `${id}#rest`, shared: hosts.some((host) => shared.has(host)) });
  }
  const whole = own?.[0];
  if (standing === 'not-attached' && whole !== undefined) {
    rows.push({ kind: 'reason', id: `${id}#reason`, at: whole.at, because: whole });
  }
  return { ...head('virtual-service', id, virtualService, standing, rows), rows, hosts, mesh, delegate };
}

function isMeshBound(virtualService: VirtualService): boolean {
  const gateways = virtualService.spec.gateways ?? [];
  return gateways.length === 0 || gateways.includes(meshGateway);
}

/** A rule behind which nothing can match: one of its blocks has no condition, or only one that every path meets. Mirrors `IsCatchAllRoute`. */
function isCatchAll(row: RuleRow): boolean {
  if (row.section !== 'http') return false;
  return row.matches.length === 0 || row.matches.some((block) => block.every(isMetByAll));
}

function isMetByAll({ field, how, value }: Condition): boolean {
  return field === 'path' && ((how === 'prefix' && value === '/') || (how === 'regex' && value === '.*'));
}

/** The rules with what they lose; those that Istio moves behind the others (catch-alls) stand last. */
function evaluated(rows: readonly RuleRow[], losses: Losses, usedRules: ReadonlySet<string>): RuleRow[] {
  const told = rows.map((row) => {
    const lost = lossAt(losses, row.at, false);
    if (lost === undefined || !isExclusion(lost)) return row;
    // What only some server or some block of it loses is no loss of the rule.
    return lost.kind !== 'moved-behind' && usedRules.has(refKey(row.at)) ? row : { ...row, lost };
  });
  const moved = told.filter((row) => row.lost?.kind === 'moved-behind');
  return moved.length === 0 ? told : [...told.filter((row) => row.lost?.kind !== 'moved-behind'), ...moved];
}

/** Rules of virtual services with losses that got a route all the same, by `refKey`. */
function rulesInUse(gateway: ProxyConfig | undefined, losses: Losses): ReadonlySet<string> {
  const used = new Set<string>();
  for (const { virtualService, routes } of gateway?.bindings ?? []) {
    if (!losses.has(objectKey(virtualService.object))) continue;
    for (const each of routes) used.add(refKey({ object: each.object, path: each.path.slice(0, 3) }));
  }
  return used;
}

function isExclusion(loss: Exclusion | Rejection): loss is Exclusion {
  switch (loss.kind) {
    case 'port-conflict':
    case 'duplicate-tls-host':
    case 'duplicate-route-config':
    case 'refused-listener':
    case 'host-list-panics':
      return false;
    default:
      return true;
  }
}

/** Hosts of more than one virtual service. */
function sharedHosts(virtualServices: readonly VirtualService[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const each of virtualServices) {
    for (const host of new Set(each.spec.hosts)) (seen.has(host) ? shared : seen).add(host);
  }
  return shared;
}

// ── What is refused, and what all nodes have ─────────────────────────────────────────────────────────────────────────

function refusedNodes(refs: readonly ObjectRef[], taken: ReadonlySet<string>): readonly GraphNode[] {
  const ids = new Set(taken);
  return refs.flatMap((ref): GraphNode[] => {
    if (ref.kind !== 'Gateway' && ref.kind !== 'VirtualService') return [];
    const base = nodeId(ref);
    const id = ids.has(base) ? `${base}@${objectKey(ref)}` : base;
    ids.add(id);
    const at: SourceRef = { object: ref, path: [] };
    const rows: ReasonRow[] = [{ kind: 'reason', id: `${id}#reason`, at, because: { kind: 'refused' } }];
    const resource = { namespace: ref.namespace, name: ref.name, at: ref };
    if (ref.kind === 'Gateway') return [{ ...head('gateway', id, resource, 'refused', rows), rows }];
    return [
      {
        ...head('virtual-service', id, resource, 'refused', rows),
        rows,
        hosts: [],
        mesh: false,
        delegate: false,
      },
    ];
  });
}

function head<Kind extends GraphNode['kind']>(
  kind: Kind,
  id: string,
  resource: { readonly namespace: string; readonly name: string; readonly at: ObjectRef },
  standing: Standing,
  rows: readonly GraphRow[],
) {
  const { namespace, name } = resource;
  const at: SourceRef = { object: resource.at, path: [] };
  return { kind, id, name, namespace, at, standing, ...box(kind, rows) };
}
