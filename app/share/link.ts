import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { dictionary1 } from './dictionary1.ts';
import { readPayload, writePayload, type Shared } from './payload.ts';

/*
 * A link's fragment: one character that names the format, then base64url. Format `1`: raw deflate of the payload as JSON in UTF-8, with
 * `dictionary1`. A format, once published, can be read for ever.
 */

/** Text that a link may unfold to, in bytes; more is refused while it unfolds. */
export const mostBytes = 8 * 1024 * 1024;

export type Opened =
  | { readonly kind: 'shared'; readonly shared: Shared }
  | { readonly kind: 'broken'; readonly because: Broken };
export type Broken = 'unknown-format' | 'unreadable' | 'too-large';

/** The fragment for a link, without `#`. */
export function writeLink(shared: Omit<Shared, 'semantics'>): string {
  const bytes = strToU8(JSON.stringify(writePayload(shared)));
  return `1${base64url(deflateSync(bytes, { level: 9, dictionary: strToU8(dictionary1) }))}`;
}

/** Undefined if the fragment is not a link of ours at all (empty, or an anchor). */
export function readLink(fragment: string): Opened | undefined {
  const body = fragment.startsWith('#') ? fragment.slice(1) : fragment;
  if (body === '') return undefined;
  if (!/^[0-9][A-Za-z0-9_-]*$/.test(body)) {
    return body.length > 40 ? { kind: 'broken', because: 'unreadable' } : undefined;
  }
  if (!body.startsWith('1')) return { kind: 'broken', because: 'unknown-format' };
  const inflated = inflate(fromBase64url(body.slice(1)));
  if (typeof inflated === 'string') return { kind: 'broken', because: inflated };
  const shared = readPayload(parsed(strFromU8(inflated)));
  return shared === undefined ? { kind: 'broken', because: 'unreadable' } : { kind: 'shared', shared };
}

/** Unfolds piece by piece and stops at the limit, so that a small link cannot fill the memory. */
function inflate(bytes: Uint8Array): Uint8Array | 'unreadable' | 'too-large' {
  const parts: Uint8Array[] = [];
  let size = 0;
  let done = false;
  const stream = new Inflate({ dictionary: strToU8(dictionary1) }, (part, final) => {
    parts.push(part);
    size += part.length;
    done = final;
  });
  try {
    for (let at = 0; at < bytes.length; at += 1024) {
      stream.push(bytes.subarray(at, at + 1024), at + 1024 >= bytes.length);
      if (size > mostBytes) return 'too-large';
    }
  } catch {
    return 'unreadable';
  }
  if (!done) return 'unreadable';
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function base64url(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64url(text: string): Uint8Array {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (each) => each.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
