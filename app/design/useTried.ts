import { useEffect, useState } from 'react';
import type { Report } from '../../src/analyse.ts';
import type { Draft } from '../../src/gesture/draft.ts';
import type { Gesture } from '../../src/gesture/gesture.ts';
import { analyseInWorker, draftInWorker } from '../engine/engine.ts';
import { useStore } from '../store/store.ts';
import { lineDiff, type Hunk } from './lineDiff.ts';

/** A gesture as it would come out: the edits, their difference, and the engine's answer to the current call on the edited text. */
export interface Tried {
  readonly draft: Draft | undefined;
  readonly hunks: readonly Hunk[];
  readonly report: Report | undefined;
  /** Still being tried with the newest words: what is shown is older. */
  readonly stale: boolean;
}

const untried: Tried = { draft: undefined, hunks: [], report: undefined, stale: true };

/** Tries a gesture on the text as it stands, again whenever either changes. */
export function useTried(gesture: Gesture): Tried {
  const [tried, setTried] = useState<Tried & { readonly of?: Gesture; readonly text?: string }>(untried);
  const work = useStore((state) => state.work);
  const { text, call, settings, name } = work;

  useEffect(() => {
    let over = false;
    const attempt = async () => {
      const draft = await draftInWorker(text, gesture, settings.defaultNamespace);
      if (over) return;
      const hunks = draft.kind === 'drafted' ? lineDiff(text, draft.edits) : [];
      setTried((before) => ({ ...before, draft, hunks, report: undefined, of: gesture, text }));
      if (draft.kind !== 'drafted') return;
      const report = await analyseInWorker({
        sources: [{ name, text: draft.text }],
        calls: [call],
        defaultNamespace: settings.defaultNamespace,
      }).catch(() => undefined);
      if (!over && report !== undefined) setTried((before) => ({ ...before, report }));
    };
    // Typing goes on faster than trying.
    const timer = setTimeout(() => void attempt(), 60);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [gesture, text, call, settings.defaultNamespace, name]);

  return { ...tried, stale: tried.of !== gesture || tried.text !== text };
}
