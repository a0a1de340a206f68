import {
  boolean,
  choice,
  duration,
  int32,
  integer,
  list,
  map,
  number,
  object,
  text,
  uint32,
  variant,
} from './schema.ts';
import type { FieldSchema, KindSchema, ObjectSchema } from './schema.ts';
import { exportTo, istioKind } from './shared.ts';

const stringMatch: ObjectSchema = object(
  'A condition on a text; without any of the three it asks that the text is there.',
  {
    exact: text('The text must be this, letter by letter.'),
    prefix: text('The text must begin with this.'),
    regex: text('The whole text must match this regular expression (RE2).', { format: 'regex' }),
  },
  { exclusive: [['exact', 'prefix', 'regex']] },
);

/** The port of a destination. */
const portSelector = object('Port of the destination; needed if the service has several.', {
  number: integer('Port number of the Service, not its target port.'),
});

/** `destination`, also of mirrors and of a Sidecar's way out. */
export const destination: ObjectSchema = object('Service that the traffic goes to.', {
  host: text(
    'Name of a Service or a host of a ServiceEntry; a name without dot is completed by the namespace of this object.',
    {
      format: 'host',
      required: true,
    },
  ),
  subset: text('Subset of the service, as a DestinationRule defines it.'),
  port: portSelector,
});

const requiredDestination = variant(destination, destination.doc, { required: true });
const percent = (doc: string): ObjectSchema =>
  object(doc, { value: number('Share in percent, with fractions; 0.0001 at least if it is not 0.') });

const headerOperations = (whose: string): ObjectSchema =>
  object(`Changes to the headers of the ${whose}.`, {
    set: map(
      'Headers that get this value, whatever they had.',
      text('The new value; `%…%` stands for a variable of Envoy.'),
    ),
    add: map(
      'Headers that are added to those of the same name.',
      text('The value to add; `%…%` stands for a variable of Envoy.'),
    ),
    remove: list('Headers that are taken away.', text('Name of a header.')),
  });
const headers = object('Changes to the headers.', {
  request: headerOperations('request before it is sent on'),
  response: headerOperations('answer before it is sent back'),
});

const weight = integer(
  'Share of the traffic beside other destinations, none if absent; a single destination gets everything.',
  int32,
);

/** Conditions that http, tls and tcp rules share. */
const commonMatch: Readonly<Record<string, FieldSchema>> = {
  port: integer(
    'Port that the gateway or sidecar took the call on; of a gateway the number that its server names.',
  ),
  sourceLabels: map('Labels of the workload that calls; only inside the mesh.', text('Value of the label.')),
  sourceNamespace: text('Namespace of the workload that calls; only inside the mesh.', {
    format: 'namespace',
  }),
  gateways: list(
    'Gateways for which this condition counts, instead of those of the VirtualService.',
    text('`namespace/name` of a Gateway, or `mesh`.', { format: 'gateway' }),
  ),
};

const httpMatch = object('Conditions that must all hold.', {
  name: text('Name of the condition; it becomes part of the name of the route.'),
  uri: variant(stringMatch, 'Condition on the path, without the query.'),
  scheme: variant(stringMatch, 'Condition on the scheme: `http` or `https`.'),
  method: variant(stringMatch, 'Condition on the method.'),
  authority: variant(stringMatch, 'Condition on the Host, as the client sent it.'),
  headers: map('Conditions on headers, by name.', variant(stringMatch, 'Condition on one header.')),
  withoutHeaders: map(
    'Conditions that must not hold, by name of the header.',
    variant(stringMatch, 'Condition that must not hold.'),
  ),
  queryParams: map(
    'Conditions on parameters of the query, by name.',
    variant(stringMatch, 'Condition on one parameter.'),
  ),
  ignoreUriCase: boolean('Compares exact paths and prefixes without regard to case.'),
  statPrefix: text('Name under which Envoy counts the calls of this route.', { simulated: 'no' }),
  ...commonMatch,
});

