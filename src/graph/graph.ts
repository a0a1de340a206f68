import type { Exclusion, Rejection } from '../compile/decisions.ts';
import type { MissingCluster } from '../envoy/types.ts';
import type { SourceRef } from '../manifest/source.ts';

/*
 * What the canvas draws, as plain data. Three columns: gateways (servers are their rows) and the mesh, virtual services (rules are their rows, in
 * evaluation order), destinations (ports and subsets are their rows). Positions are CSS pixels at 100 %, of the upper left corner. Nothing here
 * depends on the call: it lights a path through the graph (`litPath`) and never moves a node.
 */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly width: number;
  readonly height: number;
}

export type GraphNode = GatewayNode | MeshNode | VirtualServiceNode | DestinationNode | GroupNode;

interface NodeBase<Kind extends string, Row extends GraphRow> extends Box {
  readonly kind: Kind;
  /** Stable while the object keeps kind, namespace and name. */
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  /** Absent: written nowhere in the paste. */
  readonly at?: SourceRef;
  readonly standing: Standing;
  readonly rows: readonly Row[];
}

/** Where a node stands; a draft that has not been laid out is at 0, 0. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * `part`: it decides about calls at this workload. `other-workload`: a gateway for other pods. `not-attached`: no server or sidecar uses it.
 * `refused`: Istio's validation does not admit it. `not-in-paste`: others name it, and it is written nowhere.
 */
export type Standing = 'part' | 'other-workload' | 'not-attached' | 'refused' | 'not-in-paste';

export type GatewayNode = NodeBase<'gateway', ServerRow | ReasonRow>;
/** Calls between workloads: Istio's reserved gateway `mesh`. One at most, and only if a virtual service is bound to it. */
export type MeshNode = NodeBase<'mesh', never>;
export interface VirtualServiceNode extends NodeBase<'virtual-service', RuleRow | RestRow | ReasonRow> {
  readonly hosts: readonly string[];
  /** Bound to sidecars too, or only to them. */
  readonly mesh: boolean;
  /** It has no hosts and is named by others. */
  readonly delegate: boolean;
}
export interface DestinationNode extends NodeBase<'destination', PortRow | ReasonRow> {
  readonly host: string;
  readonly source: 'service' | 'service-entry' | 'nothing';
  /** Some rule names it. */
  readonly named: boolean;
}
/** Several nodes of one kind, folded by `foldGraph`. */
export interface GroupNode extends NodeBase<'group', SummaryRow> {
  readonly of: 'virtual-service' | 'destination';
  readonly count: number;
  readonly rules: number;
  /** Ids of the folded nodes. */
  readonly members: readonly string[];
}

export type GraphRow = ServerRow | RuleRow | RestRow | PortRow | ReasonRow | SummaryRow;

export interface ServerRow {
  readonly kind: 'server';
  readonly id: string;
  readonly at: SourceRef;
  readonly port: number;
  readonly protocol: string;
  /** TLS mode as Istio reads it; absent: plaintext. */
  readonly mode?: string;
  readonly hosts: readonly string[];
  readonly httpsRedirect: boolean;
  /** Why it opens nothing, if so. */
  readonly lost?: Rejection | Exclusion;
}

export interface RuleRow {
  readonly kind: 'rule';
  readonly id: string;
  readonly at: SourceRef;
  readonly section: 'http' | 'tls' | 'tcp';
  /** From 0, as written. */
  readonly index: number;
  readonly name?: string;
  /** Blocks, any of which is enough; of each, conditions that must all hold. None: it takes everything. */
  readonly matches: readonly (readonly Condition[])[];
  readonly does: RuleAction;
  /** Why it takes no part, or less than it seems. */
  readonly lost?: Exclusion;
}

export interface Condition {
  readonly field:
    | 'path'
    | 'method'
    | 'scheme'
    | 'authority'
    | 'header'
    | 'without-header'
    | 'query'
    | 'port'
    | 'gateway'
    | 'source-labels'
    | 'source-namespace'
    | 'sni'
    | 'subnet'
    | 'source-subnet';
  /** Of a header or a query parameter. */
  readonly name?: string;
  readonly how: 'exact' | 'prefix' | 'regex' | 'present';
  readonly value: string;
}

export type RuleAction =
  | { readonly kind: 'forward'; readonly destinations: readonly RuleDestination[] }
  | { readonly kind: 'redirect'; readonly status: number; readonly to: string }
  | { readonly kind: 'direct-response'; readonly status: number }
  | { readonly kind: 'delegate'; readonly namespace: string; readonly name: string }
  | { readonly kind: 'nothing' };

export interface RuleDestination {
  /** As written. */
  readonly host: string;
  readonly subset?: string;
  readonly port?: number;
  /** As written; absent: none. */
  readonly weight?: number;
  readonly mirror: boolean;
}

/** What happens where no rule of the virtual service matches. `shared`: another virtual service has one of its hosts and is asked next. */
export interface RestRow {
  readonly kind: 'rest';
  readonly id: string;
  readonly shared: boolean;
}

export interface PortRow {
  readonly kind: 'port';
  readonly id: string;
  readonly at?: SourceRef;
  readonly port: number;
  readonly subset?: string;
  /** `missing`: a rule names it and there is no such cluster. `unknown`: the paste does not hold the host. */
  readonly standing: 'exists' | 'missing' | 'unknown';
  readonly missing?: MissingCluster['kind'];
}

/** Why the whole node takes no part. */
export interface ReasonRow {
  readonly kind: 'reason';
  readonly id: string;
  readonly at?: SourceRef;
  readonly because: Exclusion | Rejection | { readonly kind: 'refused' } | { readonly kind: 'not-in-paste' };
}

export interface SummaryRow {
  readonly kind: 'summary';
  readonly id: string;
}

/** An end of an edge: a row, or the head of a node where `row` is absent. */
export interface EdgeEnd {
  readonly node: string;
  readonly row?: string;
}

export interface GraphEdge {
  readonly kind: 'binding' | 'route' | 'mirror' | 'delegate';
  readonly from: EdgeEnd;
  readonly to: EdgeEnd;
  /** `broken`: it leads to something that does not exist, or exists only outside the paste when `to` is not in it. */
  readonly standing: 'part' | 'not-attached' | 'broken';
  /** 0…1: what the rule's weights give to this destination, if it has several. */
  readonly share?: number;
  /** The destination names no port, so the port at `to` is the server's: it holds at servers of that port alone. */
  readonly lent?: true;
}
