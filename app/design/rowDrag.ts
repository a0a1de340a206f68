import type { DragEvent } from 'react';
import type { SourceRef } from '../../src/manifest/source.ts';
import { perform } from './perform.ts';

/** The row that is being dragged: the drag of the browser tells its data only at the end. */
let dragged: SourceRef | undefined;

interface RowDrag {
  readonly draggable: true;
  readonly onDragStart: (event: DragEvent<HTMLElement>) => void;
  readonly onDragOver: (event: DragEvent<HTMLElement>) => void;
  readonly onDragLeave: (event: DragEvent<HTMLElement>) => void;
  readonly onDrop: (event: DragEvent<HTMLElement>) => void;
  readonly onDragEnd: () => void;
}

/** Lets a row of the graph be put in another place of its list; nothing for what is no item of a list. */
export function rowDrag(at: SourceRef | undefined): RowDrag | undefined {
  if (at === undefined || typeof at.path.at(-1) !== 'number') return undefined;
  const mark = (event: DragEvent<HTMLElement>, on: boolean) =>
    event.currentTarget.classList.toggle('drop-above', on);
  return {
    draggable: true,
    onDragStart: (event) => {
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', at.path.join('.'));
      dragged = at;
    },
    onDragOver: (event) => {
      if (!sameList(dragged, at)) return;
      event.preventDefault();
      mark(event, true);
    },
    onDragLeave: (event) => mark(event, false),
    onDrop: (event) => {
      mark(event, false);
      const to = at.path.at(-1);
      if (dragged === undefined || !sameList(dragged, at) || typeof to !== 'number') return;
      event.preventDefault();
      void perform({ kind: 'move', at: dragged, to }, { from: 'graph' });
      dragged = undefined;
    },
    onDragEnd: () => {
      dragged = undefined;
    },
  };
}

function sameList(a: SourceRef | undefined, b: SourceRef): boolean {
  return (
    a !== undefined &&
    a.object.source === b.object.source &&
    a.object.document === b.object.document &&
    a.object.item === b.object.item &&
    a.path.length === b.path.length &&
    a.path.slice(0, -1).every((key, index) => key === b.path[index])
  );
}
