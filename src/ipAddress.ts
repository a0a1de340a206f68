/** An address as a number, with its width: 32 bits for IPv4, 128 for IPv6. */
export interface IpAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** A range of addresses; the bits of `address` below the prefix are kept as written. */
export interface IpPrefix {
  readonly address: IpAddress;
  readonly length: number;
}

/**
 * Reads an IPv4 or IPv6 literal as Go's `netip.ParseAddr` does: four decimal bytes without leading zeros, or IPv6 with at most one `::`, an
 * IPv4 tail and a zone (`fe80::1%eth0`; the zone is dropped). Anything else gives undefined.
 */
export function readIpAddress(text: string): IpAddress | undefined {
  // The first of these three characters decides what the text is taken for.
  for (const char of text) {
    if (char === '.') return readIpv4(text);
    if (char === ':') return readIpv6(text);
    if (char === '%') return undefined;
  }
  return undefined;
}

/** Reads `address/length` as Go's `netip.ParsePrefix` does: no zone, no leading zero or sign in the length. */
export function readIpPrefix(text: string): IpPrefix | undefined {
  const slash = text.lastIndexOf('/');
  if (slash < 0 || text.includes('%')) return undefined;
  const address = readIpAddress(text.slice(0, slash));
  const digits = text.slice(slash + 1);
  if (!address || !/^(?:0|[1-9][0-9]{0,2})$/.test(digits)) return undefined;
  const length = Number(digits);
  return length <= address.bits ? { address, length } : undefined;
}

/** Whether the text is an IP address literal; mirrors Istio's `netutil.IsValidIPAddress`. */
export function isIpAddress(text: string): boolean {
  return readIpAddress(text) !== undefined;
}

/** Whether `prefix` covers `address`; IPv4 and IPv6 never cover each other. */
export function prefixContains(prefix: IpPrefix, address: IpAddress): boolean {
  if (prefix.address.bits !== address.bits) return false;
  const host = BigInt(address.bits - prefix.length);
  return prefix.address.value >> host === address.value >> host;
}

function readIpv4(text: string): IpAddress | undefined {
  const bytes = readBytes(text);
  return bytes && { bits: 32, value: join(bytes, 8n) };
}

function readBytes(text: string): number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part))) return undefined;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

function readIpv6(text: string): IpAddress | undefined {
  const percent = text.indexOf('%');
  if (percent === text.length - 1) return undefined;
  const plain = percent < 0 ? text : text.slice(0, percent);
  const halves = plain.split('::');
  if (halves.length > 2) return undefined;
  const head = readGroups(halves[0] ?? '', halves.length === 1);
  const tail = halves.length === 2 ? readGroups(halves[1] ?? '', true) : [];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  // `::` stands for at least one group of zeros.
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  return { bits: 128, value: join([...head, ...Array<number>(missing).fill(0), ...tail], 16n) };
}

/** The 16-bit groups of one side of `::`; only the last side may end in an IPv4 address. */
function readGroups(text: string, last: boolean): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else {
      const bytes = last && index === parts.length - 1 ? readBytes(part) : undefined;
      if (!bytes) return undefined;
      const [a = 0, b = 0, c = 0, d = 0] = bytes;
      groups.push(a * 256 + b, c * 256 + d);
    }
  }
  return groups;
}

function join(parts: readonly number[], width: bigint): bigint {
  return parts.reduce((value, part) => (value << width) | BigInt(part), 0n);
}
