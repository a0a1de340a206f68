import { X } from 'lucide-react';
import { useEffect } from 'react';
import { Button, IconButton } from './Button.tsx';

interface ToastProps {
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
  readonly onClose: () => void;
}

const staysFor = 9000;

/** What a gesture did, with a way back. It goes by itself, unless the pointer or the focus is on it. */
export function Toast({ text, action, onClose }: ToastProps) {
  useEffect(() => {
    const room = () => document.querySelector('.toast:hover, .toast:focus-within') !== null;
    const timer = setInterval(() => !room() && onClose(), staysFor);
    return () => clearInterval(timer);
  }, [text, onClose]);
  return (
    <div className="toast">
      <span>{text}</span>
      {action === undefined ? null : (
        <Button small onClick={action.run}>
          {action.label}
        </Button>
      )}
      <IconButton small label="Dismiss" onClick={onClose}>
        <X size={14} strokeWidth={1.5} />
      </IconButton>
    </div>
  );
}
