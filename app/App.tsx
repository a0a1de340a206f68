import { useEffect } from 'react';
import { listenForKeys } from './commands/commands.ts';
import { addDesignCommands, listenForPlaceKeys } from './design/commands.ts';
import { DesignHost } from './design/DesignHost.tsx';
import { RequestBar } from './request/RequestBar.tsx';
import { Foot } from './shell/Foot.tsx';
import { Notices } from './shell/Notices.tsx';
import { Overlays } from './shell/Overlays.tsx';
import { PaneBoundary } from './shell/PaneBoundary.tsx';
import { Panes } from './shell/Panes.tsx';
import { TabBar } from './shell/TabBar.tsx';
import { TopBar } from './shell/TopBar.tsx';
import { useDrop } from './shell/useDrop.ts';
import { useTheme } from './shell/useTheme.ts';
import { useWidth } from './shell/widths.ts';
import { useStore } from './store/store.ts';

addDesignCommands();

export function App() {
  const width = useWidth();
  const name = useStore((state) => state.work.name);
  const pane = useStore((state) => state.work.view.pane);
  const dropping = useDrop();
  useTheme();
  useEffect(listenForKeys, []);
  useEffect(listenForPlaceKeys, []);
  useEffect(() => {
    document.title = `${name} · Gatehouse`;
  }, [name]);
  return (
    <div className="app" data-width={width} data-pane={pane}>
      <TopBar width={width} />
      <div className="req">
        <PaneBoundary what="the request">
          <RequestBar />
        </PaneBoundary>
      </div>
      <main>
        <Notices />
        <Panes width={width} />
      </main>
      {width === 'one' ? <TabBar /> : <Foot />}
      <PaneBoundary what="this dialog">
        <Overlays />
        <DesignHost />
      </PaneBoundary>
      {dropping ? <div className="drop">Drop files to open them</div> : null}
    </div>
  );
}
