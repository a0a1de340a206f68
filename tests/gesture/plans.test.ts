import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { buildPlan } from '../../src/gesture/buildPlan.ts';
import type { Alongside, Gesture, GestureRefusal, GestureWarning } from '../../src/gesture/gesture.ts';
import { draftGesture } from '../../src/gesture/draft.ts';
import { readBoard } from '../../src/gesture/readBoard.ts';
import { read } from '../../src/manifest/read.ts';
import type { ObjectRef } from '../../src/manifest/source.ts';
import { applyOps } from './applyOps.ts';

const gateway = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: edge, namespace: infra}
spec:
  selector: {app: edge}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [shop.example.com, "./*.example.org"]
`;
const shop = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: shop, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [infra/edge]
  http:
  - name: cart
    match:
    - uri: {prefix: /cart/}
    route:
    - destination: {host: cart, subset: v1}
      weight: 60
    - destination: {host: cart, subset: v2}
      weight: 40
  - name: rest
    route:
    - destination: {host: web}
`;
const cartRule = `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: cart, namespace: shop}
spec:
  host: cart.shop.svc.cluster.local
  subsets:
  - name: v1
    labels: {version: v1}
  - name: v2
    labels: {version: v2}
`;
const cart = `
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec:
  ports:
  - {name: http, port: 8080}
  - {name: admin, port: 9090}
`;
const delegate = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: blog, namespace: blog}
spec:
  http:
  - route: [{destination: {host: blog}}]
`;
const paste = [gateway, shop, cartRule, cart, delegate].join('---\n');

const object = (kind: string, namespace: string, name: string, document: number): ObjectRef => ({
  kind,
  namespace,
  name,
  source: 0,
  document,
});
const edgeRef = object('Gateway', 'infra', 'edge', 0);
const shopRef = object('VirtualService', 'shop', 'shop', 1);
const cartRuleRef = object('DestinationRule', 'shop', 'cart', 2);
const cartRef = object('Service', 'shop', 'cart', 3);
const blogRef = object('VirtualService', 'blog', 'blog', 4);
const in_ = (ref: ObjectRef, ...path: (string | number)[]) => ({ object: ref, path });

interface Row {
  readonly name: string;
  readonly before?: string;
  readonly gesture: Gesture;
  /** Replacements in the text of the paste that say what the objects become. */
  readonly changes?: readonly (readonly [string, string])[];
  readonly warnings?: readonly GestureWarning[];
  readonly alongside?: readonly string[];
  readonly refused?: GestureRefusal['kind'];
}

const rows: readonly Row[] = [
  {
    name: 'a server for HTTPS takes over the hosts and gets the usual port',
    gesture: { kind: 'create-server', gateway: edgeRef, server: { protocol: 'HTTPS' } },
    changes: [
      [
        'hosts: [shop.example.com, "./*.example.org"]\n',
        `hosts: [shop.example.com, "./*.example.org"]
  - port: {number: 443, name: https, protocol: HTTPS}
    hosts: [shop.example.com, "./*.example.org"]
    tls: {mode: SIMPLE, credentialName: edge-cert}
`,
      ],
    ],
  },
  {
    name: 'a second server for HTTP gets another port and name',
    gesture: { kind: 'create-server', gateway: edgeRef, server: { protocol: 'HTTP', hosts: ['*'] } },
    changes: [
      [
        'hosts: [shop.example.com, "./*.example.org"]\n',
        `hosts: [shop.example.com, "./*.example.org"]
  - port: {number: 8080, name: http-8080, protocol: HTTP}
    hosts: ["*"]
