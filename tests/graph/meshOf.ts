import { parseAllDocuments } from 'yaml';
import { buildMesh } from '../../src/istio/mesh.ts';
import type { Mesh } from '../../src/istio/types.ts';
import type { JsonObject, ObjectRef } from '../../src/manifest/source.ts';

interface Written {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** The mesh of a text whose documents are all admitted. */
export function meshOf(text: string): Mesh {
  return buildMesh(
    parseAllDocuments(text).map((parsed, document) => {
      const value = parsed.toJS() as Written;
      const ref: ObjectRef = {
        kind: value.kind,
        namespace: value.metadata.namespace ?? 'default',
        name: value.metadata.name,
        source: 0,
        document,
      };
      return { ref, apiVersion: value.apiVersion, value: value as unknown as JsonObject };
    }),
  );
}
