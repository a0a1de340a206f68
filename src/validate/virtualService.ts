import { isIpAddress } from '../ipAddress.ts';
import type { HTTPMatchRequest, VirtualServiceSpec } from '../istio/types.ts';
import type { Path } from '../manifest/source.ts';
import { validateExportTo } from './exportTo.ts';
import { validateGatewayNames } from './gatewayNames.ts';
import { isClaimName } from './headerFormats.ts';
import { buildHostCover, coveringHost } from './hostCover.ts';
import { gatewayDomainProblem, wildcardDomainProblem } from './hostFormats.ts';
import { validateHttpRoute } from './httpRoute.ts';
import { validateTcpRoute, validateTlsRoute } from './l4Routes.ts';
import { refuse, refuseKey } from './report.ts';
import type { Report } from './report.ts';
import { warnUnreachable } from './unreachable.ts';
import type { Meta } from './validateMetadata.ts';

/** Mirrors `ValidateVirtualService`. */
export function validateVirtualService(report: Report, meta: Meta, spec: VirtualServiceSpec): void {
  const delegate = (spec.hosts ?? []).length === 0;
  const generated = meta.annotations['internal.istio.io/route-semantics'] === 'gateway';
  if (delegate) checkDelegate(report, spec);
  if (spec.gateways)
    validateGatewayNames(report, ['spec', 'gateways'], spec.gateways, { generated, warnings: true });
  if (!isGatewayBound(spec)) checkNoClaims(report, spec);
  checkHosts(report, spec);
  if (!spec.http?.length && !spec.tls?.length && !spec.tcp?.length) refuse(report, 'VS011', ['spec']);
  for (const [index, route] of (spec.http ?? []).entries()) {
    validateHttpRoute(report, ['spec', 'http', index], route, { delegate, generated });
  }
  const context = { cover: buildHostCover(spec.hosts ?? []), bound: isGatewayBound(spec), spec, generated };
  for (const [index, route] of (spec.tls ?? []).entries()) {
    validateTlsRoute(report, ['spec', 'tls', index], route, context);
  }
  for (const [index, route] of (spec.tcp ?? []).entries()) {
    validateTcpRoute(report, ['spec', 'tcp', index], route, generated);
  }
  validateExportTo(report, meta.namespace, spec.exportTo ?? [], 'VirtualService');
  warnUnreachable(report, spec);
}

/** Gateways are named, and `mesh` is not among them; a list of both counts as bound to the mesh. */
function isGatewayBound(spec: VirtualServiceSpec): boolean {
  return (spec.gateways ?? []).length > 0 && !spec.gateways?.includes('mesh');
}

/** Without hosts it is a delegate, which has http rules alone and takes the gateways of its root. */
function checkDelegate(report: Report, spec: VirtualServiceSpec): void {
  if (spec.gateways?.length) refuse(report, 'VS001', ['spec', 'gateways']);
  if (spec.tls?.length) refuse(report, 'VS002', ['spec', 'tls']);
  if (spec.tcp?.length) refuse(report, 'VS003', ['spec', 'tcp']);
}

/** Claims of a token are only known at gateways. */
function checkNoClaims(report: Report, spec: VirtualServiceSpec): void {
  for (const [index, route] of (spec.http ?? []).entries()) {
    for (const [at, match] of (route.match ?? []).entries()) {
      checkNoClaimsIn(report, ['spec', 'http', index, 'match', at], match, spec.gateways ?? []);
    }
  }
}

function checkNoClaimsIn(
  report: Report,
  path: Path,
  match: HTTPMatchRequest,
  gateways: readonly string[],
): void {
  for (const field of ['headers', 'withoutHeaders'] as const) {
    for (const name of Object.keys(match[field] ?? {})) {
      if (isClaimName(name)) refuseKey(report, 'VS007', [...path, field, name], { got: name, gateways });
    }
  }
}

function checkHosts(report: Report, spec: VirtualServiceSpec): void {
  const hosts = spec.hosts ?? [];
  const before = report.errors.length;
  const bound = isGatewayBound(spec);
  const serverNames = (spec.tls ?? []).some((route) =>
    (route.match ?? []).some((match) => match.sniHosts?.length),
  );
  for (const [index, host] of hosts.entries()) {
    const path = ['spec', 'hosts', index];
    const problem = bound ? gatewayDomainProblem(host, serverNames) : wildcardDomainProblem(host);
    if (problem) {
      if (!isIpAddress(host)) refuse(report, 'VS008', path, { got: host, problem });
    } else if (host === '*' && !bound) {
      refuse(report, 'VS009', path, { gateways: spec.gateways ?? [] });
    }
  }
  if (report.errors.length === before) checkOverlaps(report, hosts);
}

/** Hosts of one list must not overlap; of each pair the later one is named, once. */
function checkOverlaps(report: Report, hosts: readonly string[]): void {
  const cover = buildHostCover(hosts);
  const named = new Set<number>();
  for (const [index, host] of hosts.entries()) {
    const covering = coveringHost(cover, host, index);
    if (covering === undefined) continue;
    const later = Math.max(index, covering);
    const first = Math.min(index, covering);
    if (named.has(later)) continue;
    named.add(later);
    refuse(report, 'VS010', ['spec', 'hosts', later], {
      got: hosts[later] ?? '',
      other: hosts[first] ?? '',
      first,
    });
  }
}
