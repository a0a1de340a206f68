import { any, boolean, integer, list, object, text } from './schema.ts';
import type { KindSchema, ObjectSchema } from './schema.ts';
import { labelSelector, metadata, rootOf } from './shared.ts';

/*
 * Kinds of Kubernetes of which the engine reads a part. Only that part is described, so their objects are `open`: what is not described is kept and
 * not reported.
 */

const open = { open: true } as const;
const portNumber = { minimum: 1, maximum: 65_535 };

export const endpointSlice: KindSchema = {
  kind: 'EndpointSlice',
  group: 'discovery.k8s.io',
  versions: ['v1', 'v1beta1'],
  doc: 'Addresses of the pods behind a Service.',
  root: rootOf(
    'Addresses of the pods behind a Service.',
    {
      addressType: text('What the addresses are: `IPv4`, `IPv6` or `FQDN`.'),
      endpoints: list(
        'The endpoints.',
        object(
          'One endpoint.',
          {
            addresses: list('Addresses of the endpoint.', text('An address.', { format: 'ip' })),
            conditions: object(
              'State of the endpoint.',
              { ready: boolean('Whether it takes traffic; yes if absent.') },
              open,
            ),
            hostname: text('Name of the endpoint within a headless Service.'),
            targetRef: object(
              'Object behind the endpoint, usually a Pod.',
              { kind: text('Its kind.'), name: text('Its name.'), namespace: text('Its namespace.') },
              open,
            ),
          },
          open,
        ),
      ),
      ports: list(
        'Ports of the endpoints.',
        object(
          'One port.',
          {
            name: text('Name of the port of the Service.'),
            port: integer('Port number.', portNumber),
            protocol: text('Transport protocol.'),
          },
          open,
        ),
      ),
    },
    open,
  ),
};

const podSpec: ObjectSchema = object(
  'Containers of the pod.',
  {
    containers: list(
      'The containers.',
      object(
        'One container.',
        {
          name: text('Name of the container.'),
          ports: list(
            'Ports that the container opens.',
            object(
              'One port.',
              {
                name: text('Name, which target ports of Services refer to.'),
                containerPort: integer('Port number.', portNumber),
                protocol: text('Transport protocol.'),
              },
              open,
            ),
          ),
        },
        open,
      ),
    ),
  },
  open,
);

export const pod: KindSchema = {
  kind: 'Pod',
  group: '',
  versions: ['v1'],
  doc: 'Containers that run together.',
  root: rootOf(
    'Containers that run together.',
    { spec: podSpec, status: any('What Kubernetes reports about the pod.') },
    open,
  ),
};

function workload(kind: string, doc: string): KindSchema {
  const spec = object(
    'How many pods, and what they look like.',
    {
      replicas: integer('Number of pods.', { minimum: 0, maximum: 2_147_483_647 }),
      selector: object('Pods that belong to it.', { matchLabels: labelSelector }, open),
      template: object('What the pods look like.', { metadata, spec: podSpec }, open),
    },
    open,
  );
  return { kind, group: 'apps', versions: ['v1'], doc, root: rootOf(doc, { spec }, open) };
}

export const workloads: readonly KindSchema[] = [
  workload('Deployment', 'Pods that may take each other’s place.'),
  workload('StatefulSet', 'Pods with names that stay.'),
  workload('DaemonSet', 'A pod on every node.'),
];
