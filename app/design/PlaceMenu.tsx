import { DropdownMenu } from 'radix-ui';
import { MenuEntries } from '../ui/Menu.tsx';
import { placeEntries } from './placeEntries.ts';
import { closeMenu, useDesign } from './state.ts';

/** The menu of a place in graph or tree, where the pointer or the focus was; its commands are those of the form and the palette. */
export function PlaceMenu() {
  const menu = useDesign((state) => state.menu);
  if (menu === undefined) return null;
  return (
    <DropdownMenu.Root open onOpenChange={(open) => !open && closeMenu()}>
      <DropdownMenu.Trigger asChild>
        <span className="menu-point" style={{ left: menu.x, top: menu.y }} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="float menu" align="start" sideOffset={2} collisionPadding={8}>
          <MenuEntries entries={placeEntries(menu.at)} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
