import { bookinfo } from './examples/gallery.ts';
import { readLink, type Broken } from './share/link.ts';
import { semantics, type Shared } from './share/payload.ts';
import { aroundOf, noHistory, type History } from './store/history.ts';
import { patchBetween } from './store/patch.ts';
import {
  earlierOf,
  heldSlots,
  holdSlot,
  newSlot,
  openStorage,
  releaseSlot,
  sound,
  type Saved,
  type Storage,
} from './store/persistence.ts';
import { initialCall, initialSettings, initialView, type Theme, type Work } from './store/state.ts';
import { dropNotice, load, notice, select, setTheme, useStore } from './store/store.ts';

/*
 * Which work stands on the page when it opens, and how it is kept: this tab's own after a reload, else the newest that no other tab has open, else
 * the example. A link is opened as a copy in a slot of its own.
 */

const tabKey = 'gatehouse:slot';
const unsavedKey = 'gatehouse:unsaved';
const themeKey = 'gatehouse:theme';
const saveAfter = 300;
/** A storage that does not answer must not keep the page from opening. */
const patience = 5000;

let storage: Storage;

/** Puts work onto the page and keeps it from then on. */
export async function startSession(): Promise<void> {
  storage = openStorage();
  setTheme(readTheme());
  const own = await within(patience, ownWork());
  show(own ?? exampleWork());
  await openFragment();
  keepSaving();
  addEventListener('hashchange', () => void openFragment());
  await refreshEarlier();
}

/** The copy that a link brought is left; what was there before comes back. */
export async function goBack(): Promise<void> {
  const { back } = useStore.getState().work;
  if (back !== undefined) await openEarlier(back);
}

/** Another slot comes onto the page; if a tab has it open, a copy of it does. */
export async function openEarlier(id: string): Promise<void> {
  await saveNow();
  const saved = await storage.read(id).catch(() => undefined);
  const left = useStore.getState().work.id;
  if (saved === undefined) {
    notice({ id: 'gone', level: 'warn', text: 'That work is no longer in this browser.' });
    return;
  }
  const free = await holdSlot(id);
  const taken = free ? saved : { ...saved, work: { ...saved.work, id: newSlot() } };
  if (!free) await holdSlot(taken.work.id);
  releaseSlot(left);
  show(taken);
  await refreshEarlier();
}

export async function removeEarlier(id: string): Promise<void> {
  await storage.remove(id).catch(() => undefined);
  await refreshEarlier();
}

async function refreshEarlier(): Promise<void> {
  const all = await storage.list().catch(() => []);
  const { earlier, surplus } = earlierOf(all, useStore.getState().work.id, await heldSlots());
  for (const id of surplus) await storage.remove(id).catch(() => undefined);
  useStore.setState({ earlier: earlier.slice(0, 40) });
}

async function ownWork(): Promise<Saved | undefined> {
  const unsaved = takeUnsaved();
  const id = sessionStorageItem(tabKey);
  if (id !== undefined) {
    const saved = newer(unsaved, await storage.read(id).catch(() => undefined));
    if (saved !== undefined) {
      if (await holdSlot(id)) return saved;
      // This tab is a duplicate of one that is still open.
      const copy = newSlot();
      await holdSlot(copy);
      return { ...saved, work: { ...saved.work, id: copy } };
    }
  }
  // Beside an open tab a new one begins anew; alone it goes on with the newest work that did not come with a link.
  if ((await heldSlots()).size > 0) return undefined;
  for (const saved of await storage.list().catch(() => [])) {
    const own = saved.work.back === undefined && saved.work.text !== '';
    if (own && (await holdSlot(saved.work.id))) return saved;
  }
  return undefined;
}

async function within<T>(limit: number, promised: Promise<T>): Promise<T | undefined> {
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), limit));
  return Promise.race([promised, late]);
}

function newer(a: Saved | undefined, b: Saved | undefined): Saved | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.work.id === b.work.id && a.savedAt >= b.savedAt ? a : b;
}

function exampleWork(): Saved {
  const id = newSlot();
  void holdSlot(id);
  return {
    work: {
      id,
      name: bookinfo.name,
      text: bookinfo.text,
      call: bookinfo.call ?? initialCall,
      view: initialView,
      settings: { ...initialSettings, closed: true },
      example: bookinfo.id,
    },
    history: noHistory,
    savedAt: 0,
  };
}

