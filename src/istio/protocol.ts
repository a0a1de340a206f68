/** What Istio takes a port to speak; `auto` (Istio's `Unsupported`) is found out call by call. */
export type PortProtocol =
  | 'HTTP'
  | 'HTTP2'
  | 'GRPC'
  | 'GRPC-Web'
  | 'HTTP_PROXY'
  | 'HTTPS'
  | 'TLS'
  | 'TCP'
  | 'MONGO'
  | 'MYSQL'
  | 'REDIS'
  | 'UDP'
  | 'auto';

const byName = new Map<string, PortProtocol>([
  ['http', 'HTTP'],
  ['http2', 'HTTP2'],
  ['grpc', 'GRPC'],
  ['grpc-web', 'GRPC-Web'],
  ['http_proxy', 'HTTP_PROXY'],
  ['https', 'HTTPS'],
  ['tls', 'TLS'],
  ['tcp', 'TCP'],
  ['mongo', 'MONGO'],
  ['mysql', 'MYSQL'],
  ['redis', 'REDIS'],
  ['udp', 'UDP'],
]);

/** Names that Kubernetes itself gives a meaning to; only `appProtocol` can hold them. */
const byAppProtocol = new Map<string, PortProtocol>([
  ['kubernetes.io/h2c', 'HTTP2'],
  ['kubernetes.io/ws', 'HTTP'],
  ['kubernetes.io/wss', 'HTTPS'],
]);

/** SMTP, DNS, MySQL, MongoDB: where the server speaks first, sniffing would wait for ever. */
const neverSniffed: ReadonlySet<number> = new Set([25, 53, 3306, 27017]);

/** The protocol that a Gateway server, a ServiceEntry or a Sidecar names, any case; unknown names are `auto`. Mirrors `protocol.Parse`. */
export function parseProtocol(name: string): PortProtocol {
  return byName.get(name.toLowerCase()) ?? 'auto';
}

/** The protocol of a Service's port, from `protocol`, `appProtocol` or the first part of the name. Mirrors `kube.ConvertProtocol`. */
export function servicePortProtocol(port: {
  readonly port: number;
  readonly name?: string;
  readonly protocol?: string;
  readonly appProtocol?: string;
}): PortProtocol {
  if (port.protocol === 'UDP') return 'UDP';
  const known = port.appProtocol === undefined ? undefined : byAppProtocol.get(port.appProtocol);
  if (known) return known;
  const text = port.appProtocol ?? port.name ?? '';
  // Before the first part is cut off, since this one has a dash of its own.
  if (text.toLowerCase().startsWith('grpc-web')) return 'GRPC-Web';
  const dash = text.indexOf('-');
  const protocol = parseProtocol(dash < 0 ? text : text.slice(0, dash));
  return protocol === 'auto' && neverSniffed.has(port.port) ? 'TCP' : protocol;
}

const http: ReadonlySet<PortProtocol> = new Set(['HTTP', 'HTTP2', 'GRPC', 'GRPC-Web', 'HTTP_PROXY']);
const tls: ReadonlySet<PortProtocol> = new Set(['HTTPS', 'TLS']);
const tcp: ReadonlySet<PortProtocol> = new Set(['TCP', 'HTTPS', 'TLS', 'MONGO', 'REDIS', 'MYSQL']);

/** Mirrors `Instance.IsHTTP`. */
export function isHttp(protocol: PortProtocol): boolean {
  return http.has(protocol);
}

/** Mirrors `Instance.IsHTTPOrSniffed`. */
export function isHttpOrSniffed(protocol: PortProtocol): boolean {
  return protocol === 'auto' || isHttp(protocol);
}

/** Mirrors `Instance.IsTLS`: the bytes of the port are TLS. */
export function isTls(protocol: PortProtocol): boolean {
  return tls.has(protocol);
}

/** Mirrors `Instance.IsTCP`, which counts TLS in. */
export function isTcp(protocol: PortProtocol): boolean {
  return tcp.has(protocol);
}
