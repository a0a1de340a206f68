import type { MeshIndex } from '../../compile/compile.ts';
import type { ProxyConfig } from '../../compile/compiled.ts';
import { destinationRuleFor, type MergedDestinationRule } from '../../compile/destinationRules.ts';
import type { RegistryPort, RegistryService } from '../../compile/registry.ts';
import type { MissingCluster, Route, WeightedCluster } from '../../envoy/types.ts';
import { isHttp, isTls } from '../../istio/protocol.ts';
import { resolveShortName } from '../../hostname.ts';
import { rootNamespace } from '../../istio/meshConfig.ts';
import type { DestinationRule, TrafficPolicy } from '../../istio/types.ts';
import type { Path, SourceRef } from '../../manifest/source.ts';
import { remember } from '../../remember.ts';
import type { Draft } from '../draft.ts';
import { refKey } from '../../manifest/refKey.ts';
import { destinationsOf, isGrpc } from './routeDestinations.ts';

/** What is the matter with one cluster, wherever a route leads to it. `field` is of the destination. */
interface ClusterFault {
  readonly code: string;
  readonly field: Path;
  readonly others: readonly SourceRef[];
  readonly params: Draft['params'];
}

/**
 * Where the routes of a gateway workload lead: clusters that are missing for a reason that the manifests show, and what the other side does not
 * understand. Each cluster is judged once.
 */
export function* gatewayDestinations(config: ProxyConfig, index: MeshIndex): Generator<Draft> {
  const judged = new Map<string, readonly ClusterFault[]>();
  const reported = new Set<string>();
  /** Servers share the routes that none of them changes. */
  const seen = new Set<readonly Route[]>();
  const judge = (cluster: WeightedCluster): readonly ClusterFault[] => {
    const known = judged.get(cluster.name);
    if (known) return known;
    const faults = [...clusterFaults(cluster, config, index)];
    judged.set(cluster.name, faults);
    return faults;
  };
  for (const { virtualHosts } of config.routeConfigs.values()) {
    for (const { routes } of virtualHosts) {
      if (seen.has(routes)) continue;
      seen.add(routes);
      const { clusters, hasGrpc } = destinationsOf(routes);
      const faulty = clusters.filter((cluster) => judge(cluster).length > 0);
      if (faulty.length === 0 && !hasGrpc) continue;
      for (const route of routes) {
        if (route.action.kind !== 'forward') continue;
        for (const cluster of route.action.clusters) {
          const faults = judge(cluster);
          const grpc = isGrpc(route) ? grpcFault(cluster, config, index) : undefined;
          if (faults.length > 0 || grpc)
            yield* faultsAt(cluster, grpc ? [...faults, grpc] : faults, reported);
        }
      }
    }
  }
  yield* plaintextPorts(judged.keys(), config, index);
  yield* unusedRules(judged.keys(), config, index);
}

function* faultsAt(
  cluster: WeightedCluster,
  faults: readonly ClusterFault[],
  reported: Set<string>,
): Generator<Draft> {
  const [origin] = cluster.origin;
  if (!origin) return;
  for (const { code, field, others, params } of faults) {
    const at = { object: origin.object, path: [...origin.path, 'destination', ...field] };
    const key = `${code} ${refKey(at)}`;
    if (reported.has(key)) continue;
    reported.add(key);
    yield { code, at, others, params };
  }
}

/** REF204, REF207, REF209, REF219, REF220. */
function* clusterFaults(
  cluster: WeightedCluster,
  config: ProxyConfig,
  index: MeshIndex,
): Generator<ClusterFault> {
  if (cluster.missing) {
    const fault = missingFault(cluster.missing, config, index);
    if (fault) yield fault;
    return;
  }
  const target = targetOf(cluster.name, config, index);
  if (!target) return;
  const { service, port, tls } = target;
  const others = [port.at];
  if (isTls(port.protocol) && (tls === undefined || tls === 'DISABLE')) {
    yield { code: 'REF204', field: [], others, params: { host: service.host, port: port.number } };
  }
  if (service.from === 'service-entry' && service.resolution === 'none' && service.external) {
    yield { code: 'REF207', field: ['host'], others: service.origin, params: { host: service.host } };
  }
}

function missingFault(
  missing: MissingCluster,
  { proxy }: ProxyConfig,
  index: MeshIndex,
): ClusterFault | undefined {
  switch (missing.kind) {
    case 'not-visible': {
      const params = { host: missing.host, namespace: proxy.namespace };
      return { code: 'REF219', field: ['host'], others: missing.by, params };
    }
    case 'external-name': {
      const params = { host: missing.host, want: missing.externalName };
      return { code: 'REF220', field: ['host'], others: missing.by, params };
    }
    case 'no-such-subset': {
      const elsewhere = index.mesh.destinationRules.find(
        (rule) =>
          rule.spec.subsets?.some(({ name }) => name === missing.subset) &&
          namesHost(rule.spec.host ?? '', rule.namespace, missing.host),
      );
      if (
        !elsewhere ||
        missing.by.some(
          ({ object }) => object.document === elsewhere.at.document && object.source === elsewhere.at.source,
        )
      )
        return undefined;
      const [used] = missing.by;
      const params = {
        host: missing.host,
        subset: missing.subset,
        namespace: proxy.namespace,
        other: used ? `${used.object.namespace}/${used.object.name}` : 'none of the rules',
      };
      return {
        code: 'REF209',
        field: ['subset'],
        others: [{ object: elsewhere.at, path: ['spec', 'subsets'] }],
        params,
      };
    }
    // Said where the destination is written, from the manifests: REF005, REF007, REF008.
    case 'host-not-in-paste':
    case 'no-such-port':
    case 'no-endpoints':
    case 'subset-without-endpoints':
      return undefined;
  }
}

