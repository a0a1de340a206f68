import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/manifest/source.ts';
import { validate } from '../../src/validate/validate.ts';
import type { Verdict } from '../../src/validate/verdict.ts';

/** A code, a fragment that has it, the path that it points at, and a near miss that does not have it. */
type Row = readonly [code: string, fragment: string, path: string, nearMiss: string];

function verdictOf(kind: string, body: string): Verdict {
  const value = {
    apiVersion: 'networking.istio.io/v1',
    kind,
    metadata: { name: 'web' },
    ...(parse(body) as JsonObject),
  } as JsonObject;
  return validate({
    ref: { kind, namespace: 'default', name: 'web', source: 0, document: 0 },
    apiVersion: 'networking.istio.io/v1',
    value,
  });
}

function check(kind: string, wrap: (fragment: string) => string, rows: readonly Row[]): void {
  it.each(rows)('%s: %s', (code, fragment, path, nearMiss) => {
    const verdict = verdictOf(kind, wrap(fragment));
    const found = [...verdict.errors, ...verdict.warnings].filter((finding) => finding.code === code);
    expect(found.map((finding) => finding.path.join('.'))).toContain(path);
    const other = verdictOf(kind, wrap(nearMiss));
    expect([...other.errors, ...other.warnings].map((finding) => finding.code)).not.toContain(code);
  });
}

const http = '{number: 80, name: h, protocol: HTTP}';
const https = '{number: 443, name: s, protocol: HTTPS}';
const to = 'route: [{destination: {host: a}}]';

describe('metadata and types', () => {
  check('Gateway', (body) => body, [
    ['LINT002', '{metadata: {labels: {a: b}}}', 'metadata', '{metadata: {generateName: web-}}'],
    [
      'LINT018',
      '{metadata: {name: web, annotations: {istio.io/dry-run: "true"}}, spec: {servers: []}}',
      'metadata.annotations.istio.io/dry-run',
      '{metadata: {name: web, annotations: {istio.io/rev: a}}}',
    ],
    [
      'LINT019',
      '{metadata: {name: web, annotations: {internal.istio.io/parents: x}}}',
      'metadata.annotations.internal.istio.io/parents',
      '{metadata: {name: web, annotations: {istio.io/parents: x}}}',
    ],
    ['LINT020', '{metadata: {name: My_GW}}', 'metadata.name', '{metadata: {name: my-gw}}'],
    ...(
      [
        ['LINT020', 'labels', '{"a b": null}', 'labels.a b', '{a.b: null}'],
        ['LINT008', 'resourceVersion', '7', 'resourceVersion', '"7"'],
        ['LINT008', 'deletionGracePeriodSeconds', '1.5', 'deletionGracePeriodSeconds', 'null'],
        ['LINT012', 'generation', '-1', 'generation', '0'],
        ['LINT008', 'managedFields', '[a]', 'managedFields.0', '[{}]'],
        [
          'LINT020',
          'creationTimestamp',
          '"2026-02-30T00:00:00Z"',
          'creationTimestamp',
          '"2024-02-29T0:00:00,5+01:00"',
        ],
        ['LINT020', 'creationTimestamp', '"2026-01-01"', 'creationTimestamp', 'null'],
        ['LINT020', 'deletionTimestamp', '"soon"', 'deletionTimestamp', '"2026-01-01T00:00:00Z"'],
        ['LINT020', 'finalizers', '[a.io/b, "a b"]', 'finalizers.1', '[a.io/b, kubernetes]'],
        ['LINT020', 'finalizers', '[orphan, foregroundDeletion]', 'finalizers', '[foregroundDeletion]'],
        [
          'LINT010',
          'ownerReferences',
          '[{apiVersion: v1, kind: Pod, name: a}]',
          'ownerReferences.0',
          '[{apiVersion: v1, kind: Pod, name: a, uid: b}]',
        ],
        [
          'LINT020',
          'ownerReferences',
          '[{apiVersion: v1, kind: Event, name: a, uid: b}]',
          'ownerReferences.0.kind',
          '[{apiVersion: events.k8s.io/v1, kind: Event, name: a, uid: b}]',
        ],
      ] as const
    ).map(([code, field, value, path, nearMiss]): Row => {
      const metadata = (text: string): string => `{metadata: {name: web, ${field}: ${text}}}`;
      return [code, metadata(value), `metadata.${path}`, metadata(nearMiss)];
    }),
    [
      'LINT019',
      '{metadata: {name: web, annotations: {internal.istio.io/parents: null}}, spec: {servers: []}}',
      'metadata.annotations.internal.istio.io/parents',
      '{metadata: {name: web, annotations: {internal.istio.io: null}}}',
    ],
    [
      'LINT020',
      '{metadata: {name: web, namespace: Prod}}',
      'metadata.namespace',
      '{metadata: {name: web, namespace: prod}}',
    ],
    [
      'LINT020',
      '{metadata: {name: web, labels: {a: "b c"}}}',
      'metadata.labels.a',
      '{metadata: {name: web, labels: {a: "b_c"}}}',
    ],
    [
      'LINT020',
      '{metadata: {name: web, labels: {"a b": c}}}',
      'metadata.labels.a b',
      '{metadata: {name: web, labels: {x.io/a: c}}}',
    ],
    [
      'LINT008',
      '{metadata: {name: web, labels: {a: 1}}}',
      'metadata.labels.a',
      '{metadata: {name: web, labels: {a: "1"}}}',
    ],
    [
      'LINT008',
      '{spec: {servers: [{port: {number: "80"}}]}}',
      'spec.servers.0.port.number',
      '{spec: {servers: [{port: {number: 80}}]}}',
    ],
    [
      'LINT009',
      '{spec: {servers: [{tls: {mode: simple}}]}}',
      'spec.servers.0.tls.mode',
      '{spec: {servers: [{tls: {mode: SIMPLE}}]}}',
    ],
    [
      'LINT010',
      '{spec: {servers: [{hosts: [a.b]}]}}',
      'spec.servers.0',
      `{spec: {servers: [{hosts: [a.b], port: ${http}}]}}`,
    ],
    [
      'LINT011',
      '{spec: {servers: [{tls: {credentialNames: []}}]}}',
      'spec.servers.0.tls.credentialNames',
      '{spec: {servers: [{tls: {credentialNames: [a]}}]}}',
    ],
    [
      'LINT012',
      '{spec: {servers: [{port: {number: -1}}]}}',
      'spec.servers.0.port.number',
      '{spec: {servers: [{port: {number: 0}}]}}',
    ],
    [
      'LINT013',
      '{spec: {servers: [{tls: {credentialName: a, credentialNames: [b]}}]}}',
      'spec.servers.0.tls',
      '{spec: {servers: [{tls: {credentialName: a, credentialNames: null}}]}}',
    ],
    ['LINT017', '{spec: {servers: [null]}}', 'spec.servers.0', '{spec: {servers: null}}'],
  ]);
  it('LINT003: an unknown version', () => {
    const value = { apiVersion: 'networking.istio.io/v2', kind: 'Gateway', metadata: { name: 'web' } };
    const ref = { kind: 'Gateway', namespace: 'default', name: 'web', source: 0, document: 0 };
    expect(validate({ ref, apiVersion: value.apiVersion, value }).errors.map((error) => error.code)).toEqual([
      'LINT003',
    ]);
  });
});

