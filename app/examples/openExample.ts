import { open, replaceText, say, undo, unsay } from '../store/store.ts';
import { initialSettings } from '../store/state.ts';
import { textOf, type Example } from './gallery.ts';

/** The example takes the place of the text, with its request; its world is closed. One undo brings the own work back. */
export async function openExample(example: Example): Promise<void> {
  const text = await textOf(example);
  replaceText(text, {
    name: example.name,
    label: `Open example ${example.name}`,
    call: example.call,
    settings: { ...initialSettings, closed: true },
    example: example.id,
  });
  open(undefined);
  say(`${example.question} ${example.teaches}`, {
    label: 'Undo',
    run: () => {
      undo();
      unsay();
    },
  });
}
