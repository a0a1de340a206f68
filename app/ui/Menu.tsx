import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';

export type MenuEntry =
  | {
      readonly kind: 'item';
      readonly label: string;
      readonly icon?: ReactNode;
      readonly hint?: ReactNode;
      readonly disabled?: boolean;
      readonly run: () => void;
    }
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'rule' };

interface MenuProps {
  /** The button that opens it; takes a ref and button attributes. */
  readonly trigger: ReactNode;
  readonly entries: readonly MenuEntry[];
  readonly align?: 'start' | 'end';
}

export function Menu({ trigger, entries, align = 'start' }: MenuProps) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="float menu" align={align} sideOffset={4} collisionPadding={8}>
          <MenuEntries entries={entries} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** What stands in a menu, whatever opens it. */
export function MenuEntries({ entries }: { readonly entries: readonly MenuEntry[] }) {
  return entries.map((entry, index) => {
    switch (entry.kind) {
      case 'rule':
        return <DropdownMenu.Separator key={index} className="menu-rule" />;
      case 'label':
        return (
          <DropdownMenu.Label key={index} className="menu-label">
            {entry.label}
          </DropdownMenu.Label>
        );
      case 'item':
        return (
          <DropdownMenu.Item
            key={index}
            className="menu-item"
            disabled={entry.disabled ?? false}
            onSelect={entry.run}
          >
            {entry.icon}
            <span className="trunc">{entry.label}</span>
            {entry.hint === undefined ? null : <span className="hint">{entry.hint}</span>}
          </DropdownMenu.Item>
        );
    }
  });
}
