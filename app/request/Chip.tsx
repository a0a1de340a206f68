import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';

interface ChipProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly title: string;
  readonly value: string;
  readonly icon?: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A part of the question: its name and its value. It opens a small editor. */
export function Chip({ title, value, icon, className, ...rest }: ChipProps) {
  return (
    <button type="button" {...rest} className={className === undefined ? 'chip' : `chip ${className}`}>
      {icon}
      <span className="chip-title">{title}</span>
      <span className="chip-value">{value}</span>
    </button>
  );
}
