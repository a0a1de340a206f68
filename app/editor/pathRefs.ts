import type { SourceRef } from '../../src/manifest/source.ts';
import type { Trace } from '../../src/simulate/trace.ts';

/** The places that a call goes through, for the line at the edge of the text: what was taken, never what was passed over, never a whole object. */
export function pathRefs(trace: Trace | undefined): readonly SourceRef[] {
  if (trace === undefined) return [];
  const refs = trace.steps.flatMap((step): readonly SourceRef[] => {
    switch (step.kind) {
      case 'listener':
      case 'filter-chain':
      case 'virtual-host':
      case 'route':
        return step.taken?.at ?? [];
      case 'service-port':
        return step.service.at;
      case 'tls':
      case 'https-redirect':
      case 'fault':
      case 'cors':
      case 'rewrite':
      case 'headers':
      case 'policy':
        return step.at;
      case 'mirror':
        return step.cluster.at;
      case 'cluster':
        return step.clusters.flatMap((each) => each.at);
      case 'resolve':
      case 'codec':
      case 'path':
        return [];
    }
  });
  return refs.filter((ref) => ref.path.length > 1);
}
