import { buildClusters, missingCluster } from '../../src/compile/clusters.ts';
import type { ProxyConfig } from '../../src/compile/compiled.ts';
import { mergeDelegates } from '../../src/compile/delegates.ts';
import type { MergedVirtualServices } from '../../src/compile/delegates.ts';
import { buildDestinationRules } from '../../src/compile/destinationRules.ts';
import { buildRegistry } from '../../src/compile/registry.ts';
import type { Registry } from '../../src/compile/registry.ts';
import { scopeFor } from '../../src/compile/scope.ts';
import { compileSidecar } from '../../src/compile/sidecar.ts';
import { buildMesh } from '../../src/istio/mesh.ts';
import type { Labels, Mesh } from '../../src/istio/types.ts';
import { read } from '../../src/manifest/read.ts';
import type { SourceRef } from '../../src/manifest/source.ts';

/** Manifests as they are written, read as the page reads them. None of them is validated: a test writes what Istio accepts. */
export function meshFrom(text: string): Mesh {
  const { objects, problems } = read([{ name: 'test.yaml', text }]);
  if (problems.length > 0)
    throw new Error(`the manifests of a test do not read: ${JSON.stringify(problems)}`);
  return buildMesh(objects.flatMap((object) => (object.status === 'read' ? [object] : [])));
}

export interface World {
  readonly mesh: Mesh;
  readonly merged: MergedVirtualServices;
  readonly registry: Registry;
}

export function worldFrom(text: string): World {
  const mesh = meshFrom(text);
  return { mesh, merged: mergeDelegates(mesh), registry: buildRegistry(mesh) };
}

/** What the sidecar of a workload gets. */
export function sidecarIn(text: string, namespace: string, labels: Labels = {}): ProxyConfig {
  const { mesh, merged, registry } = worldFrom(text);
  const proxy = { id: 'client', kind: 'sidecar' as const, namespace, labels, origin: [], assumed: true };
  return compileSidecar(mesh, merged, registry, proxy);
}

/** The clusters of a gateway in `namespace`, and the reason for the absence of one. */
export function gatewayClusters(text: string, namespace: string, labels: Labels = {}) {
  const { mesh, registry } = worldFrom(text);
  const proxy = { namespace, labels };
  const input = { scope: scopeFor(registry, proxy), destinationRules: buildDestinationRules(mesh), proxy };
  const clusters = buildClusters(input);
  return {
    names: [...clusters.keys()],
    missing: (name: string) => missingCluster(input, clusters, name),
    scope: input.scope,
  };
}

/** `VirtualService prod/reviews spec.http.0`. */
export function show({ object, path }: SourceRef): string {
  return [`${object.kind} ${object.namespace}/${object.name}`, path.join('.')].filter(Boolean).join(' ');
}
