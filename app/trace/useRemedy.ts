import { useEffect, useMemo, useState } from 'react';
import type { Remedy } from '../../src/explain/told.ts';
import type { Gesture } from '../../src/gesture/gesture.ts';
import type { SourceRef } from '../../src/manifest/source.ts';
import { perform } from '../design/perform.ts';
import { spansInWorker } from '../engine/engine.ts';
import { linesOf, positionAt } from '../store/lines.ts';
import { useText } from '../store/store.ts';

interface Mending {
  /** Which line is written, as words; undefined until that is known. */
  readonly where: string | undefined;
  readonly write: (choice: string | number) => Promise<boolean>;
}

/** Turns a remedy into a gesture, and tells where it writes. */
export function useRemedy(remedy: Remedy): Mending {
  const text = useText();
  const key = JSON.stringify(destinationOf(remedy));
  const [line, setLine] = useState<number>();
  const host = useMemo((): SourceRef => {
    const { object, path } = JSON.parse(key) as SourceRef;
    return { object, path: [...path, 'host'] };
  }, [key]);
  useEffect(() => {
    let current = true;
    void spansInWorker(text, [host]).then(([span]) => {
      if (current) setLine(span === undefined ? undefined : positionAt(linesOf(text), span.end).line);
    });
    return () => {
      current = false;
    };
  }, [text, host]);
  return {
    where: line === undefined ? undefined : `after line ${line}`,
    write: (choice) => perform(gestureFor(remedy, choice), { from: 'trace' }),
  };
}

/** The destination itself: a mirror is one, an entry of a route holds one. */
function destinationOf({ at: { object, path } }: Remedy): SourceRef {
  return { object, path: path.at(-1) === 'mirror' ? path : [...path, 'destination'] };
}

function gestureFor(remedy: Remedy, choice: string | number): Gesture {
  const { object, path } = destinationOf(remedy);
  switch (remedy.kind) {
    case 'write-port':
      return { kind: 'set', at: { object, path: [...path, 'port', 'number'] }, value: choice };
    case 'write-subset':
      return { kind: 'set', at: { object, path: [...path, 'subset'] }, value: choice };
  }
}
