import type { JsonObject } from '../../manifest/source.ts';
import {
  bodyOf,
  childrenOf,
  decodeBase64,
  elementAt,
  pemBlock,
  pemBytes,
  SEQUENCE,
  type DerElement,
} from './der.ts';
import { textAt, valueAt } from './fields.ts';

/** Why a Secret gives a gateway no usable certificate. */
export type CertificateFault =
  'no-keys' | 'empty-keys' | 'no-pem' | 'no-certificate' | 'expired' | 'not-yet-valid';

const KEY_PAIRS = [
  ['cert', 'key'],
  ['tls.crt', 'tls.key'],
] as const;

/** Certificate and private key, each in PEM. */
export interface KeyPair {
  readonly pem: string;
  readonly key: string;
}

/** The texts of certificate and key in a Secret, or why there are none; mirrors `kube.ExtractCertInfo`. */
export function secretCertificate(secret: JsonObject): KeyPair | CertificateFault {
  const content = (key: string): string =>
    textAt(secret, 'stringData', key) || decodeBase64(textAt(secret, 'data', key));
  for (const names of KEY_PAIRS) {
    const [pem, key] = [content(names[0]), content(names[1])];
    if (pem !== '' && key !== '') return { pem, key };
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

const UTC_TIME = 0x17;

/** `Certificate.tbsCertificate.validity` (RFC 5280), in milliseconds; undefined if it is no certificate. */
function validityOf(
  der: string,
  certificate: DerElement,
): { readonly from: number; readonly until: number } | undefined {
  const [serial, , issuer, validity, subject, key] = bodyOf(der, certificate) ?? [];
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
