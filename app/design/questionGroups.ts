import type { Vocabulary } from '../../src/analyse.ts';
import { isObject, textAt } from '../../src/gesture/board.ts';
import type {
  ActionPlan,
  DestinationPlan,
  Gesture,
  RulePlan,
  ServerPlan,
} from '../../src/gesture/gesture.ts';
import type { HTTPMatchRequest } from '../../src/istio/types.ts';
import {
  hosts,
  name,
  namespace,
  number,
  service,
  text,
  without,
  withNumber,
  withText,
  type GestureField,
} from './questions.ts';
import { serverChoiceOf, serverChoices } from './serverChoices.ts';

export function serverFields(
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

export function ruleFields(
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

export function destinationFields(
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
