import type { Call, HttpMessage, TlsHello } from '../../src/simulate/call.ts';
import { readAddress, withAddress } from './address.ts';

export type ReadCurl = { readonly call: Call } | { readonly error: string };

/** Whether a line is a command for curl, or a shell line that ends in one. */
export function isCurl(text: string): boolean {
  return /(?:^|\s)curl\s/.test(text) && !/^\s*[a-z]+:\/\//i.test(text);
}

/**
 * The call that a command for curl makes, from where `call` comes. The whole request is the command's: what it does not say has curl's default, but for the headers
 * that curl adds by itself (`User-Agent`, `Accept`), which are left out. Addresses and ports that are shell variables stand for the gateway and for the
 * scheme's own port. What is not understood gives a reason.
 */
export function readCurl(text: string, call: Call): ReadCurl {
  const asked = readWords(behindCurl(shellWords(text)));
  if ('error' in asked) return asked;
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(asked.url) ? '' : 'http://';
  const url = `${scheme}${asked.url}`.replace(/:(\$\w+|\$\{\w+\})(?=[/?#]|$)/, '');
  const variable = /^([a-z]+:\/\/)(\$\w+|\$\{\w+\})/i.exec(url);
  const read = readAddress(variable ? url.replace(variable[0], `${variable[1]}192.0.2.1`) : url, call);
  if ('error' in read) return read;
  const { id, from, port } = call;
  const made = withAddress({ id, from, port }, read.address, true);
  if (made.http === undefined) return { error: 'curl speaks HTTP here' };
  const path = withData(asked.isAsIs ? made.http.path : withoutDots(made.http.path), asked);
  const host = asked.headers.findLast(([name]) => name === 'host')?.[1];
  const version = asked.version === '1.0' ? { version: '1.0' as const } : {};
  const message: HttpMessage = {
    method: methodOf(asked),
    authority: host ?? made.http.authority,
    path,
    headers: headersOf(asked),
    ...version,
  };
  return { call: { ...made, http: message, ...(made.tls && { tls: helloOf(made.tls, asked) }) } };
}

/** What stands behind `curl`; of `kubectl exec curl -- curl …` the second one. */
function behindCurl(words: readonly string[]): readonly string[] {
  const inner = words.indexOf('--');
  const start = inner >= 0 && words.indexOf('curl', inner) >= 0 ? inner : 0;
  const at = words.findIndex((word, index) => index >= start && /^(?:.*\/bin\/)?curl$/.test(word));
  return words.slice(at + 1);
}

interface Asked {
  readonly url: string;
  readonly method?: string;
  readonly isHead: boolean;
  /** Data goes into the query. */
  readonly isGet: boolean;
  /** Dots in the path stay. */
  readonly isAsIs: boolean;
  readonly data: readonly string[];
  readonly contentType?: string;
  /** Names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly version?: '1.0' | '1.1';
  readonly hasAlpn: boolean;
  readonly hasCertificate: boolean;
  readonly minVersion?: TlsHello['minVersion'];
  readonly maxVersion?: TlsHello['maxVersion'];
}

type Change = (asked: Asked, value: string) => Partial<Asked>;

const header =
  (name: string): Change =>
  ({ headers }, value) => ({ headers: [...headers, [name, value]] });
const nothing: Change = () => ({});
const data: Change = (asked, value) => ({
  data: [...asked.data, value],
  contentType: asked.contentType ?? 'application/x-www-form-urlencoded',
});

/** Options with a value; those that change nothing that is simulated are here so that their value is not taken for the URL. */
const WITH_VALUE: ReadonlyMap<string, Change> = new Map<string, Change>([
  ['X', (_, method) => ({ method })],
  ['H', ({ headers }, line) => ({ headers: withHeader(headers, line) })],
  ['A', header('user-agent')],
  ['e', header('referer')],
  ['b', header('cookie')],
  ['u', ({ headers }, user) => ({ headers: [...headers, ['authorization', `Basic ${btoa(user)}`]] })],
  ['d', data],
  ['data-urlencode', (asked, value) => data(asked, encodeData(value))],
  ['json', (asked, value) => ({ ...data(asked, value), contentType: 'application/json' })],
  ['F', (asked, value) => ({ ...data(asked, value), contentType: 'multipart/form-data' })],
  ['E', () => ({ hasCertificate: true })],
  ['tls-max', (_, version) => (version === '1.2' ? { maxVersion: 'TLSv1.2' } : {})],
  ['url', (_, url) => ({ url })],
  ...[
    [
      'key',
      'cacert',
      'capath',
      'pass',
      'cert-type',
      'key-type',
      'resolve',
      'connect-to',
      'o',
      'w',
      'm',
      'r',
      'T',
      'x',
    ],
    ['U', 'z', 'C', 'y', 'Y', 'Q', 'P', 't'],
    [
      'connect-timeout',
      'retry',
      'retry-delay',
      'retry-max-time',
      'max-redirs',
      'ciphers',
      'interface',
      'K',
      'D',
      'c',
    ],
    ['limit-rate', 'dns-servers', 'unix-socket', 'proto', 'proto-default', 'stderr', 'trace-ascii', 'trace'],
  ]
    .flat()
    .map((name) => [name, nothing] as const),
]);

const LONG: ReadonlyMap<string, string> = new Map([
  ['request', 'X'],
  ['header', 'H'],
  ['user-agent', 'A'],
  ['referer', 'e'],
  ['cookie', 'b'],
  ['user', 'u'],
  ['data', 'd'],
  ['data-raw', 'd'],
  ['data-binary', 'd'],
  ['data-ascii', 'd'],
  ['form', 'F'],
  ['cert', 'E'],
  ['output', 'o'],
  ['write-out', 'w'],
  ['max-time', 'm'],
  ['range', 'r'],
  ['upload-file', 'T'],
  ['proxy', 'x'],
  ['config', 'K'],
  ['dump-header', 'D'],
  ['cookie-jar', 'c'],
  ['head', 'I'],
  ['get', 'G'],
  ['http1.0', '0'],
  ['tlsv1.3', 'tlsv1.3'],
]);

/** Options without a value that change the call; the others are left aside. */
const FLAGS: ReadonlyMap<string, Partial<Asked>> = new Map<string, Partial<Asked>>([
  ['I', { isHead: true }],
  ['G', { isGet: true }],
  ['path-as-is', { isAsIs: true }],
  ['0', { version: '1.0' }],
  ['http1.1', { version: '1.1' }],
  ['no-alpn', { hasAlpn: false }],
  ['tlsv1.3', { minVersion: 'TLSv1.3' }],
]);

function readWords(words: readonly string[]): Asked | { readonly error: string } {
  let asked: Asked = {
    url: '',
    isHead: false,
    isGet: false,
    isAsIs: false,
    data: [],
    headers: [],
    hasAlpn: true,
    hasCertificate: false,
  };
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (/^(?:[|;&]|&&|\|\||\d?>+.*)$/.test(word)) break;
    if (!/^-./.test(word)) {
      if (asked.url === '') asked = { ...asked, url: word };
      continue;
    }
    if (word.startsWith('--http2-prior')) return { error: 'HTTP/2 without asking first is not simulated' };
    for (const [name, glued] of optionsIn(word)) {
      const change = WITH_VALUE.get(name);
      if (!change) {
        asked = { ...asked, ...FLAGS.get(name) };
        continue;
      }
      const value = glued ?? rest.shift();
      if (value === undefined) return { error: `${word} needs a value` };
      asked = { ...asked, ...change(asked, value) };
    }
  }
  return asked.url === '' ? { error: 'curl needs a URL' } : asked;
}

/** Names as in the maps above, each with the value that is glued to it: `-sSHHost:a` is `s`, `S` and `H` with its value. */
function optionsIn(word: string): readonly (readonly [name: string, value: string | undefined])[] {
  if (word.startsWith('--')) {
    const [, name = '', value] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    return [[LONG.get(name) ?? name, value]];
  }
  const options: (readonly [string, string | undefined])[] = [];
  for (let at = 1; at < word.length; at += 1) {
    const name = word[at] ?? '';
    if (!WITH_VALUE.has(name)) options.push([name, undefined]);
    else {
      options.push([name, at + 1 < word.length ? word.slice(at + 1) : undefined]);
      break;
    }
  }
  return options;
}

/** `Name: value` adds, `Name;` adds an empty one, `Name:` takes one away. */
function withHeader(headers: Asked['headers'], line: string): Asked['headers'] {
  const [, written = '', mark, value = ''] = /^([^:;]+)([:;])\s*(.*?)\s*$/s.exec(line) ?? [];
  const name = written.trim().toLowerCase();
  if (name === '') return headers;
  if (mark === ':' && value === '') return headers.filter(([other]) => other !== name);
  return [...headers, [name, value]];
}

function methodOf({ method, isHead, isGet, data: sent }: Asked): string {
  if (method !== undefined) return method;
  if (isHead) return 'HEAD';
  return sent.length > 0 && !isGet ? 'POST' : 'GET';
}

function headersOf({ headers, contentType, isGet }: Asked): HttpMessage['headers'] {
  const own = headers.filter(([name]) => name !== 'host');
  const isNeeded = contentType !== undefined && !isGet && !own.some(([name]) => name === 'content-type');
  return isNeeded ? [...own, ['content-type', contentType]] : own;
}

/** What curl makes of `.` and `..` in a path before it sends it. */
function withoutDots(path: string): string {
  const [, before = '', query = ''] = /^([^?]*)(.*)$/s.exec(path) ?? [];
  const parts: string[] = [];
  const segments = before.split('/').slice(1);
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (segment === '..') parts.pop();
    if (segment !== '.' && segment !== '..') parts.push(segment);
    else if (isLast) parts.push('');
  }
  return `/${parts.join('/')}${query}`;
}

function withData(path: string, { isGet, data: sent }: Asked): string {
  if (!isGet || sent.length === 0) return path;
  return `${path}${path.includes('?') ? '&' : '?'}${sent.join('&')}`;
}

function encodeData(value: string): string {
  const [, name = '', content = ''] = /^([^=]*=)?(.*)$/s.exec(value) ?? [];
  return `${name === '=' ? '' : name}${encodeURIComponent(content)}`;
}

function helloOf(
  tls: TlsHello,
  { hasAlpn, version, hasCertificate, minVersion, maxVersion }: Asked,
): TlsHello {
  const alpn = !hasAlpn || version === '1.0' ? [] : version === '1.1' ? ['http/1.1'] : tls.alpn;
  return {
    ...tls,
    alpn,
    clientCertificate: hasCertificate,
    ...(minVersion && { minVersion }),
    ...(maxVersion && { maxVersion }),
  };
}

/**
 * The words of a POSIX shell line: quotes and backslashes are taken away, a backslash at the end of a line joins it with the next. Where a line was put into a field
 * that knows no line ends, the backslash stands in front of the indentation.
 */
function shellWords(text: string): readonly string[] {
  const words: string[] = [];
  const line = text.replace(/\\\r?\n/g, ' ').replace(/\\(?=\s\s|\s*$)/g, ' ');
  const token = /\s+|'([^']*)'|\$'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)/gsy;
  let word: string | undefined;
  for (const [all, single, ansi, double, escaped, plain] of line.matchAll(token)) {
    const part =
      single ?? ansi?.replace(/\\(.)/gs, '$1') ?? double?.replace(/\\([\\"$`])/g, '$1') ?? escaped ?? plain;
    if (part !== undefined) word = (word ?? '') + part;
    else if (all !== '' && word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  return word === undefined ? words : [...words, word];
}
