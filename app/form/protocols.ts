import type { Choice } from '../../src/istio/schema/schema.ts';

const protocols: readonly Choice[] = [
  { value: 'HTTP', doc: 'HTTP in plain, version 1 or 2: rules under http.' },
  { value: 'HTTPS', doc: 'TLS with HTTP inside: what ends it is the TLS mode.' },
  { value: 'HTTP2', doc: 'HTTP in plain; for a gateway the same as HTTP.' },
  { value: 'GRPC', doc: 'gRPC, which is HTTP/2: rules under http.' },
  { value: 'GRPC-Web', doc: 'gRPC from browsers: rules under http.' },
  { value: 'TLS', doc: 'TLS with any bytes inside: rules under tls, or under tcp where it ends here.' },
  { value: 'TCP', doc: 'Bytes as they are: rules under tcp.' },
  { value: 'MONGO', doc: 'MongoDB; routed like TCP.' },
  { value: 'MYSQL', doc: 'MySQL; routed like TCP.' },
  { value: 'REDIS', doc: 'Redis; routed like TCP.' },
];

/** What a port may speak, for the kinds whose ports name a protocol of Istio. */
export function protocolChoices(kind: string): readonly Choice[] {
  if (kind !== 'Service') return protocols;
  return [
    { value: 'TCP', doc: 'The protocol below: what is spoken over it, the name of the port says.' },
    { value: 'UDP', doc: 'Istio leaves UDP alone.' },
    { value: 'SCTP', doc: 'Istio leaves SCTP alone.' },
  ];
}
