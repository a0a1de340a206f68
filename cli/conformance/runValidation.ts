import { analyzeCodes } from '../../src/diagnose/analyze/analyze.ts';
import { read, type ReadObject } from '../../src/manifest/read.ts';
import { validate } from '../../src/validate/validate.ts';
import type { Difference } from './compareCall.ts';
import type { Point } from './runVector.ts';
import type { ExpectedDocument, ValidationCase, ValidationVector } from './vector.ts';

const checkedKinds = new Set(['Gateway', 'VirtualService', 'DestinationRule', 'ServiceEntry']);

/** August 2026, when the recordings were made: what had expired by then had expired. */
const recordedAt = Date.UTC(2026, 7, 22);

/** One point for each case: the verdict on each document, and what `istioctl analyze` says where it was recorded. */
export function runValidation(vector: ValidationVector): readonly Point[] {
  return vector.cases.map((one) => ({ name: one.name, differences: compareCase(one) }));
}

function compareCase({ manifests, expect }: ValidationCase): readonly Difference[] {
  const { objects, problems } = read([{ name: 'case.yaml', text: manifests }]);
  const incomplete = new Set(
    problems.flatMap(({ finding, document }) => (finding.code === 'LINT002' ? [document] : [])),
  );
  const predicted = objects.filter(isChecked).map((object) => judge(object, incomplete));
  const differences: Difference[] = [];
  if (predicted.length !== expect.documents.length) {
    return [
      {
        field: 'documents',
        expected: expect.documents.map(({ object }) => object),
        predicted: predicted.map(({ object }) => object),
      },
    ];
  }
  for (const [index, wanted] of expect.documents.entries()) {
    const got = predicted[index];
    const fields = {
      object: wanted.object.includes('?') ? got?.object : wanted.object,
      accepted: wanted.accepted,
      stage: wanted.stage,
      warnings: wanted.warnings?.length ?? 0,
    };
    for (const [field, expected] of Object.entries(fields)) {
      const value = got?.[field as keyof typeof fields];
      if (expected !== value)
        differences.push({ field: `${wanted.object} ${field}`, expected, predicted: value });
    }
  }
  if (expect.analyze) {
    const codes = expect.analyze.map(({ code, object }) => `${code} ${object}`).sort();
    const refs = objects.flatMap((object) => (object.status === 'read' ? [object] : []));
    const got = [
      ...new Set(
        analyzeCodes(refs, recordedAt).map(
          ({ ist, at }) => `${ist} ${at.object.kind} ${at.object.namespace}/${at.object.name}`,
        ),
      ),
    ].sort();
    if (JSON.stringify(codes) !== JSON.stringify(got))
      differences.push({ field: 'analyze', expected: codes, predicted: got });
  }
  return differences;
}

function isChecked(object: ReadObject): boolean {
  if (object.status === 'unreadable') return true;
  return object.apiVersion.startsWith('networking.istio.io/') && checkedKinds.has(object.ref.kind);
}

/** `incomplete`: documents that are YAML but name no kind or version, which the API server and not kubectl's reader refuses. */
function judge(
  object: ReadObject,
  incomplete: ReadonlySet<number>,
): Omit<ExpectedDocument, 'warnings'> & { readonly warnings: number } {
  if (object.status === 'unreadable') {
    const stage = incomplete.has(object.document) ? 'schema' : 'yaml';
    const { kind = '?', namespace = stage === 'schema' ? 'default' : '?', name = '?' } = object;
    return { object: `${kind} ${namespace}/${name}`, accepted: false, stage, warnings: 0 };
  }
  const { kind, namespace, name } = object.ref;
  const { accepted, stage, warnings } = validate(object);
  return {
    object: `${kind} ${namespace}/${name}`,
    accepted,
    ...(stage !== undefined && { stage }),
    warnings: accepted ? warnings.length : 0,
  };
}
