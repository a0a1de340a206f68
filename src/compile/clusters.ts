import type { Cluster, ClusterName, MissingCluster, WeightedCluster } from '../envoy/types.ts';
import { isWildcard } from '../hostname.ts';
import type { Destination } from '../istio/types.ts';
import type { SourceRef } from '../manifest/source.ts';
import type { Proxy } from './compiled.ts';
import { destinationRuleFor, isSubset } from './destinationRules.ts';
import type { DestinationRuleIndex, MergedDestinationRule, MergedSubset } from './destinationRules.ts';
import { endpointsFor, indexEndpoints } from './endpoints.ts';
import type { Endpoint, EndpointIndex } from './endpoints.ts';
import type { RegistryPort, RegistryService } from './registry.ts';
import type { Scope } from './scope.ts';

/** Envoy's name of the way to a port of a service; mirrors `BuildSubsetKey`. */
export function clusterName(port: number, subset: string, host: string): ClusterName {
  return `outbound|${port}|${subset}|${host}`;
}

/**
 * The cluster that a destination names, whether or not it exists. `service` is what the destination's host means to the route, if anything;
 * without a port in the destination its only port counts, else the listener's. Mirrors `GetDestinationCluster`.
 */
export function destinationCluster(
  destination: Destination,
  service: RegistryService | undefined,
  listenPort: number,
): Pick<WeightedCluster, 'name' | 'portFrom'> {
  const { host = '', subset = '', port } = destination;
  // Only the Gateway API can leave the host out.
  if (host === '') return { name: 'UnknownService', portFrom: 'listener' };
  const target = service?.externalName ?? host;
  if (port) return { name: clusterName(port.number ?? 0, subset, target), portFrom: 'destination' };
  const [only, second] = service?.ports ?? [];
  if (only && !second) return { name: clusterName(only.number, subset, target), portFrom: 'only-port' };
  return { name: clusterName(listenPort, subset, target), portFrom: 'listener' };
}

/** What decides which clusters a workload has. */
export interface ClusterInput {
  readonly scope: Scope;
  readonly destinationRules: DestinationRuleIndex;
  readonly proxy: Pick<Proxy, 'namespace' | 'labels'>;
}

/**
 * The clusters of a workload: one for each port of each service in its scope, and one for each subset of the DestinationRule in force. Those
 * that need endpoints to exist (DNS) do so only with some. Mirrors `buildOutboundClusters`.
 */
export function buildClusters(input: ClusterInput): ReadonlyMap<ClusterName, Cluster> {
  const clusters = new Map<ClusterName, Cluster>();
  const endpoints = indexEndpoints(input.scope.registry);
  for (const service of input.scope.services) {
    if (service.resolution === 'alias') continue;
    const rule = destinationRuleFor(input.destinationRules, service, input.proxy);
    for (const port of service.ports) {
      if (port.protocol !== 'UDP') addClusters(clusters, service, port, rule, endpoints);
    }
  }
  return clusters;
}

/**
 * Why a cluster does not exist, undefined if it does. `alias` is the service that the destination's host meant, where that is an ExternalName:
 * the cluster then has the name of what it stands for.
 */
export function missingCluster(
  input: ClusterInput,
  clusters: ReadonlyMap<ClusterName, Cluster>,
  name: ClusterName,
  alias?: RegistryService,
): MissingCluster | undefined {
  if (clusters.has(name)) return undefined;
  const [, portText = '', subset = '', host = name] = name.split('|');
  const service = input.scope.byHost.get(host);
  if (!service) {
    if (alias?.externalName !== undefined) return externalName(alias, alias.externalName);
    const hidden = [...(input.scope.registry.byHost.get(host)?.values() ?? [])];
    if (hidden.length === 0) return { kind: 'host-not-in-paste', host };
    return { kind: 'not-visible', host, by: hidden.flatMap(({ origin }) => origin) };
  }
  if (service.externalName !== undefined) return externalName(service, service.externalName);
  const by = service.origin;
  const port = Number(portText);
  const usable = service.ports.filter(({ protocol }) => protocol !== 'UDP').map(({ number }) => number);
  if (!usable.includes(port)) return { kind: 'no-such-port', host, port, ports: usable, by };
  if (subset === '' || !clusters.has(clusterName(port, '', host))) return { kind: 'no-endpoints', host, by };
  const rule = destinationRuleFor(input.destinationRules, service, input.proxy);
  const found = rule?.subsets.find((candidate) => candidate.name === subset);
  if (found) return { kind: 'subset-without-endpoints', host, subset, by: [found.at] };
  const subsets = rule?.subsets.map((candidate) => candidate.name) ?? [];
  return { kind: 'no-such-subset', host, subset, subsets, by: rule?.origin ?? [] };
}

function externalName(service: RegistryService, target: string): MissingCluster {
  return { kind: 'external-name', host: service.host, externalName: target, by: service.origin };
}

/** Mirrors `buildCluster`, `applyDestinationRule` and `buildSubsetCluster` as far as they decide whether there is a cluster. */
function addClusters(
  clusters: Map<ClusterName, Cluster>,
  service: RegistryService,
  port: RegistryPort,
  rule: MergedDestinationRule | undefined,
  index: EndpointIndex,
): void {
  const add = (subset: string, origin: readonly SourceRef[]): void => {
    const name = clusterName(port.number, subset, service.host);
    if (!clusters.has(name)) clusters.set(name, { name, origin });
  };
  if (service.resolution === 'dynamic-dns' && isWildcard(service.host)) {
    // A forward proxy for whatever name is called; it knows no subsets.
    if (['HTTP', 'TLS', 'GRPC', 'HTTP2'].includes(port.protocol)) add('', service.origin);
    return;
  }
  const endpoints = needsEndpoints(service) ? endpointsFor(index, service, port) : undefined;
  if (endpoints?.length === 0) return;
  add('', service.origin);
  if (!rule) return;
  const passthrough = loadBalancer(rule, port.number) === 'PASSTHROUGH';
  for (const subset of rule.subsets) {
    const exists = passthrough || !endpoints || picksSome(subset, endpoints);
    if (exists) add(subset.name, [...service.origin, subset.at]);
  }
}

function needsEndpoints({ resolution }: RegistryService): boolean {
  return resolution === 'dns' || resolution === 'dns-round-robin';
}

/** Of the rule as a whole, or of its settings for the port, which replace those of the whole. */
function loadBalancer({ trafficPolicy }: MergedDestinationRule, port: number): string | undefined {
  const ofPort = trafficPolicy?.portLevelSettings?.find((settings) => settings.port?.number === port);
  return (ofPort ?? trafficPolicy)?.loadBalancer?.simple;
}

/** With PASSTHROUGH calls go to the dialled address and no endpoints are needed. */
function picksSome({ subset }: MergedSubset, endpoints: readonly Endpoint[]): boolean {
  if (subset.trafficPolicy?.loadBalancer?.simple === 'PASSTHROUGH') return true;
  return endpoints.some(({ labels }) => isSubset(subset.labels ?? {}, labels));
}