describe('Gateway', () => {
  check('Gateway', (body) => body, [
    [
      'GW001',
      `{metadata: {name: my.gw}, spec: {servers: [{port: ${http}, hosts: [a.x.io]}]}}`,
      'metadata.name',
      `{metadata: {name: my-gw}}`,
    ],
    ['GW002', '{spec: {selector: {a: b}}}', 'spec', `{spec: {servers: [{port: ${http}, hosts: [a.x.io]}]}}`],
    [
      'GW004',
      `{spec: {servers: [{port: ${http}, hosts: [a.x.io]}, {port: ${http}, hosts: [b.x.io]}]}}`,
      'spec.servers.1.port.name',
      `{spec: {servers: [{port: ${http}, hosts: [a.x.io]}, {port: {number: 81, name: H, protocol: HTTP}, hosts: [b.x.io]}]}}`,
    ],
  ]);
  check('Gateway', (server) => `{spec: {servers: [${server}]}}`, [
    [
      'GW005',
      `{port: ${https}, hosts: [a.x.io], tls: {mode: SIMPLE, credentialName: c, httpsRedirect: true}}`,
      'spec.servers.0.tls.httpsRedirect',
      `{port: ${http}, hosts: [a.x.io], tls: {httpsRedirect: true}}`,
    ],
    ['GW006', `{port: ${http}, hosts: []}`, 'spec.servers.0.hosts', `{port: ${http}, hosts: ["*"]}`],
    [
      'GW007',
      `{port: ${http}, hosts: [/a.x.io]}`,
      'spec.servers.0.hosts.0',
      `{port: ${http}, hosts: [n/a.x.io]}`,
    ],
    [
      'GW008',
      `{port: ${http}, hosts: [my_ns/a.x.io]}`,
      'spec.servers.0.hosts.0',
      `{port: ${http}, hosts: [./a.x.io]}`,
    ],
    [
      'GW009',
      `{port: ${http}, hosts: [frontend]}`,
      'spec.servers.0.hosts.0',
      `{port: ${http}, hosts: [frontend.ns]}`,
    ],
    [
      'GW010',
      `{port: ${http}, hosts: ["a.x.io:443"]}`,
      'spec.servers.0.hosts.0',
      `{port: ${http}, hosts: [10.0.0.1]}`,
    ],
    [
      'GW011',
      `{port: ${http}, hosts: ["*foo.x.io"]}`,
      'spec.servers.0.hosts.0',
      `{port: ${http}, hosts: ["*.x.io"]}`,
    ],
    [
      'GW013',
      '{port: {number: 80, name: h, protocol: WEB}, hosts: [a.x.io]}',
      'spec.servers.0.port.protocol',
      '{port: {number: 80, name: h, protocol: grpc-web}, hosts: [a.x.io]}',
    ],
    [
      'GW014',
      '{port: {number: 70000, name: h, protocol: HTTP}, hosts: [a.x.io]}',
      'spec.servers.0.port.number',
      '{port: {number: 0, name: h, protocol: HTTP}, hosts: [a.x.io], bind: "unix:///s"}',
    ],
    [
      'GW015',
      '{port: {number: 80, targetPort: 8080, name: h, protocol: HTTP}, hosts: [a.x.io]}',
      'spec.servers.0.port.targetPort',
      '{port: {number: 80, targetPort: 0, name: h, protocol: HTTP}, hosts: [a.x.io]}',
    ],
    [
      'GW016',
      '{port: {number: 80, name: "", protocol: HTTP}, hosts: [a.x.io]}',
      'spec.servers.0.port.name',
      `{port: ${http}, hosts: [a.x.io]}`,
    ],
    [
      'GW017',
      `{port: ${http}, hosts: [a.x.io], bind: localhost}`,
      'spec.servers.0.bind',
      `{port: ${http}, hosts: [a.x.io], bind: "::1"}`,
    ],
    [
      'GW018',
      '{port: {number: 0, name: h, protocol: HTTP}, hosts: [a.x.io], bind: "unix://run/s"}',
      'spec.servers.0.bind',
      '{port: {number: 0, name: h, protocol: HTTP}, hosts: [a.x.io], bind: "unix://@s"}',
    ],
    [
      'GW019',
      `{port: ${http}, hosts: [a.x.io], bind: "unix:///run/s"}`,
      'spec.servers.0.port.number',
      `{port: ${http}, hosts: [a.x.io], bind: 127.0.0.1}`,
    ],
    [
      'GW020',
      `{port: ${https}, hosts: [a.x.io]}`,
      'spec.servers.0',
      `{port: ${https}, hosts: [a.x.io], tls: {}}`,
    ],
    [
      'GW021',
      `{port: ${http}, hosts: [a.x.io], tls: {mode: SIMPLE, credentialName: c}}`,
      'spec.servers.0.tls',
      `{port: ${http}, hosts: [a.x.io], tls: {credentialName: c}}`,
    ],
    [
      'GW022',
      '{port: {number: 5432, name: d, protocol: TCP}, hosts: ["*"], tls: {}}',
      'spec.servers.0.tls',
      '{port: {number: 5432, name: d, protocol: TCP}, hosts: ["*"]}',
    ],
  ]);
  check('Gateway', (tls) => `{spec: {servers: [{port: ${https}, hosts: [a.x.io], tls: ${tls}}]}}`, [
    [
      'GW023',
      '{mode: SIMPLE, credentialName: c, minProtocolVersion: TLSV1_1}',
      'spec.servers.0.tls.minProtocolVersion',
      '{mode: SIMPLE, credentialName: c, minProtocolVersion: TLSV1_1, cipherSuites: [ALL]}',
    ],
    [
      'GW024',
      '{mode: SIMPLE, credentialName: c, cipherSuites: [AES128-SHA, TLS_AES]}',
      'spec.servers.0.tls.cipherSuites.1',
      '{mode: SIMPLE, credentialName: c, cipherSuites: [-TLS_AES]}',
    ],
    [
      'GW025',
      '{mode: SIMPLE, credentialName: c, cipherSuites: [AES128-SHA, AES128-SHA]}',
      'spec.servers.0.tls.cipherSuites.1',
      '{mode: SIMPLE, credentialName: c, cipherSuites: [AES128-SHA, AES256-SHA]}',
    ],
    [
      'GW026',
      '{mode: ISTIO_MUTUAL, credentialName: c}',
      'spec.servers.0.tls.credentialName',
      '{mode: ISTIO_MUTUAL, caCrl: c}',
    ],
    ['GW027', '{mode: PASSTHROUGH, credentialName: c}', 'spec.servers.0.tls.mode', '{mode: PASSTHROUGH}'],
    [
      'GW028',
      '{mode: SIMPLE, credentialName: c, serverCertificate: /a, privateKey: /b}',
      'spec.servers.0.tls',
      '{mode: SIMPLE, credentialName: c, serverCertificate: /a}',
    ],
    [
      'GW029',
      '{mode: MUTUAL, serverCertificate: /a, privateKey: /b}',
      'spec.servers.0.tls',
      '{mode: MUTUAL, credentialName: c}',
    ],
    [
      'GW030',
      '{mode: SIMPLE, privateKey: /b}',
      'spec.servers.0.tls',
      '{mode: SIMPLE, serverCertificate: /a}',
    ],
    [
      'GW030',
      '{mode: SIMPLE, tlsCertificates: [{privateKey: /b}]}',
      'spec.servers.0.tls.tlsCertificates.0',
      '{mode: SIMPLE, tlsCertificates: [{serverCertificate: /a}]}',
    ],
    [
      'GW031',
      '{mode: SIMPLE, serverCertificate: /a}',
      'spec.servers.0.tls',
      '{mode: SIMPLE, privateKey: /a}',
    ],
    [
      'GW033',
      '{credentialName: c, caCrl: /crl}',
      'spec.servers.0.tls.caCrl',
      '{mode: SIMPLE, credentialName: c, caCrl: /crl}',
    ],
    [
      'GW034',
      '{mode: SIMPLE, serverCertificate: /a, privateKey: /b, caCrl: /crl}',
      'spec.servers.0.tls.caCrl',
      '{mode: MUTUAL, serverCertificate: /a, privateKey: /b, caCertificates: /c, caCrl: /crl}',
    ],
  ]);
});

