import { liesIn } from '../manifest/refKey.ts';
import type { SourceRef } from '../manifest/source.ts';
import type { Trace } from '../simulate/trace.ts';

/**
 * What a place in the text is part of, as far as calls are concerned: a server of a Gateway; a rule of a VirtualService, or in it a match block or a
 * destination; else the whole object.
 */
export function subjectOf({ object, path }: SourceRef): SourceRef {
  return { object, path: path.slice(0, depthOf(object.kind, path)) };
}

function depthOf(kind: string, [spec, section, index, part, place]: SourceRef['path']): number {
  if (spec !== 'spec' || typeof index !== 'number') return 0;
  if (kind === 'Gateway') return section === 'servers' ? 3 : 0;
  if (kind !== 'VirtualService' || (section !== 'http' && section !== 'tls' && section !== 'tcp')) return 0;
  return (part === 'match' || part === 'route') && typeof place === 'number' ? 5 : 3;
}

/** The rule that a subject lies in; undefined for servers and whole objects. */
export function ruleOf({ object, path }: SourceRef): SourceRef | undefined {
  return object.kind === 'VirtualService' && path.length >= 3
    ? { object, path: path.slice(0, 3) }
    : undefined;
}

/** Whether a server, rule, block, destination, Gateway or VirtualService has a part in how the call of a trace goes. */
export function hasPart(trace: Trace, subject: SourceRef): boolean {
  return placesTaken(trace).some((at) => liesIn(at, subject));
}

/** A later decision is finer than those before it: it says which of the servers of a listener, and which of the virtual services of a host. */
function placesTaken({ steps, outcome }: Trace): readonly SourceRef[] {
  const latest = new Map<string, readonly SourceRef[]>();
  const note = (at: readonly SourceRef[]): void => {
    const kinds = new Set(at.map(({ object }) => object.kind));
    for (const kind of kinds) {
      latest.set(
        kind,
        at.filter(({ object }) => object.kind === kind),
      );
    }
  };
  const others: SourceRef[] = outcome.flatMap(({ destination }) => destination?.at ?? []);
  for (const step of steps) {
    switch (step.kind) {
      case 'listener':
      case 'filter-chain':
      case 'virtual-host':
      case 'route':
        note(step.taken?.at ?? []);
        break;
      case 'https-redirect':
        note(step.at);
        break;
      case 'mirror':
        others.push(...step.cluster.at);
        break;
      default:
        break;
    }
  }
  return [...[...latest.values()].flat(), ...others];
}
