import { templateNames, templateWords } from '../../src/explain/templates.ts';
import { addCommands, type Command } from '../commands/commands.ts';
import { useStore } from '../store/store.ts';
import { newObjectCommands } from './newObjects.ts';
import { allPlaceCommands, placeCommands, runAt } from './placeCommands.ts';
import { ask } from './state.ts';

/** Puts everything that the designer can do into the table of commands: on what is selected, and on its own. */
export function addDesignCommands(): void {
  addCommands([
    ...allPlaceCommands().map((command): Command => ({
      id: `place-${command.id}`,
      title: command.title,
      words: `selected ${command.words ?? ''}`,
      when: ({ selection }) => selection !== undefined && command.applies(selection.ref),
      run: () => {
        const at = useStore.getState().selection?.ref;
        if (at !== undefined) command.run(at);
      },
    })),
    ...newObjectCommands.map(({ id, label, words, run }): Command => ({
      id,
      title: `Add ${small(label)}`,
      words,
      run,
    })),
    ...templateNames.map((template): Command => ({
      id: `template-${template}`,
      title: `Template: ${templateWords[template].title}`,
      words: `new start add ${templateWords[template].says}`,
      run: () => ask({ kind: 'gesture', gesture: { kind: 'use-template', template, plan: {} } }),
    })),
  ]);
}

function small(label: string): string {
  return label.slice(0, 1).toLowerCase() + label.slice(1);
}

const keyed: Readonly<Record<string, string>> = {
  'Alt ArrowUp': 'move-up',
  'Alt ArrowDown': 'move-down',
  F2: 'rename',
  Delete: 'delete',
};

/** Keys that act on what is selected, where the graph, the tree or the table has the focus. */
export function listenForPlaceKeys(): () => void {
  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const id = keyed[`${event.altKey ? 'Alt ' : ''}${event.key}`];
    const at = useStore.getState().selection?.ref;
    const inGraph = event.target instanceof HTMLElement && event.target.closest('.pane.canvas') !== null;
    const inField =
      event.target instanceof HTMLElement && event.target.closest('input, textarea, select') !== null;
    if (id === undefined || at === undefined || !inGraph || inField) return;
    if (!placeCommands(at).some((command) => command.id === id)) return;
    event.preventDefault();
    runAt(id, at);
  };
  addEventListener('keydown', press);
  return () => removeEventListener('keydown', press);
}
