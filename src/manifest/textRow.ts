/** What was made of each text of a row: of the documents of a text, of the items of a list. */
export interface TextRow<Value> {
  readonly texts: readonly string[];
  readonly values: readonly Value[];
  /** Of the texts that the row before had and this one has not: an undo brings them back. */
  readonly dropped: ReadonlyMap<string, Value>;
}

export function emptyRow<Value>(): TextRow<Value> {
  return { texts: [], values: [], dropped: new Map() };
}

/**
 * The row for other texts: the values of those that stand where they stood, counted from either end, are kept by identity, and so are those of a text that has
 * only moved. `make` gets the number of a new text, and the values of the texts in whose place it stands.
 */
export function nextRow<Value>(
  before: TextRow<Value>,
  texts: readonly string[],
  make: (index: number, replaced: readonly Value[]) => Value,
): TextRow<Value> {
  const shorter = Math.min(texts.length, before.texts.length);
  let head = 0;
  while (head < shorter && texts[head] === before.texts[head]) head += 1;
  if (head === texts.length && head === before.texts.length) return before;
  let tail = 0;
  while (tail < shorter - head && texts.at(-1 - tail) === before.texts.at(-1 - tail)) tail += 1;
  const end = before.texts.length - tail;
  const replaced = before.values.slice(head, end);
  const dropped = new Map(replaced.map((value, index) => [before.texts[head + index] ?? '', value]));
  const values = texts.slice(head, texts.length - tail).map((text, index) => {
    const known = dropped.get(text) ?? before.dropped.get(text);
    dropped.delete(text);
    return known ?? make(head + index, replaced);
  });
  return {
    texts,
    values: [...before.values.slice(0, head), ...values, ...before.values.slice(end)],
    dropped,
  };
}
