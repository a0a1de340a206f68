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
  const key = JSON.stringify(anchorOf(remedy));
  const [line, setLine] = useState<number>();
  const anchor = useMemo((): SourceRef => JSON.parse(key) as SourceRef, [key]);
  useEffect(() => {
    let current = true;
    void spansInWorker(text, [anchor]).then(([span]) => {
      if (current) setLine(span === undefined ? undefined : positionAt(linesOf(text), span.end).line);
    });
    return () => {
      current = false;
    };
  }, [text, anchor]);
  const preposition = remedy.kind === 'match-port' ? '' : 'after ';
  return {
    where: line === undefined ? undefined : `${preposition}line ${line}`,
    write: (choice) => perform(gestureFor(remedy, choice), { from: 'trace' }),
  };
}

/** What is changed, or what the new text stands behind. */
function anchorOf(remedy: Remedy): SourceRef {
  switch (remedy.kind) {
    case 'write-port':
    case 'write-subset':
      return below(destinationOf(remedy), 'host');
    case 'match-port':
    case 'match-exact':
      return remedy.at;
  }
}

/** The destination itself: a mirror is one, an entry of a route holds one. */
function destinationOf({ at }: Remedy): SourceRef {
  return at.path.at(-1) === 'mirror' ? at : below(at, 'destination');
}

function below({ object, path }: SourceRef, ...keys: readonly string[]): SourceRef {
  return { object, path: [...path, ...keys] };
}

function gestureFor(remedy: Remedy, choice: string | number): Gesture {
  const { at } = remedy;
  switch (remedy.kind) {
    case 'write-port':
      return { kind: 'set', at: below(destinationOf(remedy), 'port', 'number'), value: choice };
    case 'write-subset':
      return { kind: 'set', at: below(destinationOf(remedy), 'subset'), value: choice };
    case 'match-port':
      return { kind: 'set', at, value: choice };
    case 'match-exact':
      return {
        kind: 'create-match',
        rule: { object: at.object, path: at.path.slice(0, 3) },
        match: { uri: { exact: choice } },
      };
  }
}