const redirect = object(
  'Answers with a redirect instead of passing the request on.',
  {
    uri: text('New path, with or without a query.'),
    prefixRewrite: text('New text for the part of the path that the prefix matched.'),
    authority: text('New host.', { format: 'host' }),
    port: integer('New port.'),
    derivePort: choice('Where the port comes from, if `port` is absent.', {
      FROM_PROTOCOL_DEFAULT: 'None is written; one that the client put into the Host stays.',
      FROM_REQUEST_PORT: 'The port of the Gateway that took the request.',
    }),
    scheme: text('New scheme: `http` or `https`.'),
    redirectCode: integer('Status of the answer; 301 if absent.'),
  },
  { exclusive: [['port', 'derivePort']] },
);

const directResponse = object('Answers with a fixed status and body.', {
  status: integer('Status of the answer.', { ...uint32, required: true }),
  body: object(
    'Body of the answer; empty if absent.',
    {
      string: text('The body as text.'),
      bytes: text('The body in base64.', { format: 'base64' }),
    },
    { exclusive: [['string', 'bytes']] },
  ),
});

const rewrite = object('Changes path and host before the request is sent on.', {
  uri: text('Takes the place of the part of the path that matched.'),
  authority: text('New host.', { format: 'host' }),
  uriRegexRewrite: object('Replaces what a regular expression finds in the path.', {
    match: text('Regular expression (RE2); all its matches in the path are replaced.', { format: 'regex' }),
    rewrite: text('The replacement; `\\1` stands for the first group.'),
  }),
});

const retries = object('How often a failed request is tried again.', {
  attempts: integer('Number of further tries; 0 switches retries off.', { ...int32, simulated: 'partly' }),
  perTryTimeout: duration('Time for each try.', { simulated: 'partly' }),
  retryOn: text('What counts as failed: names of Envoy or status numbers, with commas and no spaces.', {
    simulated: 'partly',
  }),
  retryRemoteLocalities: boolean('Whether tries may go to other localities.', { simulated: 'no' }),
  retryIgnorePreviousHosts: boolean('Whether a try avoids the endpoints that failed before.', {
    simulated: 'no',
  }),
  backoff: duration('Shortest pause between two tries.', { simulated: 'no' }),
});

const fault = object('Makes requests slow or lets them fail, for tests.', {
  delay: object(
    'Holds requests back.',
    {
      percentage: percent('Share of the requests that are held back; none if absent.'),
      percent: integer('Share of the requests, in whole percent.', { ...int32, deprecated: 'percentage' }),
      fixedDelay: duration('How long a request is held back.'),
      exponentialDelay: duration('Not supported by Istio; refused.', { simulated: 'no' }),
    },
    { exclusive: [['fixedDelay', 'exponentialDelay']] },
  ),
  abort: object(
    'Answers requests with an error.',
    {
      percentage: percent('Share of the requests that fail; none if absent.'),
      httpStatus: integer('HTTP status of the answer.', int32),
      grpcStatus: text('Name of the gRPC status of the answer, such as `UNAVAILABLE`.'),
      http2Error: text('Not supported by Istio; refused.', { simulated: 'no' }),
    },
    { exclusive: [['httpStatus', 'grpcStatus', 'http2Error']] },
  ),
});

const corsPolicy = object('Answers to cross-origin requests of browsers (CORS).', {
  allowOrigin: list('Origins that may call, as plain texts.', text('An origin, or `*`.'), {
    deprecated: 'allowOrigins',
  }),
  allowOrigins: list('Origins that may call.', variant(stringMatch, 'Condition on the Origin header.')),
  allowMethods: list('Methods that a preflight allows.', text('A method in capitals, or `*`.')),
  allowHeaders: list('Request headers that a preflight allows.', text('Name of a header, or `*`.')),
  exposeHeaders: list('Response headers that the page may read.', text('Name of a header, or `*`.')),
  maxAge: duration('How long a browser may keep the answer to a preflight, in whole seconds.'),
  allowCredentials: boolean('Whether the page may send cookies and credentials.'),
  unmatchedPreflights: choice('What happens to a preflight from another origin.', {
    UNSPECIFIED: 'The same as FORWARD.',
    FORWARD: 'It is passed on to the service.',
    IGNORE: 'It is answered without the headers that would allow the call.',
  }),
});

