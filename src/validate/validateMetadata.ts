import type { ObjectRef } from '../manifest/source.ts';
import type { Json, JsonObject } from '../manifest/source.ts';
import { validateKeptFields } from './metadataFields.ts';
import { refuse, refuseKey } from './report.ts';
import type { Report } from './report.ts';
import { isObject } from './validateSchema.ts';

const dnsPart = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const lowerLabel = new RegExp(`^${dnsPart}$`);
const subdomain = new RegExp(`^${dnsPart}(?:\\.${dnsPart})*$`);
const qualifiedName = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

/** Name, namespace, labels and annotations as the webhook sees them. */
export interface Meta {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** The metadata of an object that passed `validateMetadata`; a name that the API server makes from `generateName` gets an example ending. */
export function metaOf(ref: ObjectRef, value: JsonObject): Meta {
  const metadata = isObject(value['metadata']) ? value['metadata'] : {};
  const prefix = metadata['generateName'];
  const generated = typeof prefix === 'string' ? `${prefix.slice(0, 58)}xxxxx` : '';
  return {
    name: typeof metadata['name'] === 'string' && metadata['name'] !== '' ? metadata['name'] : generated,
    namespace: ref.namespace,
    labels: textsOf(metadata['labels']),
    annotations: textsOf(metadata['annotations']),
  };
}

/** Kubernetes' rules for `metadata` (`ValidateObjectMeta`): name, namespace, syntax of labels and annotations. Types were checked before. */
export function validateMetadata(report: Report, value: JsonObject): void {
  const metadata = value['metadata'];
  if (!isObject(metadata)) {
    if (metadata === undefined || metadata === null)
      refuse(report, 'LINT002', [], { field: 'metadata.name' });
    return;
  }
  checkName(report, metadata);
  const namespace = metadata['namespace'];
  if (
    typeof namespace === 'string' &&
    namespace !== '' &&
    !(namespace.length <= 63 && lowerLabel.test(namespace))
  ) {
    refuse(report, 'LINT020', ['metadata', 'namespace'], { got: namespace, problem: 'namespace' });
  }
  for (const [key, label] of Object.entries(textsOf(metadata['labels']))) {
    const path = ['metadata', 'labels', key];
    if (!isQualifiedName(key)) refuseKey(report, 'LINT020', path, { got: key, problem: 'label-key' });
    if (label !== '' && !(label.length <= 63 && qualifiedName.test(label))) {
      refuse(report, 'LINT020', path, { got: label, problem: 'label-value' });
    }
  }
  for (const key of Object.keys(textsOf(metadata['annotations']))) {
    const path = ['metadata', 'annotations', key];
    if (!isQualifiedName(key.toLowerCase()))
      refuseKey(report, 'LINT020', path, { got: key, problem: 'annotation-key' });
  }
  validateKeptFields(report, metadata, isQualifiedName);
}

function checkName(report: Report, { name, generateName }: JsonObject): void {
  if (isText(name)) checkDnsName(report, 'name', name, name);
  // The API server completes a prefix, so a hyphen at its end is hidden from the check.
  if (isText(generateName))
    checkDnsName(report, 'generateName', generateName, generateName.replace(/[^]-$/, 'a'));
  const missing = [name, generateName].every(
    (value) => value === undefined || value === null || value === '',
  );
  if (missing) refuse(report, 'LINT002', ['metadata'], { field: 'metadata.name' });
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '';
}

function checkDnsName(report: Report, field: string, written: string, checked: string): void {
  if (checked.length <= 253 && subdomain.test(checked)) return;
  refuse(report, 'LINT020', ['metadata', field], { got: written, problem: 'name' });
}

/** `name`, or a lower-case DNS name, `/` and `name`; mirrors Kubernetes' `IsQualifiedName`. */
function isQualifiedName(key: string): boolean {
  const parts = key.split('/');
  const name = parts.at(-1) ?? '';
  if (parts.length > 2 || name.length > 63 || !qualifiedName.test(name)) return false;
  const prefix = parts.length === 2 ? (parts[0] ?? '') : undefined;
  return prefix === undefined || (prefix.length <= 253 && subdomain.test(prefix));
}

function textsOf(value: Json | undefined): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
