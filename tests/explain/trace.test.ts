import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { analyse } from '../../src/analyse.ts';
import { explainTrace } from '../../src/explain/explainTrace.ts';
import { traceText } from '../../src/explain/traceText.ts';
import type { Call } from '../../src/simulate/call.ts';

/* A few traces as the page tells them: these pin the English, all else is pinned as facts. */

const bookinfo = readFileSync('tests/graph/bookinfo.yaml', 'utf8');

function told(text: string, call: Omit<Call, 'id' | 'from'> & Partial<Call>, closed = true): string {
  const whole: Call = { id: 'call', from: { kind: 'outside', portOf: 'service' }, ...call };
  const { traces, workloads, graph } = analyse({ sources: [{ name: 'test', text }], calls: [whole] });
  const [trace] = traces;
  if (trace === undefined) throw new Error('no trace');
  return `\n${traceText(explainTrace(trace, { closed, workloads, graph })).replaceAll('\u00a0', ' ')}`;
}

function get(url: string, headers: readonly (readonly [string, string])[] = []): Omit<Call, 'id' | 'from'> {
  const { protocol, host, hostname, port, pathname, search } = new URL(url);
  const secure = protocol === 'https:';
  return {
    port: port === '' ? (secure ? 443 : 80) : Number(port),
    ...(secure && { tls: { sni: hostname, alpn: ['h2', 'http/1.1'], clientCertificate: false } }),
    http: { method: 'GET', authority: host, path: pathname + search, headers },
  };
}

test('one in five fails for want of a port', () => {
  expect(told(bookinfo, get('https://uk.bookinfo.com/reviews/1'))).toMatchInlineSnapshot(`
    "
    One in five requests fails
    The 20 % for reviews.qa get 503 NC cluster_not_found
      80 % forwarded to reviews.prod:9080
      20 % fails

    Listener [0.0.0.0_443]: Port 443 is open: server 2 of my-gateway.
    Filter chain [server_names]: SNI uk.bookinfo.com is one of its 2 hosts.
    TLS [SIMPLE TLSv1.3]: Ends here, agrees on h2, asks for no client certificate.
    Virtual host [eu.bookinfo.com:443]: Holds uk.bookinfo.com too; named after its first host.
    Route [rule 2 of bookinfo-rule]
      1. header cookie: wants user=dev-123, got no such header (passed over)
      2. path prefix: wants /reviews/, got /reviews/1 (taken)
    Cluster [2 weighted clusters]
      80 % reviews.prod, port 9080 (forwarded) [outbound|9080||reviews.prod.svc.cluster.local]
      20 % reviews.qa, port 443 (does not exist) [outbound|443||reviews.qa.svc.cluster.local]. The destination names no port. reviews.qa has 9080 and 7777, so Istio takes the listener’s: 443.
    "
  `);
});

test('the cookie rule', () => {
  expect(told(bookinfo, get('https://uk.bookinfo.com/x', [['cookie', 'user=dev-123']])))
    .toMatchInlineSnapshot(`
      "
      Forwarded to reviews.qa:7777
      The destination answers; Envoy logs via_upstream.

      Listener [0.0.0.0_443]: Port 443 is open: server 2 of my-gateway.
      Filter chain [server_names]: SNI uk.bookinfo.com is one of its 2 hosts.
      TLS [SIMPLE TLSv1.3]: Ends here, agrees on h2, asks for no client certificate.
      Virtual host [eu.bookinfo.com:443]: Holds uk.bookinfo.com too; named after its first host.
      Route [rule 1 of bookinfo-rule]
        1. header cookie: wants user=dev-123, got user=dev-123 (taken)
      Cluster [outbound|7777||reviews.qa.svc.cluster.local]: All of it goes to reviews.qa, port 7777.
      "
    `);
});

test('a cookie among others', () => {
  expect(told(bookinfo, get('https://uk.bookinfo.com/x', [['cookie', 'user=dev-123; a=b']])))
    .toMatchInlineSnapshot(`
      "
      Not found: no rule takes this request
      404 NR route_not_found, answered by Envoy itself

      Listener [0.0.0.0_443]: Port 443 is open: server 2 of my-gateway.
      Filter chain [server_names]: SNI uk.bookinfo.com is one of its 2 hosts.
      TLS [SIMPLE TLSv1.3]: Ends here, agrees on h2, asks for no client certificate.
      Virtual host [eu.bookinfo.com:443]: Holds uk.bookinfo.com too; named after its first host.
      Route [none of 2]
        1. header cookie: wants user=dev-123, got user=dev-123; a=b (nearest miss). The value is in there, but exact compares the whole header.
        2. path prefix: wants /reviews/, got /x (passed over)
      Cluster: Never asked: Envoy answered above.
      "
    `);
});

