import type { Vocabulary } from '../../src/analyse.ts';
import { templateNames, templateWords } from '../../src/explain/gestures.ts';
import type { HTTPMatchRequest } from '../../src/istio/types.ts';
import { isObject, textAt } from '../../src/gesture/board.ts';
import type {
  ActionPlan,
  DestinationPlan,
  Gesture,
  RulePlan,
  ServerPlan,
} from '../../src/gesture/gesture.ts';
import { serverChoices, serverChoiceOf } from './serverChoices.ts';

/** A question that a gesture leaves open, with its answer so far; `put` gives the gesture with another answer. */
export type GestureField =
  | {
      readonly kind: 'text';
      readonly label: string;
      readonly value: string;
      readonly help?: string;
      readonly suggestions?: readonly string[];
      readonly numeric?: boolean;
      readonly put: (value: string) => Gesture;
    }
  | {
      readonly kind: 'choice';
      readonly label: string;
      readonly value: string;
      readonly choices: readonly { readonly value: string; readonly label: string; readonly says: string }[];
      readonly put: (value: string) => Gesture;
    };

/** What the dialog asks before a gesture lands, in the order of asking. An empty answer means: as Gatehouse thinks best. */
export function gestureFields(gesture: Gesture, vocabulary: Vocabulary): readonly GestureField[] {
  switch (gesture.kind) {
    case 'create-gateway': {
      const server = gesture.servers?.[0] ?? { protocol: 'HTTP' };
      const put = (plan: ServerPlan): Gesture => ({ ...gesture, servers: [plan] });
      return [
        name(gesture.name, (value) => withText(gesture, 'name', value)),
        namespace(gesture.namespace, vocabulary, (value) => withText(gesture, 'namespace', value)),
        text(
          'Pods, by labels',
          Object.entries(gesture.selector ?? {})
            .map(([key, value]) => `${key}=${value}`)
            .join(', '),
          (value) => {
            const selector = labels(value);
            return Object.keys(selector).length === 0
              ? without(gesture, 'selector')
              : { ...gesture, selector };
          },
          'As istio=ingressgateway; those of the other gateways, if empty.',
        ),
        ...serverFields(server, vocabulary, put),
      ];
    }
    case 'create-server':
      return serverFields(gesture.server, vocabulary, (server) => ({ ...gesture, server }));
    case 'create-virtual-service':
      return [
        name(gesture.name, (value) => withText(gesture, 'name', value)),
        namespace(gesture.namespace, vocabulary, (value) => withText(gesture, 'namespace', value)),
        ...(gesture.gateway === undefined
          ? []
          : [
              hosts(gesture.hosts, vocabulary, (value) =>
                value.length === 0 ? without(gesture, 'hosts') : { ...gesture, hosts: value },
              ),
            ]),
        ...destinationFields(gesture.destination, vocabulary, (value) =>
          value === undefined ? without(gesture, 'destination') : { ...gesture, destination: value },
        ),
      ];
    case 'create-rule':
      return ruleFields(gesture.rule, vocabulary, (rule) => ({ ...gesture, rule }));
    case 'create-destination':
      return [
        ...destinationFields(gesture.destination, vocabulary, (value) => ({
          ...gesture,
          destination: value ?? { host: '' },
        })),
        number(
          'Weight',
          gesture.destination.weight,
          'The others give it up in proportion; a tenth if empty.',
          (value) => ({
            ...gesture,
            destination: withNumber(gesture.destination, 'weight', value),
          }),
        ),
      ];
    case 'create-destination-rule':
      return [
        service('Host', gesture.host, vocabulary, (host) => ({ ...gesture, host })),
        text('Subsets', gesture.subsets.map((each) => each.name).join(', '), (value) => ({
          ...gesture,
          subsets: words(value).map((each) => ({ name: each, labels: { version: each } })),
        })),
      ];
    case 'create-subset':
      return [
        text('Name', gesture.subset?.name ?? '', (value) =>
          value === ''
            ? without(gesture, 'subset')
            : { ...gesture, subset: { name: value, labels: { version: value } } },
        ),
      ];
    case 'create-service-entry':
      return [
        text('Host', gesture.host, (host) => ({ ...gesture, host })),
        number('Port', gesture.ports?.[0]?.number, undefined, (value) =>
          value === undefined
            ? without(gesture, 'ports')
            : { ...gesture, ports: [{ number: value, protocol: value === 80 ? 'HTTP' : 'TLS' }] },
        ),
      ];
    case 'create-service':
      return [
        text('Name', gesture.name, (value) => ({ ...gesture, name: value })),
        namespace(gesture.namespace, vocabulary, (value) => withText(gesture, 'namespace', value)),
        text('Ports', (gesture.ports ?? []).map((port) => port.number).join(', '), (value) => {
          const ports = words(value).flatMap((each) => (isPort(each) ? [{ number: Number(each) }] : []));
          return ports.length === 0 ? without(gesture, 'ports') : { ...gesture, ports };
        }),
      ];
    case 'use-template': {
      const { plan } = gesture;
      return [
        {
          kind: 'choice',
          label: 'Template',
          value: gesture.template,
          choices: templateNames.map((value) => ({
            value,
            label: templateWords[value].title,
            says: templateWords[value].says,
          })),
          put: (value) => ({
            ...gesture,
            template: templateNames.find((each) => each === value) ?? gesture.template,
          }),
        },
        text('Host', plan.host ?? '', (value) => ({ ...gesture, plan: withText(plan, 'host', value) })),
        ...destinationFields(plan.destination, vocabulary, (value) => ({
          ...gesture,
          plan: value === undefined ? without(plan, 'destination') : { ...plan, destination: value },
        })),
      ];
    }
    case 'rename':
      return [text('New name', gesture.to, (to) => ({ ...gesture, to }))];
    case 'set':
    case 'set-fields':
    case 'set-weight':
    case 'share-evenly':
    case 'rename-key':
    case 'write-yaml':
    case 'create-match':
    case 'move':
    case 'duplicate':
    case 'remove':
    case 'connect':
      return [];
  }
}