function show({ work, history }: Saved): void {
  load(work, history);
  try {
    sessionStorage.setItem(tabKey, work.id);
  } catch {
    // Without it a reload takes the newest work that is free, which is this one.
  }
}

/** A link in the address: its state as a copy, with one's own work behind it, in its slot and one undo away. */
async function openFragment(): Promise<void> {
  const opened = readLink(location.hash);
  if (opened === undefined) return;
  if (opened.kind === 'broken') {
    notice({ id: 'link', level: 'fail', text: `${broken[opened.because]} Your own work is untouched.` });
    return;
  }
  // From here on the copy is kept like any other work: a reload must not open the link anew over it.
  history.replaceState(null, '', location.pathname + location.search);
  dropNotice('link');
  // Also an example that nobody has touched: the way back leads to it.
  await save();
  const own = useStore.getState().work;
  const id = newSlot();
  await holdSlot(id);
  releaseSlot(own.id);
  const work = workOf(opened.shared, id, own);
  show({ work, history: historyFrom(own, work), savedAt: 0 });
  if (opened.shared.semantics !== semantics) {
    notice({
      id: 'semantics',
      level: 'warn',
      text: `This link was made with ${opened.shared.semantics || 'unknown semantics'}; this page answers with ${semantics}.`,
    });
  }
  if (opened.shared.selection !== undefined) select(opened.shared.selection, 'command');
  await saveNow();
}

const broken: Record<Broken, string> = {
  'unknown-format': 'This link was made by a newer version of Gatehouse, which this one cannot read.',
  unreadable: 'This link is broken: it was cut off or changed on its way.',
  'too-large': 'This link unfolds to more text than a link may hold, so it was not opened.',
};

function workOf(shared: Shared, id: string, own: Work): Work {
  return {
    id,
    name: shared.name,
    text: shared.text,
    call: shared.call,
    view: shared.view,
    settings: shared.settings,
    back: own.back ?? own.id,
    ...(Object.keys(shared.unknown).length === 0 ? {} : { unknown: shared.unknown }),
  };
}

function historyFrom(own: Work, work: Work): History {
  const patch = patchBetween(own.text, work.text) ?? { start: 0, removed: '', inserted: '' };
  const entry = { label: 'Open link', patch, typing: false, at: Date.now(), around: aroundOf(own) };
  return { past: [entry], future: [] };
}

let saving: ReturnType<typeof setTimeout> | undefined;
let dirty = false;

function keepSaving(): void {
  useStore.subscribe((state, before) => {
    if (state.theme !== before.theme) writeTheme(state.theme);
    if (state.work === before.work && state.history === before.history) return;
    dirty = true;
    clearTimeout(saving);
    saving = setTimeout(() => void saveNow(), saveAfter);
  });
  // A page that goes away may not wait for the database: the rest goes where writing is immediate.
  addEventListener('pagehide', () => {
    if (!dirty) return;
    try {
      sessionStorage.setItem(unsavedKey, JSON.stringify(current()));
    } catch {
      // Too large for it: the database write below usually still lands.
    }
    void saveNow();
  });
}

/** Writes what stands on the page, unless it is an example that nobody has touched. */
async function saveNow(): Promise<void> {
  if (dirty || useStore.getState().work.example === undefined) await save();
}

async function save(): Promise<void> {
  clearTimeout(saving);
  dirty = false;
  try {
    await storage.write(current());
    dropNotice('storage');
  } catch {
    notice({
      id: 'storage',
      level: 'warn',
      text: 'This browser keeps nothing for this page now, so your work is gone when the tab closes. Download it or copy a link.',
    });
  }
}

function current(): Saved {
  const { work, history: steps } = useStore.getState();
  return { work, history: steps, savedAt: Date.now() };
}

function takeUnsaved(): Saved | undefined {
  const text = sessionStorageItem(unsavedKey);
  if (text === undefined) return undefined;
  sessionStorage.removeItem(unsavedKey);
  try {
    return sound(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function sessionStorageItem(key: string): string | undefined {
  try {
    return sessionStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

function readTheme(): Theme {
  try {
    const kept = localStorage.getItem(themeKey);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  } catch {
    return 'system';
  }
}

function writeTheme(theme: Theme): void {
  try {
    localStorage.setItem(themeKey, theme);
  } catch {
    // Then it lasts as long as the page.
  }
}
