import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from './Button.tsx';

interface DialogProps {
  readonly title: string;
  /** One sentence under the title; read out when the dialog opens. */
  readonly description?: ReactNode;
  readonly foot?: ReactNode;
  readonly className?: string;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

/** Only before something leaves the page, deletes much, or needs to be read first. Focus goes in, stays in, and comes back. */
export function Dialog({ title, description, foot, className, onClose, children }: DialogProps) {
  return (
    <Radix.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="scrim" />
        <Radix.Content
          className={className === undefined ? 'dialog' : `dialog ${className}`}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <div className="dialog-head">
            <Radix.Title>{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label="Close">
                <X size={16} strokeWidth={1.5} />
              </IconButton>
            </Radix.Close>
          </div>
          <div className="dialog-body">
            {description === undefined ? null : (
              <Radix.Description className="soft">{description}</Radix.Description>
            )}
            {children}
          </div>
          {foot === undefined ? null : <div className="dialog-foot">{foot}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
