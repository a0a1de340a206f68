import { useId, useState } from 'react';
import type { Gesture } from '../../src/gesture/gesture.ts';
import { focusOnce } from '../ui/focusOnce.ts';
import type { GestureField } from './questions.ts';

interface GestureFieldsProps {
  readonly fields: readonly GestureField[];
  readonly onChange: (gesture: Gesture) => void;
}

/** What a gesture leaves open, one control for each. */
export function GestureFields({ fields, onChange }: GestureFieldsProps) {
  if (fields.length === 0) return null;
  return (
    <div className="gesture-fields">
      {fields.map((field, index) =>
        field.kind === 'choice' ? (
          <ChoiceQuestion key={field.label} field={field} first={index === 0} onChange={onChange} />
        ) : (
          <TextQuestion key={field.label} field={field} first={index === 0} onChange={onChange} />
        ),
      )}
    </div>
  );
}

function TextQuestion({
  field,
  first,
  onChange,
}: {
  readonly field: Extract<GestureField, { kind: 'text' }>;
  readonly first: boolean;
  readonly onChange: (gesture: Gesture) => void;
}) {
  const id = useId();
  // What is being typed may be more than the gesture keeps of it: a comma after a host, say.
  const [typed, setTyped] = useState(field.value);
  return (
    <div className="fieldset">
      <label className="label" htmlFor={id}>
        {field.label}
      </label>
      <input
        id={id}
        className="input mono"
        value={typed}
        ref={first ? focusOnce : undefined}
        autoComplete="off"
        spellCheck={false}
        inputMode={field.numeric === true ? 'numeric' : 'text'}
        list={field.suggestions === undefined ? undefined : `${id}-list`}
        aria-describedby={field.help === undefined ? undefined : `${id}-help`}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(field.put(event.target.value.trim()));
        }}
      />
      {field.suggestions === undefined ? null : (
        <datalist id={`${id}-list`}>
          {field.suggestions.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </datalist>
      )}
      {field.help === undefined ? null : (
        <span className="help" id={`${id}-help`}>
          {field.help}
        </span>
      )}
    </div>
  );
}

function ChoiceQuestion({
  field,
  first,
  onChange,
}: {
  readonly field: Extract<GestureField, { kind: 'choice' }>;
  readonly first: boolean;
  readonly onChange: (gesture: Gesture) => void;
}) {
  const id = useId();
  const [initial] = useState(field.value);
  return (
    <fieldset className="choice-set">
      <legend className="label">{field.label}</legend>
      <div className="choices">
        {field.choices.map((choice) => (
          <label key={choice.value} className="choice">
            <input
              type="radio"
              name={id}
              ref={first && choice.value === initial ? focusOnce : undefined}
              checked={choice.value === field.value}
              onChange={() => onChange(field.put(choice.value))}
            />
            <span className="mono">{choice.label}</span>
            <span className="says">{choice.says}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
