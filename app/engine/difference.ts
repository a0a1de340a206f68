/** A record as what has changed since the one that was sent before. */
export interface Difference<T extends object> {
  /** Set on the first one of a worker: there is nothing before it. */
  readonly whole: boolean;
  readonly changed: Partial<T>;
  /** Keys that the record has no more. */
  readonly gone: readonly (keyof T)[];
}

/** The sending end: parts that are the same object as before do not cross the wire again. */
export function createSender<T extends object>(): (value: T) => Difference<T> {
  let sent: T | undefined;
  return (value) => {
    const before = sent;
    sent = value;
    if (before === undefined) return { whole: true, changed: value, gone: [] };
    const changed = Object.fromEntries(
      Object.entries(value).filter(([key, part]) => before[key as keyof T] !== part),
    ) as Partial<T>;
    const gone = (Object.keys(before) as (keyof T)[]).filter((key) => !(key in value));
    return { whole: false, changed, gone };
  };
}

/** The receiving end: parts that did not cross the wire keep their identity, so what is derived from them holds. */
export function createReceiver<T extends object>(): (difference: Difference<T>) => T {
  let held: Partial<T> = {};
  return ({ whole, changed, gone }) => {
    const value: Partial<T> = whole ? { ...changed } : { ...held, ...changed };
    for (const key of gone) delete value[key];
    held = value;
    return value as T;
  };
}