describe('VirtualService', () => {
  const rule = `http: [{${to}}]`;
  check('VirtualService', (spec) => `{spec: ${spec}}`, [
    ['VS001', `{gateways: [gw], ${rule}}`, 'spec.gateways', `{hosts: [a.x.io], gateways: [gw], ${rule}}`],
    ['VS002', `{tls: [{match: [{sniHosts: [a.x.io]}], ${to}}]}`, 'spec.tls', `{tls: [], ${rule}}`],
    ['VS003', `{tcp: [{${to}}]}`, 'spec.tcp', `{hosts: [a], tcp: [{${to}}]}`],
    [
      'VS004',
      `{hosts: [a.x.io], gateways: [./gw], ${rule}}`,
      'spec.gateways.0',
      `{hosts: [a.x.io], gateways: [n/gw], ${rule}}`,
    ],
    [
      'VS005',
      `{hosts: [a.x.io], gateways: [gw.ns], ${rule}}`,
      'spec.gateways.0',
      `{hosts: [a.x.io], gateways: [mesh, gw.ns], ${rule}}`,
    ],
    [
      'VS006',
      `{hosts: [a.x.io], gateways: [my_gw], ${rule}}`,
      'spec.gateways.0',
      `{hosts: [a.x.io], gateways: [my-gw], ${rule}}`,
    ],
    [
      'VS007',
      `{hosts: [a], http: [{match: [{headers: {"@request.auth.claims.role": {exact: x}}}], ${to}}]}`,
      'spec.http.0.match.0.headers.@request.auth.claims.role',
      `{hosts: [a.b], gateways: [gw], http: [{match: [{headers: {"@request.auth.claims.role": {exact: x}}}], ${to}}]}`,
    ],
    ['VS008', `{hosts: ["https://a.x.io"], ${rule}}`, 'spec.hosts.0', `{hosts: ["::1"], ${rule}}`],
    [
      'VS008',
      `{hosts: [outbound_.x_._.a.b], gateways: [gw], tls: [{match: [{sniHosts: [outbound_.80_._.a.b]}], ${to}}]}`,
      'spec.hosts.0',
      `{hosts: [outbound_.80_._.a.b], gateways: [gw], tls: [{match: [{sniHosts: [outbound_.80_._.a.b]}], ${to}}]}`,
    ],
    [
      'VS009',
      `{hosts: ["*"], gateways: [mesh, gw], ${rule}}`,
      'spec.hosts.0',
      `{hosts: ["*"], gateways: [gw], ${rule}}`,
    ],
    [
      'VS010',
      `{hosts: ["*.x.io", a.x.io], gateways: [gw], ${rule}}`,
      'spec.hosts.1',
      `{hosts: ["*.x.io", x.io], gateways: [gw], ${rule}}`,
    ],
    ['VS011', '{hosts: [a.x.io]}', 'spec', `{hosts: [a.x.io], ${rule}}`],
    [
      'VS073',
      '{hosts: [a.x.io], tls: [{match: [], route: []}]}',
      'spec.tls.0',
      `{hosts: [a.x.io], tls: [{match: [{sniHosts: [a.x.io]}], ${to}}]}`,
    ],
    [
      'VS074',
      '{hosts: [a.x.io], tls: [{match: [{sniHosts: [a.x.io]}]}]}',
      'spec.tls.0',
      `{hosts: [a.x.io], tls: [{match: [{sniHosts: [a.x.io]}], ${to}}]}`,
    ],
    [
      'VS076',
      `{hosts: [a.x.io], tls: [{match: [{sniHosts: []}], ${to}}]}`,
      'spec.tls.0.match.0',
      `{hosts: [a.x.io], tls: [{match: [{sniHosts: [a.x.io]}], ${to}}]}`,
    ],
    [
      'VS077',
      `{hosts: [a.x.io], tls: [{match: [{sniHosts: [a_b.x.io]}], ${to}}]}`,
      'spec.tls.0.match.0.sniHosts.0',
      `{hosts: [a.x.io], tls: [{match: [{sniHosts: [a.x.io]}], ${to}}]}`,
    ],
    [
      'VS078',
      `{hosts: [a.x.io], tls: [{match: [{sniHosts: [b.x.io]}], ${to}}]}`,
      'spec.tls.0.match.0.sniHosts.0',
      `{hosts: ["*.x.io"], tls: [{match: [{sniHosts: [b.x.io]}], ${to}}]}`,
    ],
    [
      'VS079',
      `{hosts: [10.0.0.1], tls: [{match: [{sniHosts: [10.0.0.1]}], ${to}}]}`,
      'spec.tls.0.match.0.sniHosts.0',
      `{hosts: [a.b], tls: [{match: [{sniHosts: [a.b]}], ${to}}]}`,
    ],
    [
      'VS005',
      `{hosts: [a.b], tls: [{match: [{sniHosts: [a.b], gateways: [gw.ns]}], ${to}}]}`,
      'spec.tls.0.match.0.gateways.0',
      `{hosts: [a.b], tcp: [{match: [{gateways: [gw.ns]}], ${to}}]}`,
    ],
    [
      'VS080',
      `{hosts: [a], tcp: [{match: [{destinationSubnets: [10.0.0.0/33]}], ${to}}]}`,
      'spec.tcp.0.match.0.destinationSubnets.0',
      `{hosts: [a], tcp: [{match: [{destinationSubnets: [10.0.0.0/8, "::1"]}], ${to}}]}`,
    ],
    [
      'VS025',
      `{hosts: [a], tcp: [{match: [{port: 70000}], ${to}}]}`,
      'spec.tcp.0.match.0.port',
      `{hosts: [a], tcp: [{match: [{port: 0}], ${to}}]}`,
    ],
    ['VS081', '{hosts: [a], tcp: [{match: [{port: 5432}]}]}', 'spec.tcp.0', `{hosts: [a], tcp: [{${to}}]}`],
    [
      'VS082',
      `{hosts: [a], ${rule}, exportTo: [., default]}`,
      'spec.exportTo.1',
      `{hosts: [a], ${rule}, exportTo: [., other]}`,
    ],
    [
      'VS083',
      `{hosts: [a], ${rule}, exportTo: [ns/a]}`,
      'spec.exportTo.0',
      `{hosts: [a], ${rule}, exportTo: [ns]}`,
    ],
    [
      'VS084',
      `{hosts: [a], ${rule}, exportTo: ["*", ns1]}`,
      'spec.exportTo',
      `{hosts: [a], ${rule}, exportTo: ["*"]}`,
    ],
    [
      'VS085',
      `{hosts: [a], ${rule}, exportTo: ["~"]}`,
      'spec.exportTo.0',
      `{hosts: [a], ${rule}, exportTo: [.]}`,
    ],
  ]);
  check('VirtualService', (route) => `{spec: {hosts: [a.x.io], gateways: [gw], http: [${route}]}}`, [
    [
      'VS013',
      `{delegate: {name: d}, ${to}}`,
      'spec.http.0.route',
      '{delegate: {name: d}, directResponse: {status: 200}}',
    ],
    ['VS015', '{redirect: {uri: /n}, rewrite: {uri: /m}}', 'spec.http.0.rewrite', '{redirect: {uri: /n}}'],
    [
      'VS016',
      `{directResponse: {status: 200}, ${to}}`,
      'spec.http.0.route',
      '{directResponse: {status: 200}, timeout: 1s}',
    ],
    ['VS017', '{match: [{uri: {prefix: /a}}]}', 'spec.http.0', '{delegate: {name: d}}'],
    [
      'VS018',
      `{${to}, mirror: {host: b}, mirrors: [{destination: {host: c}}]}`,
      'spec.http.0.mirrors',
      `{${to}, mirror: {host: b}, mirrors: []}`,
    ],
    [
      'VS020',
      `{match: [{headers: {"x a": {exact: b}}}], ${to}}`,
      'spec.http.0.match.0.headers.x a',
      `{match: [{headers: {":path": {exact: b}}}], ${to}}`,
    ],
    [
      'VS021',
      `{match: [{authority: {prefix: ""}}], ${to}}`,
      'spec.http.0.match.0.authority.prefix',
      `{match: [{uri: {prefix: ""}}], ${to}}`,
    ],
    [
      'VS022',
      `{match: [{uri: {regex: ""}}], ${to}}`,
      'spec.http.0.match.0.uri.regex',
      `{match: [{uri: {exact: ""}}], ${to}}`,
    ],
    [
      'VS023',
      `{match: [{uri: {regex: ${'é'.repeat(513)}}}], ${to}}`,
      'spec.http.0.match.0.uri.regex',
      `{match: [{uri: {regex: ${'é'.repeat(512)}}}], ${to}}`,
    ],
    [
      'VS024',
      `{match: [{uri: {regex: "/(?!api).*"}}], ${to}}`,
      'spec.http.0.match.0.uri.regex',
      `{match: [{uri: {regex: "(?i)/api.*"}}], ${to}}`,
    ],
    [
      'VS024',
      `{match: [{headers: {a: {regex: "*"}}}], ${to}}`,
      'spec.http.0.match.0.headers.a.regex',
      `{match: [{withoutHeaders: {a: {regex: "*"}}}], ${to}}`,
    ],
    ['VS025', `{match: [{port: 70000}], ${to}}`, 'spec.http.0.match.0.port', `{match: [{port: 0}], ${to}}`],
    [
      'VS026',
      `{match: [{sourceLabels: {app: "a b"}}], ${to}}`,
      'spec.http.0.match.0.sourceLabels.app',
      `{match: [{sourceLabels: {app: ""}}], ${to}}`,
    ],
    [
      'VS004',
      `{match: [{gateways: [ns/]}], ${to}}`,
      'spec.http.0.match.0.gateways.0',
      `{match: [{gateways: [mesh]}], ${to}}`,
    ],
    [
      'VS028',
      `{match: [{sourceNamespace: a_b}], ${to}}`,
      'spec.http.0.match.0.sourceNamespace',
      `{match: [{sourceNamespace: a-b}], ${to}}`,
    ],
    [
      'VS029',
      `{headers: {request: {remove: [""]}}, ${to}}`,
      'spec.http.0.headers.request.remove.0',
      `{headers: {request: {remove: [a]}}, ${to}}`,
    ],
    [
      'VS030',
      `{headers: {response: {set: {Host: b}}}, ${to}}`,
      'spec.http.0.headers.response.set.Host',
      `{headers: {request: {set: {Host: b}}}, ${to}}`,
    ],
    [
      'VS031',
      `{headers: {request: {set: {":path": /b}}}, ${to}}`,
      'spec.http.0.headers.request.set.:path',
      `{headers: {request: {set: {":authority": b}}}, ${to}}`,
    ],
    [
      'VS032',
      `{headers: {request: {set: {a: "b\\n"}}}, ${to}}`,
      'spec.http.0.headers.request.set.a',
      `{headers: {request: {set: {a: "b\\t"}}}, ${to}}`,
    ],
    [
      'VS033',
      `{headers: {response: {set: {a: "100%"}}}, ${to}}`,
      'spec.http.0.headers.response.set.a',
      `{headers: {response: {set: {a: "100%%"}}}, ${to}}`,
    ],
    [
      'VS033',
      `{route: [{destination: {host: a}, headers: {request: {add: {a: "%REQ(a"}}}}]}`,
      'spec.http.0.route.0.headers.request.add.a',
      `{route: [{destination: {host: a}, headers: {request: {add: {a: "%REQ(a)%"}}}}]}`,
    ],
    [
      'VS034',
      `{rewrite: {authority: a}, headers: {request: {set: {host: b}}}, ${to}}`,
      'spec.http.0.headers.request.set.host',
      `{rewrite: {authority: a}, route: [{destination: {host: a}, headers: {request: {set: {host: b}}}}]}`,
    ],
    [
      'VS035',
      `{corsPolicy: {allowOrigins: [{}]}, ${to}}`,
      'spec.http.0.corsPolicy.allowOrigins.0',
      `{corsPolicy: {allowOrigins: [{prefix: a}]}, ${to}}`,
    ],
    [
      'VS036',
      `{corsPolicy: {allowMethods: [get]}, ${to}}`,
      'spec.http.0.corsPolicy.allowMethods.0',
      `{corsPolicy: {allowMethods: [GET, "*"]}, ${to}}`,
    ],
    [
      'VS037',
      `{corsPolicy: {allowHeaders: ["x a"]}, ${to}}`,
      'spec.http.0.corsPolicy.allowHeaders.0',
      `{corsPolicy: {allowHeaders: ["x,a", "*"]}, ${to}}`,
    ],
    [
      'VS038',
      `{corsPolicy: {maxAge: 1500ms}, ${to}}`,
      'spec.http.0.corsPolicy.maxAge',
      `{corsPolicy: {maxAge: 2000ms}, ${to}}`,
    ],
    ['VS039', `{fault: {}, ${to}}`, 'spec.http.0.fault', `{fault: {abort: {}}, ${to}}`],
    [
      'VS040',
      `{fault: {abort: {httpStatus: 500, percentage: {value: 0.00001}}}, ${to}}`,
      'spec.http.0.fault.abort.percentage.value',
      `{fault: {abort: {httpStatus: 500, percentage: {value: 0.0001}}}, ${to}}`,
    ],
    [
      'VS041',
      `{fault: {abort: {http2Error: x}}, ${to}}`,
      'spec.http.0.fault.abort.http2Error',
      `{fault: {abort: {httpStatus: 500}}, ${to}}`,
    ],
    [
      'VS042',
      `{fault: {abort: {httpStatus: 199}}, ${to}}`,
      'spec.http.0.fault.abort.httpStatus',
      `{fault: {abort: {httpStatus: 600}}, ${to}}`,
    ],
    [
      'VS043',
      `{fault: {abort: {grpcStatus: "14"}}, ${to}}`,
      'spec.http.0.fault.abort.grpcStatus',
      `{fault: {abort: {grpcStatus: UNAVAILABLE}}, ${to}}`,
    ],
    [
      'VS044',
      `{fault: {delay: {fixedDelay: 1.5ms}}, ${to}}`,
      'spec.http.0.fault.delay.fixedDelay',
      `{fault: {delay: {fixedDelay: 1.5s}}, ${to}}`,
    ],
    [
      'VS045',
      `{fault: {delay: {exponentialDelay: 1s}}, ${to}}`,
      'spec.http.0.fault.delay.exponentialDelay',
      `{fault: {delay: {fixedDelay: 1s}}, ${to}}`,
    ],
    [
      'VS047',
      `{${to}, mirror: {host: b}, mirrorPercentage: {value: 120}}`,
      'spec.http.0.mirrorPercentage.value',
      `{${to}, mirror: {host: b}, mirrorPercentage: {value: 100}}`,
    ],
    [
      'VS047',
      `{mirror: {host: b}, mirror_percent: 101, ${to}}`,
      'spec.http.0.mirror_percent',
      `{mirror: {host: b}, mirrorPercent: null, mirror_percent: 101, ${to}}`,
    ],
    [
      'VS048',
      `{${to}, mirror: {host: b}, mirror_percent: 10}`,
      'spec.http.0.mirror_percent',
      `{${to}, mirror: {host: b}, mirrorPercent: null}`,
    ],
    [
      'VS050',
      '{redirect: {uri: /a, prefixRewrite: /b}}',
      'spec.http.0.redirect',
      '{redirect: {prefixRewrite: /b}}',
    ],
    [
      'VS051',
      '{match: [{uri: {exact: /a}}], redirect: {prefixRewrite: /b}}',
      'spec.http.0.redirect.prefixRewrite',
      '{match: [{uri: {prefix: /a}}, {}], redirect: {prefixRewrite: /b}}',
    ],
    ['VS052', '{redirect: {redirectCode: 302}}', 'spec.http.0.redirect', '{redirect: {port: 0}}'],
    [
      'VS053',
      '{redirect: {uri: /a, redirectCode: 200}}',
      'spec.http.0.redirect.redirectCode',
      '{redirect: {uri: /a, redirectCode: 399}}',
    ],
    ['VS054', '{redirect: {scheme: HTTPS}}', 'spec.http.0.redirect.scheme', '{redirect: {scheme: https}}'],
    ['VS055', '{redirect: {port: 70000}}', 'spec.http.0.redirect.port', '{redirect: {port: 65535}}'],
    [
      'VS056',
      '{directResponse: {status: 100}}',
      'spec.http.0.directResponse.status',
      '{directResponse: {status: 600}}',
    ],
    [
      'VS057',
      `{directResponse: {status: 200, body: {string: ${'x'.repeat(1_048_577)}}}}`,
      'spec.http.0.directResponse.body',
      `{directResponse: {status: 200, body: {string: ${'x'.repeat(1_048_576)}}}}`,
    ],
    [
      'VS058',
      `{directResponse: {status: 200, body: {string: ${'x'.repeat(102_401)}}}}`,
      'spec.http.0.directResponse.body',
      `{directResponse: {status: 200, body: {string: ${'x'.repeat(102_400)}}}}`,
    ],
    [
      'VS059',
      `{retries: {attempts: -1}, ${to}}`,
      'spec.http.0.retries.attempts',
      `{retries: {attempts: 0}, ${to}}`,
    ],
    ['VS060', `{retries: {retryOn: 5xx}, ${to}}`, 'spec.http.0.retries', `{retries: {backoff: 1s}, ${to}}`],
    [
      'VS061',
      `{retries: {attempts: 1, perTryTimeout: 1.5ms}, ${to}}`,
      'spec.http.0.retries.perTryTimeout',
      `{retries: {attempts: 1, perTryTimeout: 2ms}, ${to}}`,
    ],
    [
      'VS062',
      `{retries: {attempts: 1, retryOn: "5xx, reset"}, ${to}}`,
      'spec.http.0.retries.retryOn',
      `{retries: {attempts: 1, retryOn: "5xx,reset,503"}, ${to}}`,
    ],
    [
      'VS063',
      `{rewrite: {uri: /a, uriRegexRewrite: {match: /b, rewrite: /c}}, ${to}}`,
      'spec.http.0.rewrite',
      `{rewrite: {uriRegexRewrite: {match: /b, rewrite: /c}}, ${to}}`,
    ],
    [
      'VS064',
      `{rewrite: {uri: ""}, ${to}}`,
      'spec.http.0.rewrite',
      `{rewrite: {uri: "", authority: a}, ${to}}`,
    ],
    [
      'VS065',
      `{rewrite: {uriRegexRewrite: {match: /a}}, ${to}}`,
      'spec.http.0.rewrite.uriRegexRewrite',
      `{rewrite: {uriRegexRewrite: {match: /a, rewrite: b}}, ${to}}`,
    ],
    [
      'VS066',
      `{route: [{destination: {host: a}, weight: -1}]}`,
      'spec.http.0.route.0.weight',
      `{route: [{destination: {host: a}, weight: 0}]}`,
    ],
    [
      'VS068',
      '{route: [{destination: {host: a}}, {destination: {host: b}}]}',
      'spec.http.0.route',
      '{route: [{destination: {host: a}}, {destination: {host: b}, weight: 1}]}',
    ],
    [
      'VS069',
      '{route: [{destination: {host: "a:80"}}]}',
      'spec.http.0.route.0.destination.host',
      '{route: [{destination: {host: "*.a"}}]}',
    ],
    [
      'VS070',
      '{route: [{destination: {host: a, subset: v_1}}]}',
      'spec.http.0.route.0.destination.subset',
      '{route: [{destination: {host: a, subset: ""}}]}',
    ],
    [
      'VS071',
      '{route: [{destination: {host: a, port: {}}}]}',
      'spec.http.0.route.0.destination.port',
      '{route: [{destination: {host: a, port: {number: 80}}}]}',
    ],
    ['VS072', `{timeout: 1.5ms, ${to}}`, 'spec.http.0.timeout', `{timeout: 15ms, ${to}}`],
    ['LINT015', `{timeout: 0s, ${to}}`, 'spec.http.0.timeout', `{timeout: 1ms, ${to}}`],
    [
      'LINT016',
      '{directResponse: {status: 200, body: {bytes: "%%"}}}',
      'spec.http.0.directResponse.body.bytes',
      '{directResponse: {status: 200, body: {bytes: "YQ=="}}}',
    ],
    [
      'LINT016',
      '{directResponse: {status: 200, body: {bytes: [a]}}}',
      'spec.http.0.directResponse.body.bytes',
      '{directResponse: {status: 200, body: {bytes: [104, 105, null]}}}',
    ],
  ]);
  check('VirtualService', (routes) => `{spec: {hosts: [a], http: ${routes}}}`, [
    ['VS086', `[{${to}}, {${to}}]`, 'spec.http.1', `[{match: [{port: 1}], ${to}}, {${to}}]`],
    [
      'VS087',
      `[{${to}}, {match: [{uri: {prefix: /a}}], ${to}}]`,
      'spec.http.1.match.0',
      `[{match: [{uri: {prefix: /a}}], ${to}}, {${to}}]`,
    ],
    [
      'VS088',
      `[{match: [{uri: {exact: /a}}], ${to}}, {match: [{name: n, uri: {exact: /a}, ignoreUriCase: false}], ${to}}]`,
      'spec.http.1',
      `[{match: [{uri: {exact: /a}}], ${to}}, {match: [{uri: {exact: /a}}, {uri: {exact: /b}}], ${to}}]`,
    ],
    [
      'VS089',
      `[{match: [{uri: {exact: /a}}, {uri: {exact: /a}}], ${to}}]`,
      'spec.http.0.match.1',
      `[{match: [{uri: {exact: /a}}, {uri: {exact: /A}}], ${to}}]`,
    ],
    [
      'VS090',
      `[{match: [{uri: {prefix: /api}}], ${to}}, {match: [{uri: {prefix: /api/v1}}], ${to}}]`,
      'spec.http.1.match.0',
      `[{match: [{uri: {prefix: /api}}], ${to}}, {match: [{uri: {prefix: /api/v1}, port: 80}], ${to}}]`,
    ],
  ]);
  it('VS014: a delegate does not delegate', () => {
    const codes = verdictOf('VirtualService', `{spec: {http: [{delegate: {name: d}, ${to}}]}}`).errors.map(
      (error) => error.code,
    );
    expect(codes).toEqual(['VS014']);
  });
});

