import type { RouteConfiguration, Cluster, Listener } from '../envoy/types.ts';
import type { SourceRef } from '../manifest/source.ts';
import type { Exclusion, NotSimulated, RefusedBecause, Rejection } from './decisions.ts';

/** A workload with an Envoy. Selectors pick pods that a paste may not hold, so most are assumed (`semantics`: G-9). */
export interface Proxy {
  /** Stable across edits that do not touch it; shown nowhere. */
  readonly id: string;
  readonly kind: 'router' | 'sidecar';
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Name of the Pod manifest whose containers resolve named target ports. */
  readonly pod?: string;
  /** What it was made from: a Pod, a Deployment, a Service; for an assumed one the gateways whose selector it is. */
  readonly origin: readonly SourceRef[];
  /** No manifest of the paste has such a pod. */
  readonly assumed: boolean;
}

/** What one Envoy gets, and what it does not get and why. Plain data. */
export interface ProxyConfig {
  readonly proxy: Proxy;
  /** Those that Envoy accepts. */
  readonly listeners: readonly Listener[];
  readonly refusedListeners: readonly {
    readonly name: string;
    readonly port: number;
    readonly because: RefusedBecause;
    readonly origin: readonly SourceRef[];
  }[];
  /** Servers of gateways that open nothing, with the listener port that they would have had. */
  readonly unopenedServers: readonly UnopenedServer[];
  readonly routeConfigs: ReadonlyMap<string, RouteConfiguration>;
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly rejections: readonly Rejection[];
  readonly exclusions: readonly Exclusion[];
  readonly notSimulated: readonly NotSimulated[];
  /** Gateways: which virtual service a server serves, with the domains that came of it (none for TCP and TLS). */
  readonly bindings: readonly Binding[];
  /** Gateways: ports of the Services in front of the workload, and the listener port that each leads to. */
  readonly servicePorts: readonly ServicePortTarget[];
}

export interface UnopenedServer {
  readonly at: SourceRef;
  readonly port: number;
  readonly why: 'port-conflict' | 'duplicate-tls-host' | 'duplicate-route-config' | 'server-without-route';
  readonly by: readonly SourceRef[];
}

export interface Binding {
  /** `spec.servers[i]` of the Gateway. */
  readonly server: SourceRef;
  readonly virtualService: SourceRef;
  readonly domains: readonly string[];
  /** `spec.http[i]`, `spec.tls[i]`, `spec.tcp[i]` that got a route there. */
  readonly routes: readonly SourceRef[];
}

export interface ServicePortTarget {
  readonly service: SourceRef;
  readonly serviceName: string;
  readonly port: number;
  readonly targetPort: number;
}

export interface Compiled {
  /** One for each gateway workload, in a stable order; sidecars are compiled when a call needs one. */
  readonly gateways: readonly ProxyConfig[];
  /** What holds for no workload in particular (a delegate that nobody names, a rule shadowed everywhere). */
  readonly exclusions: readonly Exclusion[];
  readonly notSimulated: readonly NotSimulated[];
}
