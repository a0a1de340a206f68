import type { Path } from '../../manifest/source.ts';
import { destinationRule } from './destinationRule.ts';
import { gateway } from './gateway.ts';
import { endpointSlice, pod, workloads } from './kubernetes.ts';
import type { FieldSchema, KindSchema } from './schema.ts';
import { service } from './service.ts';
import { serviceEntry } from './serviceEntry.ts';
import { sidecar } from './sidecar.ts';
import { virtualService } from './virtualService.ts';

/** Every kind that the engine reads, the five that the page edits first. */
export const kinds: readonly KindSchema[] = [
  gateway,
  virtualService,
  destinationRule,
  serviceEntry,
  service,
  sidecar,
  endpointSlice,
  pod,
  ...workloads,
];

/** The schema of a kind by its `kind` and the group of its `apiVersion` (`networking.istio.io/v1` → `networking.istio.io`, `v1` → none). */
export function kindOf(apiVersion: string, kind: string): KindSchema | undefined {
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  return kinds.find((schema) => schema.kind === kind && schema.group === group);
}

/**
 * The field at a path from the root of an object (`['spec', 'http', 0, 'route']`); list indexes and keys of maps stand for any of theirs.
 * Undefined if the kind is unknown or has no such field.
 */
export function fieldAt(kind: string, path: Path): FieldSchema | undefined {
  let field: FieldSchema | undefined = kinds.find((schema) => schema.kind === kind)?.root;
  for (const step of path) field = field && childOf(field, step);
  return field;
}

/** The fields that an object at that path may have, by name; of a list those of its items. Empty if it has none that are known. */
export function fieldsAt(kind: string, path: Path): Readonly<Record<string, FieldSchema>> {
  let field = fieldAt(kind, path);
  if (field?.type === 'list') field = field.items;
  return field?.type === 'object' ? field.fields : {};
}

function childOf(field: FieldSchema, step: string | number): FieldSchema | undefined {
  switch (field.type) {
    case 'object':
      return Object.hasOwn(field.fields, step) ? field.fields[step] : undefined;
    case 'list':
      return typeof step === 'number' ? field.items : undefined;
    case 'map':
      return field.values;
    default:
      return undefined;
  }
}
