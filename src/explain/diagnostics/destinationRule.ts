import type { Wording } from './wording.ts';

export const DESTINATION_RULE: Readonly<Record<string, Wording>> = {
  DR001: {
    title: 'Host of the rule is missing or invalid',
    says: '[{got} is not a host. ]A DestinationRule needs the name of a service.',
    todo: 'Write a full name such as `reviews.default.svc.cluster.local`, a short name, or a wildcard such as `*.example.com`, without port.',
  },
  DR002: {
    title: 'Traffic policy that sets nothing',
    says: 'This `trafficPolicy` has no setting.',
    todo: 'Add one, or remove the policy.',
  },
  DR003: {
    title: 'Tunnel and PROXY protocol',
    says: '`tunnel` and `proxyProtocol` exclude each other.',
    todo: 'Keep one of them.',
  },
  DR004: {
    title: 'Invalid duration in outlier detection',
    says: '{got} is not a duration in whole milliseconds.',
    todo: 'Write for instance `10s` or `500ms`.',
  },
  DR005: {
    title: 'consecutiveErrors is deprecated',
    says: '`consecutiveErrors` is deprecated; newer fields say what counts as an error.',
    todo: 'Use `consecutive5xxErrors` or `consecutiveGatewayErrors`.',
  },
  DR006: {
    title: 'Local errors are not counted apart',
    says: '`consecutiveLocalOriginFailures` counts only with `splitExternalLocalOriginErrors`.',
    todo: 'Add `splitExternalLocalOriginErrors: true`.',
  },
  DR007: {
    title: 'Percentage out of range',
    says: '{got} is not a percentage from 0 to 100.',
    todo: 'Write a number from 0 to 100.',
  },
  DR008: {
    title: 'Empty connection pool',
    says: '`connectionPool` has neither `http` nor `tcp`.',
    todo: 'Add settings, or remove it.',
  },
  DR009: {
    title: 'Negative limit',
    says: '[{field} must not be negative; ]{got} is.',
    todo: 'Write 0 or more.',
  },
  DR010: {
    title: 'Invalid duration in the connection pool',
    says: '{got} is not a duration in whole milliseconds.',
    todo: 'Write for instance `30s` or `500ms`.',
  },
  DR011: {
    title: 'Protocol fixed and followed',
    says: '`h2UpgradePolicy: UPGRADE` and `useClientProtocol: true` contradict each other.',
    todo: 'Keep one of them.',
  },
  DR012: {
    title: 'Half a keepalive',
    says: '`http2KeepAlive` needs `interval` and `timeout`.',
    todo: 'Add the missing one.',
  },
  DR013: {
    title: 'Cookie without a name',
    says: 'Hashing by cookie needs the name of the cookie.',
    todo: 'Add `httpCookie.name`.',
  },
  DR014: {
    title: 'Cookie attribute empty or repeated',
    says: 'The name of a cookie attribute is empty or stands twice[: {got}].',
    todo: 'Keep each attribute once, with a name.',
  },
  DR015: {
    title: 'minimumRingSize is deprecated',
    says: '`consistentHash.minimumRingSize` is deprecated.',
    todo: 'Use `ringHash.minimumRingSize`.',
  },
  DR016: {
    title: 'Ring size given twice',
    says: '`minimumRingSize` cannot stand beside `ringHash` or `maglev`.',
    todo: 'Keep the newer field.',
  },
  DR017: {
    title: 'Maglev table of a wrong size',
    says: '{got} is not a prime below 5000011.',
    todo: 'Use a prime such as 65537.',
  },
  DR018: {
    title: 'Two ways to balance by locality',
    says: '`localityLbSetting` and `zoneAwareLbSetting` exclude each other.',
    todo: 'Keep one of them.',
  },
  DR019: {
    title: 'distribute beside failover',
    says: '`distribute` and `failover` exclude each other.',
    todo: 'Keep one of them.',
  },
  DR020: {
    title: 'Failover by region given twice',
    says: '`failover` cannot stand beside [{got}, ]a topology label in `failoverPriority`.',
    todo: 'Remove the label, or `failover`.',
  },
  DR021: {
    title: 'Locality weight out of range',
    says: '{got} is not a weight from 1 to 100.',
    todo: 'Write a weight from 1 to 100, or remove the locality.',
  },
  DR022: {
    title: 'Locality weights do not add up',
    says: 'The weights of one `distribute` entry must add up to 100[; they make {got}].',
    todo: 'Adjust the weights.',
  },
  DR023: {
    title: 'Localities overlap or are malformed',
    says: '[{got}: ]a locality is `region/zone/subzone`, where only the last part may be `*`, and none may be within another.',
    todo: 'Correct the text, or remove the wider one.',
  },
  DR024: {
    title: 'Failover that never happens',
    says: 'Without `outlierDetection` no endpoint is ever unhealthy, so failover has no effect.',
    todo: 'Add `outlierDetection` to the same policy.',
  },
  DR025: {
    title: 'Failover to itself or to a zone',
    says: '`failover` goes from one region to another[; here from {from} to {to}].',
    todo: 'Write two different regions, without `/` and `*`.',
  },
  DR026: {
    title: 'Topology label where it is implied',
    says: 'With `zoneAwareLbSetting`, region, zone and subzone count anyway[; {got} must not be listed].',
    todo: 'Remove the label.',
  },
  DR027: {
    title: 'Invalid warm-up',
    says: 'Warm-up needs a duration, a `minimumPercent` of at most 100 and an `aggression` above 0[; {got} is none].',
    todo: 'Correct the value, or leave the optional ones out.',
  },
  DR028: {
    title: 'ConfigMap of another namespace',
    says: '{got} is not `configmap://` with the namespace of this rule and a name.',
    todo: 'Write `configmap://` + namespace + `/` + name, with the namespace of the rule.',
  },
  DR029: {
    title: 'Verification skipped and configured',
    says: '`insecureSkipVerify: true` cannot stand beside settings that verify the server.',
    todo: 'Remove `insecureSkipVerify`, or the CA and the names.',
  },
  DR030: {
    title: 'Files beside a Secret',
    says: '`credentialName` replaces the certificate files[; {field} must go].',
    todo: 'Keep the Secret or the files.',
  },
  DR031: {
    title: 'MUTUAL without a client certificate',
    says: 'Mode `MUTUAL` needs a certificate to present[; {field} is missing].',
    todo: 'Add `credentialName`, or `clientCertificate` and `privateKey`.',
  },
  DR032: {
    title: 'Port settings without a port',
    says: 'This entry of `portLevelSettings` does not say for which port it is.',
    todo: 'Add `port.number`.',
  },
  DR033: {
    title: 'Port settings that set nothing',
    says: 'This entry has a port and no setting for it.',
    todo: 'Add `tls`, `connectionPool`, `loadBalancer` or `outlierDetection`, or remove the entry.',
  },
  DR034: {
    title: 'Invalid tunnel',
    says: 'A tunnel needs protocol CONNECT or POST, a host and a port[; {got} is none].',
    todo: 'Correct the value; the protocol is written in capitals.',
  },
  DR037: {
    title: 'Subset defined twice',
    says: 'There are two subsets called {got}.',
    todo: 'Rename or remove one.',
  },
  DR038: {
    title: 'Invalid subset name',
    says: '[{got} is not valid: ]the name of a subset is one DNS label.',
    todo: 'Use letters, digits and `-`.',
  },
  DR039: {
    title: 'Invalid label of a subset',
    says: '{got} is not a label that Kubernetes allows.',
    todo: 'Correct the key or the value.',
  },
  DR041: {
    title: 'Selected workloads only, yet exported',
    says: 'A rule with `workloadSelector` belongs to its own namespace[; {got} is exported to as well].',
    todo: 'Write `exportTo: ["."]`.',
  },
  DR042: {
    title: 'Wildcard or empty key in the selector',
    says: 'Labels of a `workloadSelector` must be written out[; {got} is not].',
    todo: 'Remove `*` and empty keys.',
  },
  DR043: {
    title: 'Selector without labels',
    says: 'This `workloadSelector` names no label, so it selects all pods of the namespace.',
    todo: 'Add labels, or remove it.',
  },
  DR050: {
    title: 'Only publicly trusted certificates',
    says: 'TLS to {host} in mode {mode} names no CA. The proxy then uses the system’s, so a server with a private CA is refused.',
    todo: 'Fine for public services. For a private CA add `caCertificates` or a `credentialName`.',
  },
  DR051: {
    title: 'Only publicly trusted certificates for this port',
    says: 'TLS to port {port} of {host} in mode {mode} names no CA. The proxy then uses the system’s, so a server with a private CA is refused.',
    todo: 'Fine for public services. For a private CA add `caCertificates` or a `credentialName`.',
  },
  DR052: {
    title: 'Subset without pods',
    says: 'No pod in this paste has the labels of subset {subset}[ ({labels})]. Requests to it would get 503.',
    todo: 'Compare the labels with those of the pods.',
  },
  DR053: {
    title: 'Host not in this paste',
    says: 'No Service and no ServiceEntry in this paste is called {host}.',
    todo: 'Fine if it exists in the cluster. Otherwise check the name: short names mean the namespace of the rule.',
  },
  DR054: {
    title: 'Two rules for one host',
    says: '{other} has settings for {host} too.',
    todo: 'Join the rules; which one applies depends on namespaces and age.',
  },
  DR055: {
    title: 'Rule that switches mutual TLS off',
    says: '{other} sets mutual TLS for a wider host, and this rule replaces it without a `tls` block.',
    todo: 'Add `tls: {mode: ISTIO_MUTUAL}` here too.',
  },
  DR058: {
    title: 'Subset without labels',
    says: 'Subset {subset} has no labels, so it is all pods of the service.',
    todo: 'Fine if only its traffic policy matters. Otherwise add labels.',
  },
  DR201: {
    title: 'Traffic policy that is ignored',
    says: '{other} is older, has the same host, and has a traffic policy already. That of this rule is not used; its subsets are added.',
    todo: 'Join the two rules.',
  },
  DR202: {
    title: 'Port falls back to defaults',
    says: 'Settings for a port replace those of the rule: port {port} has no {fields}, so the defaults apply to it.',
    todo: 'Repeat what the port should keep.',
  },
  DR203: {
    title: 'Certificates that are not used',
    says: 'In mode {mode} the certificate fields ({fields}) are ignored.',
    todo: 'Use mode `SIMPLE` or `MUTUAL`, or remove them.',
  },
  DR204: {
    title: 'Mutual TLS to something outside the mesh',
    says: '{host} is outside the mesh and cannot present a certificate of the mesh, so the handshake fails.',
    todo: 'Use mode `SIMPLE`, or `location: MESH_INTERNAL` if it does have a sidecar.',
  },
  DR205: {
    title: 'Subset that no route uses',
    says: 'No route in this paste names subset {subset} of {host}.',
    todo: 'Fine if others do. Otherwise remove it.',
  },
  DR206: {
    title: 'Settings for a port that is not there',
    says: '{host} has no port {port}[; it has {ports}].',
    todo: 'Use the port of the Service, not its target port.',
  },
  DR207: {
    title: 'Deprecated or idle setting in a subset or port',
    says: '[{field} here is deprecated or without effect: {problem}. ]The webhook warns of it only at the top of the rule.',
    todo: 'Use the field that replaces it, or add what it needs.',
  },
};