function serverFields(
  server: ServerPlan,
  vocabulary: Vocabulary,
  put: (plan: ServerPlan) => Gesture,
): readonly GestureField[] {
  return [
    {
      kind: 'choice',
      label: 'What it speaks',
      value: serverChoiceOf(server),
      choices: serverChoices,
      put: (value) => {
        const choice = serverChoices.find((each) => each.value === value);
        const { mode: _, httpsRedirect: __, ...rest } = server;
        return put(choice === undefined ? server : { ...rest, ...choice.plan });
      },
    },
    number('Port', server.port, 'The usual one that is free, if empty.', (value) =>
      put(withNumber(server, 'port', value)),
    ),
    hosts(server.hosts, vocabulary, (value) =>
      put(value.length === 0 ? without(server, 'hosts') : { ...server, hosts: value }),
    ),
  ];
}

function ruleFields(
  rule: RulePlan,
  vocabulary: Vocabulary,
  put: (rule: RulePlan) => Gesture,
): readonly GestureField[] {
  switch (rule.section) {
    case 'http':
      return [
        ...matchFields(rule.match ?? {}, (match) =>
          put(Object.keys(match).length === 0 ? without(rule, 'match') : { ...rule, match }),
        ),
        ...actionFields(rule.action, vocabulary, (action) => put({ ...rule, action })),
      ];
    case 'tls':
      return [
        hosts(
          rule.sniHosts,
          vocabulary,
          (value) => put(value.length === 0 ? without(rule, 'sniHosts') : { ...rule, sniHosts: value }),
          'Server names (SNI)',
        ),
        number('Port', rule.port, undefined, (value) => put(withNumber(rule, 'port', value))),
        ...destinationFields(rule.destination, vocabulary, (value) =>
          put(value === undefined ? without(rule, 'destination') : { ...rule, destination: value }),
        ),
      ];
    case 'tcp':
      return [
        number('Port', rule.port, 'Of the gateway; every port, if empty.', (value) =>
          put(withNumber(rule, 'port', value)),
        ),
        ...destinationFields(rule.destination, vocabulary, (value) =>
          put(value === undefined ? without(rule, 'destination') : { ...rule, destination: value }),
        ),
      ];
  }
}

/** The conditions that most rules have; the form has all of them. */
function matchFields(
  match: HTTPMatchRequest,
  put: (match: HTTPMatchRequest) => Gesture,
): readonly GestureField[] {
  const [header = '', wanted] = Object.entries(match.headers ?? {})[0] ?? [];
  const withHeader = (name: string, value: string): HTTPMatchRequest =>
    name === ''
      ? without(match, 'headers')
      : { ...match, headers: { [name]: value === '' ? {} : { exact: value } } };
  return [
    text(
      'Path prefix',
      match.uri?.prefix ?? '',
      (value) => put(value === '' ? without(match, 'uri') : { ...match, uri: { prefix: value } }),
      'Without any condition it takes every request.',
    ),
    text(
      'Header',
      header,
      (name) => put(withHeader(name, wanted?.exact ?? '')),
      'Name of a header that must be there.',
    ),
    ...(header === ''
      ? []
      : [
          text(
            'Value of the header',
            wanted?.exact ?? '',
            (value) => put(withHeader(header, value)),
            'Any, if empty.',
          ),
        ]),
  ];
}

