import type { Call, HttpMessage } from '../../src/simulate/call.ts';
import bookinfoText from './bookinfo.yaml?raw';

/** One scenario of the gallery. Its text is a recording's: a real Envoy answered as Gatehouse does. */
export interface Example {
  readonly id: string;
  readonly name: string;
  readonly question: string;
  /** One sentence: what there is to learn. */
  readonly teaches: string;
  readonly source: string;
  readonly call: Call;
}

const recorded = 'A scenario whose answers were recorded from a real Envoy.';

/** On the page before anything else is, so it is in the first file. */
export const bookinfo = {
  id: 'bookinfo',
  name: 'bookinfo',
  question: 'Why does every fifth request fail?',
  teaches: 'A destination without a port takes the listener’s when its service has several.',
  source: 'From the Gateway page of Istio’s documentation, with three Services added and one name mended.',
  call: callTo('https://uk.bookinfo.com/reviews/1'),
  text: bookinfoText,
} as const;

export const gallery: readonly Example[] = [
  bookinfo,
  scenario(
    'https-redirect-needs-no-virtual-service',
    'Why does httpsRedirect need no VirtualService?',
    'The redirect belongs to the server: it answers for its hosts before any route is looked at.',
    'http://a.org/p?q=1',
  ),
  scenario(
    'exact-host-hides-wildcard',
    'Why is a path of the wildcard host 404 here?',
    'The most specific host takes the request for good: rules of the wildcard are not tried after it.',
    'http://shop.example.com/only-wild',
  ),
  scenario(
    'http2-reuse-across-servers',
    'Why is the second host 404 in a browser only?',
    'The SNI chose the server when the connection was opened; a browser reuses it for another host of the certificate.',
    'https://b.org/',
    { sni: 'a.org' },
  ),
  scenario(
    'prefix-is-raw',
    'Why does /foobar match the prefix /foo?',
    'A prefix is compared as text; it knows nothing of path segments.',
    'http://a.org/foobar',
  ),
  scenario(
    'catch-all-in-the-middle',
    'What happens to rules after a catch-all?',
    'A rule for the prefix / takes every path that is left: what stands behind it is never reached.',
    'http://a.org/b',
  ),
  scenario(
    'cluster-not-found',
    'Which destinations do not exist?',
    'A wrong namespace, an unknown subset and a missing port all end as 503 NC.',
    'http://a.org/wrong-ns',
  ),
  scenario(
    'gateway-named-without-namespace',
    'Why is my VirtualService not attached?',
    'A gateway without a namespace is looked for beside the VirtualService, not beside the Gateway.',
    'http://a.org/',
  ),
  scenario(
    'and-or',
    'When is a match “and”, and when “or”?',
    'Conditions of one item must all hold; of several items one is enough. A dash makes the difference.',
    'http://a.org/and',
    { headers: [['x-user', 'bob']] },
  ),
  scenario(
    'two-virtual-services-one-host',
    'What if two VirtualServices have the same host?',
    'Their rules are joined, the older one’s first, and catch-alls move to the end.',
    'http://a.org/api',
  ),
  scenario(
    'same-host-two-gateways',
    'What if two Gateways serve one host on one port?',
    'The older one keeps it; the whole TLS server of the younger one is dropped, with its other hosts.',
    'https://b.org/',
  ),
  scenario(
    'second-gateway-on-443',
    'Who gets c.org on a shared port 443?',
    'HTTPS, TCP and TLS servers of three Gateways meet on one port, and not each of them keeps its place.',
    'https://c.org/',
  ),
  scenario(
    'passthrough-ignores-http',
    'Why are http rules ignored behind PASSTHROUGH?',
    'Encrypted bytes go on unread, so only tls routes by server name can match.',
    'https://a.example.com/',
  ),
  scenario(
    'plain-http-declared-on-443',
    'Why does https fail on port 443?',
    'Protocol HTTP on 443 means plain text: a TLS hello is not a request.',
    'https://a.org/',
  ),
  scenario(
    'mutual-tls-modes',
    'Who has to show a certificate?',
    'MUTUAL demands one from the client, OPTIONAL_MUTUAL looks at it if there is one, SIMPLE never asks.',
    'https://mutual.org/',
  ),
  scenario(
    'sni-specificity',
    'Which wildcard takes a server name?',
    'The longest one that fits, and a wildcard never covers its own bare domain.',
    'https://a.b.example.com/',
  ),
  scenario(
    'port-only-match-first',
    'Can one VirtualService answer differently by port?',
    'A match on the port alone takes everything on that port, whatever follows.',
    'http://a.org/b',
  ),
  scenario(
    'host-with-port',
    'Does the port in the Host header matter?',
    'It is ignored; a trailing dot is not, and letter case never counts.',
    'http://a.org:80/',
    { authority: 'a.org.' },
  ),
  scenario(
    'headers-and-query',
    'How do header and query matches read?',
    'An empty match asks for presence, exact text compares all of it, and withoutHeaders turns a match around.',
    'http://a.org/?q=12',
  ),
  scenario(
    'delegate-narrowing',
    'What becomes of a delegate’s own matches?',
    'They are narrowed by the rule that delegates; what contradicts it is dropped.',
    'http://a.org/api/v1/x',
  ),
  scenario(
    'redirects',
    'What does a redirect keep?',
    'A new path keeps the scheme, the query and, if the Host header named one, the port.',
    'http://a.org/a?x=1',
  ),
  scenario(
    'rewrites',
    'Where does // come from after a rewrite?',
    'A prefix is replaced as text: /strip by / leaves the slash behind it where it is.',
    'http://a.org/strip/x',
  ),
  scenario(
    'weights',
    'Do weights have to add up to 100?',
    'They are shares of their own sum; a weight of 0 gets nothing.',
    'http://a.org/c',
  ),
  scenario(
    'selector-misses-the-workload',
    'Which pods does a Gateway configure?',
    'Those that its selector picks; an empty selector picks all of them.',
    'http://a.org:8080/',
  ),
  scenario(
    'namespaced-hosts',
    'What does ns1/* mean among the hosts?',
    'Only VirtualServices of that namespace may bind to the host.',
    'http://other.bar.com/',
  ),
  scenario(
    'tls-ingress',
    'Does the server name have to meet the Host?',
    'With hosts "*" any server name gets in; the Host header alone chooses the virtual host.',
    'https://a.org/',
    { sni: 'b.org' },
  ),
  scenario(
    'http2-star',
    'Is protocol HTTP2 different from HTTP?',
    'For routing it is not: both speak HTTP in plain text.',
    'http://a.org/',
  ),
  scenario('tcp-ingress', 'How is plain TCP routed?', 'By port alone: there is no host in the bytes.', 27018),
  scenario(
    'tcp-first-takes-all',
    'What if two VirtualServices route one TCP port?',
    'The older one takes all of it; hosts do not tell them apart.',
    9000,
  ),
  scenario(
    'mongo-on-gateway-port',
    'What does a TCP match on the port mean?',
    'The listener’s port, not the one of the service behind it.',
    2379,
  ),
];

