import type { SourceRef } from '../manifest/source.ts';

/*
 * What runs: the part of Envoy's configuration that decides where a call goes. Plain data. Every object remembers what it was made from
 * (`origin`); an empty origin means "Istio's default".
 */

export type ClusterName = string; // outbound|9080|v1|reviews.default.svc.cluster.local

export interface Listener {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly filterChains: readonly FilterChain[];
  /** Sidecars only: takes what no chain matches. */
  readonly defaultFilterChain?: FilterChain;
  /** The catch-all of a sidecar: takes what is sent to the listener's own port, before any other chain. */
  readonly ownPortChain?: FilterChain;
  /** With it Envoy sees SNI, ALPN and whether the bytes are TLS; without it every connection looks like plaintext. */
  readonly tlsInspector: boolean;
  /** Sidecars: plaintext is sniffed for HTTP/1.1 and h2c. */
  readonly httpInspector: boolean;
  readonly origin: readonly SourceRef[];
}

export interface FilterChain {
  readonly match: FilterChainMatch;
  readonly transport: Transport;
  readonly filter: NetworkFilter;
  readonly origin: readonly SourceRef[];
}

/** Empty lists are no criterion. `serverNames` and `prefixRanges` are sorted as Istio sorts them, names as written. */
export interface FilterChainMatch {
  readonly serverNames: readonly string[];
  readonly applicationProtocols: readonly string[];
  readonly prefixRanges: readonly string[];
  readonly transportProtocol?: 'raw_buffer' | 'tls';
}

export type TlsVersion = 'TLSv1.0' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

export type Transport =
  | { readonly kind: 'raw' }
  | {
      readonly kind: 'tls';
      /** Istio's word for how it came about: SIMPLE, MUTUAL, OPTIONAL_MUTUAL, ISTIO_MUTUAL. */
      readonly mode: string;
      readonly clientCertificate: 'not-asked' | 'optional' | 'required';
      readonly minVersion: TlsVersion;
      readonly maxVersion: TlsVersion;
      /** In the server's order, which decides. */
      readonly alpn: readonly string[];
    };

export type NetworkFilter =
  | { readonly kind: 'http'; readonly routeConfig: string; readonly useRemoteAddress: boolean }
  | { readonly kind: 'tcp'; readonly clusters: readonly WeightedCluster[] };

export interface WeightedCluster {
  readonly name: ClusterName;
  readonly weight: number;
  readonly origin: readonly SourceRef[];
  /** Of this destination alone, when there are several. */
  readonly requestHeaders?: HeaderOptions;
  readonly responseHeaders?: HeaderOptions;
  /** `Host` set by this destination. */
  readonly hostRewrite?: string;
  /** Where the port in the name came from: written, the only port of the service, or the listener's for want of either. */
  readonly portFrom: 'destination' | 'only-port' | 'listener';
  /** Absent: the cluster exists. */
  readonly missing?: MissingCluster;
}

export interface RouteConfiguration {
  readonly name: string;
  /** Sorted by name. */
  readonly virtualHosts: readonly VirtualHost[];
  /** The routes for which Envoy refuses the whole configuration: without it every request is answered 404. */
  readonly refusedFor?: readonly SourceRef[];
}

export interface VirtualHost {
  readonly name: string;
  readonly domains: readonly string[];
  readonly routes: readonly Route[];
  readonly requireTls: boolean;
  /** `tls.httpsRedirect` of the servers that ask for it. */
  readonly tlsRequiredBy?: readonly SourceRef[];
  readonly origin: readonly SourceRef[];
}

export interface Route {
  readonly name: string;
  readonly match: RouteMatch;
  readonly action: RouteAction;
  /** `namespace/name` of the (root) VirtualService; absent if Istio made the route by itself. */
  readonly virtualService?: string;
  readonly fault?: Fault;
  readonly cors?: CorsPolicy;
  readonly responseHeaders: HeaderOptions;
  readonly origin: readonly SourceRef[];
}

export interface RouteMatch {
  readonly path: PathSpecifier;
  readonly caseSensitive: boolean;
  /** In Istio's order; method, authority and scheme are `:method`, `:authority`, `:scheme`. */
  readonly headers: readonly HeaderMatcher[];
  readonly queryParameters: readonly QueryParameterMatcher[];
  /** JWT claims: not simulated; a route with some says so. Without a token there is no claim, so only inverted conditions hold. */
  readonly claims: readonly ClaimMatcher[];
}

export type PathSpecifier =
  | { readonly kind: 'prefix'; readonly value: string; readonly origin?: SourceRef }
  | { readonly kind: 'exact'; readonly value: string; readonly origin?: SourceRef }
  | { readonly kind: 'regex'; readonly value: string; readonly origin?: SourceRef };

