import type { History } from './history.ts';
import { initialSettings, initialView, type EarlierWork, type Work } from './state.ts';

/*
 * Every tab has a slot of its own in this browser's storage, held by a lock for as long as the tab lives, so no tab can write over another's work.
 * Slots of closed tabs stay as earlier work.
 */

/** One slot as it is stored. */
export interface Saved {
  readonly work: Work;
  readonly history: History;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

const mostSlots = 40;
const mostHistory = 2_000_000;

export interface Storage {
  readonly read: (id: string) => Promise<Saved | undefined>;
  readonly write: (saved: Saved) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
  /** Newest first. */
  readonly list: () => Promise<readonly Saved[]>;
}

/** The browser's database. Each call fails where the browser keeps nothing (private windows, storage that is full). */
export function openStorage(): Storage {
  const database = new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('gatehouse', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('work', { keyPath: 'work.id' });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error ?? new Error('no storage'));
    opening.onblocked = () => reject(new Error('storage is blocked'));
  });
  const run = async <T>(
    mode: IDBTransactionMode,
    act: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> => {
    const store = (await database).transaction('work', mode).objectStore('work');
    return new Promise((resolve, reject) => {
      const request = act(store);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('storage failed'));
    });
  };
  return {
    read: async (id) => sound(await run('readonly', (store) => store.get(id))),
    write: async (saved) => {
      await run('readwrite', (store) => store.put(trimmed(saved)));
    },
    remove: async (id) => {
      await run('readwrite', (store) => store.delete(id));
    },
    list: async () => {
      const all: unknown[] = await run('readonly', (store) => store.getAll());
      return all.flatMap((each) => sound(each) ?? []).sort((a, b) => b.savedAt - a.savedAt);
    },
  };
}

/** What an older version or a broken write left behind is made whole, or is no work at all. */
export function sound(value: unknown): Saved | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { work, history, savedAt } = value as Partial<Saved>;
  if (typeof work?.id !== 'string' || typeof work.text !== 'string' || typeof work.call !== 'object') {
    return undefined;
  }
  return {
    work: {
      ...work,
      view: { ...initialView, ...work.view },
      settings: { ...initialSettings, ...work.settings },
    },
    history: history ?? { past: [], future: [] },
    savedAt: savedAt ?? 0,
  };
}

/** Old steps of undo go first when they would take more room than the work itself should. */
function trimmed(saved: Saved): Saved {
  let room = mostHistory;
  const past = saved.history.past.toReversed().filter(({ patch }) => {
    room -= patch.removed.length + patch.inserted.length;
    return room > 0;
  });
  return { ...saved, history: { past: past.reverse(), future: room > 0 ? saved.history.future : [] } };
}

/** What the list of earlier work shows; slots beyond the newest are given for removal. */
export function earlierOf(
  all: readonly Saved[],
  own: string,
  held: ReadonlySet<string>,
): { readonly earlier: readonly EarlierWork[]; readonly surplus: readonly string[] } {
  const others = all.filter(({ work }) => work.id !== own && work.text !== '');
  return {
    earlier: others.map(({ work, savedAt }) => ({
      id: work.id,
      name: work.name,
      savedAt,
      lines: work.text.split('\n').length,
      open: held.has(work.id),
    })),
    surplus: others.slice(mostSlots).flatMap(({ work }) => (held.has(work.id) ? [] : work.id)),
  };
}

const lockName = (id: string): string => `gatehouse:${id}`;

/** Takes a slot for as long as the page lives; false if another tab has it. Where the browser has no locks every slot but a new one is taken. */
export async function holdSlot(id: string): Promise<boolean> {
  const locks = (navigator as Partial<Navigator>).locks;
  if (locks === undefined) return false;
  return new Promise((resolve) => {
    void locks.request(lockName(id), { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      if (lock === null) return undefined;
      return new Promise<void>((release) => releases.set(id, release));
    });
  });
}

const releases = new Map<string, () => void>();

export function releaseSlot(id: string): void {
  releases.get(id)?.();
  releases.delete(id);
}

/** Slots that some tab has open now. */
export async function heldSlots(): Promise<ReadonlySet<string>> {
  const locks = (navigator as Partial<Navigator>).locks;
  const { held = [] } = (await locks?.query()) ?? {};
  return new Set(
    held.flatMap(({ name }) => (name?.startsWith('gatehouse:') === true ? [name.slice(10)] : [])),
  );
}

export function newSlot(): string {
  return crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
}
