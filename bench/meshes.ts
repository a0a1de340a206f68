/** A generated mesh as its text, and calls that meet it in many different ways. */
export interface BenchMesh {
  readonly virtualServices: number;
  readonly rules: number;
  /** Documents separated by `---`. */
  readonly text: string;
  /** The same objects as items of one `kind: List`. */
  readonly list: string;
  readonly requests: readonly BenchRequest[];
}

export interface BenchRequest {
  readonly host: string;
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
}

/** The same numbers for the same seed on every machine (a linear congruence; quality does not matter here). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
}

const words = [
  'cart',
  'search',
  'orders',
  'users',
  'media',
  'billing',
  'reports',
  'admin',
  'feed',
  'login',
  'v1',
  'v2',
];

/**
 * One gateway (HTTP and HTTPS, host `*`), a Service and a DestinationRule for every ten virtual services, and `count` virtual services of
 * `rules` rules each, on hosts of their own and some on shared and wildcard hosts, with all kinds of matches and actions.
 */
export function benchMesh(count: number, rules: number): BenchMesh {
  const next = numbers(count * 31 + rules);
  const word = () => words[next(words.length)] ?? 'cart';
  const documents = [gateway];
  const requests: BenchRequest[] = [];
  const services = Math.max(1, Math.ceil(count / 10));
  for (let i = 0; i < services; i++) documents.push(service(i), destinationRule(i));
  for (let i = 0; i < count; i++) {
    const host =
      i % 50 === 7
        ? `*.team${i}.example.com`
        : i % 25 === 3
          ? `shared${i % 5}.example.com`
          : `app${i}.example.com`;
    const lines = [
      'apiVersion: networking.istio.io/v1',
      'kind: VirtualService',
      'metadata:',
      `  name: app-${i}`,
      `  namespace: team${i % 20}`,
      'spec:',
      '  hosts:',
      `  - "${host}"`,
      '  gateways:',
      '  - istio-system/public',
      '  http:',
    ];
    for (let r = 0; r < rules; r++) lines.push(...rule(i, r, rules, next, word, services));
    documents.push(lines.join('\n'));
    const path = `/${words[i % words.length] ?? ''}/${i}`;
    requests.push(
      {
        host: host.replace('*', 'a'),
        path: `${path}/rule${next(rules)}/x?user=${i}`,
        headers: [['x-user', `u${next(100)}`]],
      },
      { host: host.replace('*', 'a.b'), path: '/nothing/here', headers: [] },
    );
  }
  return {
    virtualServices: count,
    rules,
    text: `${documents.join('\n---\n')}\n`,
    list: `apiVersion: v1\nkind: List\nitems:\n${documents.map(asItem).join('\n')}\n`,
    requests,
  };
}

function asItem(document: string): string {
  return `- ${document.split('\n').join('\n  ')}`;
}

const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: istio-system
spec:
  selector:
    istio: ingressgateway
  servers:
  - port: { number: 80, name: http, protocol: HTTP }
    hosts: ["*"]
  - port: { number: 443, name: https, protocol: HTTPS }
    hosts: ["*"]
    tls: { mode: SIMPLE, credentialName: public }`;

function service(i: number): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: backend-${i}
  namespace: team${i % 20}
spec:
  clusterIP: 10.${(i >> 8) % 250}.${i % 250}.7
  selector:
    app: backend-${i}
  ports:
  - name: http
    port: 8080${i % 3 === 0 ? '\n  - name: http-admin\n    port: 9090' : ''}`;
}

function destinationRule(i: number): string {
  return `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: backend-${i}
  namespace: team${i % 20}
spec:
  host: backend-${i}
  subsets:
  - name: v1
    labels: { version: v1 }
  - name: v2
    labels: { version: v2 }`;
}

function rule(
  i: number,
  r: number,
  rules: number,
  next: (below: number) => number,
  word: () => string,
  services: number,
): string[] {
  const name = `  - name: rule-${r}`;
  const path = `/${words[i % words.length] ?? ''}/${i}/rule${r}`;
  const backend = next(services);
  const host = `backend-${backend}.team${backend % 20}.svc.cluster.local`;
  const route = [
    '    route:',
    '    - destination:',
    `        host: ${host}`,
    '        port:',
    '          number: 8080',
    ...(next(3) === 0
      ? [
          '        subset: v1',
          '      weight: 90',
          '    - destination:',
          `        host: ${host}`,
          '        subset: v2',
          '        port:',
          '          number: 8080',
          '      weight: 10',
        ]
      : []),
  ];
  if (r === rules - 1) return [name, ...route];
  switch (next(6)) {
    case 0:
      return [name, '    match:', '    - uri:', `        exact: ${path}`, ...route];
    case 1:
      return [
        name,
        '    match:',
        '    - uri:',
        `        regex: "${path}/[a-z]+/.*"`,
        '      ignoreUriCase: true',
        ...route,
      ];
    case 2:
      return [
        name,
        '    match:',
        '    - uri:',
        `        prefix: ${path}/`,
        '      headers:',
        '        x-user:',
        `          exact: u${next(100)}`,
        ...route,
      ];
    case 3:
      return [
        name,
        '    match:',
        '    - uri:',
        `        prefix: ${path}`,
        '      queryParams:',
        '        user:',
        `          prefix: "${i % 10}"`,
        `    - uri:`,
        `        prefix: /${word()}/old`,
        ...route,
      ];
    case 4:
      return [
        name,
        '    match:',
        '    - uri:',
        `        prefix: ${path}/legacy`,
        '    redirect:',
        `      uri: /${word()}`,
        '      redirectCode: 302',
      ];
    default:
      return [
        name,
        '    match:',
        '    - uri:',
        `        prefix: ${path}/`,
        '    rewrite:',
        '      uri: /',
        ...route,
      ];
  }
}
