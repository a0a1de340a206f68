/** Commands that take no argument. */
const bare: ReadonlySet<string> = new Set([
  ...words(
    'ACCESS_LOG_TYPE BYTES_RECEIVED BYTES_RETRANSMITTED BYTES_SENT CONNECTION_ID CONNECTION_TERMINATION_DETAILS CUSTOM_FLAGS ' +
      'DURATION FILTER_CHAIN_NAME GRPC_STATUS_NUMBER HOSTNAME LISTENER_NAME LOCAL_REPLY_BODY PACKETS_RETRANSMITTED PROTOCOL ' +
      'REQUESTED_SERVER_NAME REQUEST_DURATION REQUEST_HEADERS_BYTES REQUEST_TX_DURATION RESPONSE_CODE RESPONSE_DURATION ' +
      'RESPONSE_FLAGS RESPONSE_FLAGS_LONG RESPONSE_HEADERS_BYTES RESPONSE_TRAILERS_BYTES RESPONSE_TX_DURATION ' +
      'ROUNDTRIP_DURATION ROUTE_NAME ROUTE_RESOLUTION_COUNT ROUTE_RESOLUTION_TIME_US SPAN_ID STREAM_ID TLS_JA3_FINGERPRINT ' +
      'TLS_JA4_FINGERPRINT TRACE_ID UNIQUE_ID VIRTUAL_CLUSTER_NAME',
  ),
  ...words(
    'CX_RTT DECOMPRESSED_HEADER_BYTES_RECEIVED DECOMPRESSED_HEADER_BYTES_SENT DETECTED_CLOSE_TYPE DIRECT_LOCAL_ADDRESS ' +
      'DIRECT_LOCAL_ADDRESS_ENDPOINT_ID DIRECT_LOCAL_PORT DIRECT_REMOTE_ADDRESS DIRECT_REMOTE_PORT HANDSHAKE_DURATION ' +
      'HEADER_BYTES_RECEIVED HEADER_BYTES_SENT LOCAL_ADDRESS LOCAL_ADDRESS_ENDPOINT_ID LOCAL_CLOSE_REASON LOCAL_DNS_SAN ' +
      'LOCAL_EMAIL_SAN LOCAL_IP_SAN LOCAL_OTHERNAME_SAN LOCAL_PORT LOCAL_SUBJECT LOCAL_URI_SAN PEER_CERT ' +
      'PEER_CHAIN_FINGERPRINTS_1 PEER_CHAIN_FINGERPRINTS_256 PEER_CHAIN_SERIALS PEER_DNS_SAN PEER_EMAIL_SAN PEER_FINGERPRINT_1 ' +
      'PEER_FINGERPRINT_256 PEER_IP_SAN PEER_ISSUER PEER_ISSUER_FINGERPRINT_256 PEER_ISSUER_SERIAL PEER_OTHERNAME_SAN ' +
      'PEER_SERIAL PEER_SUBJECT PEER_URI_SAN REMOTE_ADDRESS REMOTE_PORT TLS_CIPHER TLS_GROUP TLS_SESSION_ID TLS_VERSION ' +
      'TRANSPORT_FAILURE_REASON WIRE_BYTES_RECEIVED WIRE_BYTES_SENT',
  ).map((name) => `DOWNSTREAM_${name}`),
  ...words(
    'CLUSTER CLUSTER_RAW CONNECTION_ID CONNECTION_IDS_ATTEMPTED CONNECTION_POOL_READY_DURATION ' +
      'DECOMPRESSED_HEADER_BYTES_RECEIVED DECOMPRESSED_HEADER_BYTES_SENT DETECTED_CLOSE_TYPE HEADER_BYTES_RECEIVED ' +
      'HEADER_BYTES_SENT HOST HOSTS_ATTEMPTED HOSTS_ATTEMPTED_WITHOUT_PORT HOST_NAME HOST_NAMES_ATTEMPTED ' +
      'HOST_NAMES_ATTEMPTED_WITHOUT_PORT HOST_NAME_WITHOUT_PORT LOCAL_ADDRESS LOCAL_CLOSE_REASON LOCAL_DNS_SAN LOCAL_IP_SAN ' +
      'LOCAL_PORT LOCAL_URI_SAN PEER_CERT PEER_DNS_SAN PEER_IP_SAN PEER_ISSUER PEER_SUBJECT PEER_URI_SAN PROTOCOL ' +
      'REMOTE_ADDRESS REMOTE_ADDRESS_ENDPOINT_ID REMOTE_PORT REQUEST_ATTEMPT_COUNT SERVER_NAME TLS_CIPHER TLS_GROUP ' +
      'TLS_SESSION_ID TLS_VERSION TRANSPORT_FAILURE_REASON WIRE_BYTES_RECEIVED WIRE_BYTES_SENT',
  ).map((name) => `UPSTREAM_${name}`),
]);

