import { readFileSync } from 'node:fs';
import { analyse, type Call } from '../../src/index.ts';

/** Gateway and rule of Istio's Gateway page, as printed there. */
export const original = readFileSync(
  new URL('../reference/bookinfo-as-printed.yaml', import.meta.url),
  'utf8',
)
  .split('---\n')
  .slice(0, 2)
  .join('---\n');

const outside = { kind: 'outside', portOf: 'service' } as const;

function call(port: number, authority: string, path: string, headers: [string, string][] = []): Call {
  const secure = port === 443 || port === 9443;
  return {
    id: `${authority}:${port}${path}${headers.length > 0 ? ' with cookie' : ''}`,
    from: outside,
    port,
    ...(secure ? { tls: { sni: authority, alpn: ['h2', 'http/1.1'], clientCertificate: false } } : {}),
    http: { method: 'GET', authority, path, headers },
  };
}

const cookie: [string, string][] = [['cookie', 'user=dev-123']];
const hosts = ['uk.bookinfo.com', 'eu.bookinfo.com', 'us.bookinfo.com', 'example.org'];
const calls: readonly Call[] = [
  ...[80, 443, 9443, 9080].flatMap((port) =>
    hosts.flatMap((host) => [
      call(port, host, '/reviews/1'),
      call(port, host, '/reviews'),
      call(port, host, '/', cookie),
    ]),
  ),
  { id: 'mongo', from: outside, port: 2379 },
  {
    id: 'in the mesh',
    from: { kind: 'mesh', namespace: 'prod', labels: {}, host: 'reviews.prod.svc.cluster.local' },
    port: 9080,
    http: {
      method: 'GET',
      authority: 'reviews.prod.svc.cluster.local:9080',
      path: '/reviews/1',
      headers: [],
    },
  },
];

/** How every call ends, for a text: without the places in the text, which are another matter. */
export function answers(text: string): Readonly<Record<string, unknown>> {
  const report = analyse({ sources: [{ name: 'built.yaml', text }], calls });
  return Object.fromEntries(
    report.traces.map(({ call: { id }, outcome }) => [
      id,
      outcome.map(({ share, destination, end }) => ({
        share,
        destination: destination?.name,
        end: JSON.parse(
          JSON.stringify(end, (key, value: unknown) => (key === 'at' ? undefined : value)),
        ) as unknown,
      })),
    ]),
  );
}
