import { resolveGatewayName } from '../../compile/virtualServices.ts';
import { resolveShortName } from '../../hostname.ts';
import type { L4MatchAttributes, TLSMatchAttributes, VirtualService } from '../../istio/types.ts';
import type { Path } from '../../manifest/source.ts';
import { finding, type LocalFinding } from '../draft.ts';

/** What a VirtualService says of gateways and callers that does not mean what it seems to. */
export function* bindings({ spec, namespace }: VirtualService): Generator<LocalFinding> {
  const written = spec.gateways ?? [];
  const bound = new Set(written.map((name) => resolveGatewayName(name, namespace)));
  if (bound.size === 0) bound.add('mesh');
  const isForGatewaysOnly = !bound.has('mesh');
  if (isForGatewaysOnly) yield* shortHosts(spec.hosts ?? [], namespace);
  const isDelegate = (spec.hosts ?? []).length === 0;
  for (const [rule, route] of (spec.http ?? []).entries()) {
    if (route.delegate && route.directResponse)
      yield finding('VS271', ['spec', 'http', rule, 'directResponse']);
    for (const [index, match] of (route.match ?? []).entries()) {
      const path: Path = ['spec', 'http', rule, 'match', index];
      // A delegate's gateways are those of its root.
      if (!isDelegate) yield* foreignGateways(match.gateways ?? [], bound, namespace, path);
      for (const field of ['sourceLabels', 'sourceNamespace'] as const) {
        if (match[field] === undefined) continue;
        if (match.gateways && match.gateways.length > 0) yield finding('VS211', [...path, field], { field });
        else if (isForGatewaysOnly && !isDelegate) yield finding('VS212', [...path, field], { field });
      }
    }
  }
  for (const section of ['tls', 'tcp'] as const) {
    for (const [rule, route] of (spec[section] ?? []).entries()) {
      for (const [index, match] of (route.match ?? []).entries()) {
        const path: Path = ['spec', section, rule, 'match', index];
        yield* foreignGateways(match.gateways ?? [], bound, namespace, path);
        if (isForGatewaysOnly) yield* idleConditions(match, path);
      }
    }
  }
}

/** VS222: a short host becomes the name of a service, which clients outside do not send. */
function* shortHosts(hosts: readonly string[], namespace: string): Generator<LocalFinding> {
  for (const [index, host] of hosts.entries()) {
    const full = resolveShortName(host, namespace);
    if (full !== host) yield finding('VS222', ['spec', 'hosts', index], { got: host, full });
  }
}

/** VS210. Beside a gateway that is bound the match has a use. */
function* foreignGateways(
  gateways: readonly string[],
  bound: ReadonlySet<string>,
  namespace: string,
  path: Path,
): Generator<LocalFinding> {
  const foreign = gateways.filter((gateway) => !bound.has(resolveGatewayName(gateway, namespace)));
  const level = foreign.length < gateways.length ? 'surprise' : undefined;
  for (const [index, gateway] of gateways.entries()) {
    if (foreign.includes(gateway)) yield finding('VS210', [...path, 'gateways', index], { gateway }, level);
  }
}

/** VS213: mirrors `l4SingleMatch`, which looks at port and gateways alone. */
function* idleConditions(match: L4MatchAttributes | TLSMatchAttributes, path: Path): Generator<LocalFinding> {
  const fields = ['sourceLabels', 'sourceNamespace', 'sourceSubnet', 'destinationSubnets'].filter(
    (field) => field in match,
  );
  if (fields.length > 0) yield finding('VS213', [...path, fields[0] ?? ''], { fields });
}
