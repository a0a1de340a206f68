import type {
  Destination,
  HTTPMatchRequest,
  HTTPRoute,
  L4MatchAttributes,
  StringMatch,
  TCPRoute,
  TLSMatchAttributes,
  TLSRoute,
  VirtualService,
} from '../istio/types.ts';
import type { Path, SourceRef } from '../manifest/source.ts';
import type { Condition, RuleAction, RuleDestination, RuleRow } from './graph.ts';

const known = new WeakMap<VirtualService, readonly RuleRow[]>();

/** The rules of a virtual service as written: http, tls, tcp; kept for the resource, which reading again does not change. */
export function ruleRows(virtualService: VirtualService, nodeId: string): readonly RuleRow[] {
  const before = known.get(virtualService);
  if (before !== undefined && before[0]?.id.startsWith(`${nodeId}#`) !== false) return before;
  const { http = [], tls = [], tcp = [] } = virtualService.spec;
  const place = (path: Path): SourceRef => ({ object: virtualService.at, path: ['spec', ...path] });
  const rows = [
    ...http.map((rule, index) => httpRow(rule, index, nodeId, place)),
    ...tls.map((rule, index) =>
      l4Row('tls', rule, (rule.match ?? []).map(tlsConditions), index, nodeId, place),
    ),
    ...tcp.map((rule, index) =>
      l4Row('tcp', rule, (rule.match ?? []).map(l4Conditions), index, nodeId, place),
    ),
  ];
  known.set(virtualService, rows);
  return rows;
}

type Place = (path: Path) => SourceRef;

function httpRow(rule: HTTPRoute, index: number, nodeId: string, place: Place): RuleRow {
  return {
    kind: 'rule',
    id: `${nodeId}#http/${index}`,
    at: place(['http', index]),
    section: 'http',
    index,
    ...(rule.name !== undefined && { name: rule.name }),
    matches: (rule.match ?? []).map(httpConditions),
    does: httpAction(rule),
  };
}

function httpAction(rule: HTTPRoute): RuleAction {
  if (rule.redirect !== undefined) {
    const { authority, uri, prefixRewrite, scheme, redirectCode } = rule.redirect;
    const target = `${scheme !== undefined ? `${scheme}://` : ''}${authority ?? ''}${uri ?? prefixRewrite ?? ''}`;
    return { kind: 'redirect', status: redirectCode ?? 301, to: target };
  }
  if (rule.directResponse !== undefined)
    return { kind: 'direct-response', status: rule.directResponse.status ?? 0 };
  if (rule.delegate !== undefined) {
    return { kind: 'delegate', namespace: rule.delegate.namespace ?? '', name: rule.delegate.name ?? '' };
  }
  const destinations = (rule.route ?? []).map((each) => destinationOf(each.destination, each.weight, false));
  if (rule.mirror !== undefined) destinations.push(destinationOf(rule.mirror, undefined, true));
  for (const { destination } of rule.mirrors ?? [])
    destinations.push(destinationOf(destination, undefined, true));
  return destinations.length === 0 ? { kind: 'nothing' } : { kind: 'forward', destinations };
}

function l4Row(
  section: 'tls' | 'tcp',
  rule: TLSRoute | TCPRoute,
  matches: readonly (readonly Condition[])[],
  index: number,
  nodeId: string,
  place: Place,
): RuleRow {
  const destinations = (rule.route ?? []).map((each) => destinationOf(each.destination, each.weight, false));
  return {
    kind: 'rule',
    id: `${nodeId}#${section}/${index}`,
    at: place([section, index]),
    section,
    index,
    matches,
    does: destinations.length === 0 ? { kind: 'nothing' } : { kind: 'forward', destinations },
  };
}

function destinationOf(
  destination: Destination | undefined,
  weight: number | undefined,
  mirror: boolean,
): RuleDestination {
  return {
    host: destination?.host ?? '',
    ...(destination?.subset !== undefined && destination.subset !== '' && { subset: destination.subset }),
    ...(destination?.port?.number !== undefined && { port: destination.port.number }),
    ...(weight !== undefined && { weight }),
    mirror,
  };
}

function httpConditions(match: HTTPMatchRequest): readonly Condition[] {
  return [
    ...text('path', match.uri),
    ...text('method', match.method),
    ...text('authority', match.authority),
    ...text('scheme', match.scheme),
    ...named('header', match.headers),
    ...named('without-header', match.withoutHeaders),
    ...named('query', match.queryParams),
    ...around(match),
  ];
}

function tlsConditions(match: TLSMatchAttributes): readonly Condition[] {
  return [...list('sni', match.sniHosts), ...list('subnet', match.destinationSubnets), ...around(match)];
}

function l4Conditions(match: L4MatchAttributes): readonly Condition[] {
  return [
    ...list('subnet', match.destinationSubnets),
    ...list('source-subnet', match.sourceSubnet === undefined ? undefined : [match.sourceSubnet]),
    ...around(match),
  ];
}

/** Where a call must come from; the same in all three sections. */
function around(
  match: Pick<HTTPMatchRequest, 'port' | 'gateways' | 'sourceLabels' | 'sourceNamespace'>,
): readonly Condition[] {
  const labels = Object.entries(match.sourceLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  return [
    ...list('port', match.port === undefined || match.port === 0 ? undefined : [String(match.port)]),
    ...list('gateway', match.gateways),
    ...list('source-labels', labels),
    ...list('source-namespace', match.sourceNamespace === undefined ? undefined : [match.sourceNamespace]),
  ];
}

function text(
  field: Condition['field'],
  match: StringMatch | undefined,
  name?: string,
): readonly Condition[] {
  if (match === undefined) return [];
  return [{ field, ...(name !== undefined && { name }), ...stringMatch(match) }];
}

function stringMatch(match: StringMatch): Pick<Condition, 'how' | 'value'> {
  if (match.exact !== undefined) return { how: 'exact', value: match.exact };
  if (match.prefix !== undefined) return { how: 'prefix', value: match.prefix };
  if (match.regex !== undefined) return { how: 'regex', value: match.regex };
  return { how: 'present', value: '' };
}

function named(
  field: Condition['field'],
  matches: Readonly<Record<string, StringMatch>> | undefined,
): readonly Condition[] {
  return Object.entries(matches ?? {}).flatMap(([name, match]) => text(field, match, name));
}

function list(field: Condition['field'], values: readonly string[] | undefined): readonly Condition[] {
  if (values === undefined || values.length === 0) return [];
  return [{ field, how: 'exact', value: values.join(', ') }];
}
