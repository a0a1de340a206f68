import type { SourceRef } from '../../src/manifest/source.ts';
import type { MenuEntry } from '../ui/Menu.tsx';
import { placeCommands, type PlaceCommand } from './placeCommands.ts';

/** What can be done with a place, as a menu: additions first, deletion last. */
export function placeEntries(at: SourceRef): readonly MenuEntry[] {
  const commands = placeCommands(at);
  const groups: readonly PlaceCommand['group'][] = ['add', 'connect', 'change', 'delete'];
  return groups
    .map((group) => commands.filter((command) => command.group === group))
    .filter((group) => group.length > 0)
    .flatMap((group, index): MenuEntry[] => [
      ...(index === 0 ? [] : [{ kind: 'rule' } as const]),
      ...group.map((command): MenuEntry => ({
        kind: 'item',
        label: command.title,
        ...(keyHints[command.id] === undefined ? {} : { hint: keyHints[command.id] }),
        run: () => command.run(at),
      })),
    ]);
}

const keyHints: Readonly<Record<string, string>> = {
  'move-up': 'Alt ↑',
  'move-down': 'Alt ↓',
  rename: 'F2',
  delete: 'Del',
};
