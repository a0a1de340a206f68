import type { Compiled, ProxyConfig } from '../compile/compiled.ts';
import type { Exclusion, Rejection } from '../compile/decisions.ts';
import type { NetworkFilter, Route } from '../envoy/types.ts';
import { liesIn, objectKey } from '../manifest/refKey.ts';
import type { SourceRef } from '../manifest/source.ts';
import type { Call } from '../simulate/call.ts';
import { simulate } from '../simulate/simulate.ts';
import { callFor, callsToward, takes } from './reachable.ts';

/** What becomes of a rule, a block, a server or a whole object at the gateways. */
export type Why =
  /** It takes this call: it has been tried. */
  | { readonly kind: 'takes'; readonly call: Call }
  /** It was lost before any call. */
  | { readonly kind: 'lost'; readonly because: readonly (Rejection | Exclusion)[] }
  /** It is there, but `by` take what is made for it. */
  | { readonly kind: 'shadowed'; readonly call: Call; readonly by: readonly SourceRef[] }
  /** It is there, and no call for it was found: its conditions are beyond guessing. */
  | { readonly kind: 'no-example' }
  /** No gateway has anything of it, and no loss is known: refused, of another kind, or for the mesh alone. */
  | { readonly kind: 'takes-no-part' };

/** Losses that concern an object as a whole, wherever in it they are noted. */
const ofTheWhole: ReadonlySet<string> = new Set([
  'selector-misses',
  'not-bound-to-gateway',
  'not-exported',
  'hosts-disjoint',
  'namespace-not-allowed',
]);

/** How many rules are tried before giving up. */
const mostTried = 200;

/**
 * Why a place in the manifests takes no part at any gateway, or under which call it does; of a Service or ServiceEntry, which call takes a rule that leads
 * to it. Some calls are tried: a few dozen as a rule, at most those for 200 rules. A call that is found keeps what it can of `near`.
 */
export function whyNot(compiled: Compiled, ref: SourceRef, near?: Call): Why {
  let shadowed: Why | undefined;
  let tried = 0;
  for (const config of compiled.gateways) {
    for (const { server, rule, domains } of placesFor(config, ref)) {
      if (++tried > mostTried) break;
      const call = callFor(config, server, domains, rule);
      if (call) return { kind: 'takes', call: nearest(config, ref, rule, call, near) };
      shadowed ??= shadowOf(config, server, domains, rule);
    }
  }
  const losses = lossesOf(compiled, ref);
  // What is lost inside the place does not say what becomes of the rest of it.
  const ofAll = losses.filter(({ kind, at }) => liesIn(ref, at) || ofTheWhole.has(kind));
  if (ofAll.length > 0) return { kind: 'lost', because: ofAll };
  if (shadowed) return shadowed;
  if (losses.length > 0) return { kind: 'lost', because: losses };
  return { kind: tried > 0 ? 'no-example' : 'takes-no-part' };
}

/**
 * The call with host, path and headers of another one as far as the rule takes it still. A server is not a rule: another host may have another server, so
 * nothing is changed for it.
 */
function nearest(
  config: ProxyConfig,
  ref: SourceRef,
  rule: SourceRef,
  call: Call,
  near: Call | undefined,
): Call {
  if (ref.object.kind === 'Gateway' || near?.from.kind !== 'outside' || !near.http || !call.http) return call;
  const { authority, path } = near.http;
  const { http } = call;
  const isSamePort = near.port === call.port && (near.tls === undefined) === (call.tls === undefined);
  const there: Call = { ...call, ...(near.tls && { tls: near.tls }) };
  const variants = [
    ...(isSamePort
      ? [
          { ...there, http: { ...http, authority, path } },
          { ...there, http: { ...http, authority } },
        ]
      : []),
    { ...call, http: { ...http, path } },
  ].flatMap((plain): Call[] => [
    { ...plain, http: { ...plain.http, headers: merged(near.http?.headers ?? [], http.headers) } },
    plain,
  ]);
  return variants.find((variant) => takes(simulate(config, variant), rule)) ?? call;
}

/** Headers of the second take the place of those of the same name. */
function merged(
  kept: readonly (readonly [string, string])[],
  wanted: readonly (readonly [string, string])[],
): readonly (readonly [string, string])[] {
  const names = new Set(wanted.map(([name]) => name.toLowerCase()));
  return [...kept.filter(([name]) => !names.has(name.toLowerCase())), ...wanted];
}

