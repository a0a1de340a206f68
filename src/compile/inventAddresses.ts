import type { Mesh, Service } from '../istio/types.ts';

/**
 * The cluster address of each Service that has none in its manifest but would have one in a cluster (neither headless nor an ExternalName):
 * somewhere in 10.96.0.0/12, Kubernetes' usual range, by the Service's name, so that other Services do not move it; never one that is
 * written somewhere.
 */
export function inventAddresses(mesh: Mesh): ReadonlyMap<Service, string> {
  const taken = new Set<string>();
  for (const { spec } of mesh.services) {
    if (spec.clusterIP) taken.add(spec.clusterIP);
    for (const address of spec.clusterIPs ?? []) taken.add(address);
  }
  for (const { spec } of mesh.serviceEntries) for (const address of spec.addresses ?? []) taken.add(address);
  const invented = new Map<Service, string>();
  for (const service of mesh.services) {
    if (service.spec.clusterIP || service.spec.type === 'ExternalName') continue;
    const address = freeAddress(hash(`${service.namespace}/${service.name}`), taken);
    taken.add(address);
    invented.set(service, address);
  }
  return invented;
}

/**
 * An address for a name that only DNS outside the cluster can resolve: in 203.0.113.0/24, which is kept for examples. By the name; none of
 * `taken` while one is left.
 */
export function inventExternalAddress(name: string, taken: ReadonlySet<string>): string {
  const start = hash(name);
  for (let step = 0; step < 254; step += 1) {
    const address = `203.0.113.${1 + ((start + step) % 254)}`;
    if (!taken.has(address)) return address;
  }
  return `203.0.113.${1 + (start % 254)}`;
}

function freeAddress(start: number, taken: ReadonlySet<string>): string {
  // 2^20 addresses; a paste has fewer Services.
  for (let step = 0; ; step += 1) {
    const host = (start + step) % 0x100000;
    const last = host & 0xff;
    const address = `10.${96 + (host >> 16)}.${(host >> 8) & 0xff}.${last}`;
    if (last !== 0 && last !== 255 && !taken.has(address)) return address;
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}