function actionFields(
  action: ActionPlan,
  vocabulary: Vocabulary,
  put: (action: ActionPlan) => Gesture,
): readonly GestureField[] {
  switch (action.kind) {
    case 'route':
    case 'fault':
    case 'rewrite':
      return [
        ...(action.kind === 'rewrite'
          ? [text('New path', action.uri ?? '', (uri) => put(withText(action, 'uri', uri)))]
          : []),
        ...destinationFields(action.destination, vocabulary, (value) =>
          put(value === undefined ? without(action, 'destination') : { ...action, destination: value }),
        ),
      ];
    case 'redirect': {
      const redirect = isObject(action.redirect) ? action.redirect : {};
      const field = (label: string, key: string): GestureField =>
        text(label, textAt(redirect, [key]) ?? '', (value) => {
          const { [key]: _, ...rest } = redirect;
          return put({ ...action, redirect: value === '' ? rest : { ...rest, [key]: value } });
        });
      return [field('To path', 'uri'), field('To host', 'authority'), field('To scheme', 'scheme')];
    }
    case 'direct-response':
      return [
        number('Status', action.status, undefined, (value) => put(withNumber(action, 'status', value))),
        text('Body', action.body ?? '', (value) => put(withText(action, 'body', value))),
      ];
    case 'delegate':
      return [
        name(action.name, (value) => put(withText(action, 'name', value))),
        namespace(action.namespace, vocabulary, (value) => put(withText(action, 'namespace', value))),
      ];
  }
}

function destinationFields(
  destination: DestinationPlan | undefined,
  vocabulary: Vocabulary,
  put: (destination: DestinationPlan | undefined) => Gesture,
): readonly GestureField[] {
  const host = destination?.host ?? '';
  const known = vocabulary.services.find((each) => each.host === host);
  return [
    service('Service', host, vocabulary, (value) =>
      put(value === '' ? undefined : { ...destination, host: value }),
    ),
    {
      ...number('Port of the service', destination?.port, 'Needed if the service has several.', (value) =>
        put(withNumber({ ...destination, host }, 'port', value)),
      ),
      suggestions: known?.ports.map((port) => String(port.number)) ?? [],
    },
    ...(known !== undefined && known.subsets.length > 0
      ? [
          {
            ...text('Subset', destination?.subset ?? '', (value) =>
              put(withText({ ...destination, host }, 'subset', value)),
            ),
            suggestions: known.subsets,
          },
        ]
      : []),
  ];
}

function text(
  label: string,
  value: string,
  put: (value: string) => Gesture,
  help?: string,
): GestureField & { kind: 'text' } {
  return { kind: 'text', label, value, put, ...(help === undefined ? {} : { help }) };
}

function number(
  label: string,
  value: number | undefined,
  help: string | undefined,
  put: (value: number | undefined) => Gesture,
): GestureField & { kind: 'text' } {
  return {
    ...text(label, value === undefined ? '' : String(value), (typed) =>
      put(/^\d+$/.test(typed) ? Number(typed) : undefined),
    ),
    numeric: true,
    ...(help === undefined ? {} : { help }),
  };
}

function name(value: string | undefined, put: (value: string) => Gesture): GestureField {
  return text('Name', value ?? '', put, 'A name that is free, if empty.');
}

function namespace(
  value: string | undefined,
  vocabulary: Vocabulary,
  put: (value: string) => Gesture,
): GestureField {
  return { ...text('Namespace', value ?? '', put), suggestions: vocabulary.namespaces };
}

function hosts(
  value: readonly string[] | undefined,
  vocabulary: Vocabulary,
  put: (value: readonly string[]) => Gesture,
  label = 'Hosts',
): GestureField {
  return {
    ...text(label, (value ?? []).join(', '), (typed) => put(words(typed)), 'Several with commas between.'),
    suggestions: vocabulary.hosts,
  };
}

function service(
  label: string,
  value: string,
  vocabulary: Vocabulary,
  put: (value: string) => Gesture,
): GestureField {
  return {
    ...text(label, value, put, 'Name of a Service, or its full host.'),
    suggestions: vocabulary.services.map((each) => each.host),
  };
}

function words(typed: string): string[] {
  return typed.split(/[\s,]+/).filter(Boolean);
}

/** `app=web, tier=front` as labels; what is no pair is passed over. */
function labels(typed: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    words(typed).flatMap((each) => {
      const [key, value] = each.split(/[=:]/, 2);
      return key === undefined || key === '' || value === undefined ? [] : [[key, value]];
    }),
  );
}

function isPort(typed: string): boolean {
  return /^\d{1,5}$/.test(typed);
}

function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> & T {
  const { [key]: _, ...rest } = value;
  return rest as Omit<T, K> & T;
}

function withText<T extends object, K extends keyof T & string>(value: T, key: K, typed: string): T {
  return typed === '' ? (without(value, key) as T) : { ...value, [key]: typed };
}

function withNumber<T extends object, K extends keyof T & string>(
  value: T,
  key: K,
  typed: number | undefined,
): T {
  return typed === undefined ? (without(value, key) as T) : { ...value, [key]: typed };
}