describe('DestinationRule', () => {
  check('DestinationRule', (spec) => `{spec: ${spec}}`, [
    ['DR001', '{host: "a:80"}', 'spec.host', '{host: "*.a"}'],
    [
      'DR002',
      '{host: a, trafficPolicy: {portLevelSettings: []}}',
      'spec.trafficPolicy',
      '{host: a, trafficPolicy: {tls: {}}}',
    ],
    [
      'DR037',
      '{host: a, subsets: [{name: v1}, {name: v1}]}',
      'spec.subsets.1.name',
      '{host: a, subsets: [{name: v1}, {name: V1}]}',
    ],
    [
      'DR038',
      '{host: a, subsets: [{name: v_1}]}',
      'spec.subsets.0.name',
      '{host: a, subsets: [{name: v-1}]}',
    ],
    [
      'DR039',
      '{host: a, subsets: [{name: v1, labels: {version: "v 1"}}]}',
      'spec.subsets.0.labels.version',
      '{host: a, subsets: [{name: v1, labels: {version: ""}}]}',
    ],
    [
      'DR041',
      '{host: a, workloadSelector: {matchLabels: {app: b}}, exportTo: ["*"]}',
      'spec.exportTo',
      '{host: a, workloadSelector: {matchLabels: {app: b}}, exportTo: [.]}',
    ],
    [
      'DR042',
      '{host: a, workloadSelector: {matchLabels: {app: "*"}}}',
      'spec.workloadSelector.matchLabels.app',
      '{host: a, workloadSelector: {matchLabels: {app: ""}}}',
    ],
    [
      'DR043',
      '{host: a, workloadSelector: {}}',
      'spec.workloadSelector',
      '{host: a, workloadSelector: {matchLabels: {app: b}}}',
    ],
  ]);
  const balancer = (rest: string): string => `{loadBalancer: {${rest}}}`;
  check('DestinationRule', (policy) => `{spec: {host: a, trafficPolicy: ${policy}}}`, [
    [
      'DR003',
      '{tunnel: {targetHost: b.x.io, targetPort: 80}, proxyProtocol: {version: V1}}',
      'spec.trafficPolicy',
      '{tunnel: {targetHost: b.x.io, targetPort: 80}}',
    ],
    [
      'DR004',
      '{outlierDetection: {interval: 1.5ms}}',
      'spec.trafficPolicy.outlierDetection.interval',
      '{outlierDetection: {interval: 1.5s}}',
    ],
    [
      'DR005',
      '{outlierDetection: {consecutiveErrors: 5}}',
      'spec.trafficPolicy.outlierDetection.consecutiveErrors',
      '{outlierDetection: {consecutiveErrors: 0}}',
    ],
    [
      'DR006',
      '{outlierDetection: {consecutiveLocalOriginFailures: 3}}',
      'spec.trafficPolicy.outlierDetection.consecutiveLocalOriginFailures',
      '{outlierDetection: {consecutiveLocalOriginFailures: 3, splitExternalLocalOriginErrors: true}}',
    ],
    [
      'DR007',
      '{outlierDetection: {maxEjectionPercent: 101}}',
      'spec.trafficPolicy.outlierDetection.maxEjectionPercent',
      '{outlierDetection: {maxEjectionPercent: 100}}',
    ],
    ['DR008', '{connectionPool: {}}', 'spec.trafficPolicy.connectionPool', '{connectionPool: {tcp: {}}}'],
    [
      'DR009',
      '{connectionPool: {tcp: {maxConnections: -1}}}',
      'spec.trafficPolicy.connectionPool.tcp.maxConnections',
      '{connectionPool: {tcp: {maxConnections: 0}}}',
    ],
    [
      'DR010',
      '{connectionPool: {tcp: {idleTimeout: 1.5ms}}}',
      'spec.trafficPolicy.connectionPool.tcp.idleTimeout',
      '{connectionPool: {tcp: {idleTimeout: 500us}}}',
    ],
    [
      'DR011',
      '{connectionPool: {http: {h2UpgradePolicy: UPGRADE, useClientProtocol: true}}}',
      'spec.trafficPolicy.connectionPool.http.useClientProtocol',
      '{connectionPool: {http: {h2UpgradePolicy: DEFAULT, useClientProtocol: true}}}',
    ],
    [
      'DR012',
      '{connectionPool: {http: {http2KeepAlive: {interval: 1s}}}}',
      'spec.trafficPolicy.connectionPool.http.http2KeepAlive',
      '{connectionPool: {http: {http2KeepAlive: {interval: 1s, timeout: 1s}}}}',
    ],
    [
      'DR013',
      balancer('consistentHash: {httpCookie: {name: ""}}'),
      'spec.trafficPolicy.loadBalancer.consistentHash.httpCookie.name',
      balancer('consistentHash: {httpCookie: {name: a, ttl: -1s}}'),
    ],
    [
      'LINT015',
      balancer('consistentHash: {httpCookie: {name: a, ttl: soon}}'),
      'spec.trafficPolicy.loadBalancer.consistentHash.httpCookie.ttl',
      balancer('consistentHash: {httpCookie: {name: a, ttl: 0s}}'),
    ],
    [
      'DR014',
      balancer('consistentHash: {httpCookie: {name: c, attributes: [{name: S}, {name: S}]}}'),
      'spec.trafficPolicy.loadBalancer.consistentHash.httpCookie.attributes.1.name',
      balancer('consistentHash: {httpCookie: {name: c, attributes: [{name: S}, {name: s}]}}'),
    ],
    [
      'DR015',
      balancer('consistentHash: {useSourceIp: true, minimumRingSize: 1024}'),
      'spec.trafficPolicy.loadBalancer.consistentHash.minimumRingSize',
      balancer('consistentHash: {useSourceIp: true, minimumRingSize: 0}'),
    ],
    [
      'DR016',
      balancer('consistentHash: {useSourceIp: true, minimumRingSize: 1024, ringHash: {}}'),
      'spec.trafficPolicy.loadBalancer.consistentHash',
      balancer('consistentHash: {useSourceIp: true, ringHash: {minimumRingSize: 1}}'),
    ],
    [
      'DR017',
      balancer('consistentHash: {useSourceIp: true, maglev: {tableSize: 65536}}'),
      'spec.trafficPolicy.loadBalancer.consistentHash.maglev.tableSize',
      balancer('consistentHash: {useSourceIp: true, maglev: {tableSize: 65537}}'),
    ],
    [
      'DR018',
      balancer('localityLbSetting: {enabled: true}, zoneAwareLbSetting: {}'),
      'spec.trafficPolicy.loadBalancer',
      balancer('localityLbSetting: {enabled: true}'),
    ],
    [
      'DR019',
      balancer('localityLbSetting: {distribute: [{from: a, to: {a: 100}}], failover: [{from: a, to: b}]}'),
      'spec.trafficPolicy.loadBalancer.localityLbSetting',
      balancer('localityLbSetting: {distribute: [{from: a, to: {a: 100}}]}'),
    ],
    [
      'DR020',
      balancer(
        'localityLbSetting: {failover: [{from: a, to: b}], failoverPriority: [topology.kubernetes.io/region]}',
      ),
      'spec.trafficPolicy.loadBalancer.localityLbSetting.failoverPriority.0',
      balancer('localityLbSetting: {failoverPriority: [topology.kubernetes.io/region]}'),
    ],
    [
      'DR021',
      balancer('localityLbSetting: {distribute: [{from: a/*, to: {a: 0, b: 100}}]}'),
      'spec.trafficPolicy.loadBalancer.localityLbSetting.distribute.0.to.a',
      balancer('localityLbSetting: {distribute: [{from: a/*, to: {a: 1, b: 99}}]}'),
    ],
    [
      'DR022',
      balancer('localityLbSetting: {distribute: [{from: a/*, to: {a: 80}}]}'),
      'spec.trafficPolicy.loadBalancer.localityLbSetting.distribute.0.to',
      balancer('localityLbSetting: {distribute: [{from: a/*, to: {a: 100}}]}'),
    ],
    [
      'DR023',
      balancer('localityLbSetting: {distribute: [{from: a//c, to: {b: 100}}]}'),
      'spec.trafficPolicy.loadBalancer.localityLbSetting.distribute.0.from',
      balancer('localityLbSetting: {distribute: [{from: a/b, to: {b: 100}}, {from: a/*, to: {b: 100}}]}'),
    ],
    [
      'DR024',
      balancer('localityLbSetting: {failover: [{from: a, to: b}]}'),
      'spec.trafficPolicy.loadBalancer.localityLbSetting',
      '{outlierDetection: {}, loadBalancer: {localityLbSetting: {failover: [{from: a, to: b}]}}}',
    ],
    [
      'DR025',
      balancer('localityLbSetting: {failover: [{from: a, to: a}]}'),
      'spec.trafficPolicy.loadBalancer.localityLbSetting.failover.0',
      balancer('localityLbSetting: {failover: [{from: a, to: b}]}'),
    ],
    [
      'DR026',
      balancer('zoneAwareLbSetting: {failoverPriority: [topology.kubernetes.io/zone]}'),
      'spec.trafficPolicy.loadBalancer.zoneAwareLbSetting.failoverPriority.0',
      balancer('zoneAwareLbSetting: {failoverPriority: [x.io/zone]}'),
    ],
    [
      'DR027',
      balancer('warmup: {duration: 10s, aggression: 0}'),
      'spec.trafficPolicy.loadBalancer.warmup.aggression',
      balancer('warmup: {duration: 10s, aggression: 0.1}'),
    ],
    [
      'DR028',
      '{tls: {mode: SIMPLE, credentialName: "configmap://other/ca"}}',
      'spec.trafficPolicy.tls.credentialName',
      '{tls: {mode: SIMPLE, credentialName: "configmap://default/ca"}}',
    ],
    [
      'DR029',
      '{tls: {mode: SIMPLE, insecureSkipVerify: true, credentialName: c}}',
      'spec.trafficPolicy.tls.insecureSkipVerify',
      '{tls: {mode: MUTUAL, insecureSkipVerify: true, credentialName: c}}',
    ],
    [
      'DR030',
      '{tls: {mode: SIMPLE, credentialName: c, caCertificates: /ca}}',
      'spec.trafficPolicy.tls.credentialName',
      '{tls: {credentialName: c, caCertificates: /ca}}',
    ],
    [
      'DR031',
      '{tls: {mode: MUTUAL, clientCertificate: /c}}',
      'spec.trafficPolicy.tls',
      '{tls: {mode: MUTUAL, clientCertificate: /c, privateKey: /k}}',
    ],
    [
      'DR032',
      '{portLevelSettings: [{tls: {mode: DISABLE}}]}',
      'spec.trafficPolicy.portLevelSettings.0',
      '{portLevelSettings: [{port: {}, tls: {mode: DISABLE}}]}',
    ],
    [
      'DR033',
      '{portLevelSettings: [{port: {number: 80}}]}',
      'spec.trafficPolicy.portLevelSettings.0',
      '{portLevelSettings: [{port: {number: 80}, tls: {}}]}',
    ],
    [
      'DR034',
      '{tunnel: {protocol: connect, targetHost: b.x.io, targetPort: 80}}',
      'spec.trafficPolicy.tunnel.protocol',
      '{tunnel: {protocol: CONNECT, targetHost: b.x.io, targetPort: 80}}',
    ],
    [
      'LINT009',
      '{proxyProtocol: {version: V3}}',
      'spec.trafficPolicy.proxyProtocol.version',
      '{proxyProtocol: {version: V2}}',
    ],
  ]);
  it('loses warnings of subsets and ports, as Istio does', () => {
    const policy = '{outlierDetection: {consecutiveErrors: 5}}';
    const body = `{spec: {host: a, subsets: [{name: v1, trafficPolicy: ${policy}}], trafficPolicy: {portLevelSettings: [{port: {number: 80}, outlierDetection: {consecutiveErrors: 5}}]}}}`;
    expect(verdictOf('DestinationRule', body)).toMatchObject({ accepted: true, warnings: [] });
  });
});

