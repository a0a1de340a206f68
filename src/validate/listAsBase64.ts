import type { Json } from '../manifest/source.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * A list of bytes in place of base64, as text: the API server lets a list of anything pass where a text has a format, and Istio reads one of
 * numbers. Undefined for any other list, which the webhook refuses.
 */
export function listAsBase64(list: readonly Json[]): string | undefined {
  let bits = '';
  for (const item of list) {
    const octet = item ?? 0;
    if (typeof octet !== 'number' || !Number.isInteger(octet) || octet < 0 || octet > 255) return undefined;
    bits += octet.toString(2).padStart(8, '0');
  }
  const groups = bits.match(/.{1,6}/g) ?? [];
  const text = groups.map((group) => letters[Number.parseInt(group.padEnd(6, '0'), 2)] ?? '').join('');
  return text.padEnd(Math.ceil(list.length / 3) * 4, '=');
}
