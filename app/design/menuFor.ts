import type { MouseEvent } from 'react';
import type { SourceRef } from '../../src/manifest/source.ts';
import { openMenu } from './state.ts';

/** Opens the menu of a place where it was asked for: at the pointer, or under what has the focus. Selects the place first. */
export function menuFor(at: SourceRef | undefined, event: MouseEvent<HTMLElement>, select: () => void): void {
  if (at === undefined) return;
  event.preventDefault();
  select();
  const { left, bottom } = event.currentTarget.getBoundingClientRect();
  const byKey = event.clientX === 0 && event.clientY === 0;
  openMenu(at, byKey ? left : event.clientX, byKey ? bottom : event.clientY);
}
