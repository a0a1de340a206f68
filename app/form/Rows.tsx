import { GripVertical, X } from 'lucide-react';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Path } from '../../src/manifest/source.ts';
import { IconButton } from '../ui/Button.tsx';
import { useAt, useEdit } from './scene.ts';

interface RowsProps {
  readonly path: Path;
  /** Word for one of them: `server`. */
  readonly word: string;
  readonly count: number;
  readonly render: (index: number) => ReactNode;
}

/** The items of a list, to be put in order by dragging or with Alt and the arrow keys, and taken out. */
export function Rows({ path, word, count, render }: RowsProps) {
  const list = useAt(path);
  const { edit } = useEdit();
  const [dragged, setDragged] = useState<number>();
  const [over, setOver] = useState<number>();
  const itemAt = (index: number) => ({ object: list.object, path: [...path, index] });
  const move = (from: number, to: number) => {
    if (from !== to && to >= 0 && to < count) edit({ kind: 'move', at: itemAt(from), to });
  };
  const keys = (event: KeyboardEvent<HTMLElement>, index: number) => {
    const by = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
    if (by === undefined) return;
    event.preventDefault();
    move(index, index + by);
    const rows = event.currentTarget.closest('.rows');
    // The row that moved keeps the focus once the text has it in its new place.
    setTimeout(() => rows?.querySelectorAll<HTMLElement>('.grip')[index + by]?.focus(), 120);
  };
  if (count === 0) return null;
  return (
    <ol className="rows">
      {Array.from({ length: count }, (_, index) => (
        // Dragging is the pointer's way; the grip has keys for the same.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <li
          key={index}
          className={over === index && dragged !== undefined ? 'form-row over' : 'form-row'}
          onDragOver={(event) => {
            if (dragged === undefined) return;
            event.preventDefault();
            setOver(index);
          }}
          onDrop={(event) => {
            event.preventDefault();
            if (dragged !== undefined) move(dragged, index);
            setDragged(undefined);
            setOver(undefined);
          }}
        >
          <button
            type="button"
            className="grip"
            draggable
            disabled={count < 2}
            aria-label={`Move ${word} ${index + 1}: Alt and arrow keys`}
            title="Drag, or Alt and arrow keys"
            onKeyDown={(event) => keys(event, index)}
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move';
              event.dataTransfer.setData('text/plain', `${word} ${index + 1}`);
              setDragged(index);
            }}
            onDragEnd={() => {
              setDragged(undefined);
              setOver(undefined);
            }}
          >
            <GripVertical size={14} strokeWidth={1.5} aria-hidden />
          </button>
          <div className="row-inside">{render(index)}</div>
          <IconButton
            small
            label={`Remove ${word} ${index + 1}`}
            onClick={() => edit({ kind: 'remove', at: itemAt(index), dependents: false })}
          >
            <X size={14} strokeWidth={1.5} />
          </IconButton>
        </li>
      ))}
    </ol>
  );
}
