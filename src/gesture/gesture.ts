import type { HTTPMatchRequest, Labels, TLSMode } from '../istio/types.ts';
import type { Json, ObjectRef, Path, SourceRef } from '../manifest/source.ts';
import type { Operation, Refusal } from '../manifest/edit/operation.ts';

/** One thing that a person does with the graph, a form or a command: plain data, so that it can be tried before it is done. */
export type Gesture =
  | CreateGateway
  | CreateServer
  | CreateVirtualService
  | CreateRule
  | CreateMatch
  | CreateDestination
  | CreateDestinationRule
  | CreateSubset
  | CreateServiceEntry
  | CreateService
  | { readonly kind: 'use-template'; readonly template: TemplateName; readonly plan: TemplatePlan }
  /** One field; no value: the field goes, and with it what it leaves empty. */
  | { readonly kind: 'set'; readonly at: SourceRef; readonly value?: Json }
  /** Several fields of one object that belong together. */
  | { readonly kind: 'set-fields'; readonly object: ObjectRef; readonly fields: readonly FieldValue[] }
  /** The weight of a destination; the others of its rule make room in proportion. */
  | { readonly kind: 'set-weight'; readonly at: SourceRef; readonly weight: number }
  | { readonly kind: 'share-evenly'; readonly rule: SourceRef }
  | { readonly kind: 'rename-key'; readonly at: SourceRef; readonly to: string }
  /** What a form cannot express, as the user writes it. */
  | { readonly kind: 'write-yaml'; readonly at: SourceRef; readonly yaml: string }
  /** An item of a list takes the place of number `to`; the others move up. */
  | { readonly kind: 'move'; readonly at: SourceRef; readonly to: number }
  /** An item of a list or, with an empty path, a whole object under a name of its own. */
  | { readonly kind: 'duplicate'; readonly at: SourceRef }
  /** `dependents`: what hangs on it goes too. */
  | { readonly kind: 'remove'; readonly at: SourceRef; readonly dependents: boolean }
  | { readonly kind: 'rename'; readonly what: Renamed; readonly to: string }
  | { readonly kind: 'connect'; readonly from: SourceRef; readonly to: ConnectEnd };

export type GestureKind = Gesture['kind'];

export interface FieldValue {
  readonly path: Path;
  readonly value?: Json;
}

export type Renamed =
  | { readonly kind: 'object'; readonly object: ObjectRef }
  /** `spec.subsets[i]` of a DestinationRule. */
  | { readonly kind: 'subset'; readonly at: SourceRef }
  /** A host as it is written, wherever it is written. */
  | { readonly kind: 'host'; readonly host: string };

/** Where a line from a handle ends: at something that is written, or at a host that no manifest of the paste describes. */
export type ConnectEnd =
  | { readonly kind: 'place'; readonly at: SourceRef }
  | { readonly kind: 'host'; readonly host: string; readonly port?: number };

export interface CreateGateway {
  readonly kind: 'create-gateway';
  readonly name?: string;
  readonly namespace?: string;
  readonly selector?: Labels;
  readonly servers?: readonly ServerPlan[];
}
export interface CreateServer {
  readonly kind: 'create-server';
  readonly gateway: ObjectRef;
  readonly server: ServerPlan;
}
export interface CreateVirtualService {
  readonly kind: 'create-virtual-service';
  readonly name?: string;
  readonly namespace?: string;
  /** Absent: a delegate, without hosts and gateways. */
  readonly gateway?: ObjectRef;
  /** The server of the gateway that it is for; absent: all that speak HTTP, else all. */
  readonly server?: number;
  readonly hosts?: readonly string[];
  readonly destination?: DestinationPlan;
}
export interface CreateRule {
  readonly kind: 'create-rule';
  readonly virtualService: ObjectRef;
  readonly rule: RulePlan;
}
export interface CreateMatch {
  readonly kind: 'create-match';
  /** `spec.http[i]`, `spec.tls[i]` or `spec.tcp[i]`. */
  readonly rule: SourceRef;
  /** Absent: a condition that is valid and easy to change. */
  readonly match?: Json;
}
export interface CreateDestination {
  readonly kind: 'create-destination';
  readonly rule: SourceRef;
  readonly destination: DestinationPlan;
}
export interface CreateDestinationRule {
  readonly kind: 'create-destination-rule';
  readonly host: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly subsets: readonly SubsetPlan[];
}
export interface CreateSubset {
  readonly kind: 'create-subset';
  readonly destinationRule: ObjectRef;
  readonly subset?: SubsetPlan;
}
export interface CreateServiceEntry {
  readonly kind: 'create-service-entry';
  readonly host: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly ports?: readonly PortPlan[];
}
export interface CreateService {
  readonly kind: 'create-service';
  readonly name: string;
  readonly namespace?: string;
  readonly ports?: readonly PortPlan[];
}

