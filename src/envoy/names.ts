/** Name of a listener: its address and port; mirrors `getListenerName`. */
export function listenerName(address: string, port: number): string {
  return `${address}_${port}`;
}

/** Name of a virtual host: domain and port, an IPv6 address in brackets; mirrors `util.DomainName`. */
export function virtualHostName(domain: string, port: number): string {
  return domain.includes(':') ? `[${domain}]:${port}` : `${domain}:${port}`;
}

/** SNI and cluster name of AUTO_PASSTHROUGH; mirrors `BuildDNSSrvSubsetKey`. */
export function sniClusterName(port: number, subset: string, host: string): string {
  return `outbound_.${port}_.${subset}_.${host}`;
}
