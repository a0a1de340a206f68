import type { KeyPair } from './certificate.ts';
import { bodyOf, childrenOf, decodeBase64, elementAt, pemBytes, SEQUENCE, type DerElement } from './der.ts';

/**
 * Whether the private key belongs to the first certificate, by the public numbers that both hold: the modulus of RSA, the point of an elliptic curve. Undefined if
 * it cannot be told: other algorithms, encrypted keys, keys of curves that leave the point out.
 */
export function fitsCertificate({ pem, key }: KeyPair): boolean | undefined {
  const wanted = numberOfCertificate(pemBytes(pem));
  const given = numberOfKey(key);
  return wanted === undefined || given === undefined ? undefined : wanted === given;
}

const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const PUBLIC_KEY = 0xa1;

/** `SubjectPublicKeyInfo` (RFC 5280 §4.1.2.7): algorithm and bits. */
function numberOfCertificate(der: string): string | undefined {
  const certificate = elementAt(der, 0);
  const info = certificate && bodyOf(der, certificate)?.[5];
  const [algorithm, bits] = (info && childrenOf(der, info)) ?? [];
  if (algorithm === undefined || bits?.tag !== BIT_STRING) return undefined;
  switch (idOf(der, algorithm)) {
    case RSA:
      return modulusOf(der, elementAt(der, bits.start + 1), 0);
    case CURVE:
      return `EC ${der.slice(bits.start + 1, bits.end)}`;
    default:
      return undefined;
  }
}

/** 1.2.840.113549.1.1.1. */
const RSA = '\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01';
/** 1.2.840.10045.2.1. */
const CURVE = '\x2a\x86\x48\xce\x3d\x02\x01';

function idOf(der: string, algorithm: DerElement): string | undefined {
  const [id] = childrenOf(der, algorithm) ?? [];
  return id && der.slice(id.start, id.end);
}

/** Of PKCS #1 (RFC 8017), SEC 1 (RFC 5915), or one of them in PKCS #8 (RFC 5958). Parameters of a curve may stand before the key. */
function numberOfKey(pem: string): string | undefined {
  const block = /-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----\s*([A-Za-z0-9+/=\s]*)-----END \1-----/.exec(pem);
  const der = decodeBase64(block?.[2] ?? '');
  const whole = elementAt(der, 0);
  if (whole === undefined) return undefined;
  switch (block?.[1]) {
    case 'RSA PRIVATE KEY':
      return modulusOf(der, whole, 1);
    case 'EC PRIVATE KEY':
      return pointOf(der, whole);
    default:
      return wrappedNumber(der, whole);
  }
}

function wrappedNumber(der: string, whole: DerElement): string | undefined {
  const [, algorithm, content] = childrenOf(der, whole) ?? [];
  if (algorithm?.tag !== SEQUENCE || content?.tag !== OCTET_STRING) return undefined;
  const inner = elementAt(der, content.start);
  switch (idOf(der, algorithm)) {
    case RSA:
      return modulusOf(der, inner, 1);
    case CURVE:
      return pointOf(der, inner);
    default:
      return undefined;
  }
}

/** `RSAPublicKey` begins with the modulus, `RSAPrivateKey` has a version before it. */
function modulusOf(der: string, key: DerElement | undefined, place: number): string | undefined {
  const modulus = key?.tag === SEQUENCE ? childrenOf(der, key)?.[place] : undefined;
  return modulus?.tag === INTEGER ? `RSA ${der.slice(modulus.start, modulus.end)}` : undefined;
}

function pointOf(der: string, key: DerElement | undefined): string | undefined {
  const outer = key && childrenOf(der, key)?.find(({ tag }) => tag === PUBLIC_KEY);
  const bits = outer && elementAt(der, outer.start);
  return bits?.tag === BIT_STRING ? `EC ${der.slice(bits.start + 1, bits.end)}` : undefined;
}
