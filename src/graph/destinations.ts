import { resolveShortName } from '../hostname.ts';
import type { ProxyConfig } from '../compile/compiled.ts';
import { clusterParts } from '../envoy/names.ts';
import type { MissingCluster, Route, WeightedCluster } from '../envoy/types.ts';
import type { Mesh } from '../istio/types.ts';
import type { SourceRef } from '../manifest/source.ts';
import { remember } from '../remember.ts';
import type { RuleDestination } from './graph.ts';
import { refKey } from '../manifest/refKey.ts';

/** A host that the paste declares, with what can be dialled on it. */
export interface Declared {
  readonly host: string;
  readonly name: string;
  readonly namespace: string;
  readonly source: 'service' | 'service-entry';
  readonly at: SourceRef;
  readonly ports: readonly { readonly port: number; readonly at: SourceRef }[];
}

/** The hosts of all Services and ServiceEntries, by name; a Service hides a ServiceEntry of its name. */
export function declaredHosts(mesh: Mesh): ReadonlyMap<string, Declared> {
  const hosts = new Map<string, Declared>();
  for (const service of mesh.services) {
    const host = resolveShortName(service.name, service.namespace);
    hosts.set(host, {
      host,
      name: service.name,
      namespace: service.namespace,
      source: 'service',
      at: { object: service.at, path: [] },
      ports: portsOf(
        (service.spec.ports ?? []).map((each) => each.port),
        service.at,
      ),
    });
  }
  for (const entry of mesh.serviceEntries) {
    for (const host of entry.spec.hosts ?? []) {
      if (hosts.has(host)) continue;
      hosts.set(host, {
        host,
        name: host,
        namespace: entry.namespace,
        source: 'service-entry',
        at: { object: entry.at, path: [] },
        ports: portsOf(
          (entry.spec.ports ?? []).map((each) => each.number),
          entry.at,
        ),
      });
    }
  }
  return hosts;
}

function portsOf(numbers: readonly (number | undefined)[], object: SourceRef['object']): Declared['ports'] {
  return numbers.flatMap((port, index) =>
    port === undefined ? [] : [{ port, at: { object, path: ['spec', 'ports', index] } }],
  );
}

/** A port (and subset) of a host that a destination leads to; no port: it takes the one that is dialled. */
export interface Target {
  readonly host: string;
  readonly port?: number;
  readonly subset?: string;
  /** Port and subset, as a key of maps. */
  readonly cell: string;
}

function target(host: string, port: number | undefined, subset: string | undefined): Target {
  const cell = subset === undefined ? `${port ?? ''}` : `${port ?? ''}|${subset}`;
  return { host, ...(port !== undefined && { port }), ...(subset !== undefined && { subset }), cell };
}

/** What the proxies made of destinations, as far as the text alone does not tell. */
export interface CompiledTargets {
  /** Of destinations without a port, by `refKey` of the place where they are written: a target for each server that lent its port. */
  readonly lent: ReadonlyMap<string, readonly Target[]>;
  /** Why a cluster of these names does not exist. */
  readonly missing: ReadonlyMap<string, MissingCluster['kind']>;
}

/** Reads the routes and chains of proxies for the clusters that need them to be known. */
export function compiledTargets(configs: readonly ProxyConfig[]): CompiledTargets {
  const lent = new Map<string, Target[]>();
  const missing = new Map<string, MissingCluster['kind']>();
  const note = (clusters: readonly WeightedCluster[]): void => {
    for (const cluster of clusters) {
      if (cluster.missing !== undefined) missing.set(cluster.name, cluster.missing.kind);
      if (cluster.portFrom !== 'listener') continue;
      const target = targetOf(cluster.name);
      if (target === undefined) continue;
      for (const at of cluster.origin) {
        const key = refKey(at);
        const list = lent.get(key);
        if (list === undefined) lent.set(key, [target]);
        else if (!list.some((each) => each.port === target.port && each.host === target.host))
          list.push(target);
      }
    }
  };
  for (const config of configs) {
    for (const routes of config.routeConfigs.values()) {
      for (const host of routes.virtualHosts) {
        // Behind `httpsRedirect` no rule is read.
        if (!host.requireTls) note(notableClusters(host.routes));
      }
    }
    for (const { filterChains } of config.listeners) {
      for (const { filter } of filterChains) if (filter.kind === 'tcp') note(filter.clusters);
    }
  }
  return { lent, missing };
}

/** The clusters that say more than the text does. */
const notableClusters = remember((routes: readonly Route[]): readonly WeightedCluster[] =>
  routes.flatMap(({ action }) =>
    action.kind === 'forward'
      ? action.clusters.filter(({ missing, portFrom }) => missing !== undefined || portFrom === 'listener')
      : [],
  ),
);

/** What a cluster's name says; undefined for names of another form (`PassthroughCluster`). */
export function targetOf(cluster: string): Target | undefined {
  const parts = clusterParts(cluster);
  if (parts === undefined) return undefined;
  const { host, port, subset } = parts;
  return target(host, Number(port), subset === '' ? undefined : subset);
}

/** Of destinations that name their port; they belong to one virtual service, so to one namespace. */
const writtenBefore = new WeakMap<RuleDestination, Target>();

/** Where a destination leads by what is written: its port, else the only one of the host, else none. */
export function writtenTarget(
  destination: RuleDestination,
  namespace: string,
  declared: ReadonlyMap<string, Declared>,
): Target {
  const known = writtenBefore.get(destination);
  if (known !== undefined) return known;
  const host = resolveShortName(destination.host, namespace);
  const { port, subset } = destination;
  if (port !== undefined) {
    const written = target(host, port, subset);
    writtenBefore.set(destination, written);
    return written;
  }
  const ports = declared.get(host)?.ports ?? [];
  return target(host, ports.length === 1 ? ports[0]?.port : undefined, subset);
}

/** Id of the node of a host. */
export function destinationId(host: string): string {
  return `host/${host}`;
}

/** Id of the row of a port and subset of a host. */
export function portRowId({ host, port, subset }: Omit<Target, 'cell'>): string {
  return `host/${host}:${port ?? ''}${subset === undefined ? '' : `|${subset}`}`;
}
