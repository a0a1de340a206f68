import type { Wording } from './wording.ts';

export const SERVICE_ENTRY: Readonly<Record<string, Wording>> = {
  SE001: {
    title: 'Wildcard or empty key in the selector',
    says: 'Labels of a `workloadSelector` must be written out[; {got} is not].',
    todo: 'Remove `*` and empty keys.',
  },
  SE002: {
    title: 'Selector without labels',
    says: 'This `workloadSelector` names no label, so it takes every pod and WorkloadEntry of the namespace.',
    todo: 'Add labels.',
  },
  SE003: {
    title: 'Endpoints and a selector',
    says: '`endpoints` and `workloadSelector` exclude each other.',
    todo: 'Keep one of them.',
  },
  SE005: {
    title: 'Host `*`',
    says: 'A ServiceEntry cannot stand for every host.',
    todo: 'Name the hosts, or use a wildcard for a domain: `*.example.com`.',
  },
  SE006: {
    title: 'Not a host name',
    says: '{got} is not a host name.',
    todo: 'Write the name without scheme, port and path.',
  },
  SE007: {
    title: 'Wildcard inside a label',
    says: 'In {got} the star is only part of the first label; it matches, but not as DNS would.',
    todo: 'Write `*.` and a domain.',
  },
  SE008: {
    title: 'Not an address',
    says: '{got} is neither an IP address nor a range such as `10.0.0.0/8`.',
    todo: 'Names belong into `hosts`.',
  },
  SE009: {
    title: 'Range with names to resolve',
    says: 'An address range[, {got},] goes with resolution NONE or STATIC only[; here it is {resolution}].',
    todo: 'Use single addresses, or another resolution.',
  },
  SE010: {
    title: 'Port defined twice',
    says: '[{got} stands twice: ]names and numbers of ports must differ.',
    todo: 'Rename or remove one.',
  },
  SE011: {
    title: 'Invalid port',
    says: '[{got} is not a valid {field}. ]A port needs a name of letters, digits and `-`, a number from 1 to 65535, and a protocol that Istio knows.',
    todo: 'Correct the value.',
  },
  SE012: {
    title: 'TCP port without an address',
    says: 'Port {port} is plain TCP and the entry has no address, so connections to it cannot be told from others to the same port.',
    todo: 'Add `addresses`, or rely on automatic allocation (resolution other than NONE, with DNS capture).',
  },
  SE013: {
    title: 'Endpoints without resolution',
    says: 'With resolution NONE, which is the default, connections go to the address that the client dialled, so `endpoints` are refused.',
    todo: 'Use resolution STATIC for addresses, DNS for names.',
  },
  SE014: {
    title: 'Selector without resolution',
    says: 'With resolution NONE a `workloadSelector` has no effect.',
    todo: 'Use resolution STATIC.',
  },
  SE016: {
    title: 'Endpoint without an address',
    says: 'An endpoint needs `address` or `network`.',
    todo: 'Add the address.',
  },
  SE017: {
    title: 'Endpoint with a network only',
    says: 'This endpoint has no address; only proxies of other networks can reach it, through a gateway.',
    todo: 'Add the address, unless that is intended.',
  },
  SE018: {
    title: 'Invalid Unix endpoint',
    says: 'A `unix://` endpoint needs an absolute path, no `ports`, and exactly one port in the entry[; {got} is none].',
    todo: 'Write `unix:///path/to/socket`.',
  },
  SE019: {
    title: 'Name where an address must be',
    says: 'With resolution STATIC an endpoint is an IP address[; {got} is not].',
    todo: 'Use resolution DNS for names.',
  },
  SE020: {
    title: 'Endpoint port that the entry does not have',
    says: '{got} is not the name of a port of this entry, or not a port number.',
    todo: 'Use the names of `spec.ports`, with the port of the endpoint as value.',
  },
  SE021: {
    title: 'Invalid label of an endpoint',
    says: '{got} is not a label that Kubernetes allows.',
    todo: 'Correct the key or the value.',
  },
  SE022: {
    title: 'Wildcard cannot be resolved',
    says: '{got} cannot be resolved by DNS, and there are no endpoints.',
    todo: 'Name the host, add endpoints, or use resolution DYNAMIC_DNS or NONE.',
  },
  SE023: {
    title: 'More than one endpoint',
    says: 'With DNS_ROUND_ROBIN an entry has at most one endpoint[; here are {got}].',
    todo: 'Keep one, or use DNS.',
  },
  SE024: {
    title: 'Endpoint is neither name nor address',
    says: '{got} is neither a host name nor an IP address.',
    todo: 'Write it without port; ports go under `ports`.',
  },
  SE025: {
    title: 'Several hosts behind one address',
    says: 'For TCP and TLS ports, hosts that share an address cannot be told apart.',
    todo: 'Give each host an entry of its own.',
  },
  SE026: {
    title: 'DYNAMIC_DNS needs wildcards',
    says: 'With DYNAMIC_DNS each host begins with `*.`[; {got} does not].',
    todo: 'Use resolution DNS for single names.',
  },
  SE027: {
    title: 'Addresses with DYNAMIC_DNS',
    says: 'With DYNAMIC_DNS there are neither `addresses` nor `endpoints`.',
    todo: 'Remove them.',
  },
  SE028: {
    title: 'Protocol that DYNAMIC_DNS cannot resolve',
    says: '[{got} does not work here: ]DYNAMIC_DNS takes the name from the request, which HTTP, HTTP2, GRPC and TLS have.',
    todo: 'Use one of these protocols.',
  },
  SE029: {
    title: 'DYNAMIC_DNS through a waypoint',
    says: 'An internal entry with DYNAMIC_DNS cannot use a waypoint.',
    todo: 'Remove the label `istio.io/use-waypoint`, or use MESH_EXTERNAL.',
  },
  SE031: {
    title: 'Several hosts on a plain TCP port',
    says: 'Plain TCP says no host, so several hosts cannot share a port with protocol [{got}].',
    todo: 'Give each host an entry of its own, or use protocol TLS or HTTP.',
  },
  SE040: {
    title: 'Two protocols for one host and port',
    says: '{host}:{port} is {protocol} here, and something else in {others}. One of them wins, and the traffic of the other is not understood.',
    todo: 'Agree on one protocol.',
  },
  SE041: {
    title: 'Host and port in two entries',
    says: '{host}:{port} is defined in {other} too.',
    todo: 'Keep it in one entry.',
  },
  SE042: {
    title: 'Not bound to its waypoint',
    says: 'The status says that the waypoint is not in use[ ({reason})][: {text}].',
    todo: 'Check the label `istio.io/use-waypoint` and the waypoint.',
  },
  SE201: {
    title: 'Entry without ports',
    says: 'Without ports nothing can be routed to this entry.',
    todo: 'Add `ports`.',
  },
  SE202: {
    title: 'Entry for a host of the cluster',
    says: '{host} is, or covers, Service {other}. Which of the two proxies use depends on the port and the namespace.',
    todo: 'Choose another host, or remove the entry.',
  },
  SE203: {
    title: 'Endpoint setting without effect',
    says: '[{field} has no effect here. ][The entry has no endpoint: {problem}.]',
    todo: 'Add endpoints or a `workloadSelector`, or use resolution DNS.',
  },
  SE204: {
    title: 'Inside the mesh, but called external',
    says: 'Without `location` an entry is outside the mesh, so mutual TLS is not used for its workloads.',
    todo: 'Add `location: MESH_INTERNAL`.',
  },
};
