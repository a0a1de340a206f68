import { Info, OctagonX, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

interface StripProps {
  readonly level: 'fail' | 'warn' | 'calm';
  readonly children: ReactNode;
  /** Buttons at its end. */
  readonly actions?: ReactNode;
}

const icons = { fail: OctagonX, warn: TriangleAlert, calm: Info };

/** A bar across a pane or the page: part of the input is left out, or a promise cannot be kept. */
export function Strip({ level, children, actions }: StripProps) {
  const Icon = icons[level];
  return (
    <div
      className={level === 'fail' ? 'strip' : `strip ${level}`}
      role={level === 'calm' ? 'note' : 'status'}
    >
      <Icon size={16} strokeWidth={1.5} aria-hidden />
      <span className="grow">{children}</span>
      {actions}
    </div>
  );
}