describe('ServiceEntry', () => {
  const ports = 'ports: [{number: 80, name: h, protocol: HTTP}]';
  check('ServiceEntry', (spec) => `{spec: ${spec}}`, [
    [
      'SE001',
      '{hosts: [a.x.io], resolution: STATIC, workloadSelector: {labels: {"": b}}}',
      'spec.workloadSelector.labels.',
      '{hosts: [a.x.io], resolution: STATIC, workloadSelector: {labels: {a: ""}}}',
    ],
    [
      'SE002',
      '{hosts: [a.x.io], resolution: STATIC, workloadSelector: {}}',
      'spec.workloadSelector',
      '{hosts: [a.x.io], resolution: STATIC, workloadSelector: {labels: {a: b}}}',
    ],
    [
      'SE003',
      '{hosts: [a.x.io], resolution: STATIC, workloadSelector: {}, endpoints: []}',
      'spec.endpoints',
      '{hosts: [a.x.io], resolution: STATIC, endpoints: []}',
    ],
    ['LINT011', '{hosts: []}', 'spec.hosts', '{hosts: [a.b]}'],
    ['SE005', '{hosts: ["*"]}', 'spec.hosts.0', '{hosts: ["*.a"]}'],
    ['SE006', '{hosts: ["https://a.x.io"]}', 'spec.hosts.0', '{hosts: [a.x.io.]}'],
    ['SE007', '{hosts: ["*a.x.io"]}', 'spec.hosts.0', '{hosts: ["*a.x.io"], resolution: DYNAMIC_DNS}'],
    [
      'SE008',
      '{hosts: [a.x.io], addresses: [b.x.io]}',
      'spec.addresses.0',
      '{hosts: [a.x.io], addresses: [10.0.0.0/8]}',
    ],
    [
      'SE009',
      '{hosts: [a.x.io], addresses: [10.0.0.0/8], resolution: DNS}',
      'spec.addresses.0',
      '{hosts: [a.x.io], addresses: [10.0.0.1], resolution: DNS}',
    ],
    [
      'SE010',
      '{hosts: [a.x.io], ports: [{number: 80, name: h}, {number: 80, name: i}]}',
      'spec.ports.1.number',
      '{hosts: [a.x.io], ports: [{number: 80, name: h}, {number: 81, name: i}]}',
    ],
    [
      'SE010',
      '{hosts: [a.x.io], ports: [{number: 80, name: h}, {number: 81, name: h}]}',
      'spec.ports.1.name',
      '{hosts: [a.x.io], ports: [{number: 80, name: h}, {number: 81, name: H}]}',
    ],
    [
      'SE011',
      '{hosts: [a.x.io], ports: [{number: 80, name: h_1, protocol: HTTP}]}',
      'spec.ports.0.name',
      `{hosts: [a.x.io], ${ports}}`,
    ],
    [
      'SE011',
      '{hosts: [a.x.io], ports: [{number: 80, name: h, protocol: HTTP, targetPort: 0}]}',
      'spec.ports.0.targetPort',
      `{hosts: [a.x.io], ${ports}}`,
    ],
    [
      'SE012',
      '{hosts: [a.x.io], ports: [{number: 5432, name: d, protocol: TCP}]}',
      'spec.ports.0',
      '{hosts: [a.x.io], ports: [{number: 5432, name: d, protocol: tcp}]}',
    ],
    ['SE013', '{hosts: [a.x.io], endpoints: []}', 'spec.endpoints', '{hosts: [a.x.io]}'],
    [
      'SE014',
      '{hosts: [a.x.io], workloadSelector: {labels: {app: b}}}',
      'spec.workloadSelector',
      '{hosts: [a.x.io], resolution: STATIC, workloadSelector: {labels: {app: b}}}',
    ],
    [
      'SE016',
      '{hosts: [a.x.io], resolution: STATIC, endpoints: [{labels: {a: b}}]}',
      'spec.endpoints.0',
      '{hosts: [a.x.io], resolution: STATIC, endpoints: [{network: n}]}',
    ],
    [
      'SE017',
      '{hosts: [a.x.io], resolution: STATIC, endpoints: [{network: n1}]}',
      'spec.endpoints.0',
      '{hosts: [a.x.io], resolution: STATIC, endpoints: [{address: 10.0.0.1, network: n1}]}',
    ],
    [
      'SE018',
      `{hosts: [a.x.io], resolution: STATIC, ${ports}, endpoints: [{address: "unix://run/s"}]}`,
      'spec.endpoints.0.address',
      `{hosts: [a.x.io], resolution: STATIC, ${ports}, endpoints: [{address: "unix:///run/s"}]}`,
    ],
    [
      'SE019',
      '{hosts: [a.x.io], resolution: STATIC, endpoints: [{address: b.x.io}]}',
      'spec.endpoints.0.address',
      '{hosts: [a.x.io], resolution: STATIC, endpoints: [{address: "::1"}]}',
    ],
    [
      'SE020',
      `{hosts: [a.x.io], resolution: STATIC, ${ports}, endpoints: [{address: 10.0.0.1, ports: {x: 8080}}]}`,
      'spec.endpoints.0.ports.x',
      `{hosts: [a.x.io], resolution: STATIC, ${ports}, endpoints: [{address: 10.0.0.1, ports: {h: 8080}}]}`,
    ],
    [
      'SE021',
      '{hosts: [a.x.io], resolution: STATIC, endpoints: [{address: 10.0.0.1, labels: {a: "b c"}}]}',
      'spec.endpoints.0.labels.a',
      '{hosts: [a.x.io], resolution: STATIC, endpoints: [{address: 10.0.0.1, labels: {a: b}}]}',
    ],
    [
      'SE022',
      '{hosts: ["*.x.io"], resolution: DNS}',
      'spec.hosts.0',
      '{hosts: ["*.x.io"], resolution: DNS, endpoints: [{address: a.b}]}',
    ],
    [
      'SE023',
      '{hosts: [a.x.io], resolution: DNS_ROUND_ROBIN, endpoints: [{address: b.x.io}, {address: c.x.io}]}',
      'spec.endpoints',
      '{hosts: [a.x.io], resolution: DNS, endpoints: [{address: b.x.io}, {address: c.x.io}]}',
    ],
    [
      'SE024',
      '{hosts: [a.x.io], resolution: DNS, endpoints: [{address: "b.x.io:80"}]}',
      'spec.endpoints.0.address',
      '{hosts: [a.x.io], resolution: DNS, endpoints: [{address: 10.0.0.1}]}',
    ],
    [
      'SE025',
      '{hosts: [a.x.io, b.x.io], addresses: [240.1.1.1], resolution: DNS, ports: [{number: 443, name: s, protocol: TLS}]}',
      'spec.hosts',
      `{hosts: [a.x.io, b.x.io], addresses: [240.1.1.1], resolution: DNS, ${ports}}`,
    ],
    [
      'SE026',
      '{hosts: [a.x.io], resolution: DYNAMIC_DNS}',
      'spec.hosts.0',
      '{hosts: ["*.x.io"], resolution: DYNAMIC_DNS}',
    ],
    [
      'SE027',
      '{hosts: ["*.x.io"], resolution: DYNAMIC_DNS, addresses: [240.1.1.1]}',
      'spec.addresses',
      '{hosts: ["*.x.io"], resolution: DYNAMIC_DNS, addresses: []}',
    ],
    [
      'SE028',
      '{hosts: ["*.x.io"], resolution: DYNAMIC_DNS, ports: [{number: 443, name: s, protocol: HTTPS}]}',
      'spec.ports.0.protocol',
      '{hosts: ["*.x.io"], resolution: DYNAMIC_DNS, ports: [{number: 443, name: s, protocol: tls}]}',
    ],
    [
      'SE031',
      '{hosts: [a.x.io, b.x.io], resolution: DNS, ports: [{number: 5432, name: d, protocol: TCP}]}',
      'spec.ports.0.protocol',
      '{hosts: [a.x.io, b.x.io], ports: [{number: 5432, name: d, protocol: TCP}]}',
    ],
    [
      'VS085',
      `{hosts: [a.x.io], ${ports}, exportTo: ["~", n]}`,
      'spec.exportTo',
      `{hosts: [a.x.io], ${ports}, exportTo: ["~"]}`,
    ],
  ]);
  check(
    'ServiceEntry',
    (labels) =>
      `{metadata: {name: web, labels: ${labels}}, spec: {hosts: ["*.x.io"], resolution: DYNAMIC_DNS, location: MESH_INTERNAL, ${ports}}}`,
    [['SE029', '{istio.io/use-waypoint: wp}', 'spec.location', '{istio.io/use-waypoint: None}']],
  );
});

