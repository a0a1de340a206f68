import { kindOf } from '../istio/schema/kinds.ts';
import type { KindSchema } from '../istio/schema/schema.ts';
import type { JsonObject, ObjectRef } from '../manifest/source.ts';
import { validateDestinationRule } from './destinationRule.ts';
import { validateGateway } from './gateway.ts';
import { newReport, refuse, refuseKey } from './report.ts';
import type { Report } from './report.ts';
import { validateServiceEntry } from './serviceEntry.ts';
import { validateSidecar } from './sidecar.ts';
import { metaOf, validateMetadata } from './validateMetadata.ts';
import type { Meta } from './validateMetadata.ts';
import { isObject, validateSchema } from './validateSchema.ts';
import type { Verdict } from './verdict.ts';
import { validateVirtualService } from './virtualService.ts';

/** An object as it was read, of any kind. */
export interface ReadForValidation {
  readonly ref: ObjectRef;
  readonly apiVersion: string;
  readonly value: JsonObject;
}

/**
 * What a cluster with Istio would say of one object: first the API server (pruning, types, bounds, CEL rules, metadata), then, if nothing was wrong,
 * Istio's webhook. Objects of kinds that are not described are accepted as they are; of Kubernetes' own kinds only the fields that the
 * engine reads are looked at. The answer depends on nothing but the arguments, so callers may remember it by `value`.
 */
export function validate(object: ReadForValidation): Verdict {
  const { ref, apiVersion, value } = object;
  const schema = kindOf(apiVersion, ref.kind);
  if (!schema) return { accepted: true, errors: [], warnings: [], unknownFields: [], stored: value };
  const report = newReport();
  checkVersion(report, schema, apiVersion);
  const { stored, unknownFields } = validateSchema(schema.root, value, report);
  validateMetadata(report, stored);
  if (report.errors.length > 0) {
    return { accepted: false, stage: 'schema', errors: report.errors, warnings: [], unknownFields, stored };
  }
  validateInWebhook(report, metaOf(ref, stored), ref.kind, stored);
  if (report.errors.length > 0) {
    return { accepted: false, stage: 'webhook', errors: report.errors, warnings: [], unknownFields, stored };
  }
  return { accepted: true, errors: [], warnings: report.warnings, unknownFields, stored };
}

function checkVersion(report: Report, schema: KindSchema, apiVersion: string): void {
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  if (!schema.versions.includes(version))
    refuse(report, 'LINT003', ['apiVersion'], { got: apiVersion, want: schema.versions });
}

type WebhookCheck = (report: Report, meta: Meta, spec: JsonObject) => void;

/** The schema has held `spec` to the shapes that these take. */
const webhook: Readonly<Record<string, WebhookCheck>> = {
  Gateway: validateGateway,
  VirtualService: validateVirtualService,
  DestinationRule: validateDestinationRule,
  ServiceEntry: validateServiceEntry,
  Sidecar: validateSidecar,
};

function validateInWebhook(report: Report, meta: Meta, kind: string, stored: JsonObject): void {
  const check = Object.hasOwn(webhook, kind) ? webhook[kind] : undefined;
  if (!check || !checkAnnotations(report, meta)) return;
  check(report, meta, isObject(stored['spec']) ? stored['spec'] : {});
}

const reservedAnnotations = [
  'internal.istio.io/webhook-always-reject',
  'internal.istio.io/parent-namespace',
  'internal.istio.io/parents',
];

/** Mirrors `validateMetadata` of Istio's webhook, which looks no further after a finding. */
function checkAnnotations(report: Report, meta: Meta): boolean {
  for (const [code, name] of [
    ['LINT018', 'istio.io/dry-run'],
    ...reservedAnnotations.map((reserved) => ['LINT019', reserved]),
  ] as const) {
    if (name === undefined || code === undefined || !Object.hasOwn(meta.annotations, name)) continue;
    refuseKey(report, code, ['metadata', 'annotations', name], { got: name });
    return false;
  }
  return true;
}
