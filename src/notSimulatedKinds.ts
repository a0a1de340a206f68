import { isSubset } from './compile/destinationRules.ts';
import type { Proxy } from './compile/compiled.ts';
import { rootNamespace } from './istio/meshConfig.ts';
import type { Labels } from './istio/types.ts';
import type { Json, ObjectRef } from './manifest/source.ts';
import type { NotSimulatedHere } from './simulate/trace.ts';

/** An object of a kind that decides about calls and that Gatehouse does not simulate. */
export interface NotSimulatedObject {
  readonly what: string;
  readonly ref: ObjectRef;
  readonly selector?: Labels;
}

const kinds: ReadonlyMap<string, string> = new Map([
  ['networking.istio.io/EnvoyFilter', 'envoy-filter'],
  ['networking.istio.io/ProxyConfig', 'proxy-config'],
  ['extensions.istio.io/WasmPlugin', 'wasm-plugin'],
  ['security.istio.io/AuthorizationPolicy', 'authorization-policy'],
  ['security.istio.io/RequestAuthentication', 'request-authentication'],
  ['security.istio.io/PeerAuthentication', 'peer-authentication'],
  ['gateway.networking.k8s.io/Gateway', 'gateway-api'],
  ['gateway.networking.k8s.io/HTTPRoute', 'gateway-api'],
  ['gateway.networking.k8s.io/GRPCRoute', 'gateway-api'],
  ['gateway.networking.k8s.io/TCPRoute', 'gateway-api'],
  ['gateway.networking.k8s.io/TLSRoute', 'gateway-api'],
  ['networking.k8s.io/Ingress', 'ingress'],
]);

/** Undefined for kinds that Gatehouse simulates, and for those that decide about no call. */
export function notSimulatedObject(
  ref: ObjectRef,
  apiVersion: string,
  value: { readonly [key: string]: Json },
): NotSimulatedObject | undefined {
  const what = kinds.get(`${apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')))}/${ref.kind}`);
  if (what === undefined) return undefined;
  const selector = selectorOf(value['spec']);
  return { what, ref, ...(selector && { selector }) };
}

/** Those that may have a say in what this proxy does: of its own namespace or the root namespace, and selecting it if they select at all. */
export function notSimulatedFor(
  objects: readonly NotSimulatedObject[],
  proxy: Proxy,
): readonly NotSimulatedHere[] {
  const found = new Map<string, NotSimulatedHere>();
  for (const { what, ref, selector } of objects) {
    const everywhere = what === 'gateway-api' || what === 'ingress' || what === 'peer-authentication';
    const near = ref.namespace === proxy.namespace || ref.namespace === rootNamespace;
    if (!everywhere && !(near && isSubset(selector ?? {}, proxy.labels))) continue;
    const at = [...(found.get(what)?.at ?? []), { object: ref, path: [] }];
    found.set(what, { what, at });
  }
  return [...found.values()];
}

/** `spec.selector.matchLabels` of policies, `spec.workloadSelector.labels` of EnvoyFilters. */
function selectorOf(spec: Json | undefined): Labels | undefined {
  const selector = field(spec, 'workloadSelector') ?? field(spec, 'selector');
  const labels = field(selector, 'labels') ?? field(selector, 'matchLabels');
  if (!isRecord(labels)) return undefined;
  const entries = Object.entries(labels).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(entries);
}

function field(value: Json | undefined, name: string): Json | undefined {
  return isRecord(value) ? value[name] : undefined;
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
