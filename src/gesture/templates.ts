import type { JsonObject } from '../manifest/source.ts';
import { gatewayNameFrom, place, type Board } from './board.ts';
import { usualSelector } from './createObject.ts';
import { given, namespaceFor, newDocuments } from './documents.ts';
import type { DestinationPlan, Plan, TemplateName, TemplatePlan } from './gesture.ts';
import { freeObjectName, nameFromHosts, objectNameProblem } from './names.ts';
import { buildRouteItem, meantDestination } from './rules.ts';
import { buildServer } from './servers.ts';

/** The objects of a template under names that are free, at the end of the text. */
export function applyTemplate(board: Board, template: TemplateName, plan: TemplatePlan): Plan {
  const namespace = namespaceFor(board, 'Gateway', plan.namespace);
  const host = plan.host ?? (template === 'tcp' ? '*' : 'www.example.com');
  const asked = plan.name;
  const problem = asked === undefined ? undefined : objectNameProblem(asked);
  if (asked !== undefined && problem !== undefined) {
    return { kind: 'refused', because: { kind: 'name-invalid', name: asked, because: problem } };
  }
  const base = asked ?? nameFromHosts([host], template === 'tcp' ? 'database' : 'web');
  const name = (kind: string, wanted: string): string => freeObjectName(board, kind, namespace, wanted);
  const setting: Setting = {
    host,
    gateway: name('Gateway', `${base}-gateway`),
    virtualService: name('VirtualService', base),
    destinationRule: name('DestinationRule', base),
    team: (each) => name('VirtualService', `${base}-${each}`),
    destination: meantDestination(board, namespace, plan.destination),
    selector: usualSelector(board) as JsonObject,
    namespace,
  };
  const documents = newDocuments(
    board,
    objectsOf(template, setting).map((each) => ({ ...each, namespace })),
  );
  const [first] = documents;
  return {
    kind: 'planned',
    ops: documents.slice(0, 1).map(({ op }) => op),
    afterwards: documents.slice(1).map(({ op }) => op),
    ...(first === undefined ? {} : { select: place(first.ref) }),
    warnings: [],
    alongside: [],
  };
}

interface Setting {
  readonly host: string;
  readonly namespace: string;
  readonly gateway: string;
  readonly virtualService: string;
  readonly destinationRule: string;
  readonly team: (name: string) => string;
  readonly destination: DestinationPlan;
  readonly selector: JsonObject;
}

interface Written {
  readonly kind: string;
  readonly name: string;
  readonly spec: JsonObject;
}

function objectsOf(template: TemplateName, setting: Setting): Written[] {
  const route: JsonObject = { route: [buildRouteItem(setting.destination)] };
  switch (template) {
    case 'https':
      return [httpsGateway(setting), virtualService(setting, { http: [route] })];
    case 'passthrough':
      return [
        gateway(setting, [
          buildServer({ protocol: 'TLS', mode: 'PASSTHROUGH', hosts: [setting.host] }, [], ''),
        ]),
        virtualService(setting, {
          tls: [{ match: [{ port: 443, sniHosts: [setting.host] }], ...route }],
        }),
      ];
    case 'canary':
      return canary(setting);
    case 'delegates':
      return delegates(setting);
    case 'tcp':
      return [
        gateway(setting, [buildServer({ protocol: 'TCP', port: 5432, hosts: [setting.host] }, [], '')]),
        virtualService(setting, { tcp: [{ match: [{ port: 5432 }], ...route }] }),
      ];
    case 'mutual-tls':
      return [
        gateway(setting, [
          buildServer(
            { protocol: 'HTTPS', mode: 'MUTUAL', hosts: [setting.host] },
            [],
            `${setting.gateway}-cert`,
          ),
        ]),
        virtualService(setting, { http: [route] }),
      ];
  }
}

/** Most requests to v1, a tenth to v2, and all of those with a header to v2. */
function canary(setting: Setting): Written[] {
  const { destination } = setting;
  const to = (subset: string, weight?: number): JsonObject =>
    buildRouteItem({ ...destination, subset, ...(weight === undefined ? {} : { weight }) });
  return [
    httpsGateway(setting),
    virtualService(setting, {
      http: [
        { name: 'testers', match: [{ headers: { 'x-canary': { exact: 'always' } } }], route: [to('v2')] },
        { name: 'everyone', route: [to('v1', 90), to('v2', 10)] },
      ],
    }),
    {
      kind: 'DestinationRule',
      name: setting.destinationRule,
      spec: {
        host: destination.host,
        subsets: ['v1', 'v2'].map((version) => ({ name: version, labels: { version } })),
      },
    },
  ];
}

/** One gateway and one root; each team has the rules below its path to itself. */
function delegates(setting: Setting): Written[] {
  const teams = ['shop', 'blog'].map((team) => ({ team, name: setting.team(team) }));
  return [
    httpsGateway(setting),
    virtualService(setting, {
      http: teams.map(({ team, name }) => ({
        match: [{ uri: { prefix: `/${team}/` } }],
        delegate: { name },
      })),
    }),
    ...teams.map(({ team, name }) => ({
      kind: 'VirtualService',
      name,
      spec: {
        http: [
          {
            match: [{ uri: { prefix: `/${team}/` } }],
            route: [buildRouteItem(setting.destination)],
          },
        ],
      },
    })),
  ];
}

function httpsGateway(setting: Setting): Written {
  const hosts = [setting.host];
  const plain = buildServer({ protocol: 'HTTP', hosts, httpsRedirect: true }, [], '');
  const secure = buildServer({ protocol: 'HTTPS', hosts }, [plain], `${setting.gateway}-cert`);
  return gateway(setting, [plain, secure]);
}

function gateway(setting: Setting, servers: readonly JsonObject[]): Written {
  return { kind: 'Gateway', name: setting.gateway, spec: { selector: setting.selector, servers } };
}

function virtualService(setting: Setting, rules: JsonObject): Written {
  const { namespace, host } = setting;
  const at = { kind: 'Gateway', namespace, name: setting.gateway, source: 0, document: 0 };
  return {
    kind: 'VirtualService',
    name: setting.virtualService,
    spec: given({ hosts: [host], gateways: [gatewayNameFrom(at, namespace)], ...rules }),
  };
}
