import { useEffect, useState } from 'react';
import { useReport } from '../store/store.ts';

/** How long an answer may be on its way before the page says so. */
const PATIENCE = 700;

export interface Staleness {
  /** The answer on the page is not that of the text and request on the page. */
  readonly stale: boolean;
  /** Why, where the page does not say so anyway. */
  readonly words?: string;
}

/** Whether the answer holds. For a moment after each change that is nothing to speak of; what broke is said above all panes. */
export function useStaleness(): Staleness {
  const { report, stale, failure } = useReport();
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!stale) return undefined;
    const timer = setTimeout(() => setLate(true), PATIENCE);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [stale]);
  if (failure !== undefined) return { stale: true };
  if (!late || report === undefined) return { stale: false };
  return { stale: true, words: 'Working on the last change: this is the answer before it.' };
}
