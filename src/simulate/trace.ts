import type {
  MissingCluster,
  RouteMatch,
  StringMatcher,
  PathSpecifier,
  TlsVersion,
  ClusterName,
} from '../envoy/types.ts';
import type { SourceRef } from '../manifest/source.ts';
import type { Call } from './call.ts';

/** A thing of Envoy's by its name, and what it was made from. */
export interface Named {
  readonly name: string;
  readonly at: readonly SourceRef[];
}

/** One decision: what was tried, in order, and what was taken. Nothing taken ends the call. */
export interface Choice<
  Kind extends string,
  Because,
  Taken extends Named = Named,
  Passed extends Named = Named,
> {
  readonly kind: Kind;
  /** Near misses, nearest first, never the 999 that have nothing to do with the call. */
  readonly passedOver: readonly (Passed & { readonly because: Because })[];
  /** How many more were passed over without being named. */
  readonly others: number;
  readonly taken?: Taken;
}

export interface Trace {
  readonly call: Call;
  /** The workload whose Envoy answered: id of the report. */
  readonly workload?: string;
  readonly steps: readonly Step[];
  /** How the call ends. Chance (weights, fault percentages) makes branches; shares are above 0 and add up to 1. */
  readonly outcome: readonly Branch[];
  /** What stands in the way of a sure answer (JWT claims, EnvoyFilter, …), each at its place. */
  readonly notSimulated: readonly NotSimulatedHere[];
}

export interface NotSimulatedHere {
  readonly what: string;
  readonly at: readonly SourceRef[];
}

export interface Branch {
  readonly share: number;
  /** The destination that was drawn, with its weight, if the route forwards. */
  readonly destination?: Named & {
    readonly weight: number;
    readonly exists: boolean;
    readonly missing?: MissingCluster;
  };
  /** Delay injected before anything else happens, as written. */
  readonly delay?: string;
  readonly end: End;
}

export type Step =
  /** From outside: the Service in front of the gateway translates the dialled port. */
  | {
      readonly kind: 'service-port';
      readonly service: Named;
      readonly port: number;
      readonly targetPort: number;
    }
  /** In the mesh: what the dialled name resolved to. */
  | {
      readonly kind: 'resolve';
      readonly host: string;
      readonly address: string;
      readonly by: readonly SourceRef[];
      readonly invented: boolean;
    }
  | Choice<'listener', ListenerMismatch>
  | Choice<'filter-chain', FilterChainMismatch, FilterChainTaken>
  | TlsStep
  | {
      readonly kind: 'codec';
      readonly protocol: 'http/1.0' | 'http/1.1' | 'h2' | 'not-http';
      readonly refused?: Refusal;
    }
  | { readonly kind: 'path'; readonly sent: string; readonly normalized: string }
  | Choice<
      'virtual-host',
      VirtualHostMismatch,
      Named & { readonly routeConfig: string; readonly domain: string; readonly domains: readonly string[] }
    >
  | { readonly kind: 'https-redirect'; readonly at: readonly SourceRef[] }
  | Choice<'route', RouteMismatch, RouteTaken, RoutePassedOver>
  | {
      readonly kind: 'fault';
      readonly at: readonly SourceRef[];
      readonly delay?: { readonly percent: number; readonly fixedDelay: string };
      readonly abort?: { readonly percent: number; readonly status: string };
    }
  | {
      readonly kind: 'cors';
      readonly at: readonly SourceRef[];
      readonly origin: string;
      readonly allowed: boolean;
      readonly preflight: boolean;
    }
  | { readonly kind: 'cluster'; readonly clusters: readonly ClusterShare[]; readonly weighted: boolean }
  | {
      readonly kind: 'rewrite';
      readonly at: readonly SourceRef[];
      readonly path?: readonly [from: string, to: string];
      readonly host?: readonly [from: string, to: string];
    }
  | {
      readonly kind: 'headers';
      readonly at: readonly SourceRef[];
      readonly on: 'request' | 'response';
      readonly set: readonly (readonly [string, string])[];
      readonly add: readonly (readonly [string, string])[];
      readonly remove: readonly string[];
    }
  | {
      readonly kind: 'mirror';
      readonly cluster: Named & { readonly exists: boolean };
      readonly percent: number;
    }
  | {
      readonly kind: 'policy';
      readonly at: readonly SourceRef[];
      readonly timeout?: string;
      readonly retries?: {
        readonly attempts: number;
        readonly retryOn: string;
        readonly perTryTimeout?: string;
      };
    };

export type StepKind = Step['kind'];

export interface ClusterShare extends Named {
  readonly weight: number;
  /** 0…1 of the calls that get this far. */
  readonly share: number;
  readonly exists: boolean;
  readonly missing?: MissingCluster;
  /** Where its port came from; `listener` is the trap of a service with several ports. */
  readonly portFrom: 'destination' | 'only-port' | 'listener';
}

export type ListenerMismatch =
  | { readonly kind: 'port-differs'; readonly wants: number; readonly got: number }
  | { readonly kind: 'address-differs'; readonly wants: string; readonly got: string }
  /** The server is there, but opens nothing: it lost its place, has no route, or Envoy refused the listener. */
  | { readonly kind: 'not-opened'; readonly why: NotOpened; readonly by: readonly SourceRef[] };

/** Why a server opens no listener; `refused-listener`: Envoy refused it (the reason is in `ProxyConfig.refusedListeners`). */
export type NotOpened =
  | 'port-conflict'
  | 'duplicate-tls-host'
  | 'duplicate-route-config'
  | 'server-without-route'
  | 'refused-listener';

