import type { Finding } from '../manifest/finding.ts';
import type { JsonObject, Path } from '../manifest/source.ts';

/** Which stage of the way into a cluster refused the object: kubectl's reading, the API server's schema with CEL, Istio's webhook. */
export type Stage = 'yaml' | 'schema' | 'webhook';

/**
 * What a cluster with Istio would say of one object. `stored` is what the API server keeps of it (unknown fields pruned, null fields and
 * null map values dropped); only if `accepted` does the object take part. `warnings` are the webhook's, and only of accepted objects.
 */
export interface Verdict {
  readonly accepted: boolean;
  readonly stage?: Stage;
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  readonly unknownFields: readonly UnknownField[];
  readonly stored: JsonObject;
}

export interface UnknownField {
  readonly path: Path;
  /** The field of the schema at that place whose name is nearest, if one is near enough to be meant. */
  readonly nearest?: string;
}
