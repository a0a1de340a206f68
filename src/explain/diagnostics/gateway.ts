import type { Wording } from './wording.ts';

export const GATEWAY: Readonly<Record<string, Wording>> = {
  GW001: {
    title: 'Name that is no DNS label',
    says: 'The name of a Gateway must be one DNS label, without dots and of at most 63 characters[; {got} is not]. Kubernetes allows more, Istio does not.',
    todo: 'Use at most 63 letters, digits and `-`.',
  },
  GW002: {
    title: 'Gateway without servers',
    says: 'A Gateway needs at least one server, and this one has none.',
    todo: 'Add an entry with `port` and `hosts` under `spec.servers`.',
  },
  GW004: {
    title: 'Port name used twice',
    says: 'Two servers of this Gateway have the port name {got}. The name is part of the route table’s name, so Istio refuses it.',
    todo: 'Give each server its own port name, such as `https-shop` and `https-blog`.',
  },
  GW005: {
    title: 'httpsRedirect on a server that is not plain HTTP',
    says: '`httpsRedirect` acts on plain HTTP only; on a server with protocol [{protocol}] it does nothing.',
    todo: 'Put it on the server of port 80, and remove it here.',
  },
  GW006: {
    title: 'Server without hosts',
    says: 'This server lists no host.',
    todo: 'Add the names that it serves, or `"*"` for all.',
  },
  GW007: {
    title: 'Half a host',
    says: 'In {got} one side of the slash is empty.',
    todo: 'Write both sides, `*/host` for any namespace, or the host alone.',
  },
  GW008: {
    title: 'Not a namespace',
    says: 'What stands before the slash of {got} is no namespace.',
    todo: 'Before the slash stands a namespace, `.` for the namespace of the Gateway, or `*`.',
  },
  GW009: {
    title: 'Short host name in a Gateway',
    says: '{got} has no dot. Gateways take full names only, since clients outside the mesh know no others.',
    todo: 'Write the name that clients use, such as `shop.example.com`, or `"*"`.',
  },
  GW010: {
    title: 'Not a host name',
    says: '{got} is not a host name that Istio takes.',
    todo: 'Write a name without scheme, port, path or underscore; a wildcard is a whole first label, as in `*.example.com`.',
  },
  GW011: {
    title: 'Wildcard inside a label',
    says: 'In {got} the star is only part of the first label.',
    todo: 'Write `*.` and the rest, or list the names one by one.',
  },
  GW013: {
    title: 'Unknown protocol',
    says: '{got} is not a protocol that Istio knows.',
    todo: 'Write HTTP, HTTPS, HTTP2, GRPC, TLS, TCP, MONGO, REDIS or MYSQL.',
  },
  GW014: {
    title: 'Not a port number',
    says: '{got} is not a port from 1 to 65535.',
    todo: 'Write the port that the gateway listens on. Only a `unix://` bind goes with port 0.',
  },
  GW015: {
    title: 'targetPort in a Gateway',
    says: 'A Gateway has no target port; Istio refuses `port.targetPort`.',
    todo: 'Remove it. The Service in front of the gateway says which container port its port leads to.',
  },
  GW016: {
    title: 'Port without a name',
    says: 'The port of a server needs a name.',
    todo: 'Add `name`, for instance the protocol and a suffix: `https-shop`.',
  },
  GW017: {
    title: 'bind is no address',
    says: '{got} is neither an IP address nor a `unix://` path.',
    todo: 'Write one IP address, without prefix length and without port, or leave `bind` out.',
  },
  GW018: {
    title: 'Socket path is not absolute',
    says: '{got} is not an absolute path, nor does it begin with `@` for an abstract socket.',
    todo: 'Write `unix:///path/to/socket`.',
  },
  GW019: {
    title: 'Socket with a port number',
    says: 'A server bound to a Unix socket has port number 0[, and {got} is written].',
    todo: 'Write `number: 0`.',
  },
  GW020: {
    title: 'TLS protocol without tls',
    says: 'A server with protocol {protocol} needs a `tls` block.',
    todo: 'Add `tls` with a `mode`: `SIMPLE` and a `credentialName` to end TLS here, `PASSTHROUGH` to send it on.',
  },
  GW021: {
    title: 'TLS settings on plain HTTP',
    says: 'On a server that speaks plain HTTP, `tls` may hold `httpsRedirect` and nothing else.',
    todo: 'Use protocol HTTPS to end TLS here, or remove the TLS settings.',
  },
  GW022: {
    title: 'TLS settings on a protocol without TLS',
    says: 'A server with protocol {protocol} cannot have `tls`.',
    todo: 'Use protocol TLS, or remove the block.',
  },
  GW023: {
    title: 'Old TLS version without ciphers for it',
    says: 'TLS below 1.2 is allowed here, but the default cipher suites do not fit it.',
    todo: 'List `cipherSuites` for the old version, or raise `minProtocolVersion` to `TLSV1_2`.',
  },
  GW024: {
    title: 'Unknown cipher suite',
    says: 'Istio does not know the cipher suite [{got} ]and leaves it out. The suites of TLS 1.3 cannot be chosen.',
    todo: 'Use OpenSSL’s names, for instance `ECDHE-RSA-AES128-GCM-SHA256`.',
  },
  GW025: {
    title: 'Cipher suite listed twice',
    says: 'The cipher suite [{got} ]stands twice in the list.',
    todo: 'Remove one of the two.',
  },
  GW026: {
    title: 'Certificate with ISTIO_MUTUAL',
    says: 'In mode `ISTIO_MUTUAL` the gateway presents the certificate of its workload, so [{field}] and other certificate fields are refused.',
    todo: 'Remove the certificate fields, or use mode `MUTUAL`.',
  },
  GW027: {
    title: 'Certificate for TLS that is not ended here',
    says: 'In mode [{mode} ]the gateway does not end TLS, so the certificate fields have no effect. Without a mode, TLS is passed through.',
    todo: 'Add `mode: SIMPLE` to end TLS here, or remove the certificate fields.',
  },
  GW028: {
    title: 'Certificate given in two ways',
    says: 'The certificate may come from one source: `credentialName`, `credentialNames`, `tlsCertificates`, or both files[; here it comes from {got}].',
    todo: 'Keep one of them.',
  },
  GW029: {
    title: 'Client certificates without a CA',
    says: 'Mode [{mode} ]asks clients for certificates, and nothing says which CA they must come from.',
    todo: 'Add `caCertificates`, or use `credentialName` with a Secret that holds `ca.crt`.',
  },
  GW030: {
    title: 'No server certificate',
    says: 'In mode [{mode} ]the gateway must present a certificate, and none is given.',
    todo: 'Add `credentialName`, or `serverCertificate` and `privateKey`.',
  },
  GW031: {
    title: 'No private key',
    says: 'There is a server certificate but no `privateKey` for it.',
    todo: 'Add `privateKey`, or use `credentialName`.',
  },
  GW033: {
    title: 'Revocation list beside a Secret',
    says: '`caCrl` cannot be combined with `credentialName`.',
    todo: 'Put the list into the Secret, as key `ca.crl`.',
  },
  GW034: {
    title: 'Revocation list without client certificates',
    says: 'In mode `SIMPLE` no client certificate is looked at, so `caCrl` is refused.',
    todo: 'Remove it, or use mode `MUTUAL`.',
  },
  GW040: {
    title: 'Host served by two Gateways',
    says: '{host} on port {port} is already served by Gateway {gateway} on the same workload.',
    todo: 'Let one Gateway serve the host. Several VirtualServices can refer to it.',
  },
  GW041: {
    title: 'Certificate shared with another Gateway',
    says: 'Gateway {gateway} presents the same certificate ({certificate}). A browser may send a request for one host over the HTTP/2 connection of the other and get 404.',
    todo: 'Serve both hosts in one server (or under a wildcard), or give them certificates that do not overlap.',
  },
  GW042: {
    title: 'No Service leads to this port',
    says: 'No Service in front of the gateway’s pods has port {port}, so clients cannot reach it.',
    todo: 'Add the port to the Service of the gateway, or use one that it has.',
  },
  GW043: {
    title: 'Overlapping hosts on one port',
    says: '{host} on port {port} overlaps {other} of Gateway {gateway}.',
    todo: 'Fine if intended: the narrower name wins for TLS. Otherwise let one Gateway serve both.',
  },
  GW201: {
    title: 'TLS mode left out',
    says: 'There is a certificate but no `mode`. The default is `PASSTHROUGH`: TLS is not ended here, the certificate is not used, and `http` routes do not apply.',
    todo: 'Add `mode: SIMPLE`.',
  },
  GW202: {
    title: 'Redirect to a port that nothing serves',
    says: 'Requests for {host} are redirected to https, but no server of this workload serves it on port 443.',
    todo: 'Add an HTTPS server for the host on port 443, or serve it in clear.',
  },
  GW203: {
    title: 'Redirect behind a load balancer that ends TLS',
    says: 'A load balancer that ends TLS and forwards to this port gets the redirect again and again.',
    todo: 'If a load balancer ends TLS before the gateway, remove `httpsRedirect` and let the balancer redirect.',
  },
  GW204: {
    title: 'Redirect for a host with a namespace',
    says: '{host} keeps its namespace in the generated redirect, which then fits no request, until a VirtualService of that namespace serves the host.',
    todo: 'Write the host without namespace, or bind a VirtualService.',
  },
  GW205: {
    title: 'Redirect spreads to another server',
    says: '{gateway} serves {host} on the same port in clear. Both become one virtual host, so its requests are redirected too.',
    todo: 'Redirect in one place, and do not serve the host in clear beside it.',
  },
  GW206: {
    title: 'Protocol does not fit the port',
    says: 'Protocol {protocol} on port {port}[, named {name}]: clients there are likely to speak {want}.',
    todo: 'HTTPS usually has port 443 and a `tls` block, HTTP port 80. Correct the protocol or the port.',
  },
  GW207: {
    title: 'Protocol of no use on a gateway',
    says: 'Istio accepts {protocol} here, but a gateway cannot serve it: UDP becomes a TCP listener, HTTP_PROXY is meant for sidecars.',
    todo: 'Use TCP or HTTP, or leave the server out.',
  },
  GW208: {
    title: 'Whole server is dropped',
    says: '{host} on port {port} already has a TLS server. Istio drops this server with **all** its hosts.',
    todo: 'Remove the repeated host here, or join the two servers.',
  },
  GW209: {
    title: 'Envoy refuses the listener',
    says: 'Two servers of one port end up with the same TLS server name[ {name}], and Envoy refuses the whole listener.',
    todo: 'List each name in one server only; the namespace before the slash does not make it another name.',
  },
  GW210: {
    title: 'Port is taken by another protocol',
    says: 'Port {port} already carries {other}, so this {protocol} server is dropped.',
    todo: 'Use another port, or the same protocol.',
  },
  GW211: {
    title: 'Two ports are one listener',
    says: 'Ports {port} and {other} are the same listener: the Service translates {port} to {target}.',
    todo: 'Use one of the two numbers, or other target ports.',
  },
  GW212: {
    title: 'Port that the gateway may not open',
    says: 'The gateway’s pods are unprivileged and cannot listen on port {port}, which no Service translates to a higher one. The listener is left out.',
    todo: 'Map the port in the Service to a target port of 1024 or more.',
  },
  GW213: {
    title: 'Server without routes',
    says: 'No VirtualService reaches this server. Every request gets 404, or the connection is closed.',
    todo: 'Bind a VirtualService for one of its hosts[ ({hosts})]: it must list the gateway, overlap its hosts, be visible to it, and use the section (`http`, `tls`, `tcp`) that the server’s protocol needs.',
  },
  GW214: {
    title: 'Gateway without selector',
    says: 'Without a selector this Gateway applies to every gateway workload of the mesh, egress included.',
    todo: 'Select the pods that you mean, for instance `istio: ingressgateway`.',
  },
  GW215: {
    title: 'Certificate covers hosts of another server',
    says: 'This server and that of {other} present the same certificate on one port. A browser may reuse an HTTP/2 connection opened for one host for the other and get 404.',
    todo: 'List the hosts in one server, or give each its own certificate that does not cover the other.',
  },
  GW216: {
    title: 'A narrower server takes the connection',
    says: 'Connections for {host} go to a server of {gateway}, which lists it exactly and has no route for it. Routes of the wider server never see them.',
    todo: 'Bind the VirtualService to that Gateway too.',
  },
  GW217: {
    title: 'TLS server for an address',
    says: 'Clients send no address as TLS server name, so a connection to {host} never meets this server name.',
    todo: 'Use a name, or the host `"*"`.',
  },
  GW218: {
    title: 'TLS field without effect',
    says: '{field} has no effect in mode {mode}.',
    todo: 'Remove it, or change the mode.',
  },
  GW219: {
    title: 'No TLS version is left',
    says: 'The lowest version ({minimum}) is above the highest ({maximum}), so no handshake can succeed.',
    todo: 'Swap the two, or remove one.',
  },
  GW220: {
    title: 'subjectAltNames without client certificates',
    says: 'Names of client certificates are only checked where a CA is known. In mode `SIMPLE` with a Secret, Envoy refuses the listener.',
    todo: 'Use mode `MUTUAL`, or remove `subjectAltNames`.',
  },
  GW221: {
    title: 'Revocation list that is ignored',
    says: 'With a Secret, `caCrl` is not looked at.',
    todo: 'Put the list into the Secret, as key `ca.crl`.',
  },
  GW222: {
    title: 'defaultEndpoint is not implemented',
    says: 'Istio’s API has `defaultEndpoint`, but nothing reads it.',
    todo: 'Remove it, and route with a VirtualService.',
  },
  GW223: {
    title: 'Server name used twice',
    says: 'Two servers of this Gateway are called {got}; their statistics cannot be told apart.',
    todo: 'Give them different names.',
  },
  GW224: {
    title: 'Host already covered',
    says: '{host} is covered by {wildcard} of the same server.',
    todo: 'Harmless. Remove it, unless it is there to be read.',
  },
  GW225: {
    title: 'Routes that AUTO_PASSTHROUGH ignores',
    says: 'In mode `AUTO_PASSTHROUGH` the TLS server name says where the connection goes; VirtualServices do not take part.',
    todo: 'Remove the routes, or use `PASSTHROUGH`.',
  },
  GW226: {
    title: 'Port that the proxy uses itself',
    says: 'The gateway’s proxy itself listens on {port} (health, metrics or administration).',
    todo: 'Use another port.',
  },
  GW227: {
    title: 'Bound to the pod itself',
    says: '{got} can only be reached from within the pod.',
    todo: 'Leave `bind` out, or use an address that others can reach.',
  },
  GW228: {
    title: 'Two servers share one route table',
    says: 'This server would need the route table {name}, which another one has already.',
    todo: 'Give the port of this server another name.',
  },
  GW229: {
    title: 'Envoy refuses the listener for a wildcard',
    says: '{name} is a wildcard within a label. As a TLS server name Envoy refuses it, and with it the whole listener.',
    todo: 'Use `*.` and a domain, or list the names.',
  },
  GW230: {
    title: 'Host list that stops Istio',
    says: 'Behind `*/*` stands another host with a namespace. istiod fails on such a list while it builds the configuration.',
    todo: 'Move `*/*` to the end, or remove the others, which it covers.',
  },
  GW231: {
    title: 'Envoy refuses the listener for its curves',
    says: 'Envoy’s TLS library does not take the curves {curves}: one is unknown to it, or stands there twice. Envoy refuses the whole listener.',
    todo: 'Use `X25519`, `P-256`, `P-384` or `P-521`, each once.',
  },
};
