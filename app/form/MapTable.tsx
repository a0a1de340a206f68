import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { MapSchema } from '../../src/istio/schema/schema.ts';
import type { Json, JsonObject, Path } from '../../src/manifest/source.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { focusOnce } from '../ui/focusOnce.ts';
import { FieldFrame, Remarks } from './FieldFrame.tsx';
import { useAt, useEdit, useRemarks } from './scene.ts';
import { Line } from './TextControl.tsx';

interface MapTableProps {
  readonly path: Path;
  readonly label: string;
  readonly field: MapSchema;
  readonly value: JsonObject;
}

/** Names and values, a row each. */
export function MapTable({ path, label, field, value }: MapTableProps) {
  const at = useAt(path);
  const remarks = useRemarks(path);
  const { edit } = useEdit();
  const [adding, setAdding] = useState(false);
  const numeric = field.values.type === 'integer';
  return (
    <FieldFrame label={label} field={field} remarks={remarks}>
      <div className="pairs">
        {Object.entries(value).map(([name, each]) => (
          <Pair key={name} path={[...path, name]} name={name} value={each} />
        ))}
        {adding ? (
          <NewPair
            taken={Object.keys(value)}
            onAdd={(name) => {
              setAdding(false);
              if (name !== '') {
                const place = { object: at.object, path: [...path, name] };
                edit({ kind: 'set', at: place, value: numeric ? 80 : 'value' });
              }
            }}
          />
        ) : null}
      </div>
      <Button
        look="quiet"
        small
        icon={<Plus size={14} strokeWidth={1.5} aria-hidden />}
        onClick={() => setAdding(true)}
      >
        Add {wordOf(label)}
      </Button>
    </FieldFrame>
  );
}

function wordOf(label: string): string {
  if (label === 'labels' || label === 'selector' || label === 'sourceLabels') return 'label';
  return label === 'annotations' ? 'annotation' : 'entry';
}

function Pair({ path, name, value }: { readonly path: Path; readonly name: string; readonly value: Json }) {
  const at = useAt(path);
  const remarks = useRemarks(path, true);
  const { edit, goOn, begin } = useEdit();
  const numeric = typeof value === 'number';
  return (
    <div className="pair">
      <Line
        label={`Name of ${name}`}
        value={name}
        onType={() => undefined}
        onLeave={(to) => {
          if (to !== '' && to !== name) edit({ kind: 'rename-key', at, to });
        }}
      />
      <Line
        label={`Value of ${name}`}
        value={value === null || typeof value === 'object' ? '' : String(value)}
        onBegin={begin}
        onType={(typed) =>
          goOn({ kind: 'set', at, value: numeric && /^\d+$/.test(typed) ? Number(typed) : typed })
        }
      />
      <IconButton small label={`Remove ${name}`} onClick={() => edit({ kind: 'set', at })}>
        <X size={14} strokeWidth={1.5} />
      </IconButton>
      <Remarks remarks={remarks} />
    </div>
  );
}

interface NewPairProps {
  readonly taken: readonly string[];
  /** Empty: nothing after all. */
  readonly onAdd: (name: string) => void;
}

export function NewPair({ taken, onAdd }: NewPairProps) {
  const [name, setName] = useState('');
  const isTaken = taken.includes(name);
  return (
    <form
      className="pair new"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isTaken) onAdd(name.trim());
      }}
    >
      <input
        className="input mono"
        aria-label="Name"
        placeholder="Name, then Enter"
        ref={focusOnce}
        spellCheck={false}
        value={name}
        aria-invalid={isTaken}
        onChange={(event) => setName(event.target.value)}
        onBlur={() => onAdd(isTaken ? '' : name.trim())}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onAdd('');
        }}
      />
      {isTaken ? <span className="remark fail">{name} is there already.</span> : null}
    </form>
  );
}
