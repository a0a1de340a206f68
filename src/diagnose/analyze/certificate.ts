import type { JsonObject } from '../../manifest/source.ts';
import { textAt, valueAt } from './fields.ts';

/** Why a Secret gives a gateway no usable certificate. */
export type CertificateFault =
  'no-keys' | 'empty-keys' | 'no-pem' | 'no-certificate' | 'expired' | 'not-yet-valid';

const KEY_PAIRS = [
  ['cert', 'key'],
  ['tls.crt', 'tls.key'],
] as const;

/** The text of the certificate in a Secret, or why there is none; mirrors `kube.ExtractCertInfo`. */
export function secretCertificate(secret: JsonObject): { readonly pem: string } | CertificateFault {
  const content = (key: string): string =>
    textAt(secret, 'stringData', key) || decodeBase64(textAt(secret, 'data', key));
  for (const [certificate, key] of KEY_PAIRS) {
    const pem = content(certificate);
    if (pem !== '' && content(key) !== '') return { pem };
  }
  const isThere = (key: string): boolean =>
    valueAt(secret, 'data', key) !== undefined || valueAt(secret, 'stringData', key) !== undefined;
  return KEY_PAIRS.some(([certificate, key]) => isThere(certificate) && isThere(key))
    ? 'empty-keys'
    : 'no-keys';
}

/** Judges the first PEM block, like `xds.ValidateCertificate`. `now` in milliseconds; without it age is not looked at. */
export function certificateFault(
  given: { readonly pem: string } | CertificateFault,
  now?: number,
): CertificateFault | undefined {
  if (typeof given === 'string') return given;
  if (pemBlock(given.pem) === undefined) return 'no-pem';
  const der = pemBytes(given.pem);
  if (der === '') return 'no-certificate';
  for (let start = 0; start < der.length;) {
    const certificate = elementAt(der, start);
    const validity = certificate && validityOf(der, certificate);
    if (certificate === undefined || validity === undefined) return 'no-certificate';
    if (now !== undefined && now > validity.until) return 'expired';
    if (now !== undefined && now < validity.from) return 'not-yet-valid';
    start = certificate.end;
  }
  return undefined;
}

/** The DNS names of the first certificate in a PEM text (`subjectAltName`, RFC 5280 §4.2.1.6); empty if it has none. */
export function certificateNames(pem: string): readonly string[] {
  const der = pemBytes(pem);
  const certificate = elementAt(der, 0);
  const body = certificate && childrenOf(der, certificate)?.[0];
  const extensions = body && childrenOf(der, body)?.find(({ tag }) => tag === EXTENSIONS);
  const list = extensions && childrenOf(der, extensions)?.[0];
  for (const extension of (list && childrenOf(der, list)) ?? []) {
    const [id, ...rest] = childrenOf(der, extension) ?? [];
    const value = rest.at(-1);
    if (id === undefined || value === undefined || der.slice(id.start, id.end) !== SUBJECT_ALT_NAME) continue;
    const names = elementAt(der, value.start);
    return ((names && childrenOf(der, names)) ?? [])
      .filter(({ tag }) => tag === DNS_NAME)
      .map(({ start, end }) => der.slice(start, end));
  }
  return [];
}

const EXTENSIONS = 0xa3;
const DNS_NAME = 0x82;
/** 2.5.29.17. */
const SUBJECT_ALT_NAME = '\x55\x1d\x11';

/** The bytes of the first PEM block, one a character; undefined if there is none. */
function pemBlock(pem: string): string | undefined {
  return /-----BEGIN ([^-\n]*)-----\s*([A-Za-z0-9+/=\s]*)-----END \1-----/.exec(pem)?.[2];
}

function pemBytes(pem: string): string {
  return decodeBase64(pemBlock(pem) ?? '');
}

/** One byte a character; an empty text if it is not base64. */
function decodeBase64(text: string): string {
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

interface DerElement {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

/** Reads tag and length at `offset`; undefined where the bytes do not hold such an element (X.690, definite lengths). */
function elementAt(der: string, offset: number): DerElement | undefined {
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

function childrenOf(der: string, parent: DerElement): readonly DerElement[] | undefined {
  const children: DerElement[] = [];
  for (let offset = parent.start; offset < parent.end;) {
    const child = elementAt(der, offset);
    if (child === undefined || child.end > parent.end) return undefined;
    children.push(child);
    offset = child.end;
  }
  return children;
}

const SEQUENCE = 0x30;
const VERSION = 0xa0;
const UTC_TIME = 0x17;

/** `Certificate.tbsCertificate.validity` (RFC 5280), in milliseconds; undefined if it is no certificate. */
function validityOf(
  der: string,
  certificate: DerElement,
): { readonly from: number; readonly until: number } | undefined {
  if (certificate.tag !== SEQUENCE) return undefined;
  const [body, algorithm, signature] = childrenOf(der, certificate) ?? [];
  if (body?.tag !== SEQUENCE || algorithm?.tag !== SEQUENCE || signature?.tag !== 0x03) return undefined;
  const fields = childrenOf(der, body) ?? [];
  const rest = fields[0]?.tag === VERSION ? fields.slice(1) : fields;
  const [serial, , issuer, validity, subject, key] = rest;
  if (serial?.tag !== 0x02 || issuer?.tag !== SEQUENCE || validity?.tag !== SEQUENCE) return undefined;
  if (subject?.tag !== SEQUENCE || key?.tag !== SEQUENCE) return undefined;
  const [from, until] = (childrenOf(der, validity) ?? []).map((time) => timeOf(der, time));
  return from === undefined || until === undefined ? undefined : { from, until };
}

function timeOf(der: string, time: DerElement): number | undefined {
  const text = der.slice(time.start, time.end);
  const match = (
    time.tag === UTC_TIME
      ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/
      : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/
  ).exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const century = time.tag !== UTC_TIME ? 0 : year < 50 ? 2000 : 1900;
  return Date.UTC(century + year, month - 1, day, hour, minute, second);
}