test('one character short', () => {
  expect(told(bookinfo, get('https://uk.bookinfo.com/reviews'))).toMatchInlineSnapshot(`
    "
    Not found: no rule takes this path
    404 NR route_not_found, answered by Envoy itself

    Listener [0.0.0.0_443]: Port 443 is open: server 2 of my-gateway.
    Filter chain [server_names]: SNI uk.bookinfo.com is one of its 2 hosts.
    TLS [SIMPLE TLSv1.3]: Ends here, agrees on h2, asks for no client certificate.
    Virtual host [eu.bookinfo.com:443]: Holds uk.bookinfo.com too; named after its first host.
    Route [none of 2]
      2. path prefix: wants /reviews/, got /reviews  (nearest miss). One character short: the prefix ends in a slash, the path does not.
      1. header cookie: wants user=dev-123, got no such header (passed over)
    Cluster: Never asked: Envoy answered above.
    "
  `);
});

test('redirected before any rule is read', () => {
  expect(told(bookinfo, get('http://uk.bookinfo.com/reviews/1'))).toMatchInlineSnapshot(`
    "
    Redirected to https
    301 to https://uk.bookinfo.com/reviews/1

    Listener [0.0.0.0_80]: Port 80 is open: server 1 of my-gateway.
    Filter chain [no TLS]: Plain text, as the server’s protocol says.
    Virtual host [eu.bookinfo.com:80]: Holds uk.bookinfo.com too; named after its first host.
    Redirect to https [require_tls: ALL]: The server sets httpsRedirect, so no rule is read.
    Route, cluster: Not needed.
    "
  `);
});

test('no server for the name', () => {
  expect(told(bookinfo, get('https://us.bookinfo.com/'))).toMatchInlineSnapshot(`
    "
    Closed: nothing takes this SNI
    The connection is closed, NR filter_chain_not_found; there is no HTTP answer.

    Listener [0.0.0.0_443]: Port 443 is open: server 2 of my-gateway.
    Filter chain [none of 1]: No server and no tls rule on this port takes the SNI us.bookinfo.com.
      server 2 of my-gateway: wants eu.bookinfo.com, uk.bookinfo.com, got us.bookinfo.com (nearest miss)
    Route, cluster: Never asked: the connection ended above.
    "
  `);
});

test('no rule for the host', () => {
  expect(told(bookinfo, get('http://example.org:9080/reviews/1'))).toMatchInlineSnapshot(`
    "
    Not found: no rule is for example.org:9080
    404 NR route_not_found, answered by Envoy itself

    Listener [0.0.0.0_9080]: Port 9080 is open: server 4 of my-gateway.
    Filter chain [no TLS]: Plain text, as the server’s protocol says.
    Virtual host [none of 1]: The host example.org:9080 has no rule on this port.
      bookinfo-rule: wants reviews.prod.svc.cluster.local, eu.bookinfo.com, uk.bookinfo.com, got example.org (other hosts) [reviews.prod.svc.cluster.local:9080]
    Route, cluster: Never asked: Envoy answered above.
    "
  `);
});

test('a port that is declared and not opened', () => {
  expect(told(bookinfo, { port: 2379 })).toMatchInlineSnapshot(`
    "
    Nothing listens on port 2379
    The client sees connection refused; Envoy logs nothing.

    Listener [none for 2379]: Nothing listens on port 2379; Envoy listens on 443, 80, 9080 and 9443.
      server 5 of my-gateway (not opened). The server declares the port, but a server that reads no HTTP opens only when a TCP or TLS rule reaches it; none does.
    Filter chain, route, cluster: Never asked: the connection ended above.
    "
  `);
});

const lone = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ratings, namespace: prod}
spec:
  hosts: [ratings.example.com]
  gateways: [istio-system/public]
  http:
    - route: [{destination: {host: ratings, port: {number: 9080}}}]
