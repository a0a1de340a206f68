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
import type { FieldSchema, KindSchema } from './schema.ts';
import { exportTo, istioKind, labelSelector } from './shared.ts';

const no = { simulated: 'no' } as const;
const count = { ...int32, ...no };
const size = { minimum: 0, ...no };

const failover = list(
  'Regions to turn to, by region of the caller.',
  object(
    'Where to turn from one region.',
    {
      from: text('Region of the caller.', no),
      to: text('Region to turn to when too few endpoints of the own one are healthy.', no),
    },
    no,
  ),
  no,
);
const failoverPriority = (doc: string): FieldSchema =>
  list(doc, text('Name of a label, or `name=value`.', no), no);

const loadBalancer = object(
  'How an endpoint is chosen.',
  {
    simple: choice(
      'Way of choosing that needs no settings.',
      {
        UNSPECIFIED: "Istio's default, LEAST_REQUEST.",
        LEAST_CONN: 'The older name of LEAST_REQUEST.',
        RANDOM: 'Any healthy endpoint, by chance.',
        PASSTHROUGH: 'The address that the caller dialled, without choosing.',
        ROUND_ROBIN: 'One endpoint after the other.',
        LEAST_REQUEST: 'Of two endpoints taken by chance the one with fewer open requests.',
      },
      no,
    ),
    consistentHash: object(
      'Sends equal requests to the same endpoint.',
      {
        httpHeaderName: text('Header that makes requests equal.', no),
        httpCookie: object(
          'Cookie that makes requests equal; Envoy sets it if it is missing.',
          {
            name: text('Name of the cookie.', { ...no, required: true }),
            path: text('Path of the cookie.', no),
            ttl: text('Lifetime of the cookie; `0s` makes it last as long as the browser runs.', no),
            attributes: list(
              'Further attributes of the cookie, such as `SameSite`.',
              object(
                'One attribute.',
                {
                  name: text('Name of the attribute.', { ...no, required: true }),
                  value: text('Value of the attribute.', no),
                },
                no,
              ),
              no,
            ),
          },
          no,
        ),
        useSourceIp: boolean("The caller's address makes requests equal.", no),
        httpQueryParameterName: text('Parameter of the query that makes requests equal.', no),
        ringHash: object(
          'Ketama hashing on a ring.',
          {
            minimumRingSize: integer('Least number of places on the ring; 1024 if absent.', size),
          },
          no,
        ),
        maglev: object(
          'Maglev hashing.',
          {
            tableSize: integer('Size of the table, a prime number below 5000011.', size),
          },
          no,
        ),
        minimumRingSize: integer('Least number of places on the ring.', {
          ...size,
          deprecated: 'ringHash.minimumRingSize',
        }),
      },
      {
        ...no,
        exclusive: [
          ['httpHeaderName', 'httpCookie', 'useSourceIp', 'httpQueryParameterName'],
          ['ringHash', 'maglev'],
        ],
      },
    ),
    backendUtilization: object(
      'Chooses by how busy the endpoints say they are (ORCA load reports).',
      {
        metricNamesForComputingUtilization: list(
          'Measurements of the reports that count as how busy an endpoint is.',
          text('Name of a measurement.', no),
          no,
        ),
        weightUpdatePeriod: text('Time between two computations of the weights.', no),
        weightStabilizationPeriod: text(
          'Time for which an endpoint must report before its weight counts.',
          no,
        ),
        weightExpirationPeriod: text('Time without a report after which a weight is forgotten.', no),
        errorUtilizationPenaltyPercent: integer(
          'How much errors add to how busy an endpoint is, in percent.',
          { ...uint32, ...no },
        ),
      },
      no,
    ),
    localityLbSetting: object(
      'Prefers endpoints by where they run.',
      {
        distribute: list(
          'Fixed shares of the traffic, by locality of the caller.',
          object(
            'Shares for callers of one locality.',
            {
              from: text('Locality of the caller: `region/zone/subzone`, `*` at the end for any.', no),
              to: map(
                'Share in percent by locality; together 100.',
                integer('Share in percent.', { ...uint32, ...no }),
                no,
              ),
            },
            no,
          ),
          no,
        ),
        failover,
        failoverPriority: failoverPriority(
          'Labels that order endpoints by how many of them they share with the caller.',
        ),
        enabled: boolean('Switches this on or off, whatever the mesh says.', no),
      },
      no,
    ),
    zoneAwareLbSetting: object(
      'Leaves it to Envoy to keep traffic within the zone.',
      {
        enabled: boolean('Switches this on or off, whatever the mesh says.', no),
        failover,
        failoverPriority: failoverPriority('Labels that order endpoints, besides region, zone and subzone.'),
        minClusterSize: integer('Fewest endpoints for which zones are regarded.', {
          ...uint32,
          minimum: 1,
          ...no,
        }),
      },
      no,
    ),
    warmupDurationSecs: duration('Time in which a new endpoint gets its full share.', {
      ...no,
      deprecated: 'warmup',
    }),
    warmup: object(
      'Lets new endpoints start with less traffic.',
      {
        duration: duration('Time in which a new endpoint gets its full share.', { ...no, required: true }),
        minimumPercent: number('Share that a new endpoint starts with, in percent.', {
          minimum: 0,
          maximum: 100,
          ...no,
        }),
        aggression: number('How fast the share grows: 1 is steady, more is faster at first.', {
          minimum: 0,
          ...no,
        }),
      },
      no,
    ),
  },
  { ...no, exclusive: [['simple', 'consistentHash', 'backendUtilization']] },
);

