import type { Json, JsonObject, Path } from '../manifest/source.ts';
import { refuse } from './report.ts';
import type { Report } from './report.ts';
import { isObject } from './validateSchema.ts';

type Type = 'text' | 'integer' | 'boolean' | 'list' | 'object';

/** Fields that Kubernetes keeps itself, or that its garbage collector reads; nobody describes them, but each must have its type. */
const types: Readonly<Record<string, Type>> = {
  selfLink: 'text',
  uid: 'text',
  resourceVersion: 'text',
  generation: 'integer',
  deletionTimestamp: 'text',
  deletionGracePeriodSeconds: 'integer',
  finalizers: 'list',
  ownerReferences: 'list',
  managedFields: 'list',
};
const ownerTypes: Readonly<Record<string, Type>> = {
  apiVersion: 'text',
  kind: 'text',
  name: 'text',
  uid: 'text',
  controller: 'boolean',
  blockOwnerDeletion: 'boolean',
};

/**
 * The rest of `ObjectMeta` as the API server decodes and checks it (`GetObjectMeta`, `ValidateObjectMetaAccessor`): types, times, owners and
 * finalizers. A null is what is absent, and as an item of a list an empty one. `managedFields` are made anew by the server.
 */
export function validateKeptFields(
  report: Report,
  metadata: JsonObject,
  isName: (text: string) => boolean,
): void {
  checkKeptTypes(report, metadata);
  const { generation } = metadata;
  if (typeof generation === 'number' && generation < 0)
    refuse(report, 'LINT012', ['metadata', 'generation'], { got: generation, minimum: 0 });
  checkFinalizers(report, itemsOf(metadata, 'finalizers'), isName);
  checkOwners(report, itemsOf(metadata, 'ownerReferences'));
}

/** What keeps the fields from being decoded at all. */
export function checkKeptTypes(report: Report, metadata: JsonObject): void {
  checkTypes(report, ['metadata'], types, metadata);
  checkTime(report, metadata, 'creationTimestamp');
  checkTime(report, metadata, 'deletionTimestamp');
  checkItems(report, metadata, 'managedFields', 'object');
  checkItems(report, metadata, 'finalizers', 'text');
  checkItems(report, metadata, 'ownerReferences', 'object');
  for (const [index, owner] of itemsOf(metadata, 'ownerReferences').entries()) {
    if (isObject(owner)) checkTypes(report, ['metadata', 'ownerReferences', index], ownerTypes, owner);
  }
}

function checkTypes(
  report: Report,
  path: Path,
  wanted: Readonly<Record<string, Type>>,
  value: JsonObject,
): void {
  for (const [field, want] of Object.entries(wanted)) {
    const given = value[field] ?? null;
    if (given !== null && typeOf(given) !== want) refuseType(report, [...path, field], given, want);
  }
}

function refuseType(report: Report, path: Path, value: Json, want: Type): void {
  const shown = typeof value === 'object' ? JSON.stringify(value).slice(0, 80) : value;
  refuse(report, 'LINT008', path, { got: typeOf(value), want, value: shown });
}

function typeOf(value: Json): string {
  if (Array.isArray(value)) return 'list';
  if (isObject(value)) return 'object';
  if (typeof value === 'string') return 'text';
  if (typeof value !== 'number') return value === null ? 'null' : 'boolean';
  return Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? 'integer' : 'number';
}

function itemsOf(metadata: JsonObject, field: string): readonly Json[] {
  const list = metadata[field];
  return Array.isArray(list) ? list : [];
}

function checkItems(report: Report, metadata: JsonObject, field: string, want: 'text' | 'object'): void {
  for (const [index, item] of itemsOf(metadata, field).entries()) {
    if (item !== null && typeOf(item) !== want) refuseType(report, ['metadata', field, index], item, want);
  }
}

/** Go's `time.RFC3339`: a comma may stand for the point, and the hour may have one digit. */
const time =
  /^(\d{4})-(\d\d)-(\d\d)T(\d{1,2}):(\d\d):(\d\d)(?:[.,]\d+)?(?:Z|[-+](?:[01]\d|2[0-4]):(?:[0-5]\d|60))$/;

function checkTime(report: Report, metadata: JsonObject, field: string): void {
  const value = metadata[field];
  if (typeof value === 'string' && !isTime(value))
    refuse(report, 'LINT020', ['metadata', field], { got: value, problem: 'time' });
}

/** Whether Kubernetes can read the text as a point in time. */
export function isTime(text: string): boolean {
  const [, year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (time.exec(text) ?? []).map(
    Number,
  );
  const days = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  return month >= 1 && month <= 12 && day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60;
}

function checkFinalizers(report: Report, names: readonly Json[], isName: (text: string) => boolean): void {
  for (const [index, name] of names.entries()) {
    const got = typeof name === 'string' ? name : '';
    if (!isName(got))
      refuse(report, 'LINT020', ['metadata', 'finalizers', index], { got, problem: 'finalizer' });
  }
  if (names.includes('orphan') && names.includes('foregroundDeletion')) {
    refuse(report, 'LINT020', ['metadata', 'finalizers'], {
      got: 'orphan, foregroundDeletion',
      problem: 'finalizers',
    });
  }
}

function checkOwners(report: Report, owners: readonly Json[]): void {
  let controllers = 0;
  for (const [index, item] of owners.entries()) {
    const owner = isObject(item) ? item : {};
    const path = ['metadata', 'ownerReferences', index];
    for (const field of ['apiVersion', 'kind', 'name', 'uid']) {
      if ((owner[field] ?? '') === '') refuse(report, 'LINT010', path, { field });
    }
    if (typeof owner['apiVersion'] === 'string' && !hasVersion(owner['apiVersion']))
      refuse(report, 'LINT020', [...path, 'apiVersion'], { got: owner['apiVersion'], problem: 'version' });
    if (owner['kind'] === 'Event' && owner['apiVersion'] === 'v1')
      refuse(report, 'LINT020', [...path, 'kind'], { got: 'Event', problem: 'owner' });
    if (owner['controller'] === true) controllers += 1;
  }
  if (controllers > 1) {
    refuse(report, 'LINT020', ['metadata', 'ownerReferences'], {
      got: `${controllers} × controller: true`,
      problem: 'controllers',
    });
  }
}

/** Whether `group/version`, or a version alone, names one; of more than two parts it names none. */
function hasVersion(apiVersion: string): boolean {
  const parts = apiVersion.split('/');
  return apiVersion === '' || (parts.length <= 2 && parts.at(-1) !== '');
}
