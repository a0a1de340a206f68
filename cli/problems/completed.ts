import { analyseTexts, createAnalyseMemory, type Analysis } from '../../src/analyse.ts';
import type { MergedVirtualService } from '../../src/compile/delegates.ts';
import { meshGateway } from '../../src/compile/virtualServices.ts';
import { sampleHost } from '../../src/explore/urls.ts';
import { isWildcard } from '../../src/hostname.ts';

const remembered = new WeakMap<Analysis, Analysis>();

/**
 * The paste with the Services and ServiceEntries that its virtual services for the mesh speak of and that it does not hold: what is not in the paste may be
 * there, and without them no workload would have the rules. Places are those of the paste.
 */
export function completed(analysis: Analysis): Analysis {
  const known = remembered.get(analysis);
  if (known) return known;
  const { index, input } = analysis;
  const added = (index.merged.byGateway.get(meshGateway) ?? []).flatMap((each) =>
    each.hosts.filter((host) => !index.registry.byHost.has(host)).map((host) => standIn(each, host)),
  );
  const text = [...new Set(added.map((object) => JSON.stringify(object)))].join('\n---\n');
  const whole =
    added.length === 0
      ? analysis
      : analyseTexts(
          { ...input, sources: [...input.sources, { name: 'stand-ins', text }] },
          createAnalyseMemory(),
        );
  remembered.set(analysis, whole);
  return whole;
}

interface StandInPort {
  readonly name: string;
  readonly number: number;
  readonly protocol: string;
}

function standIn({ resource: { namespace, spec } }: MergedVirtualService, host: string): object {
  const ports = portsOf(spec);
  const [, name, own] = /^([a-z0-9-]+)\.([a-z0-9-]+)\.svc\.cluster\.local$/.exec(host) ?? [];
  if (name !== undefined && own !== undefined) {
    return {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: own },
      spec: { ports: ports.map((port) => ({ name: port.name, port: port.number })) },
    };
  }
  const full = isWildcard(host) ? sampleHost(host) : host;
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: { name: `stand-in-${full.replaceAll(/[^a-z0-9]/g, '-')}`, namespace },
    spec: { hosts: [full], ports, resolution: 'DNS' },
  };
}

/** The ports that the rules ask for, else the usual ones; one for each number. */
function portsOf(spec: MergedVirtualService['resource']['spec']): readonly StandInPort[] {
  const usual = { http: 80, tls: 443, tcp: 9000 } as const;
  const ports = new Map<number, StandInPort>();
  for (const section of ['http', 'tls', 'tcp'] as const) {
    const wanted = (spec[section] ?? []).flatMap(({ match = [] }) => match.flatMap(({ port }) => port ?? []));
    if (!spec[section]?.length) continue;
    for (const number of [...wanted, usual[section]]) {
      if (!ports.has(number))
        ports.set(number, { name: `${section}-${number}`, number, protocol: section.toUpperCase() });
    }
  }
  return [...ports.values()];
}
