import { useMedia } from '../ui/useMedia.ts';

/** How much stands side by side: three panes, graph or text beside the trace, or one pane at a time. */
export type Width = 'three' | 'two' | 'one';

export function useWidth(): Width {
  const one = useMedia('(max-width: 760px)');
  const two = useMedia('(max-width: 1180px)');
  return one ? 'one' : two ? 'two' : 'three';
}
