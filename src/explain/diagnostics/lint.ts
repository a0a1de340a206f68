import type { Wording } from './wording.ts';

export const LINT: Readonly<Record<string, Wording>> = {
  LINT001: {
    title: 'Not readable as YAML',
    says: 'This document cannot be read[: {reason}][ ({found})]. The other documents still count.',
    todo: 'Correct the text at the marked place. Values that begin with `*`, `@`, `%`, `&` or a backtick need quotes, and a tab cannot indent.',
  },
  LINT002: {
    title: 'Something required is missing',
    says: 'The object has no {field}, so the API server does not take it.',
    todo: 'Add {field}.',
  },
  LINT003: {
    title: 'Unknown API version',
    says: '{got} is not a version that Istio serves for this kind.',
    todo: 'Write `networking.istio.io/v1`; `v1beta1` and `v1alpha3` work too and mean the same.',
  },
  LINT005: {
    title: 'Key written twice',
    says: 'The key {key} stands twice in one mapping. kubectl keeps the last value, and the first is lost.',
    todo: 'Keep one of the two, or join their contents.',
  },
  LINT006: {
    title: 'Unknown field',
    says: 'Istio has no field {field} here. The API server drops it, so it has no effect[; {nearest} may be meant].',
    todo: 'Correct the name, check the indentation, or remove the field.',
  },
  LINT007: {
    title: 'Unknown field at the top',
    says: '{field} is not a field of the object itself[; {nearest} may be meant]. It is dropped.',
    todo: 'Move it below `spec`, or correct the name. At the top stand `apiVersion`, `kind`, `metadata`, `spec` and `status`.',
  },
  LINT008: {
    title: 'Wrong type',
    says: 'Here must be a value of type {want}; what is written[, {value},] is of type {got}.',
    todo: 'Write a value of the right type. Numbers and words like `yes`, `on` or `true` need quotes to be texts; texts of digits need none to be numbers.',
  },
  LINT009: {
    title: 'Not one of the choices',
    says: '{got} is not a value of this field[; it may be {want|or}]. Upper and lower case count.',
    todo: 'Write one of the listed values exactly[, probably {nearest}].',
  },
  LINT010: {
    title: 'Required field is missing',
    says: '{field} is required here and is not there, or is null.',
    todo: 'Add {field}.',
  },
  LINT011: {
    title: 'Too many or too few',
    says: 'There are {got} here[; at least {minimum} must be there][; at most {maximum} may be there].',
    todo: 'Bring the list or text within the limit, for instance by splitting the object.',
  },
  LINT012: {
    title: 'Number out of range',
    says: '{got} is not in the range of this field[: from {minimum}][ to {maximum}].',
    todo: 'Write a number within the range.',
  },
  LINT013: {
    title: 'Fields that exclude each other',
    says: 'Of {want} only one may be set; here {got} are.',
    todo: 'Keep the one that you mean.',
  },
  LINT015: {
    title: 'Not a duration',
    says: '{got} is not a duration of at least one millisecond.',
    todo: 'Write a number and a unit: `300ms`, `1.5s`, `2m`, `1h`. To have none, leave the field out.',
  },
  LINT016: {
    title: 'Not base64',
    says: 'The body is given as bytes, which must be base64[; {got} is not].',
    todo: 'Encode it, or use `string` for plain text.',
  },
  LINT017: {
    title: 'Empty list item',
    says: 'This item of the list is null.',
    todo: 'Fill the item or remove its dash.',
  },
  LINT018: {
    title: 'Dry run is not for this kind',
    says: 'The annotation `istio.io/dry-run` works on AuthorizationPolicy only, and Istio refuses other objects that have it.',
    todo: 'Remove the annotation.',
  },
  LINT019: {
    title: 'Reserved annotation',
    says: 'The annotation [{got} ]belongs to Istio itself, and an object that has it is refused.',
    todo: 'Remove the annotation.',
  },
  LINT020: {
    title: 'Name or label that Kubernetes refuses',
    says: '{got} is not valid here[ ({problem})].',
    todo: 'Names are lower-case letters, digits, `-` and `.`, at most 253 characters, with a letter or digit at both ends; label values are at most 63 characters and texts, so quote `true` and numbers.',
  },
  LINT021: {
    title: 'Deprecated',
    says: '{field} is deprecated[; {want} replaces it].',
    todo: 'Use the replacement; the old one will disappear.',
  },
  LINT024: {
    title: 'Annotation without effect',
    says: 'The annotation {annotation} on this {kind} is {what}[; its value is {value}][. It belongs on {kinds|or}].',
    todo: 'Correct the name or the value, or move it to an object of the right kind (for a Deployment: to the template of its pods).',
  },
  LINT201: {
    title: 'Older API version',
    says: '{got} works; `networking.istio.io/v1` is the same with the stable name. Objects of an older version here: {count}.',
    todo: 'Write `networking.istio.io/v1` when all your clusters run Istio 1.22 or later.',
  },
  LINT202: {
    title: 'Field in snake case',
    says: '{field} is the protobuf spelling. The API server knows {nearest} only and drops this, so it has no effect; `istioctl analyze` does not notice.',
    todo: 'Write {nearest}.',
  },
  LINT203: {
    title: 'Object written twice',
    says: 'There are two documents for {object}. Applied in this order, the later one replaces the earlier.',
    todo: 'Keep one, or give one of them another name.',
  },
  LINT204: {
    title: 'Text that is not read',
    says: 'This stands behind the end of the document, and kubectl does not read it.',
    todo: 'Put `---` before it, or remove it.',
  },
  LINT205: {
    title: 'Kind that is not simulated',
    says: 'Gatehouse does not simulate {kind}[ ({group})]. It may change what really happens. Objects of this kind here: {count}.',
    todo: 'Nothing needs to change. Keep in mind that the answer leaves it out.',
  },
};
