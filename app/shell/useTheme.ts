import { useLayoutEffect } from 'react';
import { useStore } from '../store/store.ts';
import { useMedia } from '../ui/useMedia.ts';

/** Puts the chosen theme, or the system's, on the page. */
export function useTheme(): void {
  const theme = useStore((state) => state.theme);
  const systemIsDark = useMedia('(prefers-color-scheme: dark)');
  const dark = theme === 'dark' || (theme === 'system' && systemIsDark);
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  }, [dark]);
}