const mirrorPercent = integer('Share of the requests that are copied, in whole percent.', {
  ...uint32,
  deprecated: 'mirrorPercentage',
});

const httpRoute = object('One rule: conditions, and what is done with the requests that meet them.', {
  name: text('Name of the rule, for logs.'),
  match: list(
    'Sets of conditions; one of them must hold. Without any the rule takes every request.',
    httpMatch,
  ),
  route: list(
    'Where the request goes; several destinations share the traffic by weight.',
    object('One destination with its share.', {
      destination: requiredDestination,
      weight,
      headers: variant(headers, 'Changes to the headers, for this destination only.'),
    }),
  ),
  redirect,
  directResponse,
  delegate: object('Hands the request to the rules of another VirtualService, one without hosts.', {
    name: text('Name of the other VirtualService.'),
    namespace: text('Its namespace; that of this one if absent.', { format: 'namespace' }),
  }),
  rewrite,
  timeout: duration('Longest time for the whole answer, retries included; no limit if absent.', {
    simulated: 'partly',
  }),
  retries,
  fault,
  mirror: variant(destination, 'Service that gets a copy of the request; its answer is thrown away.'),
  mirrors: list(
    'Services that get a copy of the request.',
    object('One receiver of copies.', {
      destination: requiredDestination,
      percentage: percent('Share of the requests that are copied; all if absent.'),
    }),
  ),
  mirrorPercent: variant(mirrorPercent, mirrorPercent.doc, { hides: 'mirror_percent' }),
  mirror_percent: mirrorPercent,
  mirrorPercentage: percent('Share of the requests that are copied; all if absent.'),
  corsPolicy,
  headers,
});

const l4Route = list(
  'Where the connection goes; several destinations share the connections by weight.',
  object('One destination with its share.', { destination: requiredDestination, weight }),
);
const destinationSubnets = list(
  'Ranges of addresses, one of which the client must have called; only inside the mesh.',
  text('An address, or a range such as `10.0.0.0/8`.', { format: 'cidr' }),
);

export const virtualService: KindSchema = istioKind(
  'VirtualService',
  'Rules that say where requests for some hosts go.',
  object('Hosts, the gateways that the rules count for, and the rules.', {
    hosts: list(
      'Hosts that the rules are for; without any the VirtualService is a delegate.',
      text(
        'A DNS name, with `*.` in front for a suffix; a name without dot is completed by the namespace of this object.',
        {
          format: 'host',
        },
      ),
    ),
    gateways: list(
      'Gateways that the rules count for; calls inside the mesh if absent.',
      text(
        '`namespace/name` of a Gateway (`name` alone: of the same namespace), or `mesh` for calls inside the mesh.',
        {
          format: 'gateway',
        },
      ),
    ),
    http: list('Rules for HTTP; the first one that fits is taken.', httpRoute),
    tls: list(
      'Rules for TLS that is passed through, by server name.',
      object('One rule for TLS.', {
        match: list(
          'Sets of conditions; one of them must hold.',
          object('Conditions that must all hold.', {
            sniHosts: list(
              'Server names (SNI), one of which the client must send.',
              text('A DNS name that one of `hosts` covers; `*.` in front for a suffix.', { format: 'host' }),
              { required: true },
            ),
            destinationSubnets,
            ...commonMatch,
          }),
          { required: true },
        ),
        route: l4Route,
      }),
    ),
    tcp: list(
      'Rules for connections whose content Envoy does not look at.',
      object('One rule for TCP.', {
        match: list(
          'Sets of conditions; one of them must hold. Without any the rule takes every connection.',
          object('Conditions that must all hold.', {
            destinationSubnets,
            sourceSubnet: text('Range of addresses of the caller; Istio ignores it.', {
              format: 'cidr',
              simulated: 'no',
            }),
            ...commonMatch,
          }),
        ),
        route: l4Route,
      }),
    ),
    exportTo,
  }),
);
