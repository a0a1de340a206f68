import { any, boolean, choice, integer, integerOrText, list, object, text } from './schema.ts';
import type { KindSchema } from './schema.ts';
import { labelSelector, rootOf } from './shared.ts';

const no = { simulated: 'no' } as const;
const portNumber = { minimum: 1, maximum: 65_535 };

export const service: KindSchema = {
  kind: 'Service',
  group: '',
  versions: ['v1'],
  doc: 'A name and a virtual address for pods, as Kubernetes knows them.',
  root: rootOf('A name and a virtual address for pods, as Kubernetes knows them.', {
    spec: object('Ports, and the pods behind them.', {
      type: choice('How the service is reached; ClusterIP if absent.', {
        ClusterIP: 'By an address inside the cluster.',
        NodePort: 'By a port of every node too.',
        LoadBalancer: 'By a load balancer outside the cluster too.',
        ExternalName: 'By a DNS name elsewhere; no pods are selected.',
      }),
      ports: list(
        'Ports of the service.',
        object('One port.', {
          name: text('Name of the port; its beginning up to `-` tells Istio the protocol.'),
          port: integer('Port number that callers use.', { ...portNumber, required: true }),
          targetPort: integerOrText('Port of the pods, by number or by name; the same number if absent.'),
          protocol: choice('Transport protocol; TCP if absent.', { TCP: 'TCP.', UDP: 'UDP.', SCTP: 'SCTP.' }),
          appProtocol: text('What is spoken on the port; goes before the name.'),
          nodePort: integer('Port of the nodes.', { minimum: 0, maximum: 65_535, simulated: 'partly' }),
        }),
      ),
      selector: labelSelector,
      clusterIP: text('Address of the service; `None` for a headless one.', { format: 'ip' }),
      clusterIPs: list(
        'Addresses of the service, one for each IP family.',
        text('An address, or `None`.', { format: 'ip' }),
      ),
      externalName: text('DNS name that stands behind the service, for type ExternalName.', {
        format: 'host',
      }),
      externalIPs: list(
        'Further addresses at which nodes take traffic.',
        text('An address.', { format: 'ip', ...no }),
        no,
      ),
      ipFamilies: list('IP families of the addresses.', text('`IPv4` or `IPv6`.', no), no),
      ipFamilyPolicy: text('Whether one or two IP families are wanted.', no),
      loadBalancerIP: text('Address that the load balancer shall have.', no),
      loadBalancerClass: text('Which implementation makes the load balancer.', no),
      loadBalancerSourceRanges: list(
        'Ranges of callers that the load balancer lets in.',
        text('A range of addresses.', no),
        no,
      ),
      allocateLoadBalancerNodePorts: boolean('Whether a load balancer gets ports of the nodes.', no),
      externalTrafficPolicy: text('Whether traffic from outside stays on the node that it came to.', no),
      internalTrafficPolicy: text('Whether traffic from inside stays on its node.', no),
      trafficDistribution: text('Whether near endpoints are preferred.', no),
      healthCheckNodePort: integer('Port of the nodes for health checks of the load balancer.', {
        minimum: 0,
        maximum: 65_535,
        ...no,
      }),
      publishNotReadyAddresses: boolean('Whether pods that are not ready count as endpoints.', no),
      sessionAffinity: text('Whether a caller keeps its pod; Istio does not regard it.', no),
      sessionAffinityConfig: any('For how long a caller keeps its pod.', no),
    }),
    status: any('What Kubernetes reports about the service; not written by hand.'),
  }),
};
