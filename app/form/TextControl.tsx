import { useId, useState, type ReactNode } from 'react';
import { plainText } from '../../src/gesture/board.ts';
import type { FieldSchema } from '../../src/istio/schema/schema.ts';
import type { Json, Path } from '../../src/manifest/source.ts';
import { FieldFrame } from './FieldFrame.tsx';
import { useAt, useEdit, useRemarks } from './scene.ts';
import { undoKeys } from './undoKeys.ts';

interface LineProps {
  readonly id?: string;
  readonly label?: string;
  readonly value: string;
  readonly placeholder?: string | undefined;
  readonly suggestions?: readonly string[] | undefined;
  readonly numeric?: boolean;
  readonly invalid?: boolean;
  readonly describedBy?: string | undefined;
  readonly multiline?: boolean;
  /** Every stroke; they make one step of undo until the field is left. */
  readonly onType: (value: string) => void;
  readonly onBegin?: () => void;
  /** The field was left with this in it. */
  readonly onLeave?: (value: string) => void;
}

/** One line of text that is the user's while it has the focus, and the text's otherwise. */
export function Line({
  id,
  label,
  value,
  placeholder,
  suggestions,
  numeric,
  invalid,
  describedBy,
  onType,
  onBegin,
  onLeave,
}: LineProps) {
  const list = useId();
  const [typed, setTyped] = useState<string>();
  return (
    <>
      <input
        id={id}
        className="input mono"
        aria-label={label}
        aria-invalid={invalid === true}
        aria-describedby={describedBy}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        inputMode={numeric === true ? 'numeric' : 'text'}
        placeholder={placeholder}
        list={suggestions === undefined || suggestions.length === 0 ? undefined : list}
        value={typed ?? value}
        onFocus={onBegin}
        onKeyDown={(event) => {
          if (undoKeys(event) === undefined) return;
          setTyped(undefined);
          onBegin?.();
        }}
        onChange={(event) => {
          setTyped(event.target.value);
          onType(event.target.value);
        }}
        onBlur={(event) => {
          setTyped(undefined);
          if (typed !== undefined) onLeave?.(event.target.value);
        }}
      />
      {suggestions === undefined || suggestions.length === 0 ? null : (
        <datalist id={list}>
          {suggestions.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </datalist>
      )}
    </>
  );
}

/** What does not fit into half the width. */
const long: ReadonlySet<string> = new Set(['host', 'file', 'regex', 'gateway', 'cidr', 'secret', 'base64']);

interface TextControlProps {
  readonly path: Path;
  readonly label: string;
  readonly field: FieldSchema;
  readonly value: Json | undefined;
  readonly suggestions?: readonly string[];
  readonly help?: ReactNode;
  readonly placeholder?: string;
}

/** A text. Emptied, the field goes when it is left. */
export function TextControl({ path, label, field, value, suggestions, help, placeholder }: TextControlProps) {
  const id = useId();
  const at = useAt(path);
  const remarks = useRemarks(path);
  const { edit, goOn, begin } = useEdit();
  const written = plainText(value);
  return (
    <FieldFrame
      label={label}
      controls={id}
      short={!(field.type === 'text' && long.has(field.format ?? ''))}
      field={field}
      help={help ?? field.doc}
      helpId={`${id}-help`}
      remarks={remarks}
      remarkId={`${id}-remark`}
    >
      <Line
        id={id}
        value={written}
        placeholder={placeholder ?? (field.required === true ? undefined : 'not set')}
        suggestions={suggestions}
        invalid={remarks.some(({ level }) => level === 'fail')}
        describedBy={remarks.length > 0 ? `${id}-remark` : `${id}-help`}
        onBegin={begin}
        onType={(typed) => {
          if (typed !== '') goOn({ kind: 'set', at, value: typed });
        }}
        onLeave={(typed) => {
          if (typed === '' && value !== undefined) edit({ kind: 'set', at });
        }}
      />
    </FieldFrame>
  );
}

/** A number; what is no number is not written, and says so. */
export function NumberControl({
  path,
  label,
  field,
  value,
  suggestions,
  help,
  placeholder,
}: TextControlProps) {
  const id = useId();
  const at = useAt(path);
  const remarks = useRemarks(path);
  const { edit, goOn, begin } = useEdit();
  const [wrong, setWrong] = useState(false);
  const whole = field.type === 'integer';
  const limits = field.type === 'integer' || field.type === 'number' ? field : undefined;
  const read = (typed: string): number | undefined => {
    const trimmed = typed.trim();
    if (!(whole ? /^-?\d+$/ : /^-?\d*\.?\d+$/).test(trimmed)) return undefined;
    const number = Number(trimmed);
    const fits = number >= (limits?.minimum ?? -Infinity) && number <= (limits?.maximum ?? Infinity);
    return fits ? number : undefined;
  };
  const own = wrong
    ? [
        {
          level: 'fail' as const,
          text: whole ? 'A whole number is needed here.' : 'A number is needed here.',
        },
      ]
    : [];
  return (
    <FieldFrame
      label={label}
      controls={id}
      short
      field={field}
      help={help ?? field.doc}
      helpId={`${id}-help`}
      remarks={[...own, ...remarks]}
      remarkId={`${id}-remark`}
    >
      <Line
        id={id}
        numeric
        value={plainText(value)}
        placeholder={placeholder ?? (field.required === true ? undefined : 'not set')}
        suggestions={suggestions}
        invalid={wrong || remarks.some(({ level }) => level === 'fail')}
        describedBy={wrong || remarks.length > 0 ? `${id}-remark` : `${id}-help`}
        onBegin={begin}
        onType={(typed) => {
          const number = read(typed);
          setWrong(typed !== '' && number === undefined);
          if (number !== undefined) goOn({ kind: 'set', at, value: number });
        }}
        onLeave={(typed) => {
          setWrong(false);
          if (typed === '' && value !== undefined) edit({ kind: 'set', at });
        }}
      />
    </FieldFrame>
  );
}
