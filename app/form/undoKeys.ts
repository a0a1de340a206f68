import { redo, undo } from '../store/store.ts';

type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** What keys ask for, if that is to go back or forth. */
export function undoKeys({ key, ctrlKey, metaKey, altKey, shiftKey }: Keys): 'undo' | 'redo' | undefined {
  if (!(ctrlKey || metaKey) || altKey) return undefined;
  switch (key.toLowerCase()) {
    case 'z':
      return shiftKey ? 'redo' : 'undo';
    case 'y':
      return 'redo';
    default:
      return undefined;
  }
}

/** As a `ref`: undo and redo in a form are the page's, since a field has no order of undo of its own. */
export function undoesWithin(element: HTMLElement | null): (() => void) | undefined {
  const press = (event: KeyboardEvent) => {
    const asked = undoKeys(event);
    if (asked === undefined) return;
    event.preventDefault();
    if (asked === 'undo') undo();
    else redo();
  };
  element?.addEventListener('keydown', press);
  return () => element?.removeEventListener('keydown', press);
}
