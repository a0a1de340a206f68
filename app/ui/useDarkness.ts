import { useSyncExternalStore } from 'react';

/** Whether the page is drawn dark now: what `data-theme` on the root says. */
export function useDarkness(): boolean {
  return useSyncExternalStore(watch, () => document.documentElement.dataset['theme'] === 'dark');
}

function watch(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
