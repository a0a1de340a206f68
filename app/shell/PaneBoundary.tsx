import type { ReactNode } from 'react';
import { useStore } from '../store/store.ts';
import { Boundary } from '../ui/Boundary.tsx';
import { Strip } from '../ui/Strip.tsx';

interface PaneBoundaryProps {
  /** As in "the trace". */
  readonly what: string;
  readonly children: ReactNode;
}

/** A pane that fails says so in its place, and is tried again with the next answer. */
export function PaneBoundary({ what, children }: PaneBoundaryProps) {
  const answer = useStore((state) => state.answer);
  return (
    <Boundary
      retry={answer}
      instead={(message) => (
        <Strip level="fail">
          {`Gatehouse cannot draw ${what} here, which is a fault of ours (${message}). Your text is safe, and the next change tries again.`}
        </Strip>
      )}
    >
      {children}
    </Boundary>
  );
}
