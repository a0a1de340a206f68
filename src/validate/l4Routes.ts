import { isIpAddress } from '../ipAddress.ts';
import type {
  L4MatchAttributes,
  TCPRoute,
  TLSMatchAttributes,
  TLSRoute,
  VirtualServiceSpec,
} from '../istio/types.ts';
import type { Path } from '../manifest/source.ts';
import { validateRouteDestinations } from './destinations.ts';
import { validateGatewayNames } from './gatewayNames.ts';
import { coveringHost } from './hostCover.ts';
import type { HostCover } from './hostCover.ts';
import { gatewayDomainProblem, isIpOrCidr, isPort, wildcardDomainProblem } from './hostFormats.ts';
import { validateLabels } from './labels.ts';
import { refuse, warn } from './report.ts';
import type { Report } from './report.ts';

/** What rules for TLS are held to: the hosts of their VirtualService, and whether it is bound to gateways alone. */
interface TlsContext {
  readonly cover: HostCover;
  readonly bound: boolean;
  readonly spec: VirtualServiceSpec;
  /** Istio made it from the Gateway API. */
  readonly generated: boolean;
}

/** Mirrors `validateTLSRoute`. */
export function validateTlsRoute(report: Report, path: Path, route: TLSRoute, context: TlsContext): void {
  const matches = route.match ?? [];
  if (matches.length === 0) refuse(report, 'VS073', path);
  for (const [index, match] of matches.entries()) {
    const at = [...path, 'match', index];
    if (!match.sniHosts?.length) refuse(report, 'VS076', at);
    for (const [hostIndex, host] of (match.sniHosts ?? []).entries()) {
      validateServerName(report, [...at, 'sniHosts', hostIndex], host, context);
    }
    validateL4Match(report, at, match, true);
  }
  if (!route.route?.length) refuse(report, 'VS074', path);
  validateRouteDestinations(report, [...path, 'route'], route.route ?? [], context.generated);
}

/** Mirrors `validateTCPRoute`. */
export function validateTcpRoute(report: Report, path: Path, route: TCPRoute, generated: boolean): void {
  for (const [index, match] of (route.match ?? []).entries()) {
    validateL4Match(report, [...path, 'match', index], match, false);
  }
  if (!route.route?.length) refuse(report, 'VS081', path);
  validateRouteDestinations(report, [...path, 'route'], route.route ?? [], generated);
}

/** Mirrors `validateSniHost`: a name that the hosts of the VirtualService cover, or an address, which no client sends. */
function validateServerName(report: Report, path: Path, host: string, context: TlsContext): void {
  const problem = context.bound ? gatewayDomainProblem(host, true) : wildcardDomainProblem(host);
  if (problem) {
    if (isIpAddress(host)) warn(report, 'VS079', path, { got: host });
    else refuse(report, 'VS077', path, { got: host, problem });
    return;
  }
  if (coveringHost(context.cover, host) === undefined) {
    refuse(report, 'VS078', path, { got: host, hosts: context.spec.hosts ?? [] });
  }
}

/** What tls and tcp conditions share; the namespace of the caller is not looked at, nor is `sourceSubnet`. */
function validateL4Match(
  report: Report,
  path: Path,
  match: TLSMatchAttributes | L4MatchAttributes,
  warnings: boolean,
): void {
  for (const [index, subnet] of (match.destinationSubnets ?? []).entries()) {
    if (!isIpOrCidr(subnet)) refuse(report, 'VS080', [...path, 'destinationSubnets', index], { got: subnet });
  }
  if (match.port && !isPort(match.port)) refuse(report, 'VS025', [...path, 'port'], { got: match.port });
  validateLabels(report, 'VS026', [...path, 'sourceLabels'], match.sourceLabels);
  validateGatewayNames(report, [...path, 'gateways'], match.gateways ?? [], { generated: false, warnings });
}
