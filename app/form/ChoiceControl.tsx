import { useId } from 'react';
import { plainText } from '../../src/gesture/board.ts';
import type { Choice, FieldSchema } from '../../src/istio/schema/schema.ts';
import type { Json, Path } from '../../src/manifest/source.ts';
import { FieldFrame } from './FieldFrame.tsx';
import { useAt, useEdit, useRemarks } from './scene.ts';

interface ChoiceControlProps {
  readonly path: Path;
  readonly label: string;
  readonly field: FieldSchema;
  readonly value: Json | undefined;
  readonly choices: readonly Choice[];
}

/** A closed list, each value with what it means. */
export function ChoiceControl({ path, label, field, value, choices }: ChoiceControlProps) {
  const id = useId();
  const at = useAt(path);
  const remarks = useRemarks(path);
  const { edit } = useEdit();
  const known = choices.some((choice) => choice.value === value);
  const shown =
    known || value === undefined
      ? choices
      : [...choices, { value: plainText(value), doc: 'Not a value that Istio knows.' }];
  return (
    <FieldFrame
      label={label}
      field={field}
      remarks={remarks}
      onRemove={value === undefined || field.required === true ? undefined : () => edit({ kind: 'set', at })}
    >
      <div className="choices" role="radiogroup" aria-label={label}>
        {shown.map((choice) => (
          <label key={choice.value} className="choice">
            <input
              type="radio"
              name={id}
              checked={choice.value === value}
              onChange={() => edit({ kind: 'set', at, value: choice.value })}
            />
            <span className="mono">{choice.value}</span>
            <span className="says">{choice.doc}</span>
          </label>
        ))}
      </div>
    </FieldFrame>
  );
}

interface SelectControlProps extends Omit<ChoiceControlProps, 'choices'> {
  readonly choices: readonly Choice[];
}

/** A longer list, or one that is not closed: what is written and not in it stays. */
export function SelectControl({ path, label, field, value, choices }: SelectControlProps) {
  const id = useId();
  const at = useAt(path);
  const remarks = useRemarks(path);
  const { edit } = useEdit();
  const written = plainText(value);
  const chosen = choices.find((choice) => choice.value.toLowerCase() === written.toLowerCase());
  return (
    <FieldFrame
      label={label}
      controls={id}
      short
      field={field}
      help={chosen?.doc ?? field.doc}
      remarks={remarks}
      remarkId={`${id}-remark`}
    >
      <select
        id={id}
        className="input"
        value={chosen?.value ?? written}
        aria-describedby={remarks.length > 0 ? `${id}-remark` : undefined}
        onChange={(event) => edit({ kind: 'set', at, value: event.target.value })}
      >
        {chosen === undefined ? (
          <option value={written}>{written === '' ? 'not set' : written}</option>
        ) : null}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.value}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

/** True, false, or left to Istio. */
export function BooleanControl({ path, label, field, value }: Omit<ChoiceControlProps, 'choices'>) {
  const id = useId();
  const at = useAt(path);
  const remarks = useRemarks(path);
  const { edit } = useEdit();
  const choices = [
    { value: undefined, label: 'not set' },
    { value: true, label: 'true' },
    { value: false, label: 'false' },
  ] as const;
  return (
    <FieldFrame label={label} field={field} remarks={remarks}>
      <div className="inline-choices" role="radiogroup" aria-label={label}>
        {choices.map((choice) => (
          <label key={choice.label} className="inline-choice">
            <input
              type="radio"
              name={id}
              checked={choice.value === value}
              onChange={() =>
                edit(
                  choice.value === undefined ? { kind: 'set', at } : { kind: 'set', at, value: choice.value },
                )
              }
            />
            {choice.label}
          </label>
        ))}
      </div>
    </FieldFrame>
  );
}
