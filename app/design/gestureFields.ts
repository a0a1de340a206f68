import type { Vocabulary } from '../../src/analyse.ts';
import { templateNames, templateWords } from '../../src/explain/templates.ts';
import type { Gesture, ServerPlan } from '../../src/gesture/gesture.ts';
import { destinationFields, ruleFields, serverFields } from './questionGroups.ts';
import {
  hosts,
  isPort,
  labels,
  name,
  namespace,
  number,
  service,
  text,
  without,
  withNumber,
  withText,
  words,
  type GestureField,
} from './questions.ts';

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
