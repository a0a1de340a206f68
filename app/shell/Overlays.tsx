import { Palette } from '../commands/Palette.tsx';
import { ExamplesDialog } from '../examples/ExamplesDialog.tsx';
import { ShareDialog } from '../share/ShareDialog.tsx';
import { unsay, useStore } from '../store/store.ts';
import { Toast } from '../ui/Toast.tsx';
import { EarlierDialog } from './EarlierDialog.tsx';
import { SettingsDialog } from './SettingsDialog.tsx';

/** What floats over the page: one dialog at a time, and the newest toast. */
export function Overlays() {
  const overlay = useStore((state) => state.overlay);
  const toast = useStore((state) => state.toast);
  return (
    <>
      {overlay === undefined ? null : <OverlayOf kind={overlay.kind} />}
      <output>
        {toast === undefined ? null : (
          <Toast key={toast.id} text={toast.text} action={toast.action} onClose={unsay} />
        )}
      </output>
    </>
  );
}

function OverlayOf({ kind }: { readonly kind: 'examples' | 'palette' | 'share' | 'earlier' | 'settings' }) {
  switch (kind) {
    case 'examples':
      return <ExamplesDialog />;
    case 'palette':
      return <Palette />;
    case 'share':
      return <ShareDialog />;
    case 'earlier':
      return <EarlierDialog />;
    case 'settings':
      return <SettingsDialog />;
  }
}
