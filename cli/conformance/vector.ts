import type { HttpMessage, TlsHello } from '../../src/simulate/call.ts';

/** A recorded mesh with its calls: the format of `tests/conformance/README.md`. */
export interface Vector {
  readonly id: string;
  readonly family: string;
  readonly proxies: readonly VectorProxy[];
  readonly manifests: string;
  readonly rejected: readonly string[];
  readonly refusedListeners?: readonly { readonly proxy: number; readonly listener: string }[];
  readonly requests: readonly { readonly request: VectorRequest; readonly expect: Expectation }[];
}

export interface VectorProxy {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly type?: 'sidecar';
  readonly pod?: string;
}

export interface VectorRequest {
  readonly proxy?: number;
  readonly port: number;
  readonly address?: string;
  readonly tls?: TlsHello;
  readonly http?: HttpMessage;
}

/** What was recorded, field by field; see `compareCall` for how each counts. */
export interface Expectation {
  readonly outcome: string;
  readonly listener?: string;
  readonly filterChain?: Readonly<Record<string, unknown>>;
  readonly clusters?: readonly {
    readonly name: string;
    readonly weight: number;
    readonly exists?: boolean;
  }[];
  readonly cluster?: string;
  readonly flags?: string;
  readonly responseHeaders?: readonly (readonly [string, string])[];
  readonly upstream?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

export interface ValidationVector {
  readonly id: string;
  readonly family: string;
  readonly cases: readonly ValidationCase[];
}

export interface ValidationCase {
  readonly name: string;
  readonly manifests: string;
  readonly expect: {
    readonly documents: readonly ExpectedDocument[];
    readonly analyze?: readonly { readonly code: string; readonly object: string }[];
  };
}

export interface ExpectedDocument {
  readonly object: string;
  readonly accepted: boolean;
  readonly stage?: string;
  readonly warnings?: readonly string[];
}
