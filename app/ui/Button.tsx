import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'plain' | 'primary' | 'quiet';
  readonly small?: boolean;
  readonly icon?: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button with a word; `primary` once in sight at most. */
export function Button({ look = 'plain', small, icon, children, className, ...rest }: ButtonProps) {
  const names = ['btn', look !== 'plain' && `btn-${look}`, small && 'btn-small', className];
  return (
    <button type="button" {...rest} className={names.filter(Boolean).join(' ')}>
      {icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonProps, 'icon' | 'children'> {
  /** Its word, for everyone who does not see the icon, and the tooltip for everyone who does. */
  readonly label: string;
  readonly children: ReactNode;
}

export function IconButton({ label, look = 'quiet', small, className, children, ...rest }: IconButtonProps) {
  const names = ['btn', 'btn-icon', look !== 'plain' && `btn-${look}`, small && 'btn-small', className];
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={names.filter(Boolean).join(' ')}
    >
      {children}
    </button>
  );
}