`,
      ],
    ],
  },
  {
    name: 'a rule goes in front of the one that takes everything',
    gesture: {
      kind: 'create-rule',
      virtualService: shopRef,
      rule: {
        section: 'http',
        match: { uri: { exact: '/old' } },
        action: { kind: 'redirect', redirect: { uri: '/new' } },
      },
    },
    changes: [
      [
        '  - name: rest',
        `  - match: [{uri: {exact: /old}}]
    redirect: {uri: /new}
  - name: rest`,
      ],
    ],
  },
  {
    name: 'a rule without conditions goes to the end and is not reached',
    gesture: {
      kind: 'create-rule',
      virtualService: shopRef,
      rule: { section: 'http', action: { kind: 'direct-response', status: 404, body: 'gone' } },
    },
    changes: [
      [
        '    - destination: {host: web}\n',
        `    - destination: {host: web}
  - directResponse: {status: 404, body: {string: gone}}
`,
      ],
    ],
    warnings: [{ kind: 'rule-not-reached', by: 1 }],
  },
  {
    name: 'a rule for TLS starts its section',
    gesture: { kind: 'create-rule', virtualService: shopRef, rule: { section: 'tls', port: 443 } },
    changes: [
      [
        '  http:\n  - name: cart',
        `  tls:
  - match: [{port: 443, sniHosts: [shop.example.com]}]
    route: [{destination: {host: cart, port: {number: 8080}}}]
  http:
  - name: cart`,
      ],
    ],
  },
  {
    name: 'a destination takes its weight from the others',
    gesture: {
      kind: 'create-destination',
      rule: in_(shopRef, 'spec', 'http', 0),
      destination: { host: 'cart', subset: 'v3', weight: 20, port: 8080 },
    },
    changes: [
      ['weight: 60', 'weight: 48'],
      [
        'weight: 40\n',
        `weight: 32
    - destination: {host: cart, subset: v3, port: {number: 8080}}
      weight: 20
`,
      ],
    ],
    warnings: [{ kind: 'subset-not-defined', subset: 'v3', host: 'cart' }],
    alongside: ['weight-changed spec.http.0.route.0.weight', 'weight-changed spec.http.0.route.1.weight'],
  },
  {
    name: 'a second destination gives the first one a weight',
    gesture: {
      kind: 'create-destination',
      rule: in_(shopRef, 'spec', 'http', 1),
      destination: { host: 'web-next' },
    },
    changes: [
      [
        '    - destination: {host: web}\n',
        `    - destination: {host: web}
      weight: 90
    - destination: {host: web-next}
      weight: 10
`,
      ],
    ],
    alongside: ['weight-changed spec.http.1.route.0.weight'],
  },
  {
    name: 'conditions begin with the path',
    gesture: { kind: 'create-match', rule: in_(shopRef, 'spec', 'http', 1) },
    changes: [['  - name: rest\n', '  - name: rest\n    match: [{uri: {prefix: /}}]\n']],
  },
  {
    name: 'the next subset',
    gesture: { kind: 'create-subset', destinationRule: cartRuleRef },
    changes: [
      ['    labels: {version: v2}\n', '    labels: {version: v2}\n  - {name: v3, labels: {version: v3}}\n'],
    ],
  },
  {
    name: 'a subset of a name that is taken',
    gesture: {
      kind: 'create-subset',
      destinationRule: cartRuleRef,
      subset: { name: 'v1', labels: { version: '1' } },
    },
    refused: 'name-taken',
  },
  {
    name: 'a field that is missing is written with all that holds it',
    gesture: {
      kind: 'set',
      at: in_(shopRef, 'spec', 'http', 1, 'headers', 'request', 'set', 'x-team'),
      value: 'web',
    },
    changes: [['  - name: rest\n', '  - name: rest\n    headers: {request: {set: {x-team: web}}}\n']],
  },
  {
    name: 'a field that goes takes what it leaves empty with it',
    before: gateway.replace('hosts:', 'tls: {httpsRedirect: true}\n    hosts:'),
    gesture: { kind: 'set', at: in_(edgeRef, 'spec', 'servers', 0, 'tls', 'httpsRedirect') },
    changes: [['tls: {httpsRedirect: true}\n    ', '']],
  },
  {
    name: 'weights are linked',
    gesture: { kind: 'set-weight', at: in_(shopRef, 'spec', 'http', 0, 'route', 1), weight: 75 },
    changes: [
      ['weight: 60', 'weight: 25'],
      ['weight: 40', 'weight: 75'],
    ],
  },
  {
    name: 'weights are shared evenly',
    gesture: { kind: 'share-evenly', rule: in_(shopRef, 'spec', 'http', 0) },
    changes: [
      ['weight: 60', 'weight: 50'],
      ['weight: 40', 'weight: 50'],
    ],
  },
  {
    name: 'the rule that takes everything comes first',
    gesture: { kind: 'move', at: in_(shopRef, 'spec', 'http', 1), to: 0 },
    changes: [
      ['  - name: rest\n    route:\n    - destination: {host: web}\n', ''],
      ['  - name: cart\n', '  - name: rest\n    route:\n    - destination: {host: web}\n  - name: cart\n'],
    ],
    warnings: [{ kind: 'rule-not-reached', by: 0 }],
  },
  {
    name: 'a move to where it stands',
    gesture: { kind: 'move', at: in_(shopRef, 'spec', 'http', 1), to: 7 },
    refused: 'nothing-to-do',
  },
  {
    name: 'a copy of a server gets a port and a name of its own',
    gesture: { kind: 'duplicate', at: in_(edgeRef, 'spec', 'servers', 0) },
    changes: [
      [
        'hosts: [shop.example.com, "./*.example.org"]\n',
        `hosts: [shop.example.com, "./*.example.org"]
  - port: {number: 81, name: http-2, protocol: HTTP}
    hosts: [shop.example.com, "./*.example.org"]
