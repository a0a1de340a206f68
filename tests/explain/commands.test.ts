import { expect, test } from 'vitest';
import { commandsFor } from '../../src/explain/commands.ts';
import type { Call } from '../../src/simulate/call.ts';

function commands(call: Omit<Call, 'id'>): Record<string, string> {
  const trace = { call: { id: 'call', ...call }, steps: [], outcome: [], notSimulated: [] };
  return Object.fromEntries(commandsFor(trace, undefined).map(({ tool, text }) => [tool, text]));
}

const outside: Call['from'] = { kind: 'outside', portOf: 'service' };
const tls = { sni: 'a.example', alpn: ['h2', 'http/1.1'], clientCertificate: false };
const get = { method: 'GET', authority: 'a.example', path: '/x', headers: [] };

test('a plain request', () => {
  expect(commands({ from: outside, port: 443, tls, http: get })).toMatchInlineSnapshot(`
    {
      "curl": "curl -i --resolve a.example:443:$GW_IP \\
      https://a.example/x",
      "istioctl": "istioctl proxy-config listener $POD \\
      -n istio-system --port 443 -o yaml",
      "openssl": "openssl s_client -connect $GW_IP:443 \\
      -servername a.example -alpn h2,http/1.1",
    }
  `);
});

test('everything that a client can do otherwise', () => {
  expect(
    commands({
      from: outside,
      port: 8443,
      tls: { sni: 'sni.example', alpn: ['http/1.1'], clientCertificate: true, maxVersion: 'TLSv1.2' },
      http: {
        method: 'POST',
        authority: 'a.example:8443',
        path: '/a/../b?c=d&e=f',
        headers: [['cookie', "it's; $(reboot)"]],
      },
    }),
  ).toMatchInlineSnapshot(`
    {
      "curl": "curl -i --resolve sni.example:8443:$GW_IP \\
      -X POST \\
      --http1.1 \\
      --cert client.pem --key client.key \\
      --tls-max 1.2 \\
      -H 'Host: a.example:8443' \\
      -H 'cookie: it'\\''s; $(reboot)' \\
      --path-as-is \\
      'https://sni.example:8443/a/../b?c=d&e=f'",
      "istioctl": "istioctl proxy-config listener $POD \\
      -n istio-system --port 8443 -o yaml",
      "openssl": "openssl s_client -connect $GW_IP:8443 \\
      -servername sni.example -alpn http/1.1 -cert client.pem -key client.key -tls1_2",
    }
  `);
});

test('no SNI, no ALPN, no HTTP', () => {
  expect(commands({ from: outside, port: 15443, tls: { sni: null, alpn: [], clientCertificate: false } }))
    .toMatchInlineSnapshot(`
    {
      "istioctl": "istioctl proxy-config listener $POD \\
      -n istio-system --port 15443 -o yaml",
      "openssl": "openssl s_client -connect $GW_IP:15443 \\
      -noservername",
    }
  `);
});

test('from a pod', () => {
  const from: Call['from'] = { kind: 'mesh', namespace: 'prod', labels: {}, host: 'reviews' };
  expect(commands({ from, port: 9080, http: { ...get, authority: 'reviews:9080' } })).toMatchInlineSnapshot(`
    {
      "curl": "kubectl exec -n prod $POD -- \\
      curl -i \\
      http://reviews:9080/x",
      "istioctl": "istioctl proxy-config listener $POD \\
      -n istio-system --port 9080 -o yaml",
    }
  `);
});