`;
const open = `${lone}---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]
`;

test('a service that the paste does not hold', () => {
  expect(told(open, get('http://ratings.example.com/'), false)).toMatchInlineSnapshot(`
    "
    Forwarded, if ratings.prod exists; otherwise 503 NC
    ratings.prod is not in this paste; without it Envoy logs NC cluster_not_found.

    Listener [0.0.0.0_80]: Port 80 is open: server 1 of public.
    Filter chain [no TLS]: Plain text, as the server’s protocol says.
    Virtual host [ratings.example.com:80]: Is for the host ratings.example.com.
    Route [rule 1 of ratings]
      1. anything: every path, no other condition here (taken)
    Cluster [outbound|9080||ratings.prod.svc.cluster.local]
      100 % ratings.prod, port 9080 (not in this paste) [outbound|9080||ratings.prod.svc.cluster.local]. ratings.prod is not in this paste. If it exists and has this port, the request gets there; otherwise Envoy answers 503.

    Taken for granted: a gateway pod with istio=ingressgateway runs in istio-system. The paste holds none.
    "
  `);
});

test('the same when the paste is everything', () => {
  expect(told(open, get('http://ratings.example.com/'), true)).toMatchInlineSnapshot(`
    "
    Fails: ratings.prod does not exist
    503 NC cluster_not_found, answered by Envoy itself

    Listener [0.0.0.0_80]: Port 80 is open: server 1 of public.
    Filter chain [no TLS]: Plain text, as the server’s protocol says.
    Virtual host [ratings.example.com:80]: Is for the host ratings.example.com.
    Route [rule 1 of ratings]
      1. anything: every path, no other condition here (taken)
    Cluster [outbound|9080||ratings.prod.svc.cluster.local]
      100 % ratings.prod, port 9080 (does not exist) [outbound|9080||ratings.prod.svc.cluster.local]. No Service and no ServiceEntry has the host ratings.prod.
    "
  `);
});

test('a gateway that the paste does not hold', () => {
  expect(told(lone, get('http://ratings.example.com/'), false)).toMatchInlineSnapshot(`
    "
    Depends on gateway public
    istio-system/public is not in this paste, so no port is known to be open.

    Listener [none for 80]: Nothing listens on port 80.
    Filter chain, route, cluster: Never asked: the connection ended above.
    "
  `);
});

const actions = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: g, namespace: default}
spec:
  selector: {istio: ingressgateway}
  servers:
    - {port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}
    - port: {number: 443, name: mutual, protocol: HTTPS}
      hosts: ['*.example.com']
      tls: {mode: MUTUAL, credentialName: c}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: v, namespace: default}
spec:
  hosts: ['*']
  gateways: [g]
  http:
    - match: [{uri: {prefix: /fault}}]
      fault:
        delay: {percentage: {value: 50}, fixedDelay: 2s}
        abort: {percentage: {value: 10}, httpStatus: 503}
      rewrite: {uri: /}
      timeout: 5s
      mirror: {host: shadow, port: {number: 80}}
      route: [{destination: {host: s, port: {number: 80}}}]
    - match: [{uri: {exact: /gone}}]
      directResponse: {status: 410, body: {string: gone}}
    - match: [{uri: {regex: '/a/[0-9]+'}, method: {exact: POST}}]
      route: [{destination: {host: s, subset: v9, port: {number: 80}}}]
    - match: [{uri: {prefix: /old}}]
      redirect: {uri: /new, authority: new.example.com}
---
apiVersion: v1
kind: Service
metadata: {name: s, namespace: default}
spec: {selector: {app: s}, clusterIP: 10.0.0.1, ports: [{name: http, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: s, namespace: default}
spec: {host: s, subsets: [{name: v1, labels: {version: v1}}]}
`;

test('chance and what is done on the way', () => {
  expect(told(actions, get('http://a.example.com/fault/x'))).toMatchInlineSnapshot(`
    "
    One in ten requests gets an error on purpose
    The 10 % get 503 DI,FI fault_filter_abort
      10 % answered 503 by the fault
      90 % forwarded to s.default:80

    Listener [0.0.0.0_80]: Port 80 is open: server 1 of g.
    Filter chain [no TLS]: Plain text, as the server’s protocol says.
    Virtual host [*:80]: Takes any host, a.example.com too.
    Route [rule 1 of v]
      1. path prefix: wants /fault, got /fault/x (taken)
    Fault [envoy.filters.http.fault]: The rule waits 2s for 50 % of the requests and answers 10 % of the requests with 503.
    Cluster [outbound|80||s.default.svc.cluster.local]: All of it goes to s.default, port 80.
    Rewrite [prefix_rewrite]: Upstream, the path /fault/x becomes //x.
    Mirror [outbound|80||shadow.default.svc.cluster.local]: A copy of every request would go to shadow.default:80, which does not exist; the request itself is not harmed.
    Timeout and retries: The rule gives up after 5s. Shown, not simulated.
    "
  `);
});