/** Commands that are nothing without an argument. */
const withArgument: ReadonlySet<string> = new Set(
  words(
    'CEL CLUSTER_METADATA COALESCE COMMON_DURATION DYNAMIC_METADATA ENVIRONMENT FILTER_STATE METADATA PER_REQUEST_STATE ' +
      'QUERY_PARAM REQ RESP STREAM_INFO_REQ TRAILER TYPED_CEL UPSTREAM_FILTER_STATE UPSTREAM_METADATA',
  ),
);

/** Commands with any argument or none. */
const either: ReadonlySet<string> = new Set(
  words(
    'DOWNSTREAM_DIRECT_LOCAL_ADDRESS_WITHOUT_PORT DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT ' +
      'DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT DOWNSTREAM_PEER_CERT_V_END DOWNSTREAM_PEER_CERT_V_START ' +
      'DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT EMIT_TIME EMIT_TIME_LOCAL RESPONSE_CODE_DETAILS START_TIME START_TIME_LOCAL ' +
      'UPSTREAM_LOCAL_ADDRESS_WITHOUT_PORT UPSTREAM_PEER_CERT_V_END UPSTREAM_PEER_CERT_V_START ' +
      'UPSTREAM_REMOTE_ADDRESS_WITHOUT_PORT',
  ),
);

/** Commands whose argument, if any, is one of a few words. */
const choices: ReadonlyMap<string, RegExp> = new Map([
  ['GRPC_STATUS', /^(?:CAMEL_STRING|SNAKE_STRING|NUMBER)$/],
  ['PATH', /^(?:WQ|NQ)?(?::(?:ORIG|PATH|ORIG_OR_PATH)?)?$/],
  ['QUERY_PARAMS', /^(?:ORIG|DECODED)$/],
]);

/** Commands that cut their value to a length. */
const measured: ReadonlySet<string> = new Set(['PATH', 'QUERY_PARAM', 'REQ', 'RESP', 'TRAILER']);

function words(text: string): readonly string[] {
  return text.split(' ');
}

/**
 * The first command of a header value that Envoy does not take, and for which it refuses the whole route configuration; undefined if it takes all. The
 * value has passed Istio, which does not look at names. Arguments that are small languages (CEL, metadata) are taken to be right. Mirrors
 * `SubstitutionFormatParser::parse` and the tables of commands behind it.
 */
export function refusedCommand(value: string): string | undefined {
  let at = value.indexOf('%');
  while (at >= 0) {
    if (value[at + 1] === '%') at += 2;
    else {
      const command = /%([A-Z0-9_]+)(?:\(([^)]*)\))?(?::([0-9]+))?%/y;
      command.lastIndex = at;
      const [whole, name = '', argument, length] = command.exec(value) ?? [];
      if (whole === undefined) return /^%[^%]*%?/.exec(value.slice(at))?.[0];
      if (!takes(name, argument, length)) return whole;
      at += whole.length;
    }
    at = value.indexOf('%', at);
  }
  return undefined;
}

function takes(name: string, argument: string | undefined, length: string | undefined): boolean {
  if (length !== undefined && !measured.has(name)) return false;
  const choice = choices.get(name);
  if (choice) return argument === undefined || choice.test(argument);
  if (argument === undefined) return bare.has(name) || either.has(name);
  // One header, and one to fall back to; no blanks.
  if (ofHeaders.has(name)) return /^[^?\s]*(?:\?[^?\s]*)?$/.test(argument);
  return withArgument.has(name) || either.has(name);
}

const ofHeaders: ReadonlySet<string> = new Set(['REQ', 'RESP', 'STREAM_INFO_REQ', 'TRAILER']);
