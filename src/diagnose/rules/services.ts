import type { MeshIndex } from '../../compile/compile.ts';
import { isSubset } from '../../compile/destinationRules.ts';
import { isWildcard } from '../../hostname.ts';
import { parseProtocol } from '../../istio/protocol.ts';
import type { Labels, PodSpec, Service } from '../../istio/types.ts';
import type { Draft } from '../draft.ts';

/** Services and ServiceEntries: who offers the same, and who stands behind. */
export function* servicesAndEntries(index: MeshIndex): Generator<Draft> {
  yield* repeatedEntries(index);
  yield* overlappingServices(index);
  const pods = podIndex(podsOf(index));
  for (const service of index.mesh.services) {
    yield* appProtocols(service);
    yield* podsBehind(service, pods);
  }
}

/** SE041: one host and port with one protocol in two entries. */
function* repeatedEntries({ mesh }: MeshIndex): Generator<Draft> {
  const first = new Map<string, { readonly name: string; readonly at: Draft['at'] }>();
  for (const entry of mesh.serviceEntries) {
    const name = `${entry.namespace}/${entry.name}`;
    const scope = JSON.stringify(entry.spec.exportTo ?? []);
    for (const host of entry.spec.hosts ?? []) {
      for (const [index, port] of (entry.spec.ports ?? []).entries()) {
        const key = `${scope} ${host} ${port.number ?? 0} ${(port.protocol ?? '').toUpperCase()}`;
        const at = { object: entry.at, path: ['spec', 'ports', index] };
        const other = first.get(key);
        if (!other) first.set(key, { name, at });
        else if (other.name !== name) {
          yield {
            code: 'SE041',
            at,
            others: [other.at],
            params: { host, port: port.number ?? 0, other: other.name },
          };
        }
      }
    }
  }
}

/** SE202: an entry for a host that a Service has, or for a wildcard over it. */
function* overlappingServices({ mesh, registry }: MeshIndex): Generator<Draft> {
  const kubernetes = registry.services.filter(({ from }) => from === 'kubernetes');
  for (const entry of mesh.serviceEntries) {
    for (const [index, host] of (entry.spec.hosts ?? []).entries()) {
      const service = isWildcard(host)
        ? host.length > 1 &&
          /\.(?:svc\.)?(?:cluster\.)?local$/.test(host) &&
          kubernetes.find((each) => each.host.endsWith(host.slice(1)))
        : [...(registry.byHost.get(host)?.values() ?? [])].find(({ from }) => from === 'kubernetes');
      if (!service) continue;
      const at = { object: entry.at, path: ['spec', 'hosts', index] };
      yield {
        code: 'SE202',
        at,
        others: service.origin,
        params: { host, other: `${service.namespace}/${service.name}` },
      };
    }
  }
}

const KUBERNETES_PROTOCOLS = new Set(['kubernetes.io/h2c', 'kubernetes.io/ws', 'kubernetes.io/wss']);

/** REF012. */
function* appProtocols({ spec, at }: Service): Generator<Draft> {
  for (const [index, { appProtocol }] of (spec.ports ?? []).entries()) {
    if (
      appProtocol === undefined ||
      KUBERNETES_PROTOCOLS.has(appProtocol) ||
      parseProtocol(appProtocol) !== 'auto'
    )
      continue;
    yield {
      code: 'REF012',
      at: { object: at, path: ['spec', 'ports', index, 'appProtocol'] },
      params: { got: appProtocol },
    };
  }
}

interface PodLike {
  readonly namespace: string;
  readonly labels: Labels;
  readonly spec: PodSpec | undefined;
  readonly at: Draft['at'];
}

function podsOf({ mesh }: MeshIndex): readonly PodLike[] {
  return [
    ...mesh.pods.map(({ namespace, labels, spec, at }) => ({
      namespace,
      labels,
      spec,
      at: { object: at, path: ['spec'] },
    })),
    ...mesh.workloads.map(({ namespace, spec, at }) => ({
      namespace,
      labels: spec.template?.metadata?.labels ?? {},
      spec: spec.template?.spec,
      at: { object: at, path: ['spec', 'template', 'spec'] },
    })),
  ];
}

interface PodIndex {
  readonly namespaces: ReadonlySet<string>;
  readonly byLabel: ReadonlyMap<string, readonly PodLike[]>;
}

function podIndex(pods: readonly PodLike[]): PodIndex {
  const byLabel = new Map<string, PodLike[]>();
  for (const pod of pods) {
    for (const [key, value] of Object.entries(pod.labels)) {
      const label = `${pod.namespace} ${key}=${value}`;
      const list = byLabel.get(label);
      if (list) list.push(pod);
      else byLabel.set(label, [pod]);
    }
  }
  return { namespaces: new Set(pods.map(({ namespace }) => namespace)), byLabel };
}

/** REF013, REF210. Of a namespace that the paste shows no pods of nothing is said. */
function* podsBehind(
  { spec, namespace, name, at }: Service,
  { namespaces, byLabel }: PodIndex,
): Generator<Draft> {
  const { selector } = spec;
  if (!selector || Object.keys(selector).length === 0 || spec.type === 'ExternalName') return;
  if (!namespaces.has(namespace)) return;
  const [first] = Object.entries(selector);
  const candidates = first ? (byLabel.get(`${namespace} ${first[0]}=${first[1]}`) ?? []) : [];
  const selected = candidates.filter((pod) => isSubset(selector, pod.labels));
  if (selected.length === 0) {
    yield {
      code: 'REF210',
      at: { object: at, path: ['spec', 'selector'] },
      params: { host: `${namespace}/${name}` },
    };
    return;
  }
  const declared = selected.flatMap((pod) =>
    (pod.spec?.containers ?? []).flatMap(({ ports }) => ports ?? []),
  );
  if (declared.length === 0) return;
  for (const [index, port] of (spec.ports ?? []).entries()) {
    const target = port.targetPort ?? port.port ?? 0;
    const isDeclared = declared.some(
      (each) => each.containerPort === target || (typeof target === 'string' && each.name === target),
    );
    if (isDeclared) continue;
    const place = {
      object: at,
      path: ['spec', 'ports', index, ...(port.targetPort === undefined ? ['port'] : ['targetPort'])],
    };
    yield {
      code: 'REF013',
      level: 'style',
      at: place,
      others: selected.slice(0, 1).map((pod) => pod.at),
      params: { port: port.port ?? 0, targetPort: target },
    };
  }
}
