import { isUrlHost } from './readRequest.ts';

/**
 * Whether Envoy passes a Referer on: a URL of any scheme, or a path as it may be written in one, without user and fragment. Mirrors
 * `Utility::isValidRefererValue`.
 */
export function isReferer(value: string): boolean {
  const [, host = '', rest = ''] = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)([^]*)$/i.exec(value) ?? [];
  if (isUrlHost(host) && /^[!-~]*$/.test(rest)) return !/#./.test(rest);
  const [beforeSlash = ''] = value.split('/', 1);
  return !beforeSlash.includes(':') && /^[!$%&'()*+,\-./0-9:;=?@A-Z_a-z~]*$/.test(value);
}
