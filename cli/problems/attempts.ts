import type { Analysis } from '../../src/analyse.ts';
import { sidecarOf } from '../../src/compile/clients.ts';
import type { ProxyConfig } from '../../src/compile/compiled.ts';
import type { MergedVirtualService } from '../../src/compile/delegates.ts';
import type { RegistryService } from '../../src/compile/registry.ts';
import { matchAll } from '../../src/compile/routeMatch.ts';
import { compileSidecar } from '../../src/compile/sidecar.ts';
import { meshGateway } from '../../src/compile/virtualServices.ts';
import type { FilterChain, Route } from '../../src/envoy/types.ts';
import { callsToward, messageFor } from '../../src/explore/reachable.ts';
import { matches } from '../../src/hostname.ts';
import { liesIn, objectKey } from '../../src/manifest/refKey.ts';
import type { SourceRef } from '../../src/manifest/source.ts';
import type { Call, CallOrigin } from '../../src/simulate/call.ts';
import { dialInMesh } from '../../src/simulate/dialInMesh.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import type { Trace } from '../../src/simulate/trace.ts';
import { completed } from './completed.ts';

/** A call that is made after the words of one rule, at a proxy that has the rule. */
export interface Attempt {
  readonly call: Call;
  /** With all that the proxy has. */
  readonly trace: () => Trace;
  /** With the rule as the only one of its host: what another rule takes is no reason then. */
  readonly traceAlone: () => Trace;
  /** The same proxy asked something else. */
  readonly ask: (call: Call) => Trace;
}

/** Source workloads that are tried for one place. */
const mostClients = 12;

/** What becomes of the rules of the place, when they stand alone. */
type Alone = (route: Route) => Route;

/** Calls for every rule that was made from the place, at each gateway that has it and from workloads in the mesh. */
export function* attemptsFor(
  analysis: Analysis,
  place: SourceRef,
  alone: Alone = (route) => route,
): Generator<Attempt> {
  for (const config of analysis.compiled.gateways) yield* atGateway(config, place, alone);
  const whole = completed(analysis);
  for (const virtualService of meshOwners(whole, place)) yield* inMesh(whole, virtualService, place, alone);
}

/** The rule without its conditions, so that any request of the host is one that it takes. */
export const unconditional: Alone = (route) => ({ ...route, match: matchAll });

/** Whether the call of a trace ended up with something that was made from the place. */
export function isTakenBy(place: SourceRef, { steps }: Trace): boolean {
  return steps.some(
    (step) =>
      (step.kind === 'route' || step.kind === 'filter-chain') &&
      step.taken?.at.some((ref) => liesIn(ref, place)),
  );
}

/** Virtual services for the mesh that are written at the place, or that have a delegate there. */
export function meshOwners({ index }: Analysis, { object }: SourceRef): readonly MergedVirtualService[] {
  const key = objectKey(object);
  return (index.merged.byGateway.get(meshGateway) ?? []).filter(
    ({ at, http }) =>
      objectKey(at.object) === key ||
      http.some(({ delegateAt }) => delegateAt && objectKey(delegateAt.object) === key),
  );
}

function* atGateway(config: ProxyConfig, place: SourceRef, change: Alone): Generator<Attempt> {
  const alone = withOnly(config, place, change);
  const rules = new Set(rulesOf(alone, place));
  for (const { server, domains } of config.bindings) {
    for (const rule of rules) {
      for (const made of callsToward(alone, server, domains, rule)) {
        const call = asClientsSend(made);
        yield {
          call,
          trace: () => simulate(config, call),
          traceAlone: () => simulate(alone, call),
          ask: (other) => simulate(config, other),
        };
      }
    }
  }
}

/** One place of origin of each rule that was made from the place. */
function* rulesOf({ routeConfigs, listeners }: ProxyConfig, place: SourceRef): Generator<SourceRef> {
  for (const { virtualHosts } of routeConfigs.values())
    for (const { routes } of virtualHosts) for (const { origin } of routes) if (origin[0]) yield origin[0];
  for (const { filterChains } of listeners)
    for (const chain of filterChains) if (isChainOf(chain, place) && chain.origin[0]) yield chain.origin[0];
}

