import type { Compiled, ProxyConfig } from '../compile/compiled.ts';
import type { Exclusion, Rejection } from '../compile/decisions.ts';
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

/**
 * Why a place in the manifests takes no part at any gateway, or under which call it does. Several calls may be tried; the cost is that of a few
 * dozen at most.
 */
export function whyNot(compiled: Compiled, ref: SourceRef): Why {
  let shadowed: Why | undefined;
  let found = false;
  for (const config of compiled.gateways) {
    for (const { server, rule, domains } of placesFor(config, ref)) {
      found = true;
      const call = callFor(config, server, domains, rule);
      if (call) return { kind: 'takes', call };
      shadowed ??= shadowOf(config, server, domains, rule);
    }
  }
  const losses = lossesOf(compiled, ref);
  // What is lost inside the place does not say what becomes of the rest of it.
  const ofAll = losses.filter(({ kind, at }) => liesIn(ref, at) || ofTheWhole.has(kind));
  if (ofAll.length > 0) return { kind: 'lost', because: ofAll };
  if (shadowed) return shadowed;
  if (losses.length > 0) return { kind: 'lost', because: losses };
  return { kind: found ? 'no-example' : 'takes-no-part' };
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
  for (const { server, virtualService, domains, routes } of config.bindings) {
    const whole = liesIn(server, ref) || (ref.path.length === 0 && liesIn(virtualService, ref));
    for (const rule of routes) {
      if (whole) yield { server, domains, rule };
      else for (const part of partsOf(config, rule, ref)) yield { server, domains, rule: part };
    }
  }
}

/** The blocks and rules of a route that the place is, or lies in, or holds; the narrowest for each route. */
function partsOf(config: ProxyConfig, rule: SourceRef, ref: SourceRef): readonly SourceRef[] {
  const parts = new Set<SourceRef>();
  const note = (origin: readonly SourceRef[]): void => {
    if (!origin.includes(rule)) return;
    const part = origin.find((one) => liesIn(ref, one) || liesIn(one, ref));
    if (part) parts.add(part);
  };
  for (const { virtualHosts } of config.routeConfigs.values()) {
    for (const { routes } of virtualHosts) for (const { origin } of routes) note(origin);
  }
  for (const { filterChains } of config.listeners) {
    for (const { filter, origin } of filterChains) if (filter.kind === 'tcp') note(origin);
  }
  return [...parts];
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
