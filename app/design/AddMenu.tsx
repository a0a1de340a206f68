import type { ReactNode } from 'react';
import { templateNames, templateWords } from '../../src/explain/templates.ts';
import type { SourceRef } from '../../src/manifest/source.ts';
import { Menu, type MenuEntry } from '../ui/Menu.tsx';
import { newObjectCommands } from './newObjects.ts';
import { placeCommands } from './placeCommands.ts';
import { ask } from './state.ts';

interface AddMenuProps {
  readonly trigger: ReactNode;
  /** What is selected: what can be added to it comes first. */
  readonly at: SourceRef | undefined;
}

/** Everything that can be added: to what is selected, as an object of its own, or as a whole set. */
export function AddMenu({ trigger, at }: AddMenuProps) {
  const toPlace = at === undefined ? [] : placeCommands(at).filter(({ group }) => group === 'add');
  const entries: MenuEntry[] = [
    ...(toPlace.length === 0 || at === undefined
      ? []
      : [
          { kind: 'label', label: `To ${at.object.name}` } as const,
          ...toPlace.map((command): MenuEntry => ({
            kind: 'item',
            label: command.title.replace(/^Add /, '').replace(/^./, (letter) => letter.toUpperCase()),
            run: () => command.run(at),
          })),
          { kind: 'rule' } as const,
        ]),
    { kind: 'label', label: 'New' },
    ...newObjectCommands.map((command): MenuEntry => ({
      kind: 'item',
      label: command.label,
      run: command.run,
    })),
    { kind: 'rule' },
    { kind: 'label', label: 'From a template' },
    ...templateNames.map((template): MenuEntry => ({
      kind: 'item',
      label: templateWords[template].title,
      run: () => ask({ kind: 'gesture', gesture: { kind: 'use-template', template, plan: {} } }),
    })),
  ];
  return <Menu trigger={trigger} entries={entries} />;
}
