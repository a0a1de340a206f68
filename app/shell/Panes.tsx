import { lazy, Suspense, useMemo, type ReactNode } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { setView, useView } from '../store/store.ts';
import { TracePane } from '../trace/TracePane.tsx';
import { useMedia } from '../ui/useMedia.ts';
import { Tabs } from '../ui/Tabs.tsx';
import { Dock } from './Dock.tsx';
import { PaneBoundary } from './PaneBoundary.tsx';
import { TextPane } from './TextPane.tsx';
import type { Width } from './widths.ts';

const LazyCanvas = lazy(() =>
  import('../canvas/CanvasPane.tsx').then(({ CanvasPane }) => ({ default: CanvasPane })),
);

/** The graph comes after the answer: its library is a file of its own. */
function CanvasPane() {
  return (
    <PaneBoundary what="the graph">
      <Suspense fallback={<section className="pane" aria-label="Graph" aria-busy />}>
        <LazyCanvas />
      </Suspense>
    </PaneBoundary>
  );
}

function Trace() {
  return (
    <PaneBoundary what="the trace">
      <TracePane />
    </PaneBoundary>
  );
}

function Text() {
  return (
    <PaneBoundary what="the text">
      <TextPane />
    </PaneBoundary>
  );
}

function Problems() {
  return (
    <PaneBoundary what="the problems">
      <Dock />
    </PaneBoundary>
  );
}

/** Written, asked, answered: the text on the left, the graph with its dock, the trace. Sizes are the user's and are kept. */
export function Panes({ width }: { readonly width: Width }) {
  switch (width) {
    case 'one':
      return <OnePane />;
    case 'two':
      return <TwoPanes />;
    case 'three':
      return <ThreePanes />;
  }
}

function ThreePanes() {
  const roomy = useMedia('(min-width: 1680px)');
  const tight = useMedia('(max-width: 1360px)');
  const [yaml, trace] = roomy ? [480, 460] : tight ? [330, 372] : [408, 400];
  return (
    <Columns id="three">
      <Panel id="yaml" defaultSize={yaml} minSize={220} groupResizeBehavior="preserve-pixel-size">
        <Text />
      </Panel>
      <Separator className="divider" aria-label="Width of the text" />
      <Panel id="graph" minSize={280}>
        <GraphAndDock />
      </Panel>
      <Separator className="divider" aria-label="Width of the trace" />
      <Panel id="trace" defaultSize={trace} minSize={280} groupResizeBehavior="preserve-pixel-size">
        <Trace />
      </Panel>
    </Columns>
  );
}

function TwoPanes() {
  const { middle } = useView();
  return (
    <Columns id="two">
      <Panel id="middle" minSize={300}>
        <div className="middle">
          <div className="pane-head">
            <Tabs
              label="Beside the trace"
              value={middle}
              controls="middle-panel"
              tabs={[
                { value: 'graph', label: 'Graph' },
                { value: 'yaml', label: 'YAML' },
              ]}
              onChange={(value) => setView({ middle: value })}
            />
          </div>
          <div className="middle-body" id="middle-panel" role="tabpanel" aria-label="Graph or YAML">
            {middle === 'yaml' ? <Text /> : <GraphAndDock />}
          </div>
        </div>
      </Panel>
      <Separator className="divider" aria-label="Width of the trace" />
      <Panel id="trace" defaultSize={372} minSize={280} groupResizeBehavior="preserve-pixel-size">
        <Trace />
      </Panel>
    </Columns>
  );
}

function OnePane() {
  const { pane } = useView();
  switch (pane) {
    case 'yaml':
      return <Text />;
    case 'graph':
      return <CanvasPane />;
    case 'problems':
      return <Problems />;
    case 'trace':
      return <Trace />;
  }
}

function GraphAndDock() {
  return (
    <Columns id="dock" orientation="vertical">
      <Panel id="canvas" minSize={160}>
        <CanvasPane />
      </Panel>
      <Separator className="divider across" aria-label="Height of the problems" />
      <Panel id="dock" defaultSize={208} minSize={37} groupResizeBehavior="preserve-pixel-size">
        <Problems />
      </Panel>
    </Columns>
  );
}

interface ColumnsProps {
  readonly id: string;
  readonly orientation?: 'horizontal' | 'vertical';
  readonly children: ReactNode;
}

/** A group of panels whose shares are kept in the view once the user has moved a divider. */
function Columns({ id, orientation = 'horizontal', children }: ColumnsProps) {
  const { sizes } = useView();
  // Only what stood when the group came onto the page: from then on the group knows better.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const kept = useMemo(() => ownShares(sizes, id), []);
  return (
    <Group
      id={id}
      orientation={orientation}
      {...(kept === undefined ? {} : { defaultLayout: kept })}
      onLayoutChanged={(layout, meta) => {
        if (!meta.isUserInteraction) return;
        const shares = Object.entries(layout).map(([panel, share]) => [`${id}/${panel}`, share]);
        setView({ sizes: { ...sizes, ...Object.fromEntries(shares) } });
      }}
    >
      {children}
    </Group>
  );
}

function ownShares(sizes: Readonly<Record<string, number>>, id: string): Record<string, number> | undefined {
  const own = Object.entries(sizes).filter(([key]) => key.startsWith(`${id}/`));
  if (own.length === 0) return undefined;
  return Object.fromEntries(own.map(([key, share]) => [key.slice(id.length + 1), share]));
}
