const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};
const largest = 2n ** 63n;

/**
 * A duration in nanoseconds, read as Go's `time.ParseDuration` reads it: `300ms`, `1.5h`, `-2m30s`, `0`. Undefined if it cannot be read or does not
 * fit into 64 bits.
 */
export function readDuration(text: string): bigint | undefined {
  const negative = text.startsWith('-');
  const body = /^[-+]/.test(text) ? text.slice(1) : text;
  if (body === '0') return 0n;
  if (body === '') return undefined;
  const term = /([0-9]*)(?:\.([0-9]*))?(ns|us|µs|μs|ms|s|m|h)(?![a-zµμ])/y;
  let total = 0n;
  while (term.lastIndex < body.length) {
    const match = term.exec(body);
    const [, whole = '', fraction = '', unit = ''] = match ?? [];
    const size = units[unit];
    if (size === undefined || whole + fraction === '') return undefined;
    total += BigInt(whole || '0') * size + fractionOf(fraction, size);
    if (total > largest) return undefined;
  }
  if (total === largest && !negative) return undefined;
  return negative ? -total : total;
}

/** What a decimal fraction of a unit amounts to, rounded down. */
function fractionOf(digits: string, unit: bigint): bigint {
  // Beyond eighteen digits nothing is left of any unit.
  const kept = digits.slice(0, 18);
  return kept === '' ? 0n : (BigInt(kept) * unit) / 10n ** BigInt(kept.length);
}