test('an answer of the rule itself', () => {
  expect(told(actions, get('http://a.example.com/gone'))).toMatchInlineSnapshot(`
    "
    Answered by the rule itself: 410
    410 direct_response, answered by Envoy itself

    Listener [0.0.0.0_80]: Port 80 is open: server 1 of g.
    Filter chain [no TLS]: Plain text, as the server’s protocol says.
    Virtual host [*:80]: Takes any host, a.example.com too.
    Route [rule 2 of v]
      1. path prefix: wants /fault, got /gone (passed over)
      2. path exactly: wants /gone, got /gone (taken)
    "
  `);
});

test('a subset that is not there', () => {
  const call = get('http://a.example.com/a/7');
  if (call.http === undefined) throw new Error('no message');
  expect(told(actions, { ...call, http: { ...call.http, method: 'POST' } })).toMatchInlineSnapshot(`
    "
    Fails: s.default has no subset v9
    503 NC cluster_not_found, answered by Envoy itself

    Listener [0.0.0.0_80]: Port 80 is open: server 1 of g.
    Filter chain [no TLS]: Plain text, as the server’s protocol says.
    Virtual host [*:80]: Takes any host, a.example.com too.
    Route [rule 3 of v]
      1. path prefix: wants /fault, got /a/7 (passed over)
      2. path exactly: wants /gone, got /a/7 (passed over)
      3. path matches, and 1 more condition: wants /a/[0-9]+, got /a/7 (taken)
    Cluster [outbound|80|v9|s.default.svc.cluster.local]
      100 % s.default, port 80, subset v9 (does not exist) [outbound|80|v9|s.default.svc.cluster.local]. s.default has no subset v9; it has v1.
    "
  `);
});

test('a redirect of a rule', () => {
  expect(told(actions, get('http://a.example.com/old'))).toMatchInlineSnapshot(`
    "
    Redirected to http://new.example.com/new
    301 to http://new.example.com/new

    Listener [0.0.0.0_80]: Port 80 is open: server 1 of g.
    Filter chain [no TLS]: Plain text, as the server’s protocol says.
    Virtual host [*:80]: Takes any host, a.example.com too.
    Route [rule 4 of v]
      1. path prefix: wants /fault, got /old (passed over)
      2. path exactly: wants /gone, got /old (passed over)
      3. path matches: wants /a/[0-9]+, got /old (passed over). The whole path must match, from its first to its last character.
      4. path prefix: wants /old, got /old (taken)
    "
  `);
});

test('no client certificate', () => {
  expect(told(actions, get('https://a.example.com/'))).toMatchInlineSnapshot(`
    "
    Refused: the client shows no certificate
    The TLS handshake fails; there is no HTTP answer.

    Listener [0.0.0.0_443]: Port 443 is open: server 2 of g.
    Filter chain [server_names]: SNI a.example.com falls under *.example.com.
    TLS [MUTUAL]: The server wants a client certificate, and the client shows none: the handshake fails.
    Route, cluster: Never asked: the connection ended above.
    "
  `);
});

test('from pod to pod', () => {
  const from: Call['from'] = { kind: 'mesh', namespace: 'prod', labels: {}, host: 'reviews.prod' };
  expect(told(bookinfo, { ...get('http://reviews.prod:9080/reviews/1'), from })).toMatchInlineSnapshot(`
    "
    Forwarded to reviews.prod and reviews.qa
    The destination answers; Envoy logs via_upstream.
      80 % forwarded to reviews.prod:9080
      20 % forwarded to reviews.qa:9080

    Name [10.101.115.234]: reviews.prod is reviews, without an address in the paste; 10.101.115.234 stands for the one that it would get.
    Listener [0.0.0.0_9080]: Port 9080 is open: reviews.
    Filter chain [application_protocols]: The first bytes look like HTTP, so they are read as HTTP.
    Virtual host [reviews.prod.svc.cluster.local:9080]: Holds reviews.prod too; named after its first host.
    Route [rule 2 of bookinfo-rule]
      1. header cookie: wants user=dev-123, got no such header (passed over)
      2. path prefix: wants /reviews/, got /reviews/1 (taken)
    Cluster [2 weighted clusters]
      80 % reviews.prod, port 9080 (forwarded) [outbound|9080||reviews.prod.svc.cluster.local]
      20 % reviews.qa, port 9080 (forwarded) [outbound|9080||reviews.qa.svc.cluster.local]
    "
  `);
});
