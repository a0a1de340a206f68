import { useEffect, useState } from 'react';
import { useReport } from '../store/store.ts';

/** How long an answer may be on its way before the page says so. */
const PATIENCE = 700;

/** Why the answer on the page is not that of the text and request on the page; undefined while it is, or will be in a moment. */
export function useStaleness(): string | undefined {
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
  if (failure?.kind === 'too-slow') {
    return `The last change took longer than ${failure.seconds} seconds and was given up: this is the answer before it.`;
  }
  if (failure !== undefined)
    return `The last change broke the engine (${failure.message}): this is the answer before it.`;
  return late && report !== undefined
    ? 'Working on the last change: this is the answer before it.'
    : undefined;
}
