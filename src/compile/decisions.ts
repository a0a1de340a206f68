import type { SourceRef } from '../manifest/source.ts';

/**
 * Something that Istio or Envoy drops before any call: a server, a listener. `at` is what is lost, `by` what it lost to.
 */
export type Rejection =
  | {
      readonly kind: 'port-conflict';
      readonly at: SourceRef;
      readonly by: readonly SourceRef[];
      readonly port: number;
      readonly protocol: string;
      readonly other: string;
    }
  | {
      readonly kind: 'duplicate-tls-host';
      readonly at: SourceRef;
      readonly by: readonly SourceRef[];
      readonly port: number;
      readonly host: string;
    }
  | {
      readonly kind: 'duplicate-route-config';
      readonly at: SourceRef;
      readonly by: readonly SourceRef[];
      readonly name: string;
    }
  | {
      readonly kind: 'refused-listener';
      readonly at: SourceRef;
      readonly by: readonly SourceRef[];
      readonly listener: string;
      readonly because: RefusedBecause;
    }
  | { readonly kind: 'host-list-panics'; readonly at: SourceRef };

/** Envoy's reason for refusing a listener (NACK). */
export type RefusedBecause =
  | { readonly kind: 'same-match'; readonly names: readonly string[] }
  | { readonly kind: 'overlapping-name'; readonly name: string }
  | { readonly kind: 'partial-wildcard'; readonly name: string }
  | { readonly kind: 'san-without-ca' }
  | { readonly kind: 'unknown-curves'; readonly curves: string };

/** Something that was not dropped but takes no part here, or no part any more. `at` is what is lost. */
export type Exclusion =
  | { readonly kind: 'selector-misses'; readonly at: SourceRef }
  | { readonly kind: 'gateway-not-found'; readonly at: SourceRef; readonly gateway: string }
  | { readonly kind: 'not-bound-to-gateway'; readonly at: SourceRef }
  | { readonly kind: 'not-bound-to-mesh'; readonly at: SourceRef }
  | { readonly kind: 'not-exported'; readonly at: SourceRef; readonly namespace: string }
  | { readonly kind: 'hosts-disjoint'; readonly at: SourceRef; readonly by: readonly SourceRef[] }
  | { readonly kind: 'namespace-not-allowed'; readonly at: SourceRef; readonly by: readonly SourceRef[] }
  | {
      readonly kind: 'wrong-section';
      readonly at: SourceRef;
      readonly by: readonly SourceRef[];
      readonly section: 'http' | 'tcp' | 'tls';
    }
  | { readonly kind: 'port-differs'; readonly at: SourceRef; readonly wanted: number; readonly port: number }
  | { readonly kind: 'gateway-differs'; readonly at: SourceRef; readonly gateway: string }
  | {
      readonly kind: 'source-differs';
      readonly at: SourceRef;
      readonly field: 'sourceLabels' | 'sourceNamespace';
    }
  | { readonly kind: 'after-catch-all'; readonly at: SourceRef; readonly by: readonly SourceRef[] }
  | { readonly kind: 'moved-behind'; readonly at: SourceRef; readonly by: readonly SourceRef[] }
  | {
      readonly kind: 'repeated-sni';
      readonly at: SourceRef;
      readonly by: readonly SourceRef[];
      readonly name: string;
    }
  | { readonly kind: 'tcp-route-taken'; readonly at: SourceRef; readonly by: readonly SourceRef[] }
  | { readonly kind: 'server-without-route'; readonly at: SourceRef }
  | {
      readonly kind: 'host-taken';
      readonly at: SourceRef;
      readonly by: readonly SourceRef[];
      readonly host: string;
    }
  | { readonly kind: 'delegate-not-found'; readonly at: SourceRef; readonly delegate: string }
  | {
      readonly kind: 'delegate-not-exported';
      readonly at: SourceRef;
      readonly by: readonly SourceRef[];
      readonly delegate: string;
    }
  | {
      readonly kind: 'delegate-conflict';
      readonly at: SourceRef;
      readonly by: readonly SourceRef[];
      readonly field: string;
    }
  | { readonly kind: 'delegate-unreferenced'; readonly at: SourceRef }
  | { readonly kind: 'destination-rule-shadowed'; readonly at: SourceRef; readonly by: readonly SourceRef[] }
  | {
      readonly kind: 'service-shadowed';
      readonly at: SourceRef;
      readonly by: readonly SourceRef[];
      readonly host: string;
    }
  /** Sidecars: another service has the listener's address and port, or there a chain with the same criteria. */
  | {
      readonly kind: 'listener-taken';
      readonly at: SourceRef;
      readonly by: readonly SourceRef[];
      readonly listener: string;
    }
  | { readonly kind: 'not-imported'; readonly at: SourceRef; readonly by: readonly SourceRef[] };

/** Something that decides about calls and that Gatehouse does not simulate, at its place. */
export interface NotSimulated {
  readonly at: SourceRef;
  /** A closed list that `explain` knows: 'jwt-claims', 'envoy-filter', 'proxy-protocol', … */
  readonly what: string;
}