describe('Sidecar', () => {
  const egress = 'egress: [{hosts: [./a.b]}]';
  check('Sidecar', (spec) => `{spec: ${spec}}`, [
    [
      'SC001',
      `{workloadSelector: {labels: {"": b}}, ${egress}}`,
      'spec.workloadSelector.labels.',
      `{workloadSelector: {labels: {a: b}}, ${egress}}`,
    ],
    [
      'SC002',
      `{workloadSelector: {}, ${egress}}`,
      'spec.workloadSelector',
      `{workloadSelector: {labels: {a: b}}, ${egress}}`,
    ],
    ['SC003', '{egress: []}', 'spec', '{outboundTrafficPolicy: {}}'],
    [
      'SC005',
      '{egress: [{port: {number: 80, targetPort: 1}, hosts: [./a.b]}]}',
      'spec.egress.0.port.targetPort',
      '{egress: [{port: {number: 80}, hosts: [./a.b]}]}',
    ],
    [
      'SC006',
      '{egress: [{port: {number: 80, protocol: WEB}, hosts: [./a.b]}]}',
      'spec.egress.0.port.protocol',
      '{egress: [{port: {number: 80, protocol: HTTP}, hosts: [./a.b]}]}',
    ],
    [
      'SC007',
      '{egress: [{port: {number: 80}, bind: localhost, hosts: [./a.b]}]}',
      'spec.egress.0.bind',
      '{egress: [{port: {}, bind: "unix:///s", hosts: [./a.b]}]}',
    ],
    [
      'SC008',
      '{egress: [{port: {number: 80}, hosts: [./a.b]}, {port: {number: 80}, bind: 127.0.0.2, hosts: [./a.b]}]}',
      'spec.egress.1.port.number',
      '{egress: [{port: {number: 80}, hosts: [./a.b]}, {port: {number: 81}, hosts: [./a.b]}]}',
    ],
    [
      'SC009',
      '{ingress: [{port: {number: 80}, defaultEndpoint: "10.0.0.1:80"}]}',
      'spec.ingress.0.defaultEndpoint',
      '{ingress: [{port: {number: 80}, defaultEndpoint: "[::1]:80"}]}',
    ],
    [
      'SC010',
      '{ingress: [{port: {number: 80, protocol: HTTPS}, tls: {httpsRedirect: true}}]}',
      'spec.ingress.0.tls.httpsRedirect',
      '{ingress: [{port: {number: 80, protocol: HTTPS}, tls: {}}]}',
    ],
    [
      'SC011',
      '{egress: [{hosts: [./a.b]}, {port: {number: 80}, hosts: [./a.b]}]}',
      'spec.egress.0',
      '{egress: [{port: {number: 80}, hosts: [./a.b]}, {hosts: [./a.b]}]}',
    ],
    ['SC012', '{egress: [{hosts: []}]}', 'spec.egress.0.hosts', `{${egress}}`],
    ['SC013', '{egress: [{hosts: [a.b]}]}', 'spec.egress.0.hosts.0', '{egress: [{hosts: ["~/*"]}]}'],
    [
      'SC014',
      '{egress: [{hosts: [./a.b, default/a.b]}]}',
      'spec.egress.0.hosts.1',
      '{egress: [{hosts: [./a.b, other/a.b]}]}',
    ],
    ['SC015', '{egress: [{hosts: ["*/*", n/a.b]}]}', 'spec.egress.0.hosts', '{egress: [{hosts: ["*/*"]}]}'],
    [
      'SC016',
      '{outboundTrafficPolicy: {egressProxy: {host: a.b, port: {number: 80}}}}',
      'spec.outboundTrafficPolicy.egressProxy',
      '{outboundTrafficPolicy: {mode: ALLOW_ANY, egressProxy: {host: a.b, port: {number: 80}}}}',
    ],
    [
      'SC017',
      '{egress: [{port: {}, bind: "unix:///s", captureMode: IPTABLES, hosts: [./a.b]}]}',
      'spec.egress.0.captureMode',
      '{egress: [{port: {}, bind: "unix:///s", captureMode: NONE, hosts: [./a.b]}]}',
    ],
    [
      'SC018',
      '{ingress: [{port: {number: 80, protocol: TCP}, connectionPool: {http: {}}}]}',
      'spec.ingress.0.connectionPool.http',
      '{ingress: [{port: {number: 80, protocol: HTTP}, connectionPool: {http: {}}}]}',
    ],
    [
      'SC019',
      '{ingress: [{port: {number: 80, protocol: HTTP}, tls: {}}]}',
      'spec.ingress.0.tls',
      '{ingress: [{port: {number: 80, protocol: TLS}, tls: {}}]}',
    ],
  ]);
});