export type StringMatcher =
  | { readonly kind: 'exact'; readonly value: string }
  | { readonly kind: 'prefix'; readonly value: string }
  | { readonly kind: 'regex'; readonly value: string }
  | { readonly kind: 'present' };

export interface HeaderMatcher {
  /** Lower case. */
  readonly name: string;
  readonly matcher: StringMatcher;
  readonly invert: boolean;
  /** A missing header counts as empty before the inversion (`withoutHeaders` with a value). */
  readonly treatMissingAsEmpty: boolean;
  readonly origin?: SourceRef;
}

export interface ClaimMatcher {
  /** As written under `headers` or `withoutHeaders`: `@request.auth.claims.group`. */
  readonly name: string;
  readonly invert: boolean;
  readonly origin?: SourceRef;
}

export interface QueryParameterMatcher {
  readonly name: string;
  readonly matcher: StringMatcher;
  readonly origin?: SourceRef;
}

export type RouteAction =
  | ForwardAction
  | RedirectAction
  | DirectResponseAction
  /** What Envoy does not take, as a redirect code that it does not know: it refuses the whole route configuration. */
  | { readonly kind: 'invalid' };

export interface ForwardAction {
  readonly kind: 'forward';
  /** One: all traffic, whatever its weight. Several: drawn by weight, those with weight 0 left out. */
  readonly clusters: readonly WeightedCluster[];
  readonly weighted: boolean;
  readonly requestHeaders: HeaderOptions;
  readonly hostRewrite?: string;
  readonly pathRewrite?:
    | { readonly kind: 'prefix'; readonly value: string }
    | { readonly kind: 'regex'; readonly pattern: string; readonly substitution: string };
  readonly mirrors: readonly Mirror[];
  /** How long Envoy waits in milliseconds, 0 for ever; absent: for ever. */
  readonly waits?: { readonly call: number; readonly oneTry: number };
  /** As written, if any: shown; the time itself is not simulated. */
  readonly timeout?: string;
  readonly retries?: { readonly attempts: number; readonly retryOn: string; readonly perTryTimeout?: string };
}

export interface RedirectAction {
  readonly kind: 'redirect';
  readonly status: number;
  readonly scheme?: string;
  readonly authority?: string;
  readonly port?: number;
  readonly path?: string;
  readonly prefixRewrite?: string;
}

export interface DirectResponseAction {
  readonly kind: 'direct-response';
  readonly status: number;
  readonly body: string;
}

export interface Mirror {
  readonly cluster: ClusterName;
  /** 0…100. */
  readonly percent: number;
  readonly missing?: MissingCluster;
  readonly origin: readonly SourceRef[];
}

export interface HeaderOptions {
  readonly remove: readonly string[];
  readonly set: readonly (readonly [string, string])[];
  readonly add: readonly (readonly [string, string])[];
}

export interface Fault {
  /** Percentages are 0…100. */
  readonly delay?: { readonly percent: number; readonly fixedDelay: string };
  readonly abort?: {
    readonly percent: number;
    readonly status: { readonly http: number } | { readonly grpc: string };
  };
  readonly origin: readonly SourceRef[];
}

export interface CorsPolicy {
  readonly allowOrigins: readonly StringMatcher[];
  readonly allowMethods: string;
  readonly allowHeaders: string;
  readonly exposeHeaders: string;
  readonly maxAge?: string;
  readonly allowCredentials: boolean;
  readonly forwardNotMatchingPreflights: boolean;
  readonly origin: readonly SourceRef[];
}

/** A cluster that exists, and what it was made from (service, and the DestinationRule's subset if any). */
export interface Cluster {
  readonly name: ClusterName;
  readonly origin: readonly SourceRef[];
}

/** Why a named cluster does not exist. The page turns the first into "forwarded, if it exists". */
export type MissingCluster =
  | { readonly kind: 'host-not-in-paste'; readonly host: string }
  | { readonly kind: 'not-visible'; readonly host: string; readonly by: readonly SourceRef[] }
  | {
      readonly kind: 'no-such-port';
      readonly host: string;
      readonly port: number;
      readonly ports: readonly number[];
      readonly by: readonly SourceRef[];
    }
  | {
      readonly kind: 'no-such-subset';
      readonly host: string;
      readonly subset: string;
      readonly subsets: readonly string[];
      readonly by: readonly SourceRef[];
    }
  | {
      readonly kind: 'subset-without-endpoints';
      readonly host: string;
      readonly subset: string;
      readonly by: readonly SourceRef[];
    }
  | {
      readonly kind: 'external-name';
      readonly host: string;
      readonly externalName: string;
      readonly by: readonly SourceRef[];
    }
  | { readonly kind: 'no-endpoints'; readonly host: string; readonly by: readonly SourceRef[] };
