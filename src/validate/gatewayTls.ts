import type { ServerTLSSettings, TLSMode } from '../istio/types.ts';
import type { Path } from '../manifest/source.ts';
import { refuse, warn } from './report.ts';
import type { Report } from './report.ts';

/** Settings that validation looks at and the engine does not. */
interface ServerTls extends ServerTLSSettings {
  readonly caCrl?: string;
}

const cipherSuites = new Set([
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-RSA-AES128-SHA',
  'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-RSA-AES256-SHA',
  'AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-SHA',
  'AES256-SHA',
  'DES-CBC3-SHA',
]);

/** Mirrors `validateTLSOptions`: what each mode needs and forbids. */
export function validateServerTls(report: Report, path: Path, tls: ServerTls): void {
  checkVersions(report, path, tls);
  checkCipherSuites(report, path, tls.cipherSuites ?? []);
  const mode = tls.mode ?? 'PASSTHROUGH';
  if (mode === 'ISTIO_MUTUAL') {
    for (const field of certificateFields(tls)) refuse(report, 'GW026', [...path, field], { field });
    return;
  }
  if (!terminates(mode) && (tls.caCrl || certificateFields(tls).length > 0)) {
    const fields = [...certificateFields(tls), ...(tls.caCrl ? ['caCrl'] : [])];
    warn(report, 'GW027', [...path, ...(tls.mode ? ['mode'] : [])], { mode, fields });
  }
  const sources = certificateSources(tls);
  if (sources.length > 1) refuse(report, 'GW028', path, { got: sources });
  if (terminates(mode) && (tls.credentialName || tls.credentialNames?.length)) return;
  if (terminates(mode)) checkCertificateFiles(report, path, tls, mode);
  if (tls.caCrl && tls.credentialName) refuse(report, 'GW033', [...path, 'caCrl']);
  if (tls.caCrl && mode === 'SIMPLE') refuse(report, 'GW034', [...path, 'caCrl']);
}

function terminates(mode: TLSMode): boolean {
  return mode === 'SIMPLE' || mode === 'MUTUAL' || mode === 'OPTIONAL_MUTUAL';
}

function checkVersions(report: Report, path: Path, tls: ServerTls): void {
  const oldest = tls.minProtocolVersion;
  if ((oldest === 'TLSV1_0' || oldest === 'TLSV1_1') && !tls.cipherSuites?.length) {
    warn(report, 'GW023', [...path, 'minProtocolVersion'], { got: oldest });
  }
}

/** One warning for all that are unknown, one for all that repeat. */
function checkCipherSuites(report: Report, path: Path, suites: readonly string[]): void {
  const seen = new Set<string>();
  const unknown: number[] = [];
  const repeated: number[] = [];
  for (const [index, suite] of suites.entries()) {
    if (!isCipherSuite(suite)) unknown.push(index);
    else if (seen.has(suite)) repeated.push(index);
    seen.add(suite);
  }
  for (const [code, indexes] of [
    ['GW024', unknown],
    ['GW025', repeated],
  ] as const) {
    const [first] = indexes;
    if (first === undefined) continue;
    const got = [...new Set(indexes.map((index) => suites[index] ?? ''))];
    warn(report, code, [...path, 'cipherSuites', first], { got });
  }
}

/** Mirrors `IsValidCipherSuite`: what begins with a sign may be an operator of OpenSSL. Of the first character Go sees only a byte. */
function isCipherSuite(suite: string): boolean {
  return suite === '' || suite === 'ALL' || !/^[\p{L}\p{N}]/u.test(suite) || cipherSuites.has(suite);
}

function certificateFields(tls: ServerTls): string[] {
  const fields: string[] = [];
  if (tls.serverCertificate) fields.push('serverCertificate');
  if (tls.privateKey) fields.push('privateKey');
  if (tls.caCertificates) fields.push('caCertificates');
  if (tls.tlsCertificates?.length) fields.push('tlsCertificates');
  if (tls.credentialName) fields.push('credentialName');
  if (tls.credentialNames?.length) fields.push('credentialNames');
  return fields;
}

function certificateSources(tls: ServerTls): string[] {
  const sources: string[] = [];
  if (tls.serverCertificate && tls.privateKey) sources.push('serverCertificate');
  if (tls.credentialName) sources.push('credentialName');
  if (tls.credentialNames?.length) sources.push('credentialNames');
  if (tls.tlsCertificates?.length) sources.push('tlsCertificates');
  return sources;
}

function checkCertificateFiles(report: Report, path: Path, tls: ServerTls, mode: TLSMode): void {
  if (mode !== 'SIMPLE' && !tls.caCertificates) refuse(report, 'GW029', [...path], { mode });
  const listed = tls.tlsCertificates ?? [];
  if (listed.length > 2)
    warn(report, 'GW032', [...path, 'tlsCertificates'], { got: listed.length, maximum: 2 });
  const pairs =
    listed.length > 0
      ? listed.map((pair, index) => ({ pair, at: [...path, 'tlsCertificates', index] }))
      : [{ pair: tls, at: path }];
  for (const { pair, at } of pairs) {
    if (!pair.serverCertificate) refuse(report, 'GW030', at, { mode });
    if (!pair.privateKey) refuse(report, 'GW031', at, { mode });
  }
}
