import { gallery } from '../examples/gallery.ts';
import { openExample } from '../examples/openExample.ts';
import { copyText, downloadText, newText, openFiles } from '../files/files.ts';
import { copyLink } from '../share/copyLink.ts';
import { goBack } from '../session.ts';
import type { State } from '../store/state.ts';
import { open, redo, select, setSettings, setTheme, setView, undo, useStore } from '../store/store.ts';

/** Something that the user can have done, from the palette, the toolbar or the keyboard. */
export interface Command {
  readonly id: string;
  readonly title: string;
  /** More words to find it by. */
  readonly words?: string;
  /** As `Ctrl K`, `Ctrl Shift Z`; `Ctrl` is the command key on a Mac. */
  readonly keys?: string;
  /** Absent: always. */
  readonly when?: (state: State) => boolean;
  readonly run: () => void;
}

/** One table for toolbar, palette and shortcuts. Other parts add theirs with `addCommands`. */
const table: Command[] = [
  { id: 'palette', title: 'Search, or run a command', keys: 'Ctrl K', run: () => open({ kind: 'palette' }) },
  {
    id: 'undo',
    title: 'Undo',
    keys: 'Ctrl Z',
    when: (state) => state.history.past.length > 0,
    run: () => void undo(),
  },
  {
    id: 'redo',
    title: 'Redo',
    keys: 'Ctrl Shift Z',
    when: (state) => state.history.future.length > 0,
    run: () => void redo(),
  },
  { id: 'new', title: 'New: start from an empty text', run: newText },
  { id: 'open', title: 'Open file', words: 'upload load', keys: 'Ctrl O', run: openFiles },
  {
    id: 'examples',
    title: 'Examples',
    words: 'gallery scenarios questions',
    run: () => open({ kind: 'examples' }),
  },
  {
    id: 'earlier',
    title: 'Earlier work',
    words: 'history recent slots',
    when: (state) => state.earlier.length > 0,
    run: () => open({ kind: 'earlier' }),
  },
  { id: 'download', title: 'Download YAML', words: 'save export', keys: 'Ctrl S', run: downloadText },
  { id: 'copy', title: 'Copy YAML', words: 'export clipboard', run: () => void copyText() },
  { id: 'share', title: 'Copy link', words: 'share url permalink', run: copyLink },
  {
    id: 'back',
    title: 'Back to your own work',
    when: (state) => state.work.back !== undefined,
    run: () => void goBack(),
  },
  {
    id: 'closed',
    title: 'This paste is everything',
    words: 'closed world missing services',
    when: (state) => !state.work.settings.closed,
    run: () => setSettings({ closed: true }),
  },
  {
    id: 'not-closed',
    title: 'This paste is not everything',
    words: 'open world missing services',
    when: (state) => state.work.settings.closed,
    run: () => setSettings({ closed: false }),
  },
  {
    id: 'settings',
    title: 'Default namespace…',
    words: 'settings',
    run: () => open({ kind: 'settings' }),
  },
  { id: 'theme-light', title: 'Light theme', words: 'appearance', run: () => setTheme('light') },
  { id: 'theme-dark', title: 'Dark theme', words: 'appearance', run: () => setTheme('dark') },
  { id: 'theme-system', title: 'Theme of the system', words: 'appearance', run: () => setTheme('system') },
  { id: 'show-trace', title: 'Show the trace', run: () => setView({ pane: 'trace' }) },
  {
    id: 'show-graph',
    title: 'Show the graph',
    run: () => setView({ pane: 'graph', middle: 'graph', graphTab: 'graph' }),
  },
  {
    id: 'show-tree',
    title: 'Show the tree',
    words: 'outline screen reader',
    run: () => setView({ pane: 'graph', middle: 'graph', graphTab: 'tree' }),
  },
  {
    id: 'show-yaml',
    title: 'Show the YAML',
    words: 'text editor',
    run: () => setView({ pane: 'yaml', middle: 'yaml' }),
  },
  {
    id: 'show-problems',
    title: 'Show the problems',
    words: 'diagnostics',
    run: () => setView({ pane: 'problems', middle: 'graph', dockTab: 'problems' }),
  },
  ...gallery.map((example): Command => ({
    id: `example-${example.id}`,
    title: `Example: ${example.question}`,
    words: `${example.name} ${example.teaches}`,
    run: () => void openExample(example),
  })),
];

/** Adds to the table; called once, when the part that knows the commands is loaded. A command with a known id takes the old one's place. */
export function addCommands(commands: readonly Command[]): void {
  for (const command of commands) {
    const at = table.findIndex(({ id }) => id === command.id);
    if (at < 0) table.push(command);
    else table[at] = command;
  }
}

/** What can be run now, in the table's order. */
export function commandsNow(): readonly Command[] {
  const state = useStore.getState();
  return table.filter(({ when }) => when === undefined || when(state));
}

/** Runs a command by its id if it can be run now. */
export function run(id: string): void {
  commandsNow()
    .find((command) => command.id === id)
    ?.run();
}

/**
 * Commands whose words hold every word of the query, those whose title begins with it first; then, as soon as something is typed, the objects of
 * the text.
 */
export function findCommands(query: string): readonly Command[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ title, words: more = '' }: Command) => {
    const all = `${title} ${more}`.toLowerCase();
    return words.every((word) => all.includes(word));
  };
  const rank = ({ title }: Command) => (title.toLowerCase().startsWith(words.join(' ')) ? 0 : 1);
  const found = commandsNow().filter((command) => command.id !== 'palette' && fits(command));
  const places = words.length === 0 ? [] : placesNow().filter(fits).slice(0, mostPlaces);
  return [...found.toSorted((a, b) => rank(a) - rank(b)), ...places];
}

/** More than anyone reads; a narrower query shows the others. */
const mostPlaces = 50;

/** One for each object that can be read: selects it, wherever it is drawn. */
function placesNow(): readonly Command[] {
  const objects = useStore.getState().answer.report?.objects ?? [];
  return objects.flatMap(({ ref }, index): Command[] =>
    ref === undefined
      ? []
      : [
          {
            id: `object-${index}`,
            title: `${ref.kind} ${ref.name}`,
            words: ref.namespace,
            run: () => select({ object: ref, path: [] }, 'command'),
          },
        ],
  );
}

const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

/** The shortcut as this machine writes it. */
export function keysShown(keys: string): string {
  return isMac() ? keys.replace('Ctrl', '⌘').replace('Shift', '⇧') : keys;
}

/** Listens for shortcuts. Undo and redo inside a field are the field's own; the editors bind them to the store themselves. */
export function listenForKeys(): () => void {
  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    const pressed = ['Ctrl', ...(event.shiftKey ? ['Shift'] : []), event.key.toUpperCase()].join(' ');
    const command = commandsNow().find(
      ({ keys }) => keys === pressed || (keys === 'Ctrl Shift Z' && pressed === 'Ctrl Y'),
    );
    if (command === undefined) return;
    const inField =
      event.target instanceof HTMLElement &&
      event.target.closest('input, textarea, [contenteditable], .monaco-editor') !== null;
    if (inField && (command.id === 'undo' || command.id === 'redo')) return;
    event.preventDefault();
    event.stopPropagation();
    command.run();
  };
  // Before the editor sees it: there Ctrl K begins a chord.
  addEventListener('keydown', press, true);
  return () => removeEventListener('keydown', press, true);
}
