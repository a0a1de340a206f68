import { Plus } from 'lucide-react';
import { useState } from 'react';
import { AddMenu } from '../design/AddMenu.tsx';
import { select, useReport } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';

/** How many objects are listed at once, and from how many on they can be searched. */
const most = 200;
const many = 9;

/** Nothing is selected: the objects to choose from, and new ones. */
export function ObjectChoice() {
  const { report } = useReport();
  const [query, setQuery] = useState('');
  const objects = report?.objects.flatMap(({ ref }) => (ref === undefined ? [] : [ref])) ?? [];
  const words = query.trim().toLowerCase();
  const found = objects.filter(({ kind, namespace, name }) =>
    `${name} ${kind} ${namespace}`.toLowerCase().includes(words),
  );
  return (
    <div className="form-pane">
      <div className="form-body">
        <p className="soft">
          {objects.length === 0
            ? 'Nothing is written yet. Begin with a gateway, or with a whole set from a template.'
            : 'Choose what to edit, here or in the graph.'}
        </p>
        {objects.length < many ? null : (
          <input
            className="input object-find"
            aria-label="Find an object"
            placeholder="Name, kind or namespace"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        )}
        {found.slice(0, most).map((ref) => (
          <button
            key={`${ref.source}/${ref.document}/${ref.item ?? ''}`}
            type="button"
            className="object-link"
            onClick={() => select({ object: ref, path: [] }, 'form')}
          >
            <b className="trunc">{ref.name}</b>
            <span className="dim trunc">
              {ref.kind} in {ref.namespace}
            </span>
          </button>
        ))}
        {found.length > most ? <p className="dim">and {found.length - most} more: search for them</p> : null}
        <AddMenu
          trigger={<Button icon={<Plus size={14} strokeWidth={1.5} aria-hidden />}>Add</Button>}
          at={undefined}
        />
      </div>
    </div>
  );
}