/** Everything that was lost in or around a place. */
export function lossesOf(compiled: Compiled, ref: SourceRef): readonly (Rejection | Exclusion)[] {
  const all = [
    ...compiled.gateways.flatMap(({ rejections, exclusions }) => [...rejections, ...exclusions]),
    ...compiled.exclusions,
  ];
  const key = objectKey(ref.object);
  return all.filter(({ kind, at }) => {
    if (objectKey(at.object) !== key) return false;
    return liesIn(ref, at) || liesIn(at, ref) || ofTheWhole.has(kind);
  });
}

interface Place {
  readonly server: SourceRef;
  readonly domains: readonly string[];
  /** A rule or block that was made from the place. */
  readonly rule: SourceRef;
}

/** Where a gateway has something that was made from the place: of a server or an object any of its rules will do. */
function* placesFor(config: ProxyConfig, ref: SourceRef): Generator<Place> {
  const parts = partsOf(config, ref);
  for (const { server, virtualService, domains, routes } of config.bindings) {
    const whole = liesIn(server, ref) || (ref.path.length === 0 && liesIn(virtualService, ref));
    for (const rule of routes) {
      if (whole) yield { server, domains, rule };
      else for (const part of parts.get(rule) ?? []) yield { server, domains, rule: part };
    }
  }
}

/**
 * By the rules of its route, the block or rule that the place is, or lies in, or holds: the narrowest for each route. Of what calls may be sent to, the
 * blocks and rules that send there.
 */
function partsOf(config: ProxyConfig, ref: SourceRef): ReadonlyMap<SourceRef, ReadonlySet<SourceRef>> {
  const parts = new Map<SourceRef, Set<SourceRef>>();
  const targets = targetsIn(config, ref);
  const note = (origin: readonly SourceRef[], clusters: readonly string[]): void => {
    const part = clusters.some((name) => targets.has(name))
      ? origin[0]
      : origin.find((one) => liesIn(one, ref) || (liesIn(ref, one) && !hasOtherBlock(one, ref)));
    if (!part) return;
    for (const rule of origin) {
      const known = parts.get(rule) ?? new Set();
      parts.set(rule, known.add(part));
    }
  };
  for (const { virtualHosts } of config.routeConfigs.values()) {
    for (const { routes } of virtualHosts) {
      for (const { origin, action } of routes) note(origin, clustersOf(action));
    }
  }
  for (const { filterChains } of config.listeners) {
    for (const { filter, origin } of filterChains) {
      if (filter.kind === 'tcp') note(origin, clustersOf(filter));
    }
  }
  return parts;
}

/** A match block is not its rule: the other blocks of the rule have routes of their own. */
function hasOtherBlock(rule: SourceRef, { path }: SourceRef): boolean {
  return rule.path.length === 3 && path[3] === 'match' && typeof path[4] === 'number';
}

/** Names of the clusters that were made of a Service or ServiceEntry. */
function targetsIn({ clusters }: ProxyConfig, { object }: SourceRef): ReadonlySet<string> {
  if (object.kind !== 'Service' && object.kind !== 'ServiceEntry') return new Set();
  const whole = { object, path: [] };
  return new Set(
    [...clusters.values()]
      .filter(({ origin }) => origin.some((at) => liesIn(at, whole)))
      .map(({ name }) => name),
  );
}

function clustersOf(to: Route['action'] | NetworkFilter): readonly string[] {
  return to.kind === 'forward' || to.kind === 'tcp' ? to.clusters.map(({ name }) => name) : [];
}

function shadowOf(
  config: ProxyConfig,
  server: SourceRef,
  domains: readonly string[],
  rule: SourceRef,
): Why | undefined {
  for (const call of callsToward(config, server, domains, rule)) {
    const trace = simulate(config, call);
    if (takes(trace, rule)) continue;
    for (const step of trace.steps) {
      if (step.kind === 'route' && step.taken) return { kind: 'shadowed', call, by: step.taken.at };
      if (step.kind === 'https-redirect') return { kind: 'shadowed', call, by: step.at };
    }
  }
  return undefined;
}
