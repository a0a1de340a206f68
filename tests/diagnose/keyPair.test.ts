import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { certificateFault } from '../../src/diagnose/analyze/certificate.ts';
import { fitsCertificate } from '../../src/diagnose/analyze/keyPair.ts';
import { diagnosticsOf } from './diagnosticsOf.ts';
import { core, yaml } from './manifests.ts';

/** An element of DER: tag, length, content. */
function element(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const long = body.length > 0xff ? [0x82, body.length >> 8, body.length & 0xff] : [0x81, body.length];
  return Buffer.concat([Buffer.from([tag, ...(body.length < 0x80 ? [body.length] : long)]), body]);
}

const sequence = (...content: readonly Uint8Array[]): Buffer => element(0x30, ...content);
const time = (text: string): Buffer => element(0x18, Buffer.from(text));

/** A certificate that nobody has signed, of this key. */
function certificateOf(publicKey: KeyObject): string {
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const serial = element(0x02, Buffer.from([1]));
  const validity = sequence(time('20200101000000Z'), time('21200101000000Z'));
  const body = sequence(serial, sequence(), sequence(), validity, sequence(), key);
  const bytes = sequence(body, sequence(), element(0x03, Buffer.from([0])));
  return `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64')}\n-----END CERTIFICATE-----\n`;
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
const otherRsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
const curve = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const otherCurve = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const edwards = generateKeyPairSync('ed25519');

type Format = 'pkcs1' | 'sec1' | 'pkcs8';
const pemOf = (key: KeyObject, type: Format): string =>
  key.export({ type: type as 'pkcs8', format: 'pem' }).toString();

describe('whether a private key belongs to a certificate', () => {
  test.each<readonly [what: string, certificate: KeyObject, key: string, expected: boolean | undefined]>([
    ['RSA', rsa.publicKey, pemOf(rsa.privateKey, 'pkcs1'), true],
    ['RSA, wrapped', rsa.publicKey, pemOf(rsa.privateKey, 'pkcs8'), true],
    ['another RSA', rsa.publicKey, pemOf(otherRsa.privateKey, 'pkcs1'), false],
    ['another RSA, wrapped', rsa.publicKey, pemOf(otherRsa.privateKey, 'pkcs8'), false],
    ['a curve', curve.publicKey, pemOf(curve.privateKey, 'sec1'), true],
    ['a curve, wrapped', curve.publicKey, pemOf(curve.privateKey, 'pkcs8'), true],
    ['another point', curve.publicKey, pemOf(otherCurve.privateKey, 'sec1'), false],
    ['another kind', curve.publicKey, pemOf(rsa.privateKey, 'pkcs8'), false],
    [
      'a curve behind its parameters',
      curve.publicKey,
      `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${pemOf(curve.privateKey, 'sec1')}`,
      true,
    ],
    ['what is not known', edwards.publicKey, pemOf(edwards.privateKey, 'pkcs8'), undefined],
    ['a key of what is not known', rsa.publicKey, pemOf(edwards.privateKey, 'pkcs8'), undefined],
    ['no key', rsa.publicKey, 'key', undefined],
    [
      'a broken key',
      rsa.publicKey,
      '-----BEGIN PRIVATE KEY-----\nMAMC\n-----END PRIVATE KEY-----',
      undefined,
    ],
  ])('%s', (_, publicKey, key, expected) => {
    const pem = certificateOf(publicKey);
    expect(certificateFault({ pem }, Date.UTC(2026, 0))).toBeUndefined();
    expect(fitsCertificate({ pem, key })).toBe(expected);
  });
});

test('REF216 says so of a Secret, in data and in stringData', () => {
  const problems = (secret: object): readonly unknown[] =>
    diagnosticsOf(yaml(core('Secret', 'cert', { type: 'kubernetes.io/tls', ...secret })))
      .filter(({ code }) => code === 'REF216')
      .map(({ params }) => params['problem']);
  const crt = certificateOf(rsa.publicKey);
  const secretOf = (key: string) => ({ stringData: { 'tls.crt': crt, 'tls.key': key } });
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  expect(problems(secretOf(pemOf(otherRsa.privateKey, 'pkcs8')))).toEqual(['other-key']);
  expect(problems(secretOf(pemOf(rsa.privateKey, 'pkcs8')))).toEqual([]);
  const other = base64(pemOf(otherRsa.privateKey, 'pkcs1'));
  expect(problems({ data: { 'tls.crt': base64(crt), 'tls.key': other } })).toEqual(['other-key']);
});