const texts = import.meta.glob<string>(['./*.yaml', '!./bookinfo.yaml'], {
  query: '?raw',
  import: 'default',
});

/** The text of an example, from a file of its own. */
export async function textOf(example: Example): Promise<string> {
  if (example.id === bookinfo.id) return bookinfo.text;
  const read = texts[`./${example.id}.yaml`];
  if (read === undefined) throw new Error(`no such example: ${example.id}`);
  return read();
}

interface Differs {
  /** Another server name than the Host's. */
  readonly sni?: string;
  readonly authority?: string;
  readonly headers?: HttpMessage['headers'];
}

function scenario(
  id: string,
  question: string,
  teaches: string,
  to: string | number,
  differs: Differs = {},
): Example {
  return {
    id,
    name: id,
    question,
    teaches,
    source: recorded,
    call: typeof to === 'number' ? callToPort(to) : callTo(to, differs),
  };
}

function callTo(address: string, { sni, authority, headers = [] }: Differs = {}): Call {
  const url = new URL(address);
  const secure = url.protocol === 'https:';
  return {
    id: 'call',
    from: { kind: 'outside', portOf: 'service' },
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    ...(secure
      ? { tls: { sni: sni ?? url.hostname, alpn: ['h2', 'http/1.1'], clientCertificate: false } }
      : {}),
    http: { method: 'GET', authority: authority ?? url.host, path: url.pathname + url.search, headers },
  };
}

function callToPort(port: number): Call {
  return { id: 'call', from: { kind: 'outside', portOf: 'service' }, port };
}