`,
      ],
    ],
  },
  {
    name: 'a gateway is renamed with its references',
    gesture: { kind: 'rename', what: { kind: 'object', object: edgeRef }, to: 'front' },
    changes: [
      ['name: edge, namespace: infra', 'name: front, namespace: infra'],
      ['infra/edge', 'infra/front'],
    ],
    alongside: ['renamed spec.gateways.0'],
  },
  {
    name: 'a Service is renamed wherever it is meant',
    gesture: { kind: 'rename', what: { kind: 'object', object: cartRef }, to: 'basket' },
    changes: [
      ['host: cart, subset: v1', 'host: basket, subset: v1'],
      ['host: cart, subset: v2', 'host: basket, subset: v2'],
      ['host: cart.shop', 'host: basket.shop'],
      ['kind: Service\nmetadata: {name: cart,', 'kind: Service\nmetadata: {name: basket,'],
    ],
    alongside: [
      'renamed spec.http.0.route.0.destination.host',
      'renamed spec.http.0.route.1.destination.host',
      'renamed spec.host',
    ],
  },
  {
    name: 'a subset is renamed with its references',
    gesture: {
      kind: 'rename',
      what: { kind: 'subset', at: in_(cartRuleRef, 'spec', 'subsets', 1) },
      to: 'canary',
    },
    changes: [
      ['host: cart, subset: v2', 'host: cart, subset: canary'],
      ['- name: v2', '- name: canary'],
    ],
    alongside: ['renamed spec.http.0.route.1.destination.subset'],
  },
  {
    name: 'a host is renamed in gateway and virtual service',
    gesture: { kind: 'rename', what: { kind: 'host', host: 'shop.example.com' }, to: 'store.example.com' },
    changes: [
      ['hosts: [shop.example.com, ', 'hosts: [store.example.com, '],
      ['hosts: [shop.example.com]', 'hosts: [store.example.com]'],
    ],
    alongside: ['renamed spec.hosts.0'],
  },
  {
    name: 'the namespace in front of a host stays',
    gesture: { kind: 'rename', what: { kind: 'host', host: '*.example.org' }, to: '*.example.net' },
    changes: [['./*.example.org', './*.example.net']],
  },
  {
    name: 'a name that Kubernetes refuses',
    gesture: { kind: 'rename', what: { kind: 'object', object: edgeRef }, to: 'Front Gate' },
    refused: 'name-invalid',
  },
  {
    name: 'a VirtualService is bound to a gateway of another namespace',
    before: [gateway, shop.replace('  gateways: [infra/edge]\n', '')].join('---\n'),
    gesture: { kind: 'connect', from: in_(shopRef), to: { kind: 'place', at: in_(edgeRef) } },
    changes: [['hosts: [shop.example.com]\n', 'hosts: [shop.example.com]\n  gateways: [infra/edge, mesh]\n']],
  },
  {
    name: 'from the server to the VirtualService, whose namespace it does not let in',
    before: [
      gateway.replace('shop.example.com, ', ''),
      shop.replace('gateways: [infra/edge]', 'gateways: [mesh]'),
    ].join('---\n'),
    gesture: {
      kind: 'connect',
      from: in_(edgeRef, 'spec', 'servers', 0),
      to: { kind: 'place', at: in_(shopRef) },
    },
    changes: [['gateways: [mesh]', 'gateways: [mesh, infra/edge]']],
    warnings: [{ kind: 'namespace-not-allowed', namespace: 'shop', hosts: ['./*.example.org'] }],
  },
  {
    name: 'hosts that do not meet',
    before: [
      gateway.replace('shop.example.com', 'www.example.com'),
      shop.replace('gateways: [infra/edge]', 'gateways: [mesh]'),
    ].join('---\n'),
    gesture: { kind: 'connect', from: in_(shopRef), to: { kind: 'place', at: in_(edgeRef) } },
    changes: [['gateways: [mesh]', 'gateways: [mesh, infra/edge]']],
    warnings: [
      { kind: 'hosts-do-not-meet', virtualService: ['shop.example.com'], gateway: ['www.example.com'] },
    ],
  },
  {
    name: 'what is connected already',
    gesture: { kind: 'connect', from: in_(shopRef), to: { kind: 'place', at: in_(edgeRef) } },
    refused: 'already-connected',
  },
  {
    name: 'a gateway to a Service',
    gesture: { kind: 'connect', from: in_(edgeRef), to: { kind: 'place', at: in_(cartRef) } },
    refused: 'not-possible-between',
  },
  {
    name: 'a rule to a port of a Service',
    gesture: {
      kind: 'connect',
      from: in_(shopRef, 'spec', 'http', 1),
      to: { kind: 'place', at: in_(cartRef, 'spec', 'ports', 1) },
    },
    changes: [
      [
        '    - destination: {host: web}\n',
        `    - destination: {host: web}
      weight: 90
    - destination: {host: cart, port: {number: 9090}}
      weight: 10