export interface FilterChainTaken extends Named {
  readonly serverNames: readonly string[];
  readonly applicationProtocols: readonly string[];
  readonly prefixRanges: readonly string[];
  readonly matched: 'exact' | 'wildcard' | 'any' | 'range' | 'sniffed-http' | 'default';
  readonly terminatesTls: boolean;
}
export type FilterChainMismatch =
  | { readonly kind: 'sni-differs'; readonly wants: readonly string[]; readonly got: string | null }
  | { readonly kind: 'alpn-differs'; readonly wants: readonly string[]; readonly got: readonly string[] }
  | { readonly kind: 'address-outside'; readonly wants: readonly string[]; readonly got: string }
  | { readonly kind: 'not-sniffed-as-http' }
  | { readonly kind: 'less-specific'; readonly than: string };

export interface TlsStep {
  readonly kind: 'tls';
  readonly at: readonly SourceRef[];
  /** SIMPLE, MUTUAL, …; `PASSTHROUGH` when the bytes go on untouched, `NONE` when the chain speaks plaintext. */
  readonly mode: string;
  readonly asked: 'not-asked' | 'optional' | 'required';
  readonly agreed?: { readonly version?: TlsVersion; readonly alpn?: string };
  readonly refused?: Refusal;
}

export type VirtualHostMismatch =
  | { readonly kind: 'host-differs'; readonly wants: readonly string[]; readonly got: string }
  | { readonly kind: 'less-specific'; readonly than: string };

export interface RouteTaken extends Named {
  /** Place in the final list of the virtual host, from 0. */
  readonly index: number;
  readonly routeName: string;
  readonly virtualService?: string;
  /** All that it asks of a request, for showing beside what the request has. */
  readonly match: RouteMatch;
}
/** A route that did not take the call, by its place in the virtual host. */
export type RoutePassedOver = RouteTaken & { readonly because: RouteMismatch };
/** The first condition that failed, with both values. */
export type RouteMismatch =
  | {
      readonly kind: 'path-differs';
      readonly wants: PathSpecifier;
      readonly got: string;
      readonly ignoreCase: boolean;
    }
  | {
      readonly kind: 'header-differs';
      readonly name: string;
      readonly wants: StringMatcher;
      readonly invert: boolean;
      readonly got: readonly string[];
    }
  | {
      readonly kind: 'query-differs';
      readonly name: string;
      readonly wants: StringMatcher;
      readonly got: string | null;
    }
  | { readonly kind: 'claim-unknown'; readonly name: string }
  /** Would match too, but an earlier one took the call. */
  | { readonly kind: 'later'; readonly than: string };

/** Why the connection or the request is refused before any route is looked at. */
export type Refusal =
  | 'client-certificate-required'
  | 'tls-version-refused'
  | 'plaintext-to-tls'
  | 'tls-to-plaintext'
  | 'not-http'
  | 'http-1.0'
  | 'malformed'
  | 'malformed-http2';

/** The upstream's view of the request. */
export interface UpstreamRequest {
  readonly secure: boolean;
  readonly method: string;
  readonly path: string;
  readonly authority: string;
  readonly headers: readonly (readonly [string, string])[];
}

/** An HTTP answer, Envoy's own or the upstream's, in the words of Envoy's access log. */
export interface HttpAnswer {
  readonly protocol: 'http/1.1' | 'h2';
  readonly status: number;
  /** `via_upstream`, `route_not_found`, … */
  readonly details: string;
  /** `NR`, `NC`, `DI,FI`; absent if none. */
  readonly flags?: string;
  readonly location?: string;
  readonly body?: string;
  readonly responseHeaders: readonly (readonly [string, string])[];
}

export type End =
  | {
      readonly kind: 'forwarded';
      readonly cluster: ClusterName;
      readonly answer: HttpAnswer;
      readonly upstream: UpstreamRequest;
    }
  | { readonly kind: 'redirected'; readonly answer: HttpAnswer }
  /** Envoy answers by itself and as configured: a direct response, a preflight, a fault. */
  | {
      readonly kind: 'responded';
      readonly by: 'direct-response' | 'preflight' | 'fault';
      readonly answer: HttpAnswer;
    }
  | { readonly kind: 'failed'; readonly because: FailedBecause; readonly answer: HttpAnswer }
  /** Opaque bytes went on: `passthrough` out of the mesh to the dialled address. */
  | { readonly kind: 'tcp'; readonly cluster: ClusterName; readonly passthrough: boolean }
  | {
      readonly kind: 'closed';
      readonly because: ClosedBecause;
      readonly cluster?: ClusterName;
      readonly flags?: string;
      readonly details?: string;
    };

export type FailedBecause =
  | 'no-virtual-host'
  | 'no-route'
  /** The client sent an empty `x-forwarded-proto`. */
  | 'no-scheme'
  | 'no-cluster'
  | 'blocked'
  | 'http-1.0'
  | 'malformed'
  | 'no-host'
  | 'bad-path'
  | 'upgrade-refused'
  | 'not-http'
  | 'route-config-refused';
export type ClosedBecause =
  | 'no-listener'
  | 'no-filter-chain'
  | 'client-certificate-required'
  | 'tls-version-refused'
  | 'plaintext-to-tls'
  | 'tls-to-plaintext'
  | 'not-http'
  | 'malformed'
  | 'no-cluster'
  | 'blackhole';
