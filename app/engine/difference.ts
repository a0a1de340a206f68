/**
 * A value as what has changed since the one that was sent before. `steps` says how to make it of that one, `values` holds what cannot be made of it, in the
 * order in which the steps take it.
 */
export type Difference<T> =
  /** The first one of a worker: there is nothing before it. */
  | { readonly whole: true; readonly value: T }
  | { readonly whole: false; readonly steps: Int32Array; readonly values: readonly unknown[] };

/*
 * The steps of a part, from its code on:
 * SAME; VALUE (the next of the values); NUMBER n; RECORD count, then for each key that differs its number and the steps of its value;
 * SHAPE (the next of the values are its keys), then the steps of each; LIST count, then pieces: where in the list before, how many in a row are the same,
 * and for 0 the steps of one element.
 */
const SAME = 0;
const VALUE = 1;
const NUMBER = 2;
const RECORD = 3;
const SHAPE = 4;
const LIST = 5;

type Fields = Readonly<Record<string, unknown>>;

/** The sending end. Plain data only; parts that are the same object as before are not even looked at. */
export function createSender<T>(): (value: T) => Difference<T> {
  let sent: { readonly value: T } | undefined;
  return (value) => {
    const before = sent;
    sent = { value };
    if (before === undefined) return { whole: true, value };
    const steps: number[] = [];
    const values: unknown[] = [];
    writePart(before.value, value, { steps, values });
    return { whole: false, steps: Int32Array.from(steps), values };
  };
}

/** The receiving end: parts that did not change keep their identity, so what is derived from them holds. */
export function createReceiver<T>(): (difference: Difference<T>) => T {
  let held: unknown;
  return (difference) => {
    held = difference.whole ? difference.value : readPart(held, { ...difference, step: 0, value: 0 });
    return held as T;
  };
}

interface Output {
  readonly steps: number[];
  readonly values: unknown[];
}

function writePart(before: unknown, after: unknown, out: Output): void {
  if (before === after) out.steps.push(SAME);
  else if (typeof after === 'number' && Object.is(after | 0, after)) out.steps.push(NUMBER, after);
  else if (Array.isArray(before) && Array.isArray(after)) writeList(before, after, out);
  else if (isRecord(before) && isRecord(after)) writeRecord(before, after, out);
  else {
    out.steps.push(VALUE);
    out.values.push(after);
  }
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function writeRecord(before: Fields, after: Fields, out: Output): void {
  const { steps, values } = out;
  const keys = Object.keys(after);
  const old = Object.keys(before);
  if (keys.length !== old.length || keys.some((key, index) => key !== old[index])) {
    steps.push(SHAPE);
    values.push(keys);
    for (const key of keys) writePart(own(before, key), after[key], out);
    return;
  }
  const start = steps.length;
  let count = 0;
  steps.push(RECORD, 0);
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] ?? '';
    if (before[key] === after[key]) continue;
    const field = steps.length;
    steps.push(index);
    writePart(before[key], after[key], out);
    if (steps[field + 1] === SAME) steps.length = field;
    else count += 1;
  }
  steps[start + 1] = count;
  if (count === 0) {
    steps.length = start;
    steps.push(SAME);
  }
}

function writeList(before: readonly unknown[], after: readonly unknown[], out: Output): void {
  const { steps } = out;
  const start = steps.length;
  let pieces = 0;
  let run: number | undefined;
  let next = 0;
  let places: ReadonlyMap<unknown, number> | undefined;
  steps.push(LIST, 0);
  const copy = (from: number): void => {
    if (run !== undefined && (steps[run] ?? 0) + (steps[run + 1] ?? 0) === from) {
      steps[run + 1] = (steps[run + 1] ?? 0) + 1;
    } else {
      run = steps.length;
      pieces += 1;
      steps.push(from, 1);
    }
  };
  for (const element of after) {
    if (next < before.length && before[next] === element) {
      copy(next);
      next += 1;
      continue;
    }
    let from = next;
    if (typeof element === 'object' && element !== null && !isAlike(before[next], element)) {
      places ??= placesOf(before);
      from = places.get(element) ?? alike(element, places) ?? next;
    }
    next = from + 1;
    const piece = steps.length;
    steps.push(from, 0);
    writePart(before[from], element, out);
    if (steps[piece + 2] === SAME && from < before.length) {
      steps.length = piece;
      copy(from);
    } else {
      pieces += 1;
      run = undefined;
    }
  }
  steps[start + 1] = pieces;
  const isSame =
    before.length === after.length &&
    (pieces === 0 || (pieces === 1 && steps[start + 2] === 0 && steps[start + 3] === after.length));
  if (isSame) {
    steps.length = start;
    steps.push(SAME);
  }
}

