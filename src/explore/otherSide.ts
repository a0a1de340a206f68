import { sidecarOf } from '../compile/clients.ts';
import type { Client } from '../compile/clients.ts';
import type { MeshIndex } from '../compile/compile.ts';
import type { ProxyConfig } from '../compile/compiled.ts';
import type { Exclusion } from '../compile/decisions.ts';
import type { MergedVirtualService } from '../compile/delegates.ts';
import { excludes } from '../compile/routes.ts';
import { compileSidecar, sidecarScopeOf } from '../compile/sidecar.ts';
import { meshGateway, virtualServicesFor } from '../compile/virtualServices.ts';
import type { SourceRef } from '../manifest/source.ts';
import { dialInMesh } from '../simulate/dialInMesh.ts';
import { listens, simulate } from '../simulate/simulate.ts';
import type { Call } from '../simulate/call.ts';
import type { End, Trace } from '../simulate/trace.ts';
import { gatewayCalls, meshCalls } from './otherCalls.ts';

/** The same request from the other side: through the gateway instead of from pod to pod, or the other way round. */
export interface OtherSide {
  readonly call: Call;
  /** Host, port or TLS are not those of the request but those under which the other side has the rule. */
  readonly adapted: boolean;
  readonly trace: Trace;
  /** None: it goes the same way. */
  readonly differences: readonly SideDifference[];
  /** Why the rule that takes the call here does not take it there; empty where it does, or for want of a rule. */
  readonly because: readonly Exclusion[];
}

export type SideDifference =
  /** `spec.http[i]`, `spec.tls[i]`, `spec.tcp[i]`; absent: no rule. */
  | { readonly kind: 'rule'; readonly here?: SourceRef; readonly there?: SourceRef }
  | {
      readonly kind: 'destinations';
      readonly here: readonly DestinationShare[];
      readonly there: readonly DestinationShare[];
    }
  | { readonly kind: 'end'; readonly here: readonly EndShare[]; readonly there: readonly EndShare[] };

export interface DestinationShare {
  readonly name: string;
  readonly exists: boolean;
  readonly share: number;
}

export interface EndShare {
  readonly kind: End['kind'];
  readonly status?: number;
  readonly share: number;
}

/** What both sides are made of. */
export interface Sides {
  readonly index: MeshIndex;
  readonly gateways: readonly ProxyConfig[];
  readonly clients: readonly Client[];
}

/**
 * Compares a call with the same request from the other side; undefined if there is no other side to speak of: no client, or no gateway that listens there
 * or has the rule.
 */
export function otherSide(trace: Trace, sides: Sides): OtherSide | undefined {
  return trace.call.from.kind === 'mesh' ? atGateway(trace, sides) : inMesh(trace, sides);
}

function inMesh(trace: Trace, sides: Sides): OtherSide | undefined {
  const rule = ruleOf(trace, sides.index);
  const { index, clients } = sides;
  // Any pod: one that rules on sources do not single out.
  const pods = clients.filter(({ labels }) => Object.keys(labels).length === 0);
  const client = pods.find(({ namespace }) => namespace === rule?.virtualService.namespace) ?? pods[0];
  if (!client) return undefined;
  const proxy = sidecarOf(client, clients);
  const { mesh, merged, registry } = index;
  const tried = meshCalls(trace.call, client, rule?.virtualService, registry).map(
    ({ call, adapted }): Tried => {
      const config = compileSidecar(mesh, merged, registry, proxy, call.port);
      return { call, adapted, trace: simulate(config, call, dialInMesh(registry, call.from, call.port)) };
    },
  );
  const best = nearest(tried, rule, index);
  if (!best) return undefined;
  const lost = best.takesRule || !rule ? [] : whyNotInMesh(rule, client, best.call.port, sides);
  return compare(trace, best, rule, lost, index);
}

function atGateway(trace: Trace, { index, gateways }: Sides): OtherSide | undefined {
  const rule = ruleOf(trace, index);
  const tried = gatewayCalls(trace.call, rule?.virtualService, gateways).flatMap(
    ({ call, adapted, config }) =>
      listens(config, call) ? [{ call, adapted, config, trace: simulate(config, call) }] : [],
  );
  const best = nearest(tried, rule, index);
  if (!best) return undefined;
  const lost = best.takesRule || !rule ? [] : whyNotAtGateway(rule, best.config);
  return compare(trace, best, rule, lost, index);
}

interface Tried {
  readonly call: Call;
  readonly adapted: boolean;
  readonly trace: Trace;
}

/** The first call that the rule takes, else the first. */
function nearest<One extends Tried>(
  tried: readonly One[],
  rule: Rule | undefined,
  index: MeshIndex,
): (One & { readonly takesRule: boolean }) | undefined {
  const takes = (one: One): boolean =>
    rule !== undefined && ruleOf(one.trace, index)?.virtualService === rule.virtualService;
  const taking = tried.find(takes);
  if (taking) return { ...taking, takesRule: true };
  const [first] = tried;
  return first && { ...first, takesRule: false };
}

