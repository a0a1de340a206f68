import type { SourceRef } from '../manifest/source.ts';
import type { Binding } from './compiled.ts';
import type { Exclusion } from './decisions.ts';
import type { MergedVirtualService } from './delegates.ts';
import type { GatewayServer } from './gatewayServer.ts';
import { withoutNamespace } from './gatewayServer.ts';
import { matches } from '../hostname.ts';

export type Section = 'http' | 'tls' | 'tcp';

/** Keeps the books: which server serves which virtual service, and what of it is left unused. */
export interface Usage {
  /** Some host of the virtual service meets one of the server's, which reads this section of it. */
  readonly read: (server: GatewayServer, virtualService: MergedVirtualService, section: Section) => void;
  readonly bind: (binding: Binding) => void;
  readonly exclude: (exclusions: readonly Exclusion[]) => void;
  readonly bindings: readonly Binding[];
  /** Everything noted, and for virtual services that no server of their Gateways reads: why not. */
  readonly exclusions: (
    servers: readonly GatewayServer[],
    virtualServices: (gatewayKey: string) => readonly MergedVirtualService[],
  ) => readonly Exclusion[];
}

export function createUsage(): Usage {
  const bindings: Binding[] = [];
  const noted = new Map<string, Exclusion>();
  const readSections = new Map<MergedVirtualService, Map<Section, GatewayServer[]>>();
  return {
    bindings,
    bind: (binding) => bindings.push(binding),
    read: (server, virtualService, section) => {
      const sections = readSections.get(virtualService) ?? new Map<Section, GatewayServer[]>();
      readSections.set(virtualService, sections);
      const servers = sections.get(section);
      if (servers) servers.push(server);
      else sections.set(section, [server]);
    },
    exclude: (exclusions) => {
      for (const exclusion of exclusions) note(noted, exclusion);
    },
    exclusions: (servers, virtualServices) => {
      const byGateway = new Map<string, GatewayServer[]>();
      for (const server of servers) {
        const group = byGateway.get(server.gatewayKey);
        if (group) group.push(server);
        else byGateway.set(server.gatewayKey, [server]);
      }
      const seen = new Set<MergedVirtualService>();
      for (const [key, group] of byGateway) {
        const hosts = group.flatMap(hostsOf);
        for (const virtualService of virtualServices(key)) {
          const read = readSections.get(virtualService);
          if (read) {
            if (!seen.has(virtualService))
              for (const one of wrongSections(virtualService, read)) note(noted, one);
            seen.add(virtualService);
          } else note(noted, disjoint(virtualService, hosts));
        }
      }
      return [...noted.values()];
    },
  };
}

/** The same loss may be found on several servers. */
function note(noted: Map<string, Exclusion>, exclusion: Exclusion): void {
  const { source, document, item } = exclusion.at.object;
  const key = [exclusion.kind, source, document, item ?? '', ...exclusion.at.path].join(' ');
  if (!noted.has(key)) noted.set(key, exclusion);
}

function wrongSections(
  virtualService: MergedVirtualService,
  read: ReadonlyMap<Section, readonly GatewayServer[]>,
): readonly Exclusion[] {
  const by: SourceRef[] = [];
  const wanted = [...read.keys()][0] ?? 'http';
  for (const servers of read.values()) by.push(...servers.map(({ at }) => at));
  return (['http', 'tls', 'tcp'] as const).flatMap((section): Exclusion[] => {
    const spec = virtualService.resource.spec[section];
    if (read.has(section) || !spec?.length) return [];
    const at = { object: virtualService.at.object, path: ['spec', section] };
    return [{ kind: 'wrong-section', at, by, section: wanted }];
  });
}

interface ServerHost {
  readonly host: string;
  readonly at: SourceRef;
}

function hostsOf(server: GatewayServer): readonly ServerHost[] {
  const { object, path } = server.at;
  return server.hosts.map((host, index) => ({ host, at: { object, path: [...path, 'hosts', index] } }));
}

/** Names at most a few of the hosts that it was compared with. */
function disjoint(virtualService: MergedVirtualService, hosts: readonly ServerHost[]): Exclusion {
  const at = { object: virtualService.at.object, path: ['spec', 'hosts'] };
  const hidden = hosts.filter(({ host }) =>
    virtualService.hosts.some((one) => matches(withoutNamespace(host), one)),
  );
  const named = (list: readonly ServerHost[]): readonly SourceRef[] =>
    list.slice(0, mostNamed).map((one) => one.at);
  if (hidden.length > 0) return { kind: 'namespace-not-allowed', at, by: named(hidden) };
  return { kind: 'hosts-disjoint', at, by: named(hosts) };
}

const mostNamed = 20;
