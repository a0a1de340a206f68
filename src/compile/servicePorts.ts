import { compareText } from '../istio/mesh.ts';
import { servicePortProtocol } from '../istio/protocol.ts';
import type { Mesh, PodSpec, Service } from '../istio/types.ts';
import type { Proxy, ServicePortTarget } from './compiled.ts';
import { isSubset } from './destinationRules.ts';
import { serviceHostname } from './registry.ts';

/** The ports in front of one workload. */
export interface ServicePorts {
  /** Where each port of each Service leads; UDP left out. */
  readonly targets: readonly ServicePortTarget[];
  /** Listener port by server number, where a Service port has that number. */
  readonly listenerPorts: ReadonlyMap<number, number>;
}

/** A Service with this label (any value) translates nothing; mirrors `DisableGatewayPortTranslationLabel`. */
const noTranslation = 'experimental.istio.io/disable-gateway-port-translation';

/**
 * The ports of the Services in the workload's namespace that select it, oldest Service first. The first Service port of a number decides where a
 * server of that number listens. Mirrors `GetProxyServiceTargetsByPod` and `resolvePorts`.
 */
export function servicePorts(mesh: Mesh, proxy: Proxy): ServicePorts {
  const containers = containersOf(mesh, proxy);
  const targets: ServicePortTarget[] = [];
  const listenerPorts = new Map<number, number>();
  for (const service of servicesOf(mesh, proxy)) {
    const kept = new Set<string>();
    for (const [index, port] of (service.spec.ports ?? []).entries()) {
      const number = port.port ?? 0;
      const targetPort = resolveTarget(port.targetPort ?? number, port.protocol ?? 'TCP', containers);
      if (targetPort === undefined) continue;
      const at = { object: service.at, path: ['spec', 'ports', index] };
      const isUdp = port.protocol === 'UDP';
      if (!isUdp) targets.push({ service: at, serviceName: service.name, port: number, targetPort });
      // Of several ports with one target and one protocol the first is kept.
      const key = `${targetPort}/${servicePortProtocol({ ...port, port: number })}`;
      if (kept.has(key)) continue;
      kept.add(key);
      if (Object.hasOwn(service.labels, noTranslation) || listenerPorts.has(number)) continue;
      listenerPorts.set(number, targetPort);
    }
  }
  return { targets, listenerPorts };
}

function servicesOf(mesh: Mesh, proxy: Proxy): readonly Service[] {
  return mesh.services
    .filter(({ namespace, spec: { selector = {} } }) => {
      return (
        namespace === proxy.namespace && Object.keys(selector).length > 0 && isSubset(selector, proxy.labels)
      );
    })
    .sort((a, b) => a.creationTime - b.creationTime || compareText(hostname(a), hostname(b)));
}

function hostname({ name, namespace }: Service): string {
  return serviceHostname(name, namespace);
}

/** The containers that resolve named target ports: of the pod, or of the template that the workload's pods are made from. */
function containersOf(mesh: Mesh, proxy: Proxy): PodSpec {
  const pod = mesh.pods.find(({ name, namespace }) => name === proxy.pod && namespace === proxy.namespace);
  if (pod) return pod.spec;
  const template = mesh.workloads.find(({ at }) => proxy.origin.some(({ object }) => object === at));
  return template?.spec.template?.spec ?? {};
}

/** A name means the container port of that name and of the same protocol; undefined if there is none. */
function resolveTarget(target: number | string, protocol: string, spec: PodSpec): number | undefined {
  if (typeof target === 'number') return target;
  for (const { ports } of spec.containers ?? []) {
    for (const port of ports ?? []) {
      if (port.name === target && (port.protocol ?? 'TCP') === protocol) return port.containerPort;
    }
  }
  // Kubernetes takes a number in quotes for a number.
  return /^[0-9]+$/.test(target) ? Number(target) : undefined;
}
