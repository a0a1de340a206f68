import { useEffect, useId, useState } from 'react';
import type { FieldSchema } from '../../src/istio/schema/schema.ts';
import type { Path } from '../../src/manifest/source.ts';
import { yamlInWorker } from '../engine/engine.ts';
import { useText } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { FieldFrame } from './FieldFrame.tsx';
import { useAt, useEdit, useRemarks } from './scene.ts';

interface RawYamlProps {
  readonly path: Path;
  readonly label: string;
  readonly field?: FieldSchema | undefined;
  /** Why there is no control. */
  readonly because: string;
}

/** What the form cannot express: its YAML, in its place, to be edited as it is and left alone otherwise. */
export function RawYaml({ path, label, field, because }: RawYamlProps) {
  const id = useId();
  const at = useAt(path);
  const text = useText();
  const remarks = useRemarks(path, true);
  const { edit } = useEdit();
  const [yaml, setYaml] = useState<string>();
  const [typed, setTyped] = useState<string>();
  const { object } = at;
  const key = JSON.stringify(path);
  useEffect(() => {
    let over = false;
    void yamlInWorker(text, { object, path: JSON.parse(key) as Path }).then((found) => {
      if (!over && found !== undefined) setYaml(found);
    });
    return () => {
      over = true;
    };
  }, [text, object, key]);
  const shown = typed ?? yaml ?? '';
  return (
    <FieldFrame
      label={label}
      controls={id}
      {...(field === undefined ? {} : { field })}
      help={because}
      helpId={`${id}-help`}
      remarks={remarks}
      beside={<span className="tag">as YAML</span>}
      onRemove={() => edit({ kind: 'set', at })}
    >
      <textarea
        id={id}
        className="input mono raw"
        rows={Math.min(14, Math.max(1, shown.split('\n').length))}
        spellCheck={false}
        aria-describedby={`${id}-help`}
        value={shown}
        onChange={(event) => setTyped(event.target.value)}
      />
      {typed === undefined || typed === yaml ? null : (
        <span className="form-actions">
          <Button
            small
            onClick={() => {
              edit({ kind: 'write-yaml', at, yaml: typed });
              setTyped(undefined);
            }}
          >
            Write it
          </Button>
          <Button look="quiet" small onClick={() => setTyped(undefined)}>
            Leave it
          </Button>
        </span>
      )}
    </FieldFrame>
  );
}
