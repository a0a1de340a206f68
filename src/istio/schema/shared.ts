import { any, list, map, object, text } from './schema.ts';
import type { FieldSchema, KindSchema, ObjectSchema } from './schema.ts';

/** Kubernetes' own fields of every object, as far as they matter to Istio; other fields of `metadata` are kept. */
export const metadata: ObjectSchema = object(
  'Name, namespace, labels and annotations of the object.',
  {
    name: text('Name of the object, unique for its kind within the namespace.'),
    generateName: text('Beginning of a name that the API server completes; used if `name` is absent.', {
      simulated: 'no',
    }),
    namespace: text('Namespace that the object belongs to; `default` if absent.', { format: 'namespace' }),
    labels: map('Labels, by which selectors pick objects.', text('Value of the label.'), {
      emptyNulls: true,
    }),
    annotations: map(
      'Notes for tools; a few of them change what Istio does.',
      text('Value of the annotation.'),
      {
        simulated: 'partly',
        emptyNulls: true,
      },
    ),
    creationTimestamp: text(
      'When the object was created; of two objects that conflict Istio prefers the older.',
    ),
  },
  { open: true },
);

/** The root of a kind of Istio: `spec`, and a `status` that only Istio writes. */
export function istioKind(
  kind: string,
  doc: string,
  spec: ObjectSchema,
  versions: readonly string[] = ['v1', 'v1beta1', 'v1alpha3'],
): KindSchema {
  return {
    kind,
    group: 'networking.istio.io',
    versions,
    doc,
    root: rootOf(doc, { spec, status: any('What Istio reports about the object; not written by hand.') }),
  };
}

/** The root of any kind: `apiVersion`, `kind` and `metadata`, with the fields that the kind adds. */
export function rootOf(
  doc: string,
  fields: Readonly<Record<string, FieldSchema>>,
  options: { readonly open?: true } = {},
): ObjectSchema {
  return object(
    doc,
    {
      apiVersion: text('Group and version of the kind.'),
      kind: text('What the object is.'),
      metadata,
      ...fields,
    },
    options,
  );
}

export const exportTo = list(
  'Namespaces in which the object counts; everywhere if absent.',
  text('`.` for its own namespace, `*` for all, or the name of a namespace.', { format: 'namespace' }),
);

/** Labels that pick workloads. */
export const labelSelector = map(
  'Labels that a workload must carry, all of them.',
  text('Value that the label must have.'),
);
