import { compareText } from '../istio/mesh.ts';
import type { Labels, Mesh, VirtualService } from '../istio/types.ts';
import type { Path, SourceRef } from '../manifest/source.ts';
import { remember } from '../remember.ts';
import type { Proxy } from './compiled.ts';
import { isSubset } from './destinationRules.ts';

/** A workload that may make calls in the mesh. */
export interface Client {
  readonly namespace: string;
  readonly labels: Labels;
  /** Of its Pod, Deployment, …; absent: nothing in the manifests has such a pod, but a rule speaks of one. */
  readonly name?: string;
  readonly origin: readonly SourceRef[];
}

/**
 * The source workloads that the manifests hold or speak of, by namespace: Pods and pod templates first, then what `sourceLabels`,
 * `sourceNamespace` and the selectors of Sidecars ask for and no such pod has, and for each namespace a workload without labels.
 */
export function clientsOf(mesh: Mesh): readonly Client[] {
  const clients = new Map<string, Client>();
  for (const { namespace, labels, name, at } of mesh.pods) {
    join(clients, { namespace, labels, name, origin: [{ object: at, path: [] }] });
  }
  for (const { namespace, name, spec, at } of mesh.workloads) {
    const labels = spec.template?.metadata?.labels ?? {};
    join(clients, { namespace, labels, name, origin: [{ object: at, path: [] }] });
  }
  const pods = new Map<string, Labels[]>();
  for (const { namespace, labels } of clients.values()) {
    pods.set(namespace, [...(pods.get(namespace) ?? []), labels]);
  }
  const spoken = new Map<string, Client>();
  for (const client of spokenOf(mesh)) join(spoken, client);
  for (const client of spoken.values()) {
    const known = pods.get(client.namespace)?.some((labels) => isSubset(client.labels, labels));
    if (!known) join(clients, client);
  }
  for (const namespace of namespacesOf(mesh)) join(clients, { namespace, labels: {}, origin: [] });
  return [...clients.values()].sort((a, b) => compareText(a.namespace, b.namespace));
}

/** Many rules may speak of one workload. */
const mostPlaces = 20;

function join(clients: Map<string, Client>, client: Client): void {
  const key = clientKey(client);
  const before = clients.get(key);
  if (!before) clients.set(key, client);
  else if (before.origin.length < mostPlaces) {
    clients.set(key, { ...before, origin: [...before.origin, ...client.origin] });
  }
}

/** The proxy beside a client; its id is the same for the same namespace and labels. */
export function sidecarOf(client: Pick<Client, 'namespace' | 'labels'>, clients: readonly Client[]): Proxy {
  const key = clientKey(client);
  const known = clients.find((candidate) => clientKey(candidate) === key);
  return {
    id: `sidecar:${key}`,
    kind: 'sidecar',
    namespace: client.namespace,
    labels: client.labels,
    ...(known?.name !== undefined && { pod: known.name }),
    origin: known?.origin ?? [],
    assumed: known?.name === undefined,
  };
}

/** Equal for clients that no rule can tell apart. */
export function clientKey({ namespace, labels }: Pick<Client, 'namespace' | 'labels'>): string {
  const pairs = Object.entries(labels).sort(([a], [b]) => compareText(a, b));
  return `${namespace}/${pairs.map(([key, value]) => `${key}=${value}`).join(',')}`;
}

function spokenOf(mesh: Mesh): Client[] {
  const selected = mesh.sidecars.flatMap(({ namespace, spec, at }): Client[] => {
    const labels = spec.workloadSelector?.labels;
    return labels
      ? [{ namespace, labels, origin: [{ object: at, path: ['spec', 'workloadSelector'] }] }]
      : [];
  });
  return [...selected, ...mesh.virtualServices.flatMap(sourcesOf)];
}

const sourcesOf = remember((virtualService: VirtualService): readonly Client[] => {
  const { namespace, spec, at } = virtualService;
  const sections = { http: spec.http ?? [], tls: spec.tls ?? [], tcp: spec.tcp ?? [] };
  return Object.entries(sections).flatMap(([section, routes]) =>
    routes.flatMap(({ match = [] }, route) =>
      match.flatMap(({ sourceLabels, sourceNamespace }, index): Client[] => {
        if (!sourceLabels && !sourceNamespace) return [];
        const path: Path = [
          'spec',
          section,
          route,
          'match',
          index,
          sourceLabels ? 'sourceLabels' : 'sourceNamespace',
        ];
        return [
          {
            namespace: sourceNamespace || namespace,
            labels: sourceLabels ?? {},
            origin: [{ object: at, path }],
          },
        ];
      }),
    ),
  );
});

/** Those in which an object of the mesh lives. */
function namespacesOf(mesh: Mesh): ReadonlySet<string> {
  return new Set(
    Object.values(mesh).flatMap((list: Mesh[keyof Mesh]) => list.map(({ namespace }) => namespace)),
  );
}
