import { Plus } from 'lucide-react';
import { useState, type PointerEvent } from 'react';
import { createPortal } from 'react-dom';
import { placeName } from '../../src/explain/gestures.ts';
import type { SourceRef } from '../../src/manifest/source.ts';
import { useReport } from '../store/store.ts';
import { endAtPoint } from './ends.ts';
import { perform } from './perform.ts';
import { ask } from './state.ts';

interface GrabProps {
  readonly from: SourceRef;
  /** From the top of its node, in CSS pixels. */
  readonly top: number;
}

interface Drawn {
  readonly start: readonly [number, number];
  readonly end: readonly [number, number];
}

/** Where a line begins: drag it to a gateway, a service, a delegate; pressed, it asks for the other end. */
export function Grab({ from, top }: GrabProps) {
  const graph = useReport().report?.graph;
  const [drawn, setDrawn] = useState<Drawn>();
  const begin = (event: PointerEvent<HTMLButtonElement>) => {
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrawn({ start: [event.clientX, event.clientY], end: [event.clientX, event.clientY] });
  };
  const goOn = (event: PointerEvent) => {
    if (drawn !== undefined) setDrawn({ ...drawn, end: [event.clientX, event.clientY] });
  };
  const end = (event: PointerEvent) => {
    setDrawn(undefined);
    if (drawn === undefined || graph === undefined) return;
    const [x, y] = drawn.start;
    if (Math.hypot(event.clientX - x, event.clientY - y) < 6) {
      ask({ kind: 'connect', from });
      return;
    }
    const to = endAtPoint(graph, event.clientX, event.clientY);
    if (to !== undefined) void perform({ kind: 'connect', from, to }, { from: 'graph' });
  };
  return (
    <>
      <button
        type="button"
        className={drawn === undefined ? 'grab nodrag nopan' : 'grab nodrag nopan dragging'}
        style={{ top: top - 9 }}
        tabIndex={-1}
        aria-label={`Connect ${placeName(from)}`}
        title="Drag to connect, or press to choose"
        onPointerDown={begin}
        onPointerMove={goOn}
        onPointerUp={end}
        onPointerCancel={() => setDrawn(undefined)}
      >
        <Plus size={11} strokeWidth={2.5} aria-hidden />
      </button>
      {drawn === undefined
        ? null
        : createPortal(
            <svg className="drawn-line" aria-hidden>
              <path d={`M${drawn.start.join(' ')}L${drawn.end.join(' ')}`} />
            </svg>,
            document.body,
          )}
    </>
  );
}
