import type { Proxy } from './compile/compiled.ts';
import type { Diagnostic } from './diagnose/diagnostic.ts';
import type { Graph } from './graph/graph.ts';
import type { ObjectRef, Source, Span } from './manifest/source.ts';
import type { Call } from './simulate/call.ts';
import type { Trace } from './simulate/trace.ts';
import type { Stage } from './validate/verdict.ts';

export interface AnalyseInput {
  readonly sources: readonly Source[];
  readonly calls: readonly Call[];
  /** For documents that name none; `default` if absent. */
  readonly defaultNamespace?: string;
  /** Namespace of gateway pods that the paste does not hold; `istio-system` if absent. */
  readonly gatewayNamespace?: string;
}

/** What is drawn, and not the model: plain data, structured-clonable. */
export interface Report {
  /** Every object in the order of the text, also those of kinds that take no part. */
  readonly objects: readonly ObjectReport[];
  readonly diagnostics: readonly Diagnostic[];
  readonly workloads: readonly Proxy[];
  /** Seen from the workload of the first call. */
  readonly graph: Graph;
  /** One for each call, in their order. */
  readonly traces: readonly Trace[];
  readonly vocabulary: Vocabulary;
  /** A call that reaches the first rule that can be reached, if there is one: for a paste that does not meet the call. */
  readonly reachable?: Call;
}

export interface ObjectReport {
  /** Absent: it cannot be read, or has no kind. */
  readonly ref?: ObjectRef;
  readonly span: Span;
  readonly source: number;
  readonly status: 'takes-part' | 'refused' | 'unreadable' | 'not-simulated';
  readonly stage?: Stage;
}

/** What completion knows of the paste. */
export interface Vocabulary {
  /** `namespace/name`. */
  readonly gateways: readonly string[];
  readonly namespaces: readonly string[];
  /** Hosts that servers and virtual services name, without wildcards' stars resolved. */
  readonly hosts: readonly string[];
  readonly services: readonly {
    readonly host: string;
    readonly namespace: string;
    readonly ports: readonly { readonly number: number; readonly name?: string }[];
    readonly subsets: readonly string[];
  }[];
  /** URLs to complete the request bar with: hosts, ports and paths that some rule names. */
  readonly urls: readonly string[];
}
