import type { Wording } from './wording.ts';

export const VIRTUAL_SERVICE: Readonly<Record<string, Wording>> = {
  VS001: {
    title: 'Delegate with gateways',
    says: 'A VirtualService without hosts is a delegate, and a delegate cannot list gateways: it is bound where its root is.',
    todo: 'Remove `gateways`, or add `hosts`.',
  },
  VS002: {
    title: 'Delegate with tls routes',
    says: 'A VirtualService without hosts is a delegate, and only `http` rules can be delegated.',
    todo: 'Remove `tls`, or add `hosts`.',
  },
  VS003: {
    title: 'Delegate with tcp routes',
    says: 'A VirtualService without hosts is a delegate, and only `http` rules can be delegated.',
    todo: 'Remove `tcp`, or add `hosts`.',
  },
  VS004: {
    title: 'Malformed gateway reference',
    says: '{got} is not `namespace/name`.',
    todo: 'Write namespace and name, each a DNS label; `./name` is not possible, the name alone is.',
  },
  VS005: {
    title: 'Old form of a gateway reference',
    says: '{got} is the old form with dots. It still works today.',
    todo: 'Write `namespace/name`[: {want}].',
  },
  VS006: {
    title: 'Not the name of a gateway',
    says: '{got} cannot be the name of a Gateway.',
    todo: 'Write the name, or `namespace/name`, or `mesh`.',
  },
  VS007: {
    title: 'JWT claims in the mesh',
    says: 'Routing by claims[ ({got})] works on gateways only, and this object applies in the mesh too.',
    todo: 'List the gateways, without `mesh`.',
  },
  VS008: {
    title: 'Not a host',
    says: '{got} is not a host.',
    todo: 'Write a name without scheme, port and path, a wildcard such as `*.example.com`, or an IP address.',
  },
  VS009: {
    title: 'Host `*` in the mesh',
    says: 'The host `*` is only allowed where all `gateways` are gateways. Without `gateways`, or with `mesh`, it would take all traffic of the mesh.',
    todo: 'List the gateways, without `mesh`, or name the hosts.',
  },
  VS010: {
    title: 'Hosts that overlap',
    says: '{got} overlaps {other} of this list.',
    todo: 'Keep the wider one, or list names that do not overlap.',
  },
  VS011: {
    title: 'No routes',
    says: 'There is no rule under `http`, `tls` or `tcp`.',
    todo: 'Add one.',
  },
  VS013: {
    title: 'Delegate beside an action',
    says: 'A rule that delegates cannot have {field} too.',
    todo: 'Keep the delegate, or the action.',
  },
  VS014: {
    title: 'Delegate that delegates',
    says: 'Delegation goes one level deep: a VirtualService without hosts cannot delegate again.',
    todo: 'Delegate from the root to the last one directly.',
  },
  VS015: {
    title: 'Redirect beside something else',
    says: 'A rule that redirects cannot have {field} too.',
    todo: 'Keep one of them.',
  },
  VS016: {
    title: 'Direct response beside something else',
    says: 'A rule that answers by itself cannot have {field} too.',
    todo: 'Keep one of them.',
  },
  VS017: {
    title: 'Rule without action',
    says: 'This rule says neither where to go nor what to answer.',
    todo: 'Add `route`, `redirect`, `directResponse` or `delegate`; check the indentation if it seems to be there.',
  },
  VS018: {
    title: 'mirror and mirrors',
    says: '`mirror` and `mirrors` exclude each other.',
    todo: 'Move the one into the list of the other.',
  },
  VS019: {
    title: 'Condition that is dropped',
    says: 'The condition on {got} is null. The API server drops it without a word, so the rule matches more than it says.',
    todo: 'Write `{}` to ask whether it is present, or a value to compare with.',
  },
  VS020: {
    title: 'Not a header name',
    says: '{got} is not the name of a header.',
    todo: 'Names have letters, digits and `-`, and no spaces.',
  },
  VS021: {
    title: 'Empty prefix',
    says: 'An empty prefix is allowed for `uri` only.',
    todo: 'Write `{}` to ask whether it is present, or a prefix.',
  },
  VS022: {
    title: 'Empty regular expression',
    says: 'The expression is empty.',
    todo: 'Write one; `.*` matches everything.',
  },
  VS023: {
    title: 'Regular expression is too long',
    says: 'An expression may have 1024 bytes[, and this has {got}].',
    todo: 'Split it into several matches.',
  },
  VS024: {
    title: 'Not a regular expression of RE2',
    says: '{got} is no expression of RE2[: {problem}].',
    todo: 'RE2 has no look-ahead, look-behind and back-references. Put exceptions into an earlier rule, or into `withoutHeaders`.',
  },
  VS025: {
    title: 'Not a port',
    says: '{got} is not a port from 1 to 65535.',
    todo: 'Write the port of the gateway’s server.',
  },
  VS026: {
    title: 'Invalid source label',
    says: '{got} is not a label that Kubernetes allows.',
    todo: 'Correct the key or the value.',
  },
  VS028: {
    title: 'Not a namespace',
    says: '{got} is not the name of a namespace.',
    todo: 'Use lower-case letters, digits and `-`.',
  },
  VS029: {
    title: 'Header without a name',
    says: 'The name of a header to change is empty.',
    todo: 'Write its name, or remove the entry.',
  },
  VS030: {
    title: 'Header that cannot be changed',
    says: '{got} cannot be changed here: `host` and names with `:` stay as they are.',
    todo: 'To change the host, use `rewrite.authority`.',
  },
  VS031: {
    title: 'Pseudo header that cannot be set',
    says: '{got} cannot be set; of the names with `:` only `:authority` can.',
    todo: 'To change the path, use `rewrite.uri`.',
  },
  VS032: {
    title: 'Control character in a header value',
    says: 'The value contains a control character, such as a line break.',
    todo: 'Remove it; look for a block text (`|`) that ends with a line break.',
  },
  VS033: {
    title: 'Percent sign in a header value',
    says: 'In {got} a percent sign neither opens a variable such as `%REQ(name)%` nor is doubled.',
    todo: 'Write `%%` for a percent sign.',
  },
  VS034: {
    title: 'Host rewritten twice',
    says: 'The host is set by `rewrite.authority` and by a header, or by two headers.',
    todo: 'Keep one of them.',
  },
  VS035: {
    title: 'Empty CORS origin',
    says: 'This origin has no value to compare with.',
    todo: 'Write `exact`, `prefix` or `regex`.',
  },
  VS036: {
    title: 'Unknown method',
    says: '{got} is not a method in capitals.',
    todo: 'Write GET, HEAD, POST, PUT, PATCH, DELETE, CONNECT, OPTIONS, TRACE or `"*"`.',
  },
  VS037: {
    title: 'Not a header name',
    says: '{got} is not the name of a header.',
    todo: 'Write a name, or `"*"` for all.',
  },
  VS038: {
    title: 'maxAge is not in whole seconds',
    says: '{got} is not a duration in whole seconds.',
    todo: 'Write for instance `24h` or `600s`.',
  },
  VS039: {
    title: 'Empty fault',
    says: 'This fault has neither `abort` nor `delay`.',
    todo: 'Add one, or remove the fault.',
  },
  VS040: {
    title: 'Percentage out of range',
    says: '{got} is neither 0 nor a percentage from 0.0001 to 100.',
    todo: 'Write a percentage; 50 means every second request.',
  },
  VS041: {
    title: 'http2Error is not supported',
    says: 'Istio’s API has `http2Error`, but nothing implements it, and it is refused.',
    todo: 'Use `httpStatus` or `grpcStatus`.',
  },
  VS042: {
    title: 'Not a status',
    says: '{got} is not an HTTP status from 200 to 599.',
    todo: 'Write for instance 503.',
  },
  VS043: {
    title: 'Unknown gRPC status',
    says: '{got} is not the name of a gRPC status.',
    todo: 'Write its name, such as `UNAVAILABLE`, not its number.',
  },
  VS044: {
    title: 'Invalid delay',
    says: '{got} is not a duration in whole milliseconds.',
    todo: 'Write for instance `5s` or `100ms`.',
  },
  VS045: {
    title: 'exponentialDelay is not supported',
    says: 'Istio’s API has `exponentialDelay`, but nothing implements it, and it is refused.',
    todo: 'Use `fixedDelay`.',
  },
  VS046: {
    title: 'Abort without a status',
    says: 'An abort without status does nothing.',
    todo: 'Add `httpStatus` or `grpcStatus`.',
  },
  VS047: {
    title: 'Mirror percentage out of range',
    says: '{got} is not a percentage from 0 to 100.',
    todo: 'Write a percentage.',
  },
  VS048: {
    title: 'mirrorPercent is deprecated',
    says: '`mirrorPercent` is deprecated.',
    todo: 'Write `mirrorPercentage: {value: …}`.',
  },
  VS050: {
    title: 'Redirect with two paths',
    says: '`uri` and `prefixRewrite` exclude each other.',
    todo: 'Use `uri` to replace the whole path, `prefixRewrite` to keep what follows the prefix.',
  },
  VS051: {
    title: 'prefixRewrite without a prefix',
    says: '`prefixRewrite` replaces the matched prefix, and a match of this rule is not by prefix.',
    todo: 'Match by `prefix`, or use `uri`.',
  },
  VS052: {
    title: 'Redirect that changes nothing',
    says: 'This redirect names no path, host, scheme or port.',
    todo: 'Add what is to change.',
  },
  VS053: {
    title: 'Not a redirect code',
    says: '{got} is not a redirect status.',
    todo: 'Write 301, 302, 303, 307 or 308.',
  },
  VS054: {
    title: 'Unknown scheme',
    says: '{got} is neither `http` nor `https`, in lower case.',
    todo: 'Write `http` or `https`.',
  },
  VS055: {
    title: 'Not a port',
    says: '{got} is not a port up to 65535.',
    todo: 'Write a port, or `derivePort`.',
  },
  VS056: {
    title: 'Not a status',
    says: '{got} is not an HTTP status from 200 to 599.',
    todo: 'Write for instance 404.',
  },
  VS057: {
    title: 'Body is too large',
    says: 'A direct response may have 1 MiB[, and this has {got} bytes].',
    todo: 'Serve it from a service.',
  },
  VS058: {
    title: 'Large body',
    says: 'A body of {got} bytes, which is more than 100 KiB, burdens istiod and every proxy.',
    todo: 'Serve it from a service.',
  },
  VS059: {
    title: 'Negative number of retries',
    says: '{got} is below 0.',
    todo: 'Write 0 for none.',
  },
  VS060: {
    title: 'Retry settings without retries',
    says: 'With no `attempts`, or 0, there are no retries, and other retry settings are refused.',
    todo: 'Add `attempts`, or remove the rest.',
  },
  VS061: {
    title: 'Invalid duration of a retry',
    says: '{got} is not a duration in whole milliseconds.',
    todo: 'Write for instance `2s`.',
  },
  VS062: {
    title: 'Unknown retry condition',
    says: '{got} is not a retry condition. Spaces count.',
    todo: 'Separate by commas without spaces, as in `5xx,reset,connect-failure`; statuses such as `503` work too.',
  },
  VS063: {
    title: 'Rewrite with two paths',
    says: '`uri` and `uriRegexRewrite` exclude each other.',
    todo: 'Keep one of them.',
  },
  VS064: {
    title: 'Empty rewrite',
    says: 'This rewrite changes nothing; an empty `uri` counts as none.',
    todo: 'Write `uri: /` to strip a prefix, or remove the rewrite.',
  },
  VS065: {
    title: 'Half a regular-expression rewrite',
    says: '`uriRegexRewrite` needs a valid `match` and a `rewrite`[; {missing} is missing].',
    todo: 'Add the missing one, or correct the expression.',
  },
  VS066: {
    title: 'Negative weight',
    says: '{got} is below 0.',
    todo: 'Write 0 or more.',
  },
  VS068: {
    title: 'Weights add up to 0',
    says: 'There are several destinations, and none has a weight.',
    todo: 'Give them weights, for instance 50 and 50.',
  },
  VS069: {
    title: 'Not the name of a service',
    says: '{got} cannot be the host of a destination.',
    todo: 'Write the name of a service without port; the port goes under `port.number`.',
  },
  VS070: {
    title: 'Invalid subset name',
    says: '{got} is not one DNS label.',
    todo: 'Use letters, digits and `-`, as in the DestinationRule.',
  },
  VS071: {
    title: 'Not a port',
    says: '{got} is not a port from 1 to 65535.',
    todo: 'Write the port of the Service under `port.number`, or leave `port` out.',
  },
  VS072: {
    title: 'Invalid timeout',
    says: '{got} is not a duration of at least one whole millisecond.',
    todo: 'Write for instance `10s`. For no timeout, leave the field out.',
  },
  VS073: {
    title: 'TLS rule without match',
    says: 'A `tls` rule needs a match: the TLS server name is all that there is to route by.',
    todo: 'Add `match` with `sniHosts`.',
  },
  VS074: {
    title: 'TLS rule without destination',
    says: 'This `tls` rule does not say where to go.',
    todo: 'Add `route`.',
  },
  VS076: {
    title: 'TLS match without names',
    says: 'A match of a `tls` rule needs `sniHosts`.',
    todo: 'Add the TLS server names.',
  },
  VS077: {
    title: 'Not a TLS server name',
    says: '{got} is not a host name.',
    todo: 'Write a name without scheme and port, or a wildcard.',
  },
  VS078: {
    title: 'TLS server name outside the hosts',
    says: '{got} is not covered by `spec.hosts`[, which are {hosts}].',
    todo: 'Add it to the hosts, or correct it.',
  },
  VS079: {
    title: 'TLS server name that is an address',
    says: 'Clients do not send an IP address[ such as {got}] as TLS server name, so this never matches.',
    todo: 'Use a name.',
  },
  VS080: {
    title: 'Invalid condition',
    says: '{got} is not valid here[ ({problem})].',
    todo: 'Subnets are addresses or ranges such as `10.0.0.0/8`, ports 1 to 65535, gateways `namespace/name`.',
  },
  VS081: {
    title: 'TCP rule without destination',
    says: 'This `tcp` rule does not say where to go.',
    todo: 'Add `route`.',
  },
  VS082: {
    title: 'Namespace listed twice',
    says: '{got} stands for a namespace that is listed already; `.` is the object’s own.',
    todo: 'Remove one.',
  },
  VS083: {
    title: 'Not a namespace',
    says: '{got} is not `.`, `*` or a namespace.',
    todo: 'Write one of them.',
  },
  VS084: {
    title: 'All namespaces and others',
    says: '`*` means all namespaces, and nothing may stand beside it.',
    todo: 'Keep `*` alone, or the names.',
  },
  VS085: {
    title: 'Exported to none',
    says: '`~` is for ServiceEntry only, and alone.',
    todo: 'Write `.` for the own namespace.',
  },
  VS086: {
    title: 'Second rule without match',
    says: 'An earlier rule[, {byName},] has no match either and takes everything.',
    todo: 'Give the earlier one a match, or remove one of them.',
  },
  VS087: {
    title: 'Match after a rule that takes everything',
    says: 'An earlier rule[, {byName},] has no match and takes everything, so this is never reached.',
    todo: 'Move the rule without match to the end.',
  },
  VS088: {
    title: 'Rule whose matches are all taken',
    says: 'Each match of this rule stands in an earlier rule too, so it is never reached.',
    todo: 'Remove it, or change its matches.',
  },
  VS089: {
    title: 'Match written twice',
    says: 'The same match stands in an earlier place[, in rule {byName}].',
    todo: 'Remove one.',
  },
  VS090: {
    title: 'Prefix within an earlier prefix',
    says: 'The prefix [{got} ]begins with an earlier one[, {other}]. Istio warns of it; its comparison of the other conditions is rough.',
    todo: 'Move the longer prefix up.',
  },
  VS091: {
    title: 'Host taken in the mesh',
    says: '{host} belongs to {others} too. Inside the mesh one VirtualService per host counts, the oldest.',
    todo: 'Join them, or delegate parts of one root.',
  },
  VS092: {
    title: 'Which port?',
    says: '{host} has several ports ({ports}), and the destination names none. Istio then takes the port that the request came in by, and answers 503 where the service does not have it.',
    todo: 'Add `port.number`.',
  },
  VS093: {
    title: 'No host that the gateway serves',
    says: 'No server of {gateway} serves any of {hosts}, so nothing here applies to it.',
    todo: 'Add the host to the Gateway, or correct it here.',
  },
  VS094: {
    title: 'Subset rules of the mesh do not apply here',
    says: 'This route goes to {host} as a whole. The rules by which {other} picks subsets of it apply to callers in the mesh, not to a gateway.',
    todo: 'Name the subset here, or bind those rules to the gateway.',
  },
  VS095: {
    title: 'Claims without authentication',
    says: 'The rule looks at {claim}, but no RequestAuthentication of this paste applies to the pods of {gateway}. Then no claim is ever known, and the rule never matches.',
    todo: 'Add a RequestAuthentication for the gateway.',
  },
  VS096: {
    title: 'Internal gateway',
    says: '{gateway} is a gateway that Istio made from a Kubernetes Gateway; it cannot be referred to.',
    todo: 'Attach an HTTPRoute to the Kubernetes Gateway.',
  },
  VS097: {
    title: 'percent is deprecated',
    says: 'The delay is for {percent} percent, given as `percent`, which is deprecated.',
    todo: 'Write `percentage: {value: …}`.',
  },
  VS098: {
    title: 'Weight of a single destination',
    says: 'A single destination gets all requests, whatever its weight ({got}).',
    todo: 'Remove the weight, or add the other destinations.',
  },
  VS099: {
    title: 'Destination written twice',
    says: '{got} is a destination of this rule already.',
    todo: 'Add the weights up in one entry.',
  },
  VS201: {
    title: 'Host that no bound gateway serves',
    says: 'No server of the bound gateways serves {host}[; they serve {served}]. Its requests are not answered by these rules.',
    todo: 'Add the host to a server, or correct it.',
  },
  VS202: {
    title: 'Wildcard that is served in part',
    says: 'Of {host} only {served} can be reached through {gateway}.',
    todo: 'Fine if intended. Otherwise widen the hosts of the server.',
  },
  VS203: {
    title: 'Host reserved for another namespace',
    says: 'The server takes [{host} ]from VirtualServices of other namespaces only[: {served}].',
    todo: 'Move the object, or add its namespace to the host in the Gateway.',
  },
  VS204: {
    title: 'HTTP rules behind passed-through TLS',
    says: 'The server passes TLS through, so the gateway cannot see requests, and `http` rules do not apply.',
    todo: 'Use `tls` rules with `sniHosts`, or end TLS in the Gateway with mode `SIMPLE`.',
  },
  VS205: {
    title: 'TLS rules on a server that does not pass TLS through',
    says: 'The server ends TLS or speaks plaintext, so `tls` rules do not apply.',
    todo: 'Use `http` rules, or mode `PASSTHROUGH` in the Gateway.',
  },
  VS206: {
    title: 'TCP rules on a server for HTTP or passed-through TLS',
    says: 'The server is not for plain TCP, so `tcp` rules do not apply.',
    todo: 'Use `http` or `tls` rules, or a server with protocol TCP.',
  },
  VS207: {
    title: 'HTTP rules on protocol TLS',
    says: 'The server ends TLS with protocol TLS, after which bytes are plain TCP to the gateway; `http` rules do not apply.',
    todo: 'Write `protocol: HTTPS` in the Gateway.',
  },
  VS208: {
    title: 'Not visible to the gateway',
    says: 'This object is not exported to [{namespace}, ]the namespace of the gateway’s pods, so the gateway never sees it.',
    todo: 'Add the namespace to `exportTo`, or remove `exportTo`.',
  },
  VS209: {
    title: 'Port that no bound server has',
    says: 'The match wants port {wanted}, and the bound servers that fit have {ports}. It is compared with the number in the Gateway, not with target or node ports.',
    todo: 'Write the port of the Gateway, or remove it.',
  },
  VS210: {
    title: 'Match for a gateway that is not bound',
    says: 'The match is for [{gateway}, ]a gateway that `spec.gateways` does not list, so it never applies there.',
    todo: 'Add the gateway to `spec.gateways`, or correct it.',
  },
  VS211: {
    title: 'Source conditions that are ignored',
    says: 'Where a match names `gateways`, Istio does not look at {field}.',
    todo: 'Write two matches.',
  },
  VS212: {
    title: 'Source conditions on a gateway',
    says: 'On a gateway {field} is compared with the gateway’s own pods, so it is hardly ever true.',
    todo: 'Use it for rules of the mesh. To tell clients of a gateway apart, use headers.',
  },
  VS213: {
    title: 'Conditions that a gateway does not look at',
    says: 'For `tcp` and `tls` rules on a gateway only `port`, `gateways` and `sniHosts` count, not {fields}; the rule applies more widely than it says.',
    todo: 'Remove the conditions, or use an AuthorizationPolicy.',
  },
  VS214: {
    title: 'Bound to no gateway',
    says: '{gateway} serves {host}, but without `gateways` this object applies inside the mesh only.',
    todo: 'Add {gateway} to `gateways`, if requests from outside are meant.',
  },
  VS215: {
    title: 'Match that an earlier one takes',
    says: 'This is never reached: {first} stands before it and takes all of its requests.',
    todo: 'Move the narrower match up.',
  },
  VS216: {
    title: 'Rule after one that takes everything',
    says: 'An earlier rule takes every request, so Istio does not even send this one to the proxy.',
    todo: 'Move the rule that takes everything to the end.',
  },
  VS217: {
    title: 'Order depends on age',
    says: 'Rules for {host} come from several objects. {other} stands before this one, and takes what this match is for[, and {more} more].',
    todo: 'Put rules whose order matters into one object.',
  },
  VS218: {
    title: 'Exact host hides a wildcard',
    says: 'Requests for {host} use the rules of {other} only. Those of the wildcard are not tried after them.',
    todo: 'Repeat for the host what should apply to it too.',
  },
  VS219: {
    title: 'Port already has a TCP rule',
    says: 'A TCP port has one rule on a gateway, and an earlier one has it.',
    todo: 'Use another port.',
  },
  VS220: {
    title: 'TLS server name already used',
    says: '{name} stands in an earlier match. Istio skips this match **with all** its names.',
    todo: 'Remove the repeated name.',
  },
  VS221: {
    title: 'Name that the Gateway does not list',
    says: 'No server lists {got}, yet this rule makes it reachable through {gateway}.',
    todo: 'Narrow `sniHosts`, or add the name to the Gateway.',
  },
  VS222: {
    title: 'Short host on a gateway',
    says: '{got} means {full} here, which clients outside the cluster do not send.',
    todo: 'Write the name that they use.',
  },
  VS230: {
    title: 'Query string in a path',
    says: 'The path is compared without its query string, so {got} never matches.',
    todo: 'Match the query with `queryParams`.',
  },
  VS231: {
    title: 'Path without a slash',
    says: 'Paths begin with `/`, so {got} never matches.',
    todo: 'Write [{want}].',
  },
  VS232: {
    title: 'Expression that no path matches',
    says: 'Paths begin with `/`, and the whole path must match, so {got} never does.',
    todo: 'Begin the expression with `/`[: {want}]. Delimiters and flags as in JavaScript are not known; `(?i)` ignores case.',
  },
  VS233: {
    title: 'Expression for one path only',
    says: 'The whole path must match, so {got} stands for {only} alone.',
    todo: 'Fine if intended; `exact` says it more plainly. To match deeper paths add `.*`[: {want}].',
  },
  VS234: {
    title: 'Prefix that also takes its siblings',
    says: 'A prefix is compared by letters: {got} also takes {example}[, which rule {rule} would take].[ The same holds for {more}.]',
    todo: 'For the path and what is below it, write `exact:` {got} and `prefix:` {want}.',
  },
  VS235: {
    title: 'Prefix that leaves out the path itself',
    says: 'With the slash at its end, {got} does not take {example}.',
    todo: 'Add a match `exact:` {example}, if it is meant too.',
  },
  VS236: {
    title: 'Match that takes everything',
    says: 'This match has no condition and takes every request.',
    todo: 'Fine at the end. Leave `match` out to say so.',
  },
  VS237: {
    title: 'Method or scheme that is never sent',
    says: '{got} is not what clients send: methods are in capitals, schemes are `http` and `https`.',
    todo: 'Write {want}.',
  },
  VS238: {
    title: 'Host condition that cannot be met',
    says: 'No host of this object ({hosts}) meets the condition on `authority`, {got}.',
    todo: 'Correct one of the two.',
  },
  VS239: {
    title: 'Scheme that the servers do not see',
    says: 'The bound servers are all for {protocol}, so the scheme {got} is never seen.',
    todo: 'Remove the condition, or bind it to a gateway that has it.',
  },
  VS240: {
    title: 'Header named like a field',
    says: 'This compares a header called {got}, which clients do not send.',
    todo: 'Move it out of `headers`: {got} is a field of the match.',
  },
  VS241: {
    title: 'Redirect code that does not work',
    says: '{got} is accepted, but no redirect comes of it, and the proxy may refuse the routes.',
    todo: 'Write 301, 302, 303, 307 or 308.',
  },
  VS242: {
    title: 'Capitals in a header name',
    says: 'Header names are compared in lower case, so {got} works; Istio asks for lower case.',
    todo: 'Write {want}.',
  },
  VS243: {
    title: 'Pseudo header as a condition',
    says: '{got} is a pseudo header: `:path` has the query string in it, and `:status` is never there.',
    todo: 'Use `uri`, `method`, `scheme` or `authority`.',
  },
  VS244: {
    title: 'Conditions that exclude each other',
    says: 'No request meets both conditions on {got}, so the match never applies.',
    todo: 'Remove one of them.',
  },
  VS245: {
    title: 'ignoreUriCase without effect',
    says: '`ignoreUriCase` acts on `exact` and `prefix` of `uri` only.',
    todo: 'In an expression write `(?i)` at its beginning.',
  },
  VS246: {
    title: 'Expression for the whole value',
    says: 'The whole value must match, so {got} finds nothing within a longer one.',
    todo: 'Write {want}, to find it anywhere.',
  },
  VS250: {
    title: 'Rewrite with uneven slashes',
    says: '{prefix} is replaced by {got}, so {example} becomes {result}.',
    todo: 'End both with a slash, or neither.',
  },
  VS251: {
    title: 'Rewrite without a prefix to replace',
    says: 'A rule without `uri` replaces the prefix `/`, so {example} becomes {result}.',
    todo: 'Match a prefix, or write a rewrite that ends in `/`.',
  },
  VS252: {
    title: 'Rewrite of the whole path',
    says: 'The match is not by prefix, so the whole path becomes {got}.',
    todo: 'To keep a part, use `uriRegexRewrite`.',
  },
  VS253: {
    title: 'New path without a slash',
    says: 'Paths begin with `/`, and {got} does not.',
    todo: 'Write [{want}]. A redirect to another site has `scheme`, `authority` and `uri` apart.',
  },
  VS254: {
    title: 'Group that is not there',
    says: '{got} is not a group of the expression: groups are written `\\1`, and the expression has {groups} of them.',
    todo: 'Write `\\1` for the first pair of parentheses.',
  },
  VS255: {
    title: 'Rewrite that never applies',
    says: 'No path that the rule matches contains what {got} looks for.',
    todo: 'Correct the expression or the match.',
  },
  VS256: {
    title: 'Redirect to itself',
    says: 'A request that is redirected comes back, meets the same rule, and is redirected again.',
    todo: 'Change host, scheme or path so that another rule takes it.',
  },
  VS257: {
    title: 'Redirect that loses something',
    says: 'With {field}, {problem}.',
    todo: 'Use `prefixRewrite` to keep the rest of the path; write host, scheme and path apart.',
  },
  VS258: {
    title: 'Weights are not percentages',
    says: 'The weights add up to {sum}, so the shares are {shares}.',
    todo: 'Fine: weights are ratios. Adjust them if percentages were meant.',
  },
  VS259: {
    title: 'Destination without traffic',
    says: 'Beside destinations with a weight, one without gets nothing, so {host} is never called.',
    todo: 'Give it a weight; `weight: 0` says that nothing is meant.',
  },
  VS260: {
    title: 'Weight 0 that still gets everything',
    says: 'A single destination gets all requests, even with weight 0.',
    todo: 'Remove the rule, or answer with `directResponse`.',
  },
  VS261: {
    title: 'Fault for no request',
    says: 'Without a percentage above 0, {field} affects no request.',
    todo: 'Add `percentage: {value: 100}`.',
  },
  VS262: {
    title: 'Timeout ends the retries',
    says: 'The timeout of {timeout} ends before {attempts} retries of {perTry} can.',
    todo: 'Raise `timeout`, or lower the others.',
  },
  VS263: {
    title: 'Retry setting without effect',
    says: '{field} has no effect[: {problem}].',
    todo: 'Add what it needs, or remove it.',
  },
  VS264: {
    title: 'Mirror setting without effect',
    says: '{field} has no effect[: {problem}].',
    todo: 'Add `mirror`, or use the `percentage` of each entry of `mirrors`.',
  },
  VS265: {
    title: 'Preflight does not get here',
    says: 'Browsers ask first with OPTIONS, and this rule does not match that ({problem}). CORS is then not answered here.',
    todo: 'Match OPTIONS too, and no headers that a preflight lacks.',
  },
  VS266: {
    title: 'Origin that no browser sends',
    says: '{got} {problem}.',
    todo: 'An origin is scheme, `://`, host and, if it is not the default, port: `https://shop.example.com`.',
  },
  VS267: {
    title: 'Credentials for every site',
    says: 'Any site may send requests with the user’s cookies[: {got}].',
    todo: 'List the origins.',
  },
  VS268: {
    title: 'Field without effect',
    says: '{field} has no effect beside {action}.',
    todo: 'Remove it.',
  },
  VS269: {
    title: 'Delegate is not there',
    says: '{delegate} {problem}. Without a delegate this rule is dropped.',
    todo: 'A delegate is a VirtualService without `hosts`, exported to the namespace of the root.',
  },
  VS270: {
    title: 'Delegate outside its root',
    says: 'This match does not fit into any match of the root rule (it conflicts on {field}), so it is dropped.',
    todo: 'Stay within the match of the root, for instance below its prefix.',
  },
  VS271: {
    title: 'Direct response replaces the delegate',
    says: 'The rules of the delegate inherit this response and do not route any more.',
    todo: 'Remove it, or move it into the delegate.',
  },
  VS272: {
    title: 'Delegate that nobody uses',
    says: 'Without `hosts` this is a delegate, and no VirtualService of this paste refers to it.[ The same holds for {more} more.]',
    todo: 'Add `hosts`, or a rule that delegates to it.',
  },
  VS273: {
    title: 'Header that should be left alone',
    says: '{got} {problem}.',
    todo: 'Remove the change, or use another header.',
  },
  VS274: {
    title: 'HTTP rules on a server for plain TCP',
    says: 'To this server requests are only bytes, so `http` rules do not apply.',
    todo: 'Write `protocol: HTTP` in the Gateway, or use `tcp` rules.',
  },
  VS276: {
    title: 'Rule that moves to the end',
    says: 'This rule takes everything. Since another object has rules for the same host, Istio moves it behind them.',
    todo: 'Fine: that is what most people want. The order no longer is that of age.',
  },
  VS277: {
    title: 'Envoy refuses the pattern',
    says: '{got} names a class of Unicode as Istio knows it and Envoy does not. Envoy refuses all routes of the port for it.',
    todo: 'Write the short name, letter by letter[: {want}].',
  },
};
