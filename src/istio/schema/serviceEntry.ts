import { choice, integer, list, map, object, text, uint32, variant } from './schema.ts';
import type { KindSchema } from './schema.ts';
import { exportTo, istioKind, labelSelector } from './shared.ts';

const portNumber = { ...uint32, rules: ['port-number'] } as const;

/** `workloadSelector`, also of a Sidecar. */
export const workloadSelector = object('Workloads of the same namespace, by their labels.', {
  labels: variant(labelSelector, labelSelector.doc, {
    maxEntries: 256,
    values: text('Value that the label must have.', { maxLength: 63, rules: ['no-wildcard'] }),
  }),
});

const endpoint = object(
  'One endpoint.',
  {
    address: text('IP address, DNS name or `unix://` socket of the endpoint, as the resolution asks.', {
      format: 'ip',
      maxLength: 256,
      rules: ['unix-address'],
    }),
    ports: map(
      'Ports of the endpoint, by name of the port of the service.',
      integer('Port number of the endpoint.', portNumber),
      { maxEntries: 128, rules: ['endpoint-port-names'] },
    ),
    labels: map('Labels of the endpoint, for subsets.', text('Value of the label.'), { maxEntries: 256 }),
    network: text('Network that the endpoint is in; a gateway leads to it from others.', {
      maxLength: 2048,
      simulated: 'no',
    }),
    locality: text('Where the endpoint runs: `region/zone/subzone`.', { maxLength: 2048, simulated: 'no' }),
    weight: integer('Share of the traffic, in relation to the other endpoints.', {
      ...uint32,
      simulated: 'no',
    }),
    serviceAccount: text('Service account under which the endpoint runs.', {
      maxLength: 253,
      simulated: 'no',
    }),
  },
  { rules: ['endpoint-address', 'endpoint-unix-ports'] },
);

export const serviceEntry: KindSchema = istioKind(
  'ServiceEntry',
  'A service that Kubernetes does not know, added to the registry of the mesh.',
  object(
    'Hosts, ports and endpoints of the service.',
    {
      hosts: list(
        'Hosts of the service.',
        text('A DNS name, with `*.` in front for a suffix.', {
          format: 'host',
          rules: ['not-lone-wildcard'],
        }),
        { required: true, minItems: 1, maxItems: 256 },
      ),
      addresses: list(
        'Virtual addresses of the service.',
        text('An address, or a range such as `10.0.0.0/8`.', { format: 'cidr', maxLength: 64 }),
        { maxItems: 256 },
      ),
      ports: list(
        'Ports of the service.',
        object('One port.', {
          number: integer('Port number that callers use.', { ...portNumber, required: true }),
          protocol: text(
            'What is spoken on the port: HTTP, HTTPS, HTTP2, GRPC, TLS, TCP and a few more; found out if absent.',
            {
              maxLength: 256,
            },
          ),
          name: text('Name of the port, different for each.', { required: true, maxLength: 256 }),
          targetPort: integer('Port number of the endpoints, if it differs.', portNumber),
        }),
        { maxItems: 256, keys: ['name'], rules: ['unique-port-numbers'] },
      ),
      location: choice('Whether the service is part of the mesh; MESH_EXTERNAL if absent.', {
        MESH_EXTERNAL: 'Outside: no mutual TLS of Istio is expected.',
        MESH_INTERNAL: 'Inside: workloads of the mesh, for example on virtual machines.',
      }),
      resolution: choice('How the address to connect to is found; NONE if absent.', {
        NONE: 'The address that the caller dialled.',
        STATIC: 'The addresses of the endpoints.',
        DNS: 'DNS, asked again and again; all answers are used.',
        DNS_ROUND_ROBIN: 'DNS, asked again and again; a new connection uses the first answer.',
        DYNAMIC_DNS: 'DNS, asked for the host of each request; for wildcard hosts.',
      }),
      endpoints: list('Endpoints of the service.', endpoint, { maxItems: 4096 }),
      workloadSelector,
      exportTo,
      subjectAltNames: list(
        'Names of which the certificate of the service must carry one.',
        text('A name in the certificate.'),
        {
          simulated: 'no',
        },
      ),
    },
    {
      required: true,
      rules: ['selector-or-endpoints', 'cidr-resolution', 'none-without-endpoints', 'round-robin-endpoint'],
    },
  ),
);
