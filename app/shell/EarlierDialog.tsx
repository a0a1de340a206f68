import { Trash2 } from 'lucide-react';
import { openEarlier, removeEarlier } from '../session.ts';
import { open, useStore } from '../store/store.ts';
import { IconButton } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';

/** Work of this browser that is not on this page: other tabs', closed tabs', what a link stood in front of. */
export function EarlierDialog() {
  const earlier = useStore((state) => state.earlier);
  return (
    <Dialog
      title="Earlier work"
      description="It is kept in this browser only. What is on the page now stays in the list."
      onClose={() => open(undefined)}
    >
      {earlier.length === 0 ? <p className="earlier-none">There is none.</p> : null}
      <ul className="earlier">
        {earlier.map(({ id, name, savedAt, lines, open: isOpen }) => (
          <li key={id}>
            <button
              type="button"
              className="earlier-work"
              onClick={() => {
                open(undefined);
                void openEarlier(id);
              }}
            >
              <b className="trunc">{name}</b>
              <span className="dim">
                {lines} lines, {when(savedAt)}
                {isOpen ? ', open in another tab: a copy opens here' : ''}
              </span>
            </button>
            {isOpen ? null : (
              <IconButton label={`Delete ${name}`} small onClick={() => void removeEarlier(id)}>
                <Trash2 size={14} strokeWidth={1.5} />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function when(savedAt: number): string {
  return new Date(savedAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}
