import { Redo2, Undo2 } from 'lucide-react';
import { redo, undo, useStore } from '../store/store.ts';
import { IconButton } from '../ui/Button.tsx';
import { Mark } from '../ui/Mark.tsx';
import type { Width } from './widths.ts';

export function TopBar({ width }: { readonly width: Width }) {
  const name = useStore((state) => state.work.name);
  const past = useStore((state) => state.history.past.at(-1));
  const future = useStore((state) => state.history.future.at(-1));
  return (
    <header className="bar">
      <span className="mark">
        <Mark />
        Gatehouse
      </span>
      <span>{name}</span>
      <span className="grow" />
      <IconButton
        label={past === undefined ? 'Undo' : `Undo: ${past.label}`}
        disabled={past === undefined}
        onClick={() => undo()}
      >
        <Undo2 size={16} strokeWidth={1.5} />
      </IconButton>
      {width === 'one' ? null : (
        <IconButton
          label={future === undefined ? 'Redo' : `Redo: ${future.label}`}
          disabled={future === undefined}
          onClick={() => redo()}
        >
          <Redo2 size={16} strokeWidth={1.5} />
        </IconButton>
      )}
    </header>
  );
}