function* inMesh(
  analysis: Analysis,
  virtualService: MergedVirtualService,
  place: SourceRef,
  change: Alone,
): Generator<Attempt> {
  const { index, clients } = analysis;
  const { mesh, merged, registry } = index;
  for (const { namespace, labels } of clients.slice(0, mostClients)) {
    const proxy = sidecarOf({ namespace, labels }, clients);
    for (const { host, ports } of servicesFor(virtualService, registry.services)) {
      const from = { kind: 'mesh', namespace, labels, host } as const;
      for (const port of new Set(ports.map(({ number }) => number))) {
        const config = compileSidecar(mesh, merged, registry, proxy, port);
        const alone = withOnly(config, place, change);
        const dialled = dialInMesh(registry, from, port);
        for (const made of meshCalls(alone, from, port, place)) {
          const call = asClientsSend(made);
          yield {
            call,
            trace: () => simulate(config, call, dialled),
            traceAlone: () => simulate(alone, call, dialled),
            ask: (other) => simulate(config, other, dialled),
          };
        }
      }
    }
  }
}

function servicesFor(
  { hosts }: MergedVirtualService,
  services: readonly RegistryService[],
): readonly RegistryService[] {
  return services.filter(({ host }) => hosts.some((each) => matches(host, each)));
}

type MeshOrigin = Extract<CallOrigin, { kind: 'mesh' }>;

function* meshCalls(
  { routeConfigs, listeners }: ProxyConfig,
  from: MeshOrigin,
  port: number,
  place: SourceRef,
): Generator<Call> {
  for (const { virtualHosts } of routeConfigs.values()) {
    for (const { routes } of virtualHosts) {
      for (const route of routes)
        yield { id: 'proof', from, port, http: messageFor(route, `${from.host}:${port}`) };
    }
  }
  for (const { filterChains } of listeners) {
    for (const chain of filterChains) {
      if (!isChainOf(chain, place)) continue;
      const [sni] = chain.match.serverNames;
      yield { id: 'proof', from, port, ...(sni !== undefined && { tls: helloTo(sni) }) };
    }
  }
}

function helloTo(name: string): NonNullable<Call['tls']> {
  return { sni: name.replace('*', 'www'), alpn: [], clientCertificate: false };
}

/** Methods go in capitals, however they are written in a match. */
function asClientsSend(call: Call): Call {
  return call.http ? { ...call, http: { ...call.http, method: call.http.method.toUpperCase() } } : call;
}

/** The same proxy, in whose hosts stand no other rules than those that were made from the place. */
function withOnly(config: ProxyConfig, place: SourceRef, change: Alone): ProxyConfig {
  const routeConfigs = new Map(
    [...config.routeConfigs].map(([name, routeConfig]) => {
      const virtualHosts = routeConfig.virtualHosts.map((virtualHost) => ({
        ...virtualHost,
        routes: virtualHost.routes.filter((route) => isRouteOf(route, place)).map(change),
      }));
      return [name, { ...routeConfig, virtualHosts }] as const;
    }),
  );
  return { ...config, routeConfigs };
}

function isRouteOf({ origin, action }: Route, place: SourceRef): boolean {
  return isMadeFrom(origin, action.kind === 'forward' ? action.clusters : [], place);
}

function isChainOf({ origin, filter }: FilterChain, place: SourceRef): boolean {
  return filter.kind === 'tcp' && isMadeFrom(origin, filter.clusters, place);
}

function isMadeFrom(
  origin: readonly SourceRef[],
  clusters: readonly { readonly origin: readonly SourceRef[] }[],
  place: SourceRef,
): boolean {
  return [...origin, ...clusters.flatMap((cluster) => cluster.origin)].some((ref) => liesIn(ref, place));
}
