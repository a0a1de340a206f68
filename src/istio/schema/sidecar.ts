import { choice, integer, list, object, text, uint32, variant } from './schema.ts';
import type { KindSchema } from './schema.ts';
import { connectionPool } from './destinationRule.ts';
import { serverTls } from './gateway.ts';
import { workloadSelector } from './serviceEntry.ts';
import { istioKind } from './shared.ts';
import { destination } from './virtualService.ts';

const captureMode = choice('How traffic comes to the listener.', {
  DEFAULT: 'As the workload is set up.',
  IPTABLES: 'Redirected by rules of the kernel.',
  NONE: 'Dialled by the application itself.',
});

const port = object('Port of the listener.', {
  number: integer('Port number.'),
  protocol: text('What is spoken on the port.'),
  name: text('Name of the port.'),
  targetPort: integer('Has no meaning here and is refused.', {
    ...uint32,
    simulated: 'no',
    deprecated: 'defaultEndpoint',
  }),
});

export const sidecar: KindSchema = istioKind(
  'Sidecar',
  'What the sidecars of some workloads listen on, and which services they know.',
  object('Workloads, their listeners, and what they see of the mesh.', {
    workloadSelector,
    ingress: list(
      'Ports on which the workload takes traffic.',
      object(
        'One port with what stands behind it.',
        {
          port: variant(port, port.doc, { required: true }),
          bind: text('Address to listen on.', { format: 'ip' }),
          captureMode,
          defaultEndpoint: text('Where the application listens: `127.0.0.1:port`, or a `unix://` socket.'),
          tls: serverTls,
          connectionPool,
        },
        { simulated: 'no' },
      ),
      { simulated: 'no' },
    ),
    egress: list(
      'Listeners for calls of the workload, and what they reach.',
      object('One listener.', {
        port,
        bind: text('Address or `unix://` socket to listen on.', { format: 'ip' }),
        captureMode,
        hosts: list(
          'Services that the workload may know.',
          text('`namespace/host`; `.` for the own namespace, `*` for all, `~` for none.', { format: 'host' }),
          { required: true },
        ),
      }),
    ),
    inboundConnectionPool: connectionPool,
    outboundTrafficPolicy: object('What happens to calls to unknown services.', {
      mode: choice('Whether calls to unknown services go through.', {
        REGISTRY_ONLY: 'They fail.',
        ALLOW_ANY: 'They go on to the address that was dialled.',
      }),
      egressProxy: variant(destination, 'Service that takes all calls to unknown services.', {
        simulated: 'no',
      }),
    }),
  }),
);
