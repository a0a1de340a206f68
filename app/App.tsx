import { RequestBar } from './request/RequestBar.tsx';
import { Foot } from './shell/Foot.tsx';
import { Panes } from './shell/Panes.tsx';
import { TabBar } from './shell/TabBar.tsx';
import { TopBar } from './shell/TopBar.tsx';
import { useWidth } from './shell/widths.ts';
import { useStore } from './store/store.ts';

export function App() {
  const width = useWidth();
  const name = useStore((state) => state.work.name);
  const pane = useStore((state) => state.work.view.pane);
  return (
    <div className="app" data-width={width} data-pane={pane}>
      <h1 className="sr">Gatehouse: {name}</h1>
      <TopBar width={width} />
      <div className="req">
        <RequestBar />
      </div>
      <main className="main">
        <Panes width={width} />
      </main>
      {width === 'one' ? <TabBar /> : <Foot />}
    </div>
  );
}
