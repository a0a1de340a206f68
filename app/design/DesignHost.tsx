import { lazy, Suspense } from 'react';
import { useDesign } from './state.ts';

const GestureDialog = lazy(() =>
  import('./GestureDialog.tsx').then((loaded) => ({ default: loaded.GestureDialog })),
);
const ConnectDialog = lazy(() =>
  import('./ConnectDialog.tsx').then((loaded) => ({ default: loaded.ConnectDialog })),
);

/** The designer's dialogs. What a gesture has done is said by the page's toast. */
export function DesignHost() {
  const asked = useDesign((state) => state.asked);
  if (asked === undefined) return null;
  return (
    <Suspense fallback={null}>
      {asked.kind === 'gesture' ? (
        <GestureDialog key={JSON.stringify(asked.gesture)} asked={asked.gesture} />
      ) : (
        <ConnectDialog from={asked.from} />
      )}
    </Suspense>
  );
}