/** `connectionPool`, also of a Sidecar. */
export const connectionPool = object(
  'Limits for connections and requests.',
  {
    tcp: object(
      'Limits for all connections.',
      {
        maxConnections: integer('Most connections to the destination.', count),
        connectTimeout: duration('Time for opening a connection.', no),
        tcpKeepalive: object(
          'Keeps idle connections alive.',
          {
            probes: integer('Probes without answer after which the connection is closed.', {
              ...uint32,
              ...no,
            }),
            time: duration('Idle time before the first probe.', no),
            interval: duration('Time between two probes.', no),
          },
          no,
        ),
        maxConnectionDuration: duration('Longest life of a connection.', no),
        idleTimeout: text('Idle time after which a connection is closed; `0s` for never.', no),
      },
      no,
    ),
    http: object(
      'Limits for HTTP.',
      {
        http1MaxPendingRequests: integer('Most requests that wait for a connection.', count),
        http2MaxRequests: integer('Most requests that are open at once.', count),
        maxRequestsPerConnection: integer(
          'Requests after which a connection is closed; 1 switches keep-alive off.',
          count,
        ),
        maxRetries: integer('Most retries that run at once.', count),
        idleTimeout: duration('Time without requests after which a connection is closed.', no),
        h2UpgradePolicy: choice(
          'Whether HTTP/1.1 requests go on as HTTP/2.',
          {
            DEFAULT: 'As the mesh says.',
            DO_NOT_UPGRADE: 'They go on as HTTP/1.1.',
            UPGRADE: 'They go on as HTTP/2.',
          },
          no,
        ),
        useClientProtocol: boolean('Uses the HTTP version that the client uses.', no),
        maxConcurrentStreams: integer('Most requests at once on one HTTP/2 connection.', count),
        http2KeepAlive: object(
          'Pings that keep HTTP/2 connections alive.',
          {
            interval: duration('Time between two pings.', no),
            timeout: duration('Time for the answer to a ping.', no),
          },
          no,
        ),
      },
      no,
    ),
  },
  no,
);

const ejection = { ...uint32, ...no };
const outlierDetection = object(
  'Takes endpoints out for a while when they fail.',
  {
    splitExternalLocalOriginErrors: boolean(
      'Counts errors of the network apart from errors of the service.',
      no,
    ),
    consecutiveLocalOriginFailures: integer(
      'Errors of the network in a row that take an endpoint out.',
      ejection,
    ),
    consecutiveGatewayErrors: integer(
      'Answers 502, 503 and 504 in a row that take an endpoint out.',
      ejection,
    ),
    consecutive5xxErrors: integer('Answers of 5xx in a row that take an endpoint out.', ejection),
    consecutiveErrors: integer('Errors in a row that take an endpoint out.', {
      ...count,
      deprecated: 'consecutive5xxErrors or consecutiveGatewayErrors',
    }),
    interval: duration('Time between two looks at the endpoints.', no),
    baseEjectionTime: duration('Time for which an endpoint is out; it grows each time.', no),
    maxEjectionPercent: integer('Largest share of the endpoints that may be out, in percent.', count),
    minHealthPercent: integer('Share of healthy endpoints below which none is taken out, in percent.', count),
    outlierDetectionHttpErrorCodes: list(
      'Status numbers that count as errors.',
      integer('A status.', { minimum: 100, maximum: 599, ...no }),
      no,
    ),
  },
  no,
);