`,
      ],
    ],
    alongside: ['weight-changed spec.http.1.route.0.weight'],
  },
  {
    name: 'a rule that forwards does not delegate',
    gesture: {
      kind: 'connect',
      from: in_(shopRef, 'spec', 'http', 1),
      to: { kind: 'place', at: in_(blogRef) },
    },
    refused: 'rule-does-not-forward',
  },
  {
    name: 'a delegate is not bound to a gateway',
    gesture: { kind: 'connect', from: in_(blogRef), to: { kind: 'place', at: in_(edgeRef) } },
    refused: 'delegate-has-no-gateways',
  },
  {
    name: 'a destination goes, the other takes its weight',
    gesture: { kind: 'remove', at: in_(shopRef, 'spec', 'http', 0, 'route', 0), dependents: false },
    changes: [
      ['    - destination: {host: cart, subset: v1}\n      weight: 60\n', ''],
      ['weight: 40', 'weight: 100'],
    ],
    alongside: ['weight-changed spec.http.0.route.1.weight'],
  },
  {
    name: 'the last destination takes its rule along',
    gesture: { kind: 'remove', at: in_(shopRef, 'spec', 'http', 1, 'route', 0), dependents: false },
    changes: [['  - name: rest\n    route:\n    - destination: {host: web}\n', '']],
    alongside: ['removed spec.http.1'],
  },
  {
    name: 'without its last condition a rule takes everything',
    gesture: { kind: 'remove', at: in_(shopRef, 'spec', 'http', 0, 'match', 0), dependents: false },
    changes: [['    match:\n    - uri: {prefix: /cart/}\n', '']],
    warnings: [{ kind: 'rule-takes-everything' }],
  },
  {
    name: 'a subset goes and leaves a destination without',
    gesture: { kind: 'remove', at: in_(cartRuleRef, 'spec', 'subsets', 1), dependents: false },
    changes: [['  - name: v2\n    labels: {version: v2}\n', '']],
    alongside: ['left-dangling spec.http.0.route.1'],
  },
  {
    name: 'a subset goes with the destinations that mean it',
    gesture: { kind: 'remove', at: in_(cartRuleRef, 'spec', 'subsets', 1), dependents: true },
    changes: [
      ['  - name: v2\n    labels: {version: v2}\n', ''],
      ['    - destination: {host: cart, subset: v2}\n      weight: 40\n', ''],
      ['weight: 60', 'weight: 100'],
    ],
    alongside: ['removed spec.http.0.route.1', 'weight-changed spec.http.0.route.0.weight'],
  },
  {
    name: 'a Service goes with its rule and its destinations, and those with their rule',
    gesture: { kind: 'remove', at: in_(cartRef), dependents: true },
    changes: [
      [`---\n${cart}`, ''],
      [`---\n${cartRule}`, ''],
      [/ {2}- name: cart\n[^]*?weight: 40\n/.exec(shop)?.[0] ?? '', ''],
    ],
    alongside: ['removed spec.http.0', 'removed '],
  },
  {
    name: 'a gateway goes with the VirtualService that has no other',
    gesture: { kind: 'remove', at: in_(edgeRef), dependents: true },
    changes: [
      [`${gateway}---\n`, ''],
      [`${shop}---\n`, ''],
    ],
    alongside: ['removed '],
  },
  {
    name: 'a gateway goes and leaves a name behind',
    gesture: { kind: 'remove', at: in_(edgeRef), dependents: false },
    changes: [[`${gateway}---\n`, '']],
    alongside: ['left-dangling spec.gateways.0'],
  },
];

describe('a plan changes what was asked', () => {
  test.each(rows)(
    '$name',
    ({ before = paste, gesture, changes = [], warnings = [], alongside = [], refused }) => {
      const board = readBoard(read([{ name: 'paste', text: before }]));
      const plan = buildPlan(board, gesture);
      if (refused !== undefined) {
        expect(plan).toMatchObject({ kind: 'refused', because: { kind: refused } });
        return;
      }
      if (plan.kind === 'refused') throw new Error(`refused: ${JSON.stringify(plan.because)}`);
      expect(applyOps(board, plan.ops, plan.afterwards)).toEqual(values(changed(before, changes)));
      expect(plan.warnings).toEqual(warnings);
      expect(plan.alongside.map(shown)).toEqual(alongside);

      const draft = draftGesture(before, gesture);
      if (draft.kind === 'refused') throw new Error(`not written: ${JSON.stringify(draft.because)}`);
      expect(values(draft.text)).toEqual(values(changed(before, changes)));
    },
  );
});

test('a place that was found before the text changed is found again by name, and never mistaken for another', () => {
  const inserted = [cart, paste].join('---\n');
  const move: Gesture = { kind: 'move', at: in_(shopRef, 'spec', 'http', 1), to: 0 };
  const draft = draftGesture(inserted, move);
  if (draft.kind === 'refused') throw new Error(`refused: ${JSON.stringify(draft.because)}`);
  expect(draft.text.startsWith(cart)).toBe(true);
  expect(draft.text.indexOf('name: rest')).toBeLessThan(draft.text.indexOf('name: cart\n    match'));

  const gone = [gateway, cartRule, cart].join('---\n');
  expect(draftGesture(gone, move)).toEqual({ kind: 'refused', because: { kind: 'place-gone' } });
});

function changed(text: string, changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((all, [from, to]) => {
    expect(all.split(from)).toHaveLength(2);
    return all.replace(from, to);
  }, text);
}

function values(text: string): unknown[] {
  return parseAllDocuments(text).map((document) => document.toJS() as unknown);
}

function shown({ what, at }: Alongside): string {
  return `${what} ${at.path.join('.')}`;
}
