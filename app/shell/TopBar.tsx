import { BookOpen, ChevronDown, Download, Link, Moon, Redo2, Search, Sun, Undo2 } from 'lucide-react';
import { commandsNow, keysShown, run } from '../commands/commands.ts';
import { setTheme, useSettings, useStore } from '../store/store.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Mark } from '../ui/Mark.tsx';
import { Menu, type MenuEntry } from '../ui/Menu.tsx';
import { useDarkness } from '../ui/useDarkness.ts';
import type { Width } from './widths.ts';

export function TopBar({ width }: { readonly width: Width }) {
  const past = useStore((state) => state.history.past.at(-1));
  const future = useStore((state) => state.history.future.at(-1));
  const small = width === 'one';
  return (
    <header className="bar">
      <h1 className="mark">
        <Mark />
        Gatehouse
      </h1>
      {small ? null : <span className="sep" />}
      <WorkMenu />
      {small ? null : (
        <Button look="quiet" icon={<BookOpen size={14} strokeWidth={1.5} />} onClick={() => run('examples')}>
          Examples
        </Button>
      )}
      <span className="grow" />
      {width === 'three' ? (
        <>
          <button type="button" className="cmd" onClick={() => run('palette')}>
            <Search size={14} strokeWidth={1.5} aria-hidden />
            <span className="grow">Search, or run a command</span>
            <kbd>{keysShown('Ctrl K')}</kbd>
          </button>
          <span className="grow" />
        </>
      ) : null}
      <IconButton
        label={past === undefined ? 'Undo' : `Undo: ${past.label}`}
        disabled={past === undefined}
        onClick={() => run('undo')}
      >
        <Undo2 size={16} strokeWidth={1.5} />
      </IconButton>
      {small ? null : (
        <>
          <IconButton
            label={future === undefined ? 'Redo' : `Redo: ${future.label}`}
            disabled={future === undefined}
            onClick={() => run('redo')}
          >
            <Redo2 size={16} strokeWidth={1.5} />
          </IconButton>
          <span className="sep" />
          <Button
            look="quiet"
            icon={<Download size={14} strokeWidth={1.5} />}
            onClick={() => run('download')}
          >
            Download YAML
          </Button>
        </>
      )}
      <Button icon={<Link size={14} strokeWidth={1.5} />} onClick={() => run('share')}>
        Copy link
      </Button>
      <ThemeSwitch />
    </header>
  );
}

/** What the text is called, and all that can be done with it as a whole. */
function WorkMenu() {
  const name = useStore((state) => state.work.name);
  const isExample = useStore((state) => state.work.example !== undefined);
  const { defaultNamespace } = useSettings();
  // The table knows what can be done now; `earlier` decides about one entry of it.
  useStore((state) => state.earlier.length);
  const possible = new Set(commandsNow().map(({ id }) => id));
  const item = (id: string, label: string, hint?: string): MenuEntry[] =>
    possible.has(id)
      ? [{ kind: 'item', label, run: () => run(id), ...(hint === undefined ? {} : { hint }) }]
      : [];
  return (
    <Menu
      trigger={
        <button type="button" className="doc">
          <span className="trunc">{name}</span>
          {isExample ? <span className="tag">example</span> : null}
          <ChevronDown size={14} strokeWidth={1.5} aria-hidden />
        </button>
      }
      entries={[
        ...item('new', 'New'),
        ...item('open', 'Open file…', keysShown('Ctrl O')),
        ...item('examples', 'Examples…'),
        ...item('earlier', 'Earlier work…'),
        ...item('back', 'Back to your own work'),
        { kind: 'rule' },
        ...item('download', 'Download YAML', keysShown('Ctrl S')),
        ...item('copy', 'Copy YAML'),
        { kind: 'rule' },
        ...item('closed', 'This paste is everything'),
        ...item('not-closed', 'This paste is everything', '✓'),
        ...item('settings', 'Default namespace…', defaultNamespace),
      ]}
    />
  );
}

function ThemeSwitch() {
  const dark = useDarkness();
  return (
    <IconButton
      label={dark ? 'Switch to the light theme' : 'Switch to the dark theme'}
      onClick={() => setTheme(dark ? 'light' : 'dark')}
    >
      {dark ? <Moon size={16} strokeWidth={1.5} /> : <Sun size={16} strokeWidth={1.5} />}
    </IconButton>
  );
}
