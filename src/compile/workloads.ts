import type { Labels, Mesh } from '../istio/types.ts';
import type { ObjectRef, SourceRef } from '../manifest/source.ts';
import type { Proxy } from './compiled.ts';
import { isSubset } from './destinationRules.ts';
import { compareText } from '../istio/mesh.ts';

/** Namespace of gateway pods that no manifest shows. */
const usualNamespace = 'istio-system';

/**
 * The gateway workloads that the manifests show or imply: for each selector of a Gateway the pods that meet it, or one that is assumed, with the
 * selector as its labels; a Service that could select it adds labels and namespace. Gateways without a selector belong to all of them.
 */
export function gatewayWorkloads(mesh: Mesh, namespace = usualNamespace): readonly Proxy[] {
  const proxies = new Map<string, Proxy>();
  const selectors = new Map<string, { readonly selector: Labels; readonly gateways: SourceRef[] }>();
  for (const { spec, at } of mesh.gateways) {
    const selector = spec.selector ?? {};
    const key = labelsKey(selector);
    const group = selectors.get(key) ?? { selector, gateways: [] };
    selectors.set(key, group);
    group.gateways.push({ object: at, path: ['spec', 'selector'] });
  }
  // A selector that takes everything stands for itself only where there is no other.
  const specific = [...selectors.values()].filter(({ selector }) => Object.keys(selector).length > 0);
  for (const { selector, gateways } of specific.length > 0 ? specific : selectors.values()) {
    const pods = podsFor(mesh, selector);
    for (const proxy of pods.length > 0 ? pods : [assumedProxy(mesh, selector, gateways, namespace)]) {
      if (!proxies.has(proxy.id)) proxies.set(proxy.id, proxy);
    }
  }
  return [...proxies.values()];
}

/** A gateway workload with these labels, whatever the manifests say: for callers who know it. */
export function routerProxy(
  namespace: string,
  labels: Labels,
  more: { readonly pod?: string; readonly origin?: readonly SourceRef[]; readonly assumed?: boolean } = {},
): Proxy {
  const { pod, origin = [], assumed = true } = more;
  const id = `router ${namespace} ${labelsKey(labels)}${pod === undefined ? '' : ` ${pod}`}`;
  return { id, kind: 'router', namespace, labels, ...(pod !== undefined && { pod }), origin, assumed };
}

/** Pods, else the templates that make pods; those with equal labels in one namespace are one workload. */
function podsFor(mesh: Mesh, selector: Labels): readonly Proxy[] {
  if (Object.keys(selector).length === 0) return [];
  const found: Proxy[] = [];
  const add = (at: ObjectRef, labels: Labels, pod?: string): void => {
    if (!isSubset(selector, labels)) return;
    const origin = [{ object: at, path: [] }];
    found.push(
      routerProxy(at.namespace, labels, { origin, assumed: false, ...(pod !== undefined && { pod }) }),
    );
  };
  for (const { at, labels, name } of mesh.pods) add(at, labels, name);
  for (const { at, spec } of mesh.workloads) add(at, spec.template?.metadata?.labels ?? {});
  return found;
}

function assumedProxy(
  mesh: Mesh,
  selector: Labels,
  gateways: readonly SourceRef[],
  namespace: string,
): Proxy {
  const service = mesh.services.find(({ spec }) => isCompatible(spec.selector ?? {}, selector));
  if (!service) return routerProxy(namespace, selector, { origin: gateways });
  const origin = [...gateways, { object: service.at, path: ['spec', 'selector'] }];
  return routerProxy(service.namespace, { ...service.spec.selector, ...selector }, { origin });
}

/** Whether one pod can meet both selectors, and they have something in common. */
function isCompatible(a: Labels, b: Labels): boolean {
  const shared = Object.keys(a).filter((key) => Object.hasOwn(b, key));
  return shared.length > 0 && shared.every((key) => a[key] === b[key]);
}

function labelsKey(labels: Labels): string {
  return Object.entries(labels)
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
