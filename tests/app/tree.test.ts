import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { treeOf, type Branch } from '../../app/canvas/tree.ts';
import { analyse } from '../../src/analyse.ts';
import { litPath } from '../../src/graph/litPath.ts';

const bookinfo = readFileSync('tests/graph/bookinfo.yaml', 'utf8');

function lines(branches: readonly Branch[], depth = 0): string[] {
  return branches.flatMap((branch) => [
    `${'  '.repeat(depth)}${branch.number === undefined ? '' : `${branch.number} `}${[
      branch.name,
      branch.detail,
      branch.says,
    ]
      .filter((part) => part !== '')
      .join(' | ')}`.replaceAll('\u00a0', ' '),
    ...lines(branch.children, depth + 1),
  ]);
}

test('the tree says what the graph shows', () => {
  const { graph, traces } = analyse({
    sources: [{ name: 'test', text: bookinfo }],
    calls: [
      {
        id: 'call',
        from: { kind: 'outside', portOf: 'service' },
        port: 443,
        tls: { sni: 'uk.bookinfo.com', alpn: [], clientCertificate: false },
        http: { method: 'GET', authority: 'uk.bookinfo.com', path: '/reviews/1', headers: [] },
      },
    ],
  });
  const [trace] = traces;
  if (trace === undefined) throw new Error('no trace');
  expect(`\n${lines(treeOf(graph, litPath(graph, trace, true))).join('\n')}\n`).toMatchInlineSnapshot(`
    "
    my-gateway | some-config-namespace, 5 servers
      :80 | HTTP | redirects to https
        bookinfo-rule | bookinfo-namespace
          1 header cookie | user=dev-123
            reviews.qa | :7777
          2 path prefix | /reviews/
            80 % reviews.prod | :9080
      :443 | HTTPS SIMPLE, uk, eu.bookinfo.com | on the path
        bookinfo-rule | bookinfo-namespace | on the path
          1 header cookie | user=dev-123 | passed over: missing
            reviews.qa | :7777
          2 path prefix | /reviews/ | taken
            80 % reviews.prod | :9080 | forwarded
            20 % reviews.qa | :443 | no such port, 503 NC
      :9443 | HTTPS SIMPLE, *.bookinfo.com
        bookinfo-rule | bookinfo-namespace
          1 header cookie | user=dev-123
            reviews.qa | :7777
          2 path prefix | /reviews/
            80 % reviews.prod | :9080
            20 % reviews.qa | :9443 | no such port
      :9080 | HTTP, any host
        bookinfo-rule | bookinfo-namespace
          1 header cookie | user=dev-123
            reviews.qa | :7777
          2 path prefix | /reviews/
            80 % reviews.prod | :9080
            20 % reviews.qa | :9080
      :2379 | MONGO | no route, not opened
        bookinfo-mongo | bookinfo-namespace | opens 2379, not 27017
          1 TCP, port | 27017 | opens 2379, not 27017
            mongo.prod | :5555
    mesh | calls between workloads
      bookinfo-rule | bookinfo-namespace
        1 header cookie | user=dev-123
          reviews.qa | :7777
        2 path prefix | /reviews/
          80 % reviews.prod | :9080
          20 % reviews.qa | the port that is dialled
    "
  `);
});
