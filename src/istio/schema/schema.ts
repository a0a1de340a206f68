/*
 * One description of each kind, as plain data: what fields there are, their types and limits as the API server checks them, and a sentence of ours
 * about each. Decoding, validation, the editor's completion, the forms and the documentation all read it.
 */

/** Whether the engine honours a field: fully, in part, or not at all (then its effect is missing from the answer). */
export type Simulated = 'yes' | 'partly' | 'no';

/** A value of an enumeration, and what it means. */
export interface Choice {
  readonly value: string;
  readonly doc: string;
}

/**
 * Limits that go beyond types and bounds: the CEL rules of the published CRDs, by names of ours; `validate/schema/rules.ts` holds what they demand.
 * `gateway-certificates`… stand on the object or value that the rule is about.
 */
export type RuleName =
  | 'duration-1ms'
  | 'port-number'
  | 'not-lone-wildcard'
  | 'no-wildcard'
  | 'selector-key'
  | 'unix-address'
  | 'endpoint-port-names'
  | 'endpoint-address'
  | 'endpoint-unix-ports'
  | 'unique-port-numbers'
  | 'selector-or-endpoints'
  | 'cidr-resolution'
  | 'none-without-endpoints'
  | 'round-robin-endpoint';

interface Described {
  /** One sentence: what the field does. */
  readonly doc: string;
  readonly simulated: Simulated;
  readonly required?: true;
  /** What to write instead. */
  readonly deprecated?: string;
  /** Another spelling of this field, which Istio does not read where this one stands, even as null. */
  readonly hides?: string;
  readonly rules?: readonly RuleName[];
}

/** What a text is, for completion and forms; only `duration` and `base64` are checked as part of the schema. */
export type TextFormat =
  'duration' | 'base64' | 'host' | 'regex' | 'gateway' | 'namespace' | 'ip' | 'cidr' | 'secret' | 'file';

export interface TextSchema extends Described {
  readonly type: 'text';
  readonly format?: TextFormat;
  readonly choices?: readonly Choice[];
  /** In characters (code points). */
  readonly maxLength?: number;
}
export interface NumberSchema extends Described {
  readonly type: 'integer' | 'number';
  readonly minimum?: number;
  readonly maximum?: number;
}
export interface BooleanSchema extends Described {
  readonly type: 'boolean';
}
export interface ObjectSchema extends Described {
  readonly type: 'object';
  readonly fields: Readonly<Record<string, FieldSchema>>;
  /** Groups of fields of which at most one may be present. */
  readonly exclusive?: readonly (readonly string[])[];
  /** Fields that are not described here are kept and not reported. */
  readonly open?: true;
}
export interface ListSchema extends Described {
  readonly type: 'list';
  readonly items: FieldSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** Fields of the items that together must be unique. */
  readonly keys?: readonly string[];
}
export interface MapSchema extends Described {
  readonly type: 'map';
  readonly values: FieldSchema;
  readonly maxEntries?: number;
  /** A null value is an empty text, as Kubernetes reads its own metadata; elsewhere the API server drops it. */
  readonly emptyNulls?: true;
}
/** A number or a text (a port by number or by name), or, with `any`, whatever is written. */
export interface LooseSchema extends Described {
  readonly type: 'integer-or-text' | 'any';
}

export type FieldSchema =
  TextSchema | NumberSchema | BooleanSchema | ObjectSchema | ListSchema | MapSchema | LooseSchema;

export interface KindSchema {
  readonly kind: string;
  /** Empty for Kubernetes' core group. */
  readonly group: string;
  /** Newest first; all versions have the same schema. */
  readonly versions: readonly string[];
  readonly doc: string;
  /** The whole object: `apiVersion`, `kind`, `metadata`, and what the kind adds. */
  readonly root: ObjectSchema;
}

/** What a builder may be told besides the sentence; `simulated` is `yes` unless said otherwise. */
type Options<S extends FieldSchema> = Partial<
  Omit<S, 'type' | 'doc' | 'items' | 'values' | 'fields' | 'choices'>
>;

export const uint32 = { minimum: 0, maximum: 4_294_967_295 } as const;
export const int32 = { minimum: -2_147_483_648, maximum: 2_147_483_647 } as const;

/** A text field. */
export function text(doc: string, options: Options<TextSchema> = {}): TextSchema {
  return { type: 'text', doc, simulated: 'yes', ...options };
}

/** A text field with a closed list of values, each with its sentence. */
export function choice(
  doc: string,
  choices: Readonly<Record<string, string>>,
  options: Options<TextSchema> = {},
): TextSchema {
  const list = Object.entries(choices).map(([value, sentence]) => ({ value, doc: sentence }));
  return { type: 'text', doc, simulated: 'yes', choices: list, ...options };
}

/** A duration (`1.5s`, `2m`) that the API server wants to be at least a millisecond. */
export function duration(doc: string, options: Options<TextSchema> = {}): TextSchema {
  return text(doc, { format: 'duration', rules: ['duration-1ms'], ...options });
}

/** A whole number, by default one of 32 bits without sign. */
export function integer(doc: string, options: Options<NumberSchema> = uint32): NumberSchema {
  return { type: 'integer', doc, simulated: 'yes', ...options };
}

/** A number that may have a fraction. */
export function number(doc: string, options: Options<NumberSchema> = {}): NumberSchema {
  return { type: 'number', doc, simulated: 'yes', ...options };
}

/** True or false. */
export function boolean(doc: string, options: Options<BooleanSchema> = {}): BooleanSchema {
  return { type: 'boolean', doc, simulated: 'yes', ...options };
}

/** A group of named fields. */
export function object(
  doc: string,
  fields: Readonly<Record<string, FieldSchema>>,
  options: Options<ObjectSchema> = {},
): ObjectSchema {
  return { type: 'object', doc, simulated: 'yes', fields, ...options };
}

/** A list; the sentence of `items` is about one of them. */
export function list(doc: string, items: FieldSchema, options: Options<ListSchema> = {}): ListSchema {
  return { type: 'list', doc, simulated: 'yes', items, ...options };
}

/** A mapping with keys that the user chooses; the sentence of `values` is about one of them. */
export function map(doc: string, values: FieldSchema, options: Options<MapSchema> = {}): MapSchema {
  return { type: 'map', doc, simulated: 'yes', values, ...options };
}

/** Kept as it is written. */
export function any(doc: string, options: Options<LooseSchema> = {}): LooseSchema {
  return { type: 'any', doc, simulated: 'no', ...options };
}

/** A number, or a text that names one. */
export function integerOrText(doc: string, options: Options<LooseSchema> = {}): LooseSchema {
  return { type: 'integer-or-text', doc, simulated: 'yes', ...options };
}

/** Another occurrence of a field that is described elsewhere: its own sentence, and options that differ. */
export function variant<S extends FieldSchema>(
  base: S,
  doc: string,
  options: Partial<Omit<S, 'type'>> = {},
): S {
  return { ...base, doc, ...options };
}
