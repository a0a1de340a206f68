import type { ProxyConfig } from '../compile/compiled.ts';
import type { Exclusion, Rejection } from '../compile/decisions.ts';
import { meshGateway } from '../compile/virtualServices.ts';
import type { VirtualService } from '../istio/types.ts';
import { objectKey, refKey } from '../manifest/refKey.ts';
import type { Condition, ReasonRow, RestRow, RuleRow, Standing, VirtualServiceNode } from './graph.ts';
import { head, lossAt, nodeId, type Losses } from './node.ts';
import { ruleRows } from './ruleRows.ts';

interface Undisturbed {
  readonly bound: boolean;
  readonly sharesHost: boolean;
  readonly node: VirtualServiceNode;
}

const undisturbed = new WeakMap<VirtualService, Undisturbed>();

/** Of one that loses nothing, the node is kept for the resource, which an edit elsewhere leaves as it is. */
export function virtualServiceNode(
  virtualService: VirtualService,
  losses: Losses,
  bound: boolean,
  usedRules: ReadonlySet<string>,
  shared: ReadonlySet<string>,
): VirtualServiceNode {
  const sharesHost = (virtualService.spec.hosts ?? []).some((host) => shared.has(host));
  if (losses.has(objectKey(virtualService.at)))
    return freshVirtualService(virtualService, losses, bound, usedRules, sharesHost);
  const known = undisturbed.get(virtualService);
  if (known?.bound === bound && known.sharesHost === sharesHost) return known.node;
  const node = freshVirtualService(virtualService, losses, bound, usedRules, sharesHost);
  undisturbed.set(virtualService, { bound, sharesHost, node });
  return node;
}

function freshVirtualService(
  virtualService: VirtualService,
  losses: Losses,
  bound: boolean,
  usedRules: ReadonlySet<string>,
  sharesHost: boolean,
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
    rows.push({ kind: 'rest', id: `${id}#rest`, shared: sharesHost });
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
export function rulesInUse(gateway: ProxyConfig | undefined, losses: Losses): ReadonlySet<string> {
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
export function sharedHosts(virtualServices: readonly VirtualService[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const each of virtualServices) {
    for (const host of new Set(each.spec.hosts)) (seen.has(host) ? shared : seen).add(host);
  }
  return shared;
}
