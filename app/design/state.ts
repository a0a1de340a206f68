import { create } from 'zustand';
import type { Gesture } from '../../src/gesture/gesture.ts';
import type { SourceRef } from '../../src/manifest/source.ts';
import type { Hunk } from './lineDiff.ts';

/** What the designer is in the middle of. What the user has made is in the page's store. */
interface DesignState {
  readonly asked: Asked | undefined;
  /** A menu that hangs on a point of the page: what can be done with a place. */
  readonly menu: { readonly at: SourceRef; readonly x: number; readonly y: number } | undefined;
  /** What the last gesture wrote: the form's foot shows it. */
  readonly written: Written | undefined;
}

/** A dialog that stands before a gesture lands. */
export type Asked =
  | { readonly kind: 'gesture'; readonly gesture: Gesture }
  /** What to connect this place to. */
  | { readonly kind: 'connect'; readonly from: SourceRef };

export interface Written {
  readonly label: string;
  readonly hunks: readonly Hunk[];
  /** Text version that it led to: later changes by others make it old. */
  readonly textVersion: number;
  readonly joins?: string;
  /** The text from before it, of a gesture that goes on. */
  readonly before?: string;
}

export const useDesign = create<DesignState>(() => ({
  asked: undefined,
  menu: undefined,
  written: undefined,
}));

const { setState: set } = useDesign;

export function ask(asked: Asked): void {
  set({ asked });
}

export function unask(): void {
  set({ asked: undefined });
}

export function openMenu(at: SourceRef, x: number, y: number): void {
  set({ menu: { at, x, y } });
}

export function closeMenu(): void {
  set({ menu: undefined });
}

export function showWritten(written: Written): void {
  set({ written });
}