interface Rule {
  readonly virtualService: MergedVirtualService;
  /** Where the route or chain that took the call comes from, the nearest place first. */
  readonly at: readonly SourceRef[];
}

/** The rule that decided about a call, if one did. */
function ruleOf({ steps }: Trace, { merged }: MeshIndex): Rule | undefined {
  for (const step of steps.toReversed()) {
    if (step.kind !== 'route' && step.kind !== 'filter-chain') continue;
    if (!step.taken) return undefined;
    const { at } = step.taken;
    const virtualService = merged.all.find(({ at: { object } }) => at.some((ref) => ref.object === object));
    return virtualService && { virtualService, at };
  }
  return undefined;
}

/** The rule as a whole, not one of its match blocks. */
function entryOf(rule: Rule | undefined): SourceRef | undefined {
  return rule?.at.find(({ object, path }) => object === rule.virtualService.at.object && path.length === 3);
}

function whyNotInMesh(
  { virtualService, at }: Rule,
  client: Client,
  port: number,
  { index, clients }: Sides,
): readonly Exclusion[] {
  const { merged, mesh, registry } = index;
  const ref = (...path: string[]): SourceRef => ({
    object: virtualService.at.object,
    path: ['spec', ...path],
  });
  if (!virtualService.gateways.includes(meshGateway))
    return [{ kind: 'not-bound-to-mesh', at: ref('gateways') }];
  if (!virtualServicesFor(merged, meshGateway, client.namespace).includes(virtualService)) {
    return [{ kind: 'not-exported', at: ref('exportTo'), namespace: client.namespace }];
  }
  const { sidecar, egress } = sidecarScopeOf(mesh, merged, registry, sidecarOf(client, clients));
  if (!egress.some(({ virtualServices }) => virtualServices.includes(virtualService))) {
    const by = sidecar ? [{ object: sidecar.at, path: ['spec', 'egress'] }] : [];
    return [{ kind: 'not-imported', at: ref(), by }];
  }
  const blocks = virtualService.http
    .flatMap(({ matches }) => matches)
    .filter((match) => at.includes(match.at));
  const place = { listenPort: port, gateway: meshGateway, proxy: client };
  return blocks.flatMap((block) => excludes(block, place) ?? []);
}

/** Of what the gateway left out, that which stands at the rule, at its block, or at the virtual service as a whole. */
function whyNotAtGateway({ virtualService, at }: Rule, config: ProxyConfig): readonly Exclusion[] {
  const { object } = virtualService.at;
  if (virtualService.gateways.every((gateway) => gateway === meshGateway)) {
    return [{ kind: 'not-bound-to-gateway', at: { object, path: ['spec', 'gateways'] } }];
  }
  return config.exclusions.filter(
    ({ at: lost }) =>
      lost.object === object && (lost.path.length < 3 || at.some((ref) => isWithin(ref, lost))),
  );
}

function isWithin(inner: SourceRef, outer: SourceRef): boolean {
  return inner.object === outer.object && outer.path.every((key, index) => inner.path[index] === key);
}

function compare(
  here: Trace,
  { call, adapted, trace: there }: Tried,
  rule: Rule | undefined,
  because: readonly Exclusion[],
  index: MeshIndex,
): OtherSide {
  const differences: SideDifference[] = [];
  const [ours, theirs] = [entryOf(rule), entryOf(ruleOf(there, index))];
  if (ours?.object !== theirs?.object || ours?.path.join() !== theirs?.path.join()) {
    differences.push({ kind: 'rule', ...(ours && { here: ours }), ...(theirs && { there: theirs }) });
  }
  const destinations = [destinationsOf(here), destinationsOf(there)] as const;
  if (!isSame(...destinations)) {
    differences.push({ kind: 'destinations', here: destinations[0], there: destinations[1] });
  }
  const ends = [endsOf(here), endsOf(there)] as const;
  if (!isSame(...ends)) differences.push({ kind: 'end', here: ends[0], there: ends[1] });
  return { call, adapted, trace: there, differences, because };
}

function destinationsOf({ outcome }: Trace): readonly DestinationShare[] {
  return outcome.flatMap(({ share, destination }) =>
    destination ? [{ name: destination.name, exists: destination.exists, share }] : [],
  );
}

function endsOf({ outcome }: Trace): readonly EndShare[] {
  return outcome.map(({ share, end }) => ({
    kind: end.kind,
    ...('answer' in end && { status: end.answer.status }),
    share,
  }));
}

/** Both are lists of small plain records, made in one way. */
function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