const tls = object(
  'TLS towards the destination.',
  {
    mode: choice('Whether TLS is spoken, and with which certificates; DISABLE if absent.', {
      DISABLE: 'Speaks no TLS.',
      SIMPLE: 'Speaks TLS without a certificate of the client.',
      MUTUAL: 'Speaks TLS with a certificate of the client, which has to be given here.',
      ISTIO_MUTUAL: 'Speaks TLS with the certificates that Istio gives to workloads.',
    }),
    clientCertificate: text('File in the proxy with the certificate of the client.', {
      ...no,
      format: 'file',
    }),
    privateKey: text('File in the proxy with the private key of the client.', { ...no, format: 'file' }),
    caCertificates: text('File in the proxy with the authorities that sign server certificates.', {
      ...no,
      format: 'file',
    }),
    caCrl: text('File in the proxy with revoked server certificates.', { ...no, format: 'file' }),
    credentialName: text('Secret with the certificates, instead of files.', { ...no, format: 'secret' }),
    subjectAltNames: list(
      'Names of which the server certificate must carry one.',
      text('A name in the certificate.', no),
      no,
    ),
    sni: text('Server name that is sent; the host of the rule if absent.', {
      simulated: 'partly',
      format: 'host',
    }),
    insecureSkipVerify: boolean('Takes any server certificate without checking who signed it.', no),
  },
  { simulated: 'partly' },
);

/** What a policy can say for a single port too. */
const portPolicy: Readonly<Record<string, FieldSchema>> = {
  loadBalancer,
  connectionPool,
  outlierDetection,
  tls,
};

const trafficPolicy = object(
  'How traffic is sent.',
  {
    ...portPolicy,
    portLevelSettings: list(
      'Policies for single ports; what they leave out is not taken from the policy above.',
      object('Policy for one port.', {
        port: object('The port that is meant.', { number: integer('Port number of the Service.') }),
        ...portPolicy,
      }),
      { maxItems: 4096 },
    ),
    tunnel: object(
      'Sends connections through an HTTP proxy.',
      {
        protocol: text('How the proxy is asked: CONNECT (default) or POST.', no),
        targetHost: text('Host that the proxy shall connect to.', { ...no, format: 'host', required: true }),
        targetPort: integer('Port that the proxy shall connect to.', { ...uint32, ...no, required: true }),
      },
      no,
    ),
    proxyProtocol: object(
      'Sends the address of the caller in front of the connection (PROXY protocol).',
      {
        version: choice('Form of the header; V1 if absent.', { V1: 'Readable text.', V2: 'Binary.' }, no),
      },
      no,
    ),
    retryBudget: object(
      'Limits retries to a share of the traffic.',
      {
        percent: number('Largest share of the requests that may be retries, in percent.', {
          minimum: 0,
          maximum: 100,
          ...no,
        }),
        minRetryConcurrency: integer('Retries that may always run.', { ...uint32, ...no }),
        budgetInterval: text('Time over which the share is counted.', no),
      },
      no,
    ),
  },
  { simulated: 'partly' },
);

export const destinationRule: KindSchema = istioKind(
  'DestinationRule',
  'What a destination is made of (subsets), and how traffic is sent to it.',
  object('The destination, its subsets and policies.', {
    host: text(
      'Service that the rule is for; a name without dot is completed by the namespace of this object.',
      {
        format: 'host',
        required: true,
      },
    ),
    trafficPolicy,
    subsets: list(
      'Named parts of the service, which routes can choose.',
      object('One part of the service.', {
        name: text('Name by which routes choose it.', { required: true }),
        labels: map('Labels that the endpoints of the subset carry.', text('Value of the label.')),
        trafficPolicy: {
          ...trafficPolicy,
          doc: 'How traffic to this subset is sent; it goes before the policy of the rule.',
        },
      }),
    ),
    exportTo,
    workloadSelector: object(
      'Workloads whose traffic the rule is for, of the same namespace.',
      {
        matchLabels: variant(labelSelector, labelSelector.doc, {
          maxEntries: 4096,
          rules: ['selector-key'],
          values: text('Value that the label must have.', { maxLength: 63, rules: ['no-wildcard'] }),
        }),
      },
      { simulated: 'partly' },
    ),
  }),
);
