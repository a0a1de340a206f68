/*
 * Answers that are kept for as long as what they were made of is the same: an edit leaves most objects of a text as they are, by identity.
 */

/** `make`, asked once for each key. Keys count by identity and are held weakly; `make` must depend on nothing but its key. */
export function remember<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, Value>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined || known.has(key)) return before as Value;
    const value = make(key);
    known.set(key, value);
    return value;
  };
}

/** The same for answers that depend on a world too: of each key that of the last world is kept. Both count by identity. */
export function rememberIn<Key extends object, World extends object, Value>(
  make: (key: Key, world: World) => Value,
): (key: Key, world: World) => Value {
  const known = new WeakMap<Key, { readonly world: World; readonly value: Value }>();
  return (key, world) => {
    const before = known.get(key);
    if (before?.world === world) return before.value;
    const value = make(key, world);
    known.set(key, { world, value });
    return value;
  };
}

/** Gives back the list that a name had the time before, if it has the same items by identity: what is remembered for it then stays. */
export function keepLists<Name, Item>(): (name: Name, items: readonly Item[]) => readonly Item[] {
  const last = new Map<Name, readonly Item[]>();
  return (name, items) => {
    const before = last.get(name);
    if (before?.length === items.length && items.every((item, index) => item === before[index]))
      return before;
    last.set(name, items);
    return items;
  };
}
