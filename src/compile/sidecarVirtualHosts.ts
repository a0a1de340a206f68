import { virtualHostName } from '../envoy/names.ts';
import type { Route, VirtualHost } from '../envoy/types.ts';
import { matches } from '../hostname.ts';
import type { SourceRef } from '../manifest/source.ts';
import type { Exclusion } from './decisions.ts';
import type { MergedVirtualService } from './delegates.ts';
import type { RegistryService } from './registry.ts';
import { isRefused } from './routeActions.ts';
import { isMatchRefused } from './routeMatch.ts';
import { bracketed, serviceDomains } from './sidecarDomains.ts';

/** What one virtual service, or a service without one, brings; mirrors `VirtualHostWrapper`. */
export interface Contribution {
  /** May be built when they are read. */
  readonly routes: readonly Route[];
  readonly hosts: readonly string[];
  readonly services: readonly RegistryService[];
  readonly by?: MergedVirtualService;
}

export interface JoinedHosts {
  readonly virtualHosts: readonly VirtualHost[];
  /** By name of the virtual host: routes for which Envoy refuses a configuration that holds it. */
  readonly refused: ReadonlyMap<string, readonly SourceRef[]>;
  /** Virtual services whose host another one has. */
  readonly lost: readonly Exclusion[];
}

/** Of equal names the first virtual host counts alone, of equal domains the first one has it. */
export function joinContributions(
  contributions: readonly Contribution[],
  port: number,
  namespace: string,
): JoinedHosts {
  const known = new Set(contributions.flatMap(({ services }) => services.map(({ host }) => host)));
  const holders = new Map<string, Contribution>();
  const used = new Set<string>();
  const virtualHosts: VirtualHost[] = [];
  const refused = new Map<string, readonly SourceRef[]>();
  const lost: Exclusion[] = [];
  for (const contribution of contributions) {
    const { by } = contribution;
    const add = (host: string, service?: RegistryService): void => {
      const name = virtualHostName(host, port);
      const holder = holders.get(name);
      if (holder) {
        if (by && contribution !== holder) {
          lost.push({ kind: 'host-taken', at: by.at, by: holder.by ? [holder.by.at] : [], host });
        }
        return;
      }
      holders.set(name, contribution);
      const names = service ? serviceDomains(service, namespace) : undefined;
      const domains = (names?.domains ?? [bracketed(host)]).filter((domain) => {
        const key = domain.toLowerCase();
        if (used.has(key) || (names?.alternatives.has(domain) && known.has(domain))) return false;
        used.add(key);
        return true;
      });
      if (domains.length === 0) return;
      const origin = [...(by ? [hostRef(by, host)] : []), ...(service?.origin ?? [])];
      virtualHosts.push(lazyHost({ name, requireTls: false, origin }, domains, contribution));
      const invalid = refusedRoutes(contribution);
      if (invalid.length > 0) refused.set(name, invalid);
    };
    for (const host of contribution.hosts) add(host);
    for (const service of contribution.services) add(service.host, service);
  }
  return { virtualHosts, refused, lost };
}

/** Routes are built for the answer only where a rule is such that it may be yes. */
function refusedRoutes(contribution: Contribution): readonly SourceRef[] {
  const mayBe = contribution.by?.http.some(
    ({ route, matches }) => isRefused(route) || matches.some(({ match }) => isMatchRefused(match)),
  );
  if (mayBe !== true) return [];
  const invalid = contribution.routes.filter(({ action }) => action.kind === 'invalid');
  return invalid.flatMap(({ origin }) => origin.slice(0, 1));
}

/** `spec.hosts[i]` that stands for the host: that very one, else a wildcard over it, else the list. */
function hostRef({ hosts, at }: MergedVirtualService, host: string): SourceRef {
  const same = hosts.findIndex((candidate) => candidate.toLowerCase() === host);
  const index = same >= 0 ? same : hosts.findIndex((candidate) => matches(candidate.toLowerCase(), host));
  return { object: at.object, path: index < 0 ? ['spec', 'hosts'] : ['spec', 'hosts', index] };
}

/** A virtual host whose routes are those of `source`, not read before somebody asks. */
export function lazyHost(
  { name, requireTls, origin }: Omit<VirtualHost, 'routes' | 'domains'>,
  domains: readonly string[],
  source: { readonly routes: readonly Route[] },
): VirtualHost {
  return {
    name,
    domains,
    requireTls,
    origin,
    get routes() {
      return source.routes;
    },
  };
}