/** What a server speaks, as a choice of the page's; `mode` is for HTTPS and TLS. */
export interface ServerPlan {
  readonly protocol: 'HTTP' | 'HTTP2' | 'GRPC' | 'HTTPS' | 'TLS' | 'TCP' | 'MONGO';
  readonly mode?: TLSMode;
  readonly port?: number;
  readonly name?: string;
  readonly hosts?: readonly string[];
  readonly httpsRedirect?: boolean;
  readonly credentialName?: string;
}
export interface DestinationPlan {
  readonly host: string;
  readonly subset?: string;
  readonly port?: number;
  readonly weight?: number;
}
export interface SubsetPlan {
  readonly name: string;
  readonly labels: Labels;
}
export interface PortPlan {
  readonly number: number;
  readonly protocol?: string;
  readonly name?: string;
}

export type RulePlan =
  | { readonly section: 'http'; readonly match?: HTTPMatchRequest; readonly action: ActionPlan }
  | {
      readonly section: 'tls';
      readonly sniHosts?: readonly string[];
      readonly port?: number;
      readonly destination?: DestinationPlan;
    }
  | { readonly section: 'tcp'; readonly port?: number; readonly destination?: DestinationPlan };

/** What a rule for HTTP does; each has a default for what is not given. */
export type ActionPlan =
  | { readonly kind: 'route'; readonly destination?: DestinationPlan }
  | { readonly kind: 'redirect'; readonly redirect?: Json }
  | { readonly kind: 'rewrite'; readonly uri?: string; readonly destination?: DestinationPlan }
  | { readonly kind: 'direct-response'; readonly status?: number; readonly body?: string }
  | { readonly kind: 'fault'; readonly fault?: Json; readonly destination?: DestinationPlan }
  | { readonly kind: 'delegate'; readonly name?: string; readonly namespace?: string };

export type TemplateName = 'https' | 'passthrough' | 'canary' | 'delegates' | 'tcp' | 'mutual-tls';

/** What a template asks; each has a default. */
export interface TemplatePlan {
  readonly name?: string;
  readonly namespace?: string;
  readonly host?: string;
  readonly destination?: DestinationPlan;
}

/** What a gesture comes to, before any of it lands. */
export type Plan = Planned | { readonly kind: 'refused'; readonly because: GestureRefusal };

export interface Planned {
  readonly kind: 'planned';
  /** Land together; their places count in the text as it stands. */
  readonly ops: readonly Operation[];
  /** What is done afterwards, one after the other, each in the text that the one before leaves: new names in a copy, further documents. */
  readonly afterwards?: readonly Operation[];
  /** What is selected afterwards: a place of the text after the ops. */
  readonly select?: SourceRef;
  readonly warnings: readonly GestureWarning[];
  /** Places besides the one that was meant which change or go, in the order of the text. */
  readonly alongside: readonly Alongside[];
}

/** What happens to a place that hangs on what a gesture changes. */
export interface Alongside {
  readonly at: SourceRef;
  readonly what: 'removed' | 'renamed' | 'left-dangling' | 'weight-changed';
}

/** Why a gesture makes no sense. */
export type GestureRefusal =
  | { readonly kind: 'place-gone' }
  | { readonly kind: 'nothing-to-do' }
  | { readonly kind: 'not-possible-between'; readonly from: string; readonly to: string }
  | { readonly kind: 'already-connected'; readonly name: string }
  | { readonly kind: 'delegate-has-no-gateways'; readonly name: string }
  | { readonly kind: 'rule-does-not-forward'; readonly action: string }
  | { readonly kind: 'delegate-within-delegate'; readonly name: string }
  | { readonly kind: 'name-invalid'; readonly name: string; readonly because: NameProblem }
  | { readonly kind: 'name-taken'; readonly name: string }
  | { readonly kind: 'not-a-list-item' }
  | { readonly kind: 'not-a-weight' }
  /** Working it out took too long and was given up. */
  | { readonly kind: 'stopped' }
  /** The text cannot be edited there without touching something else. */
  | { readonly kind: 'text'; readonly because: Refusal };

export type NameProblem = 'empty' | 'not-dns' | 'too-long';

/** What a gesture does that few expect. */
export type GestureWarning =
  | {
      readonly kind: 'hosts-do-not-meet';
      readonly virtualService: readonly string[];
      readonly gateway: readonly string[];
    }
  | { readonly kind: 'namespace-not-allowed'; readonly namespace: string; readonly hosts: readonly string[] }
  | {
      readonly kind: 'section-not-served';
      readonly section: 'http' | 'tls' | 'tcp';
      readonly served: readonly string[];
    }
  | { readonly kind: 'rule-takes-everything' }
  | { readonly kind: 'rule-not-reached'; readonly by: number }
  | { readonly kind: 'becomes-mesh-only' }
  | { readonly kind: 'no-rule-left' }
  | { readonly kind: 'no-host-left' }
  | { readonly kind: 'service-has-several-ports'; readonly host: string; readonly ports: readonly number[] }
  | { readonly kind: 'subset-not-defined'; readonly subset: string; readonly host: string };