function namesHost(host: string, namespace: string, full: string): boolean {
  return host === full || `${host}.${namespace}.svc.cluster.local` === full;
}

interface Target {
  readonly service: RegistryService;
  readonly port: RegistryPort;
  readonly rule: MergedDestinationRule | undefined;
  /** The TLS mode in force, if any is set. */
  readonly tls: string | undefined;
}

function targetOf(clusterName: string, { proxy }: ProxyConfig, index: MeshIndex): Target | undefined {
  const [, portText = '', subset = '', host = ''] = clusterName.split('|');
  const service = [...(index.registry.byHost.get(host)?.values() ?? [])][0];
  const port = service?.ports.find(({ number }) => number === Number(portText));
  if (!service || !port) return undefined;
  const rule = destinationRuleFor(index.destinationRules, service, proxy);
  return { service, port, rule, tls: tlsMode(rule, subset, port.number) };
}

/** The innermost setting counts: of the subset's port, the subset, the rule's port, the rule. Mirrors `MergeTrafficPolicy`. */
function tlsMode(rule: MergedDestinationRule | undefined, subset: string, port: number): string | undefined {
  const own = rule?.subsets.find(({ name }) => name === subset)?.subset.trafficPolicy;
  return [own, rule?.trafficPolicy]
    .map((policy) => policyMode(policy, port))
    .find((mode) => mode !== undefined);
}

function policyMode(policy: TrafficPolicy | undefined, port: number): string | undefined {
  const settings = policy?.portLevelSettings?.find((each) => each.port?.number === port);
  const tls = settings ? settings.tls : policy?.tls;
  return tls && (tls.mode ?? 'DISABLE');
}

/** REF206: TLS is started to a port that speaks plain HTTP. Said at the rule, once. */
function* plaintextPorts(
  clusterNames: Iterable<string>,
  config: ProxyConfig,
  index: MeshIndex,
): Generator<Draft> {
  const reported = new Set<string>();
  for (const name of clusterNames) {
    const target = targetOf(name, config, index);
    const [origin] = target?.rule?.origin ?? [];
    if (!target || !origin || !isHttp(target.port.protocol)) continue;
    if (target.tls !== 'SIMPLE' && target.tls !== 'MUTUAL') continue;
    const at = { object: origin.object, path: ['spec', 'trafficPolicy', 'tls', 'mode'] };
    const key = `${refKey(at)} ${target.port.number}`;
    if (reported.has(key)) continue;
    reported.add(key);
    const { service, port } = target;
    yield {
      code: 'REF206',
      at,
      others: [port.at],
      params: { host: service.host, port: port.number, protocol: port.protocol },
    };
  }
}

/**
 * REF208: rules for a host that this gateway calls, in a namespace where it does not look. Mirrors the order of `PushContext.destinationRule`.
 */
function* unusedRules(
  clusterNames: Iterable<string>,
  config: ProxyConfig,
  index: MeshIndex,
): Generator<Draft> {
  const rules = rulesByHost(index.mesh.destinationRules);
  if (rules.size === 0) return;
  const { namespace } = config.proxy;
  for (const host of new Set([...clusterNames].map((name) => name.split('|')[3] ?? ''))) {
    const services = [...(index.registry.byHost.get(host)?.values() ?? [])];
    const looked = new Set([namespace, rootNamespace, ...services.map((service) => service.namespace)]);
    for (const rule of services.length === 0 ? [] : (rules.get(host) ?? [])) {
      if (looked.has(rule.namespace)) continue;
      const params = { host, namespace, want: [...looked] };
      yield { code: 'REF208', at: { object: rule.at, path: ['metadata', 'namespace'] }, params };
    }
  }
}

type RulesByHost = ReadonlyMap<string, readonly DestinationRule[]>;

/** Rules by full host; the same for all workloads. */
const rulesByHost = remember((list: readonly DestinationRule[]): RulesByHost => {
  const rules = new Map<string, DestinationRule[]>();
  for (const rule of list) {
    const host = resolveShortName(rule.spec.host ?? '', rule.namespace);
    const own = rules.get(host);
    if (own) own.push(rule);
    else rules.set(host, [rule]);
  }
  return rules;
});

/** REF218. */
function grpcFault(
  cluster: WeightedCluster,
  config: ProxyConfig,
  index: MeshIndex,
): ClusterFault | undefined {
  const target = cluster.missing ? undefined : targetOf(cluster.name, config, index);
  if (!target || (target.port.protocol !== 'HTTP' && target.port.protocol !== 'auto')) return undefined;
  const { service, port, rule } = target;
  const pool = (
    rule?.trafficPolicy as
      { readonly connectionPool?: { readonly http?: { readonly h2UpgradePolicy?: string } } } | undefined
  )?.connectionPool;
  if (pool?.http?.h2UpgradePolicy === 'UPGRADE') return undefined;
  const protocol = port.protocol === 'auto' ? 'not said' : port.protocol;
  return {
    code: 'REF218',
    field: [],
    others: [port.at],
    params: { host: service.host, port: port.number, protocol },
  };
}
