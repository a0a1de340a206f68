/*
 * What is needed of PEM, base64 and DER (X.690) to look into certificates and keys; bytes are texts of one character a byte.
 */

export const SEQUENCE = 0x30;
const VERSION = 0xa0;

/** What stands in the first PEM block, in base64; undefined if there is none. */
export function pemBlock(pem: string): string | undefined {
  return /-----BEGIN ([^-\n]*)-----\s*([A-Za-z0-9+/=\s]*)-----END \1-----/.exec(pem)?.[2];
}

/** The bytes of the first PEM block, one a character; empty if there is none. */
export function pemBytes(pem: string): string {
  return decodeBase64(pemBlock(pem) ?? '');
}

/** One byte a character; an empty text if it is not base64. */
export function decodeBase64(text: string): string {
  const digits = text.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(digits) || digits.length % 4 !== 0) return '';
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const bytes: string[] = [];
  let buffer = 0;
  let bits = 0;
  for (const digit of digits) {
    if (digit === '=') break;
    buffer = ((buffer << 6) | alphabet.indexOf(digit)) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push(String.fromCharCode((buffer >> bits) & 0xff));
  }
  return bytes.join('');
}

/** Where the content of an element stands. */
export interface DerElement {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

/** Reads tag and length at `offset`; undefined where the bytes do not hold such an element (X.690, definite lengths). */
export function elementAt(der: string, offset: number): DerElement | undefined {
  const tag = der.charCodeAt(offset);
  const first = der.charCodeAt(offset + 1);
  if (Number.isNaN(tag) || Number.isNaN(first)) return undefined;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || lengthBytes > 4) return undefined;
  let length = lengthBytes === 0 ? first : 0;
  for (let index = 0; index < lengthBytes; index += 1) {
    length = length * 256 + der.charCodeAt(offset + 2 + index);
  }
  const start = offset + 2 + lengthBytes;
  const end = start + length;
  return Number.isNaN(end) || end > der.length ? undefined : { tag, start, end };
}

/** The elements of a constructed one; undefined if its bytes are not such. */
export function childrenOf(der: string, parent: DerElement): readonly DerElement[] | undefined {
  const children: DerElement[] = [];
  for (let offset = parent.start; offset < parent.end;) {
    const child = elementAt(der, offset);
    if (child === undefined || child.end > parent.end) return undefined;
    children.push(child);
    offset = child.end;
  }
  return children;
}

/** The fields of `Certificate.tbsCertificate` behind its version (RFC 5280 §4.1): serial, signature, issuer, validity, subject, key. */
export function bodyOf(der: string, certificate: DerElement): readonly DerElement[] | undefined {
  if (certificate.tag !== SEQUENCE) return undefined;
  const [body, algorithm, signature] = childrenOf(der, certificate) ?? [];
  if (body?.tag !== SEQUENCE || algorithm?.tag !== SEQUENCE || signature?.tag !== 0x03) return undefined;
  const fields = childrenOf(der, body) ?? [];
  return fields[0]?.tag === VERSION ? fields.slice(1) : fields;
}
