import { read } from '../../src/manifest/read.ts';
import type { ReadObject } from '../../src/manifest/read.ts';
import { validate } from '../../src/validate/validate.ts';
import type { Stage, Verdict } from '../../src/validate/verdict.ts';

const istioKinds = new Set(['Gateway', 'VirtualService', 'DestinationRule', 'ServiceEntry']);

/** What validation says of one document of a text, in the words of the recorded vectors. */
export interface DocumentVerdict {
  readonly document: number;
  /** `Kind namespace/name`, `?` for what is not known. */
  readonly object: string;
  readonly accepted: boolean;
  readonly stage?: Stage;
  readonly warnings: number;
  readonly unknownFields: number;
  readonly verdict?: Verdict;
}

/** The documents of a text that the vectors speak of: Istio's four kinds, and what cannot be read or has no kind or version. */
export function verdictsOf(text: string): DocumentVerdict[] {
  const { objects, problems } = read([{ name: 'manifests.yaml', text }]);
  const incomplete = new Set(
    problems.filter((problem) => problem.finding.code === 'LINT002').map((problem) => problem.document),
  );
  return objects.flatMap((object) => {
    if (object.status === 'unreadable') {
      const stage = incomplete.has(object.document) ? 'schema' : 'yaml';
      return {
        document: object.document,
        object: `${object.kind ?? '?'} ${object.namespace ?? '?'}/${object.name ?? '?'}`,
        accepted: false,
        stage,
        warnings: 0,
        unknownFields: 0,
      } as const;
    }
    return isIstio(object) ? verdictOf(object) : [];
  });
}

type Readable = Extract<ReadObject, { status: 'read' }>;

function isIstio(object: Readable): boolean {
  return object.apiVersion.startsWith('networking.istio.io/') && istioKinds.has(object.ref.kind);
}

function verdictOf(object: Readable): DocumentVerdict {
  const verdict = validate(object);
  return {
    document: object.ref.document,
    object: `${object.ref.kind} ${object.ref.namespace}/${object.ref.name || '?'}`,
    accepted: verdict.accepted,
    ...(verdict.stage && { stage: verdict.stage }),
    warnings: verdict.warnings.length,
    unknownFields: verdict.unknownFields.length,
    verdict,
  };
}
