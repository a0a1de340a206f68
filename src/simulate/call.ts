/** What a client does; the same fields as in a recorded request. */
export interface Call {
  /** Chosen by the caller, given back in the trace. */
  readonly id: string;
  readonly from: CallOrigin;
  /** The port that is dialled: see `CallOrigin`. */
  readonly port: number;
  /** Absent: plaintext. */
  readonly tls?: TlsHello;
  /** Absent: bytes that are not HTTP. */
  readonly http?: HttpMessage;
}

export type CallOrigin =
  /**
   * From outside to a gateway. `workload` is the id of one of the report's workloads (absent: the first one that has a listener for the
   * call, else the first). `portOf: 'service'`: `port` is a port of the Service in front and is translated to the pod's; `'pod'`: it is the
   * listener's. `address` only matters where a server has `bind`.
   */
  | {
      readonly kind: 'outside';
      readonly workload?: string;
      readonly portOf: 'service' | 'pod';
      readonly address?: string;
    }
  /**
   * From a workload in the mesh. `host` is what the caller dials (a short name, a full one, an address); `address`, if given, is what it
   * resolved to, else Gatehouse resolves it from the manifests.
   */
  | {
      readonly kind: 'mesh';
      readonly namespace: string;
      readonly labels: Readonly<Record<string, string>>;
      readonly host: string;
      readonly address?: string;
    };

export interface TlsHello {
  /** null: none is sent. */
  readonly sni: string | null;
  /** In the client's order. */
  readonly alpn: readonly string[];
  readonly clientCertificate: boolean;
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3';
  readonly maxVersion?: 'TLSv1.2' | 'TLSv1.3';
}

export interface HttpMessage {
  readonly method: string;
  /** Host as sent, with port if any; null: no Host line. */
  readonly authority: string | null;
  /** As it stands in the request line, with query. */
  readonly path: string;
  /** Names may repeat. */
  readonly headers: readonly (readonly [string, string])[];
  readonly version?: '1.0';
}
