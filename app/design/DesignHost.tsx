import { lazy, Suspense } from 'react';
import { PlaceMenu } from './PlaceMenu.tsx';
import { useDesign } from './state.ts';
import './host.css';

const GestureDialog = lazy(() =>
  import('./GestureDialog.tsx').then((loaded) => ({ default: loaded.GestureDialog })),
);
const ConnectDialog = lazy(() =>
  import('./ConnectDialog.tsx').then((loaded) => ({ default: loaded.ConnectDialog })),
);

/** The designer's dialogs and its menu. What a gesture has done is said by the page's toast. */
export function DesignHost() {
  const asked = useDesign((state) => state.asked);
  return (
    <>
      <PlaceMenu />
      <Suspense fallback={null}>
        {asked?.kind === 'gesture' ? (
          <GestureDialog key={JSON.stringify(asked.gesture)} asked={asked.gesture} />
        ) : null}
        {asked?.kind === 'connect' ? <ConnectDialog from={asked.from} /> : null}
      </Suspense>
    </>
  );
}
