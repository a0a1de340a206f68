import type { Wording } from './wording.ts';

export const SIDECAR: Readonly<Record<string, Wording>> = {
  SC001: {
    title: 'Wildcard or empty key in the selector',
    says: 'Labels of a `workloadSelector` must be written out[; {got} is not].',
    todo: 'Remove `*` and empty keys.',
  },
  SC002: {
    title: 'Selector without labels',
    says: 'This `workloadSelector` names no label, so the Sidecar is for the whole namespace.',
    todo: 'Add labels, or remove it.',
  },
  SC003: {
    title: 'Sidecar that sets nothing',
    says: 'There is neither `ingress` nor `egress`, nor a policy for outbound traffic.',
    todo: 'Add one of them.',
  },
  SC005: {
    title: 'targetPort in a Sidecar',
    says: 'A listener has no target port; Istio refuses {got}.',
    todo: 'Remove it. `defaultEndpoint` says where the application listens.',
  },
  SC006: {
    title: 'Invalid port',
    says: '{got} is not a valid {field} of a port.',
    todo: 'Names have letters, digits and `-`, numbers go from 1 to 65535, protocols are those of a Gateway.',
  },
  SC007: {
    title: 'bind is no address',
    says: '{got} is neither an IP address nor, without a port, an absolute `unix://` path.',
    todo: 'Write an address, or leave it out.',
  },
  SC008: {
    title: 'Listener defined twice',
    says: 'Two listeners have {got}.',
    todo: 'Join them, or use another port.',
  },
  SC009: {
    title: 'Endpoint that is not on this pod',
    says: '{got} is not a port of the pod itself.',
    todo: 'Write `127.0.0.1:8080`, `0.0.0.0:8080`, or a `unix://` path.',
  },
  SC010: {
    title: 'TLS field that a Sidecar does not have',
    says: '{field} is not supported for a listener of a Sidecar.',
    todo: 'Remove it.',
  },
  SC011: {
    title: 'Listener without a port is not the last',
    says: 'Only the last `egress` listener may have no port.',
    todo: 'Move it to the end.',
  },
  SC012: {
    title: 'Listener without hosts',
    says: 'An `egress` listener needs at least one host.',
    todo: 'Add hosts, such as `"./*"` for the own namespace.',
  },
  SC013: {
    title: 'Not a host with a namespace',
    says: '{got} is not `namespace/host`.',
    todo: 'Write a namespace, `.`, `*` or `~`, a slash, and a full host or `*`.',
  },
  SC014: {
    title: 'Host already covered',
    says: '{got} is covered by another entry of the same namespace.',
    todo: 'Remove one of them.',
  },
  SC015: {
    title: 'Everything and more',
    says: '`*/*` stands beside other hosts, which it covers.',
    todo: 'Keep `*/*`, or the others.',
  },
  SC016: {
    title: 'Invalid egress proxy',
    says: 'An `egressProxy` needs mode `ALLOW_ANY`, the full name of a service, and a port[; {got} is none][; the mode is {mode}].',
    todo: 'Correct it, or remove it.',
  },
  SC017: {
    title: 'Socket that cannot be captured',
    says: 'A listener on a Unix socket cannot have `captureMode: IPTABLES`.',
    todo: 'Use `DEFAULT` or `NONE`.',
  },
  SC018: {
    title: 'HTTP settings for another protocol',
    says: 'The listener is for {protocol}, so HTTP settings of its connection pool have no effect.',
    todo: 'Remove them, or correct the protocol.',
  },
  SC019: {
    title: 'TLS settings on a protocol without TLS',
    says: 'The listener is for {protocol}; `tls` needs HTTPS or TLS.',
    todo: 'Correct the protocol, or remove the block.',
  },
};
