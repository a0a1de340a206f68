import type { Vocabulary } from '../../src/analyse.ts';
import type { FieldSchema } from '../../src/istio/schema/schema.ts';
import type { Path } from '../../src/manifest/source.ts';

/** Names of the paste that may stand in a field. */
export function suggestionsFor(
  field: FieldSchema,
  vocabulary: Vocabulary,
  kind: string,
  path: Path,
): readonly string[] {
  if (field.type !== 'text') return [];
  const { format } = field;
  if (format === 'gateway') return [...vocabulary.gateways, 'mesh'];
  if (format === 'namespace') return vocabulary.namespaces;
  if (format !== 'host') return [];
  return leadsToService(kind, path) ? vocabulary.services.map(({ host }) => host) : vocabulary.hosts;
}

function leadsToService(kind: string, path: Path): boolean {
  return kind === 'DestinationRule' || path.includes('destination') || path.includes('mirror');
}
