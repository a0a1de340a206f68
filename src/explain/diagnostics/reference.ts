import type { Wording } from './wording.ts';

export const REFERENCE: Readonly<Record<string, Wording>> = {
  REF001: {
    title: 'Gateway’s pods are not in this paste',
    says: 'No pod in this paste has the labels [{selector}]. Gatehouse assumes a workload that has them.',
    todo: 'Fine if the gateway runs in the cluster. Otherwise compare the selector with the labels of the gateway’s pods.',
  },
  REF002: {
    title: 'Secret not in this paste',
    says: 'There is no Secret {secret} in namespace {namespace}, where the gateway’s pods are.',
    todo: 'Fine if it exists in the cluster. It must be in the namespace of the pods, not of the Gateway.',
  },
  REF003: {
    title: 'Secret without a usable certificate',
    says: 'Secret {secret} in namespace {namespace} gives the gateway no certificate ({reason}). TLS connections to this server fail.',
    todo: 'It needs the keys `tls.crt` and `tls.key`, or `cert` and `key`, with a certificate in PEM that is valid today.',
  },
  REF004: {
    title: 'Gateway not in this paste',
    says: 'No Gateway in this paste is called {full}.[ Other places that name it: {more}.]',
    todo: 'Fine if it exists in the cluster. Otherwise write `namespace/name`; a name alone means the namespace of this object.',
  },
  REF005: {
    title: 'Destination not in this paste',
    says: 'No Service and no ServiceEntry in this paste is called {full}.',
    todo: 'Fine if it exists in the cluster. Otherwise check the name: a name without dots means the namespace of this object.',
  },
  REF006: {
    title: 'Mirror target not in this paste',
    says: 'No Service and no ServiceEntry in this paste is called {full}.',
    todo: 'Fine if it exists in the cluster. If it does not, nothing is mirrored.',
  },
  REF007: {
    title: 'Service has no such port',
    says: '{host} has no port {port}[; it has {ports}]. Nothing gets there: requests are answered 503.',
    todo: 'Use a port of the Service, not of its pods.',
  },
  REF008: {
    title: 'Subset not defined',
    says: 'No DestinationRule in this paste defines subset {subset} for {host}[; there are {subsets}]. Without one, requests get 503.',
    todo: 'Add the subset to the DestinationRule of the host, or correct its name.',
  },
  REF009: {
    title: 'Namespace not in this paste',
    says: 'No Namespace in this paste is called {namespace}.',
    todo: 'Fine if it exists in the cluster.',
  },
  REF010: {
    title: 'Protocol of a port has to be guessed',
    says: 'Neither the name[ {name}] of port {port} nor `appProtocol` says its protocol. Istio looks at the first bytes, which costs time and fails where the server speaks first.',
    todo: 'Name it by protocol and suffix (`http-web`), or set `appProtocol`.',
  },
  REF011: {
    title: 'Port name of an external service',
    says: 'The name [{name} ]of port {port} does not say a protocol that Istio can use for an ExternalName service.',
    todo: 'Name it by protocol, for instance `https` or `tls`.',
  },
  REF012: {
    title: 'Unknown appProtocol',
    says: '{got} is not an `appProtocol` that Istio knows, so the port is treated as if it said nothing.',
    todo: 'Write for instance `http`, `http2`, `grpc`, `https`, `tls` or `tcp`.',
  },
  REF013: {
    title: 'No container has this target port',
    says: 'Service port {port} leads to {targetPort}, which no container of the selected pods names.',
    todo: 'Fine if the container listens there anyway. Otherwise correct `targetPort`.',
  },
  REF014: {
    title: 'One port with two transports',
    says: 'Services {services} use port {port} of the same pods as {protocols}.',
    todo: 'Use different ports, or one protocol.',
  },
  REF015: {
    title: 'One target port under two ports',
    says: 'Services {services} lead to target port {targetPort} of the same pods as ports {ports}.',
    todo: 'Use the same port in all of them.',
  },
  REF201: {
    title: 'Short name means another namespace',
    says: '{host} means {full} here, and there is none. Namespace {namespace} has a Service of that name.',
    todo: 'Write {want}.',
  },
  REF202: {
    title: 'Half a service name',
    says: '{host} has a dot, so Istio takes it for a full name and completes nothing; no cluster has it, and requests get 503.',
    todo: 'Write {want}.',
  },
  REF203: {
    title: 'Target port where the port must be',
    says: '{port} is a target port of {host}. Routes name the port of the Service: {want}.',
    todo: 'Write {want}.',
  },
  REF204: {
    title: 'Plain HTTP to a port that expects TLS',
    says: 'Port {port} of {host} speaks TLS, and no DestinationRule makes the gateway speak TLS to it. The server answers 400 or closes.',
    todo: 'Add a DestinationRule for the host with `tls.mode: SIMPLE`.',
  },
  REF205: {
    title: 'Port left to the listener',
    says: '{host} has several ports ({ports}), and the destination names none. Istio then takes the port of the listener that the request came in by[: {port}].',
    todo: 'Name the port.',
  },
  REF206: {
    title: 'TLS to a plaintext port',
    says: 'This rule makes proxies speak TLS to port {port} of {host}, which is {protocol}.',
    todo: 'Set `tls` only for the ports that speak TLS, under `portLevelSettings`.',
  },
  REF207: {
    title: 'External host that a gateway cannot reach',
    says: 'The ServiceEntry of {host} has resolution NONE: connections go where the client dialled. A gateway’s client dialled the gateway, so there is no endpoint and requests get 503.',
    todo: 'Use resolution DNS, or STATIC with endpoints.',
  },
  REF208: {
    title: 'Rule that the gateway does not look at',
    says: 'For {host}, a gateway in {namespace} looks for rules in {want|or} only. This one is in another namespace.',
    todo: 'Move it to the namespace of the service, unless it is for callers in its own.',
  },
  REF209: {
    title: 'Subset in a rule that is not used',
    says: 'Subset {subset} of {host} is defined, but proxies in {namespace} use {other}, which does not have it. Requests get 503.',
    todo: 'Define the subset in that rule, or join the rules.',
  },
  REF210: {
    title: 'Service without pods',
    says: 'Service {host} selects no pod of this paste.',
    todo: 'Fine if the pods are in the cluster. Otherwise compare selector and labels.',
  },
  REF211: {
    title: 'Secret in the wrong namespace',
    says: 'Secret {secret} is in namespace {found}, but the gateway’s pods, in {namespace}, can only read Secrets of their own namespace.',
    todo: 'Create the Secret in {namespace}.',
  },
  REF212: {
    title: 'Secret of another namespace',
    says: '{secret} names a Secret outside {namespace}, the namespace of the gateway’s pods. Istio denies it.',
    todo: 'Put the Secret into that namespace and write its name alone.',
  },
  REF213: {
    title: 'Certificate does not cover the host',
    says: 'The certificate in Secret {secret} is for {names} and does not cover {host}. A star covers one label only.',
    todo: 'Use a certificate with that name.',
  },
  REF214: {
    title: 'No CA for client certificates',
    says: 'Mode {mode} needs a CA, and Secret {secret} holds none, nor does a Secret {secret}-cacert.',
    todo: 'Add the key `ca.crt` to the Secret.',
  },
  REF215: {
    title: 'Secret not in this paste',
    says: 'There is no Secret {secret} in namespace {namespace}.',
    todo: 'Fine if it exists in the cluster.',
  },
  REF216: {
    title: 'Something is off with the Secret',
    says: 'Secret {secret}: {problem}.',
    todo: 'Put certificate and key that belong together into `tls.crt` and `tls.key`.',
  },
  REF217: {
    title: 'Gateway is in another namespace',
    says: '{gateway} means {full}, and there is none. Namespace {namespace} has a Gateway of that name.',
    todo: 'Write {want}.',
  },
  REF218: {
    title: 'gRPC to an HTTP/1 port',
    says: 'This route carries gRPC, which needs HTTP/2, and port {port} of {host} is {protocol}.',
    todo: 'Name the port of the Service `grpc-…`, or set `appProtocol: grpc`.',
  },
  REF219: {
    title: 'Destination that the gateway does not see',
    says: '{host} is not exported to {namespace}, the namespace of the gateway’s pods. Requests get 503.',
    todo: 'Add the namespace to its `exportTo` (or to the annotation `networking.istio.io/exportTo` of the Service).',
  },
  REF220: {
    title: 'ExternalName without a ServiceEntry',
    says: '{host} stands for {want}, and a route needs a cluster of that name, which there is not.',
    todo: 'Add a ServiceEntry for {want}, or route to it directly.',
  },
};
