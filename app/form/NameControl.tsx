import { useId, useState } from 'react';
import { objectNameProblem } from '../../src/gesture/names.ts';
import type { Renamed } from '../../src/gesture/gesture.ts';
import type { Path } from '../../src/manifest/source.ts';
import { ask } from '../design/state.ts';
import { Button } from '../ui/Button.tsx';
import { FieldFrame } from './FieldFrame.tsx';
import { useRemarks } from './scene.ts';

interface NameControlProps {
  readonly path: Path;
  readonly value: string;
  readonly what: Renamed;
}

/** The name of an object or a subset: others may mean it by that name, so it changes with all of them, and shows first where. */
export function NameControl({ path, value, what }: NameControlProps) {
  const id = useId();
  const remarks = useRemarks(path);
  const [typed, setTyped] = useState<string>();
  const changed = typed !== undefined && typed !== value;
  return (
    <FieldFrame
      label="name"
      controls={id}
      help="Other objects may mean this one by its name. They follow."
      helpId={`${id}-help`}
      remarks={remarks}
    >
      <form
        className="with-button"
        onSubmit={(event) => {
          event.preventDefault();
          if (!changed) return;
          setTyped(undefined);
          ask({ kind: 'gesture', gesture: { kind: 'rename', what, to: typed } });
        }}
      >
        <input
          id={id}
          className="input mono"
          spellCheck={false}
          autoComplete="off"
          aria-describedby={`${id}-help`}
          aria-invalid={changed && objectNameProblem(typed) !== undefined}
          value={typed ?? value}
          onChange={(event) => setTyped(event.target.value)}
        />
        {changed ? <Button type="submit">Rename…</Button> : null}
      </form>
    </FieldFrame>
  );
}
