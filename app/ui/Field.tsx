import { useId, type InputHTMLAttributes, type ReactNode } from 'react';

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
  readonly help?: ReactNode;
  readonly error?: string | undefined;
  readonly mono?: boolean;
}

/** A line of text with its name above and help or error below. */
export function Field({ label, help, error, mono, ...rest }: FieldProps) {
  const id = useId();
  const below = error ?? help;
  return (
    <div className="fieldset">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <input
        {...rest}
        id={id}
        className={mono === true ? 'input mono' : 'input'}
        aria-invalid={error !== undefined}
        aria-describedby={below === undefined ? undefined : `${id}-help`}
      />
      {below === undefined ? null : (
        <span className={error === undefined ? 'help' : 'help fail'} id={`${id}-help`}>
          {below}
        </span>
      )}
    </div>
  );
}
