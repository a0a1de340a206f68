/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the list of a combobox: what the user types finds it, and no element of HTML does that */
import { Search } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useState, type KeyboardEvent } from 'react';
import { open } from '../store/store.ts';
import { findCommands, keysShown, type Command } from './commands.ts';
import './palette.css';

/** Commands and examples in one list, found by typing. */
export function Palette() {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const found = findCommands(query);
  const chosen = Math.min(at, found.length - 1);

  const take = (command: Command | undefined) => {
    if (command === undefined) return;
    open(undefined);
    command.run();
  };
  const keys = (event: KeyboardEvent) => {
    const to = { ArrowDown: chosen + 1, ArrowUp: chosen - 1, Home: 0, End: found.length - 1 }[event.key];
    if (event.key === 'Enter') {
      event.preventDefault();
      take(found[chosen]);
    } else if (to !== undefined && found.length > 0) {
      event.preventDefault();
      const next = (to + found.length) % found.length;
      setAt(next);
      document.getElementById(`command-${next}`)?.scrollIntoView({ block: 'nearest' });
    }
  };
  return (
    <Radix.Root open onOpenChange={(isOpen) => !isOpen && open(undefined)}>
      <Radix.Portal>
        <Radix.Overlay className="scrim" />
        <Radix.Content className="dialog palette" aria-describedby={undefined} onKeyDown={keys}>
          <Radix.Title className="sr">Search, or run a command</Radix.Title>
          <div className="palette-ask">
            <Search size={16} strokeWidth={1.5} aria-hidden />
            <input
              role="combobox"
              aria-expanded
              aria-controls="commands"
              aria-label="Command"
              aria-activedescendant={found.length > 0 ? `command-${chosen}` : undefined}
              placeholder="Search, or run a command"
              value={query}
              onChange={(event) => {
                setQuery(event.target.value);
                setAt(0);
              }}
            />
            <kbd>Esc</kbd>
          </div>
          <div className="palette-list" id="commands" role="listbox" aria-label="Commands">
            {found.map((command, index) => (
              <button
                type="button"
                tabIndex={-1}
                key={command.id}
                id={`command-${index}`}
                role="option"
                aria-selected={index === chosen}
                className="palette-item"
                onMouseMove={() => setAt(index)}
                onClick={() => take(command)}
              >
                <span className="trunc">{command.title}</span>
                {command.keys === undefined ? null : <kbd>{keysShown(command.keys)}</kbd>}
              </button>
            ))}
          </div>
          {found.length === 0 ? <p className="palette-none">No command has these words.</p> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