/** Whether two elements have a part in common: then one is the other, changed. */
function isAlike(before: unknown, after: object): boolean {
  if (!isRecord(before) || !isRecord(after)) return false;
  for (const key in after) {
    const part = after[key];
    if (typeof part === 'object' && part !== null && isSameName(before[key], part)) return true;
  }
  return typeof after['id'] === 'string' && after['id'] === before['id'];
}

/** Whether the parts are one, or records of the same texts. */
function isSameName(before: unknown, after: object): boolean {
  if (before === after) return true;
  if (!isRecord(before) || !isRecord(after)) return false;
  let texts = 0;
  for (const key in after) {
    if (before[key] !== after[key]) return false;
    if (typeof after[key] === 'string') texts += 1;
  }
  return texts > 0;
}

function alike(element: object, places: ReadonlyMap<unknown, number>): number | undefined {
  for (const part of Object.values(element)) {
    const place = typeof part === 'object' && part !== null ? places.get(part) : undefined;
    if (place !== undefined) return place;
  }
  return undefined;
}

/** Where in a list an element stands, or the first element that has a part. */
function placesOf(list: readonly unknown[]): ReadonlyMap<unknown, number> {
  const places = new Map<unknown, number>();
  list.forEach((element, index) => {
    if (typeof element !== 'object' || element === null) return;
    places.set(element, index);
    for (const part of Object.values(element)) {
      if (typeof part === 'object' && part !== null && !places.has(part)) places.set(part, index);
    }
  });
  return places;
}

interface Input {
  readonly steps: Int32Array;
  readonly values: readonly unknown[];
  step: number;
  value: number;
}

function readPart(before: unknown, input: Input): unknown {
  const code = take(input);
  switch (code) {
    case SAME:
      return before;
    case NUMBER:
      return take(input);
    case RECORD:
      return readRecord(before as Fields, input);
    case SHAPE: {
      const keys = takeValue(input) as readonly string[];
      const old = before as Fields;
      return Object.fromEntries(keys.map((key) => [key, readPart(own(old, key), input)]));
    }
    case LIST:
      return readList(before as readonly unknown[], input);
    default:
      return takeValue(input);
  }
}

function own(record: Fields, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function readRecord(before: Fields, input: Input): Fields {
  const record: Record<string, unknown> = { ...before };
  const keys = Object.keys(before);
  for (let left = take(input); left > 0; left -= 1) {
    const key = keys[take(input)] ?? '';
    const value = readPart(before[key], input);
    // A key of the user's may have a meaning of its own when it is assigned to.
    if (key === '__proto__') Object.defineProperty(record, key, { value });
    else record[key] = value;
  }
  return record;
}

function readList(before: readonly unknown[], input: Input): readonly unknown[] {
  const list: unknown[] = [];
  for (let left = take(input); left > 0; left -= 1) {
    const from = take(input);
    const count = take(input);
    if (count === 0) list.push(readPart(before[from], input));
    else for (let index = from; index < from + count; index += 1) list.push(before[index]);
  }
  return list;
}

function take(input: Input): number {
  return input.steps[input.step++] ?? SAME;
}

function takeValue(input: Input): unknown {
  return input.values[input.value++];
}
