import type { Vocabulary } from '../../src/analyse.ts';
import type { Gesture } from '../../src/gesture/gesture.ts';

/** A question that a gesture leaves open, with its answer so far; `put` gives the gesture with another answer. */
export type GestureField =
  | {
      readonly kind: 'text';
      readonly label: string;
      readonly value: string;
      readonly help?: string;
      readonly suggestions?: readonly string[];
      readonly numeric?: boolean;
      readonly put: (value: string) => Gesture;
    }
  | {
      readonly kind: 'choice';
      readonly label: string;
      readonly value: string;
      readonly choices: readonly { readonly value: string; readonly label: string; readonly says: string }[];
      readonly put: (value: string) => Gesture;
    };

/** A question that is answered by typing. */
type TextField = Extract<GestureField, { kind: 'text' }>;

/** A question whose answer is taken as it is typed. */
export function text(
  label: string,
  value: string,
  put: (value: string) => Gesture,
  help?: string,
): TextField {
  return { kind: 'text', label, value, put, ...(help === undefined ? {} : { help }) };
}

/** A question for a whole number; what is none counts as no answer. */
export function number(
  label: string,
  value: number | undefined,
  help: string | undefined,
  put: (value: number | undefined) => Gesture,
): TextField {
  return {
    ...text(label, value === undefined ? '' : String(value), (typed) =>
      put(/^\d+$/.test(typed) ? Number(typed) : undefined),
    ),
    numeric: true,
    ...(help === undefined ? {} : { help }),
  };
}

/** The name of a new object. */
export function name(value: string | undefined, put: (value: string) => Gesture): GestureField {
  return text('Name', value ?? '', put, 'A name that is free, if empty.');
}

/** A namespace, with those of the paste to choose from. */
export function namespace(
  value: string | undefined,
  vocabulary: Vocabulary,
  put: (value: string) => Gesture,
): GestureField {
  return { ...text('Namespace', value ?? '', put), suggestions: vocabulary.namespaces };
}

/** A list of hosts in one line. */
export function hosts(
  value: readonly string[] | undefined,
  vocabulary: Vocabulary,
  put: (value: readonly string[]) => Gesture,
  label = 'Hosts',
): GestureField {
  return {
    ...text(label, (value ?? []).join(', '), (typed) => put(words(typed)), 'Several with commas between.'),
    suggestions: vocabulary.hosts,
  };
}

/** A service by name or host, with those of the paste to choose from. */
export function service(
  label: string,
  value: string,
  vocabulary: Vocabulary,
  put: (value: string) => Gesture,
): GestureField {
  return {
    ...text(label, value, put, 'Name of a Service, or its full host.'),
    suggestions: vocabulary.services.map((each) => each.host),
  };
}

/** What stands between commas and blanks. */
export function words(typed: string): string[] {
  return typed.split(/[\s,]+/).filter(Boolean);
}

/** `app=web, tier=front` as labels; what is no pair is passed over. */
export function labels(typed: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    words(typed).flatMap((each) => {
      const [key, value] = each.split(/[=:]/, 2);
      return key === undefined || key === '' || value === undefined ? [] : [[key, value]];
    }),
  );
}

/** Whether a text looks like a port number. */
export function isPort(typed: string): boolean {
  return /^\d{1,5}$/.test(typed);
}

/** The same plan without one of its answers. */
export function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> & T {
  const { [key]: _, ...rest } = value;
  return rest as Omit<T, K> & T;
}

/** The same plan with a text for an answer; an empty one takes the answer away. */
export function withText<T extends object, K extends keyof T & string>(value: T, key: K, typed: string): T {
  return typed === '' ? (without(value, key) as T) : { ...value, [key]: typed };
}

/** The same plan with a number for an answer; none takes the answer away. */
export function withNumber<T extends object, K extends keyof T & string>(
  value: T,
  key: K,
  typed: number | undefined,
): T {
  return typed === undefined ? (without(value, key) as T) : { ...value, [key]: typed };
}
