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

/** The parts of a cluster's name. */
export interface ClusterParts {
  readonly host: string;
  readonly port: string;
  /** Empty: none. */
  readonly subset: string;
}

/** Takes `outbound|9080|v1|host` and `outbound_.9080_.v1_.host` apart; undefined for names of another form (`PassthroughCluster`). */
export function clusterParts(name: string): ClusterParts | undefined {
  const separator = name.startsWith('outbound_.') ? '_.' : '|';
  const [direction, port, subset, ...host] = name.split(separator);
  if (direction !== 'outbound' || port === undefined || subset === undefined || host.length === 0)
    return undefined;
  return { host: host.join(separator), port, subset };
}
