import { Ellipsis, Plus, Search, X } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Graph } from '../../src/graph/graph.ts';
import { AddMenu } from '../design/AddMenu.tsx';
import { placeEntries } from '../design/placeEntries.ts';
import { setView, useReport, useSelection, useView } from '../store/store.ts';
import { Boundary } from '../ui/Boundary.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { Menu } from '../ui/Menu.tsx';
import { Tabs } from '../ui/Tabs.tsx';
import { useMedia } from '../ui/useMedia.ts';
import { PathColumn } from './PathColumn.tsx';
import { TableView } from './TableView.tsx';
import { TreeView } from './TreeView.tsx';
import { isFound } from './ways.ts';
import './canvas.css';

const FlowCanvas = lazy(() =>
  import('./FlowCanvas.tsx').then(({ FlowCanvas: loaded }) => ({ default: loaded })),
);

/** What is written, as a picture, a tree and a table that say the same, with one selection. */
export function CanvasPane() {
  const { report, stale, failure } = useReport();
  const { graphTab } = useView();
  const [find, setFind] = useState<string>();
  const graph = report?.graph;
  const selected = useSelection()?.ref;
  return (
    <section className="pane canvas" aria-label="Graph">
      <div className="pane-head">
        <Tabs
          label="Views of the configuration"
          value={graphTab}
          controls="canvas-panel"
          tabs={[
            { value: 'graph', label: 'Graph' },
            { value: 'tree', label: 'Tree' },
            { value: 'table', label: 'Table' },
          ]}
          onChange={(value) => setView({ graphTab: value })}
        />
        <span className="grow" />
        <AddMenu
          at={selected}
          trigger={
            <Button look="quiet" small icon={<Plus size={14} strokeWidth={1.5} aria-hidden />}>
              Add
            </Button>
          }
        />
        {selected === undefined ? null : (
          <Menu
            align="end"
            entries={placeEntries(selected)}
            trigger={
              <IconButton small label="What can be done with what is selected">
                <Ellipsis size={14} strokeWidth={1.5} />
              </IconButton>
            }
          />
        )}
        {graph === undefined ? null : <Find graph={graph} find={find} onFind={setFind} />}
      </div>
      <div
        className="canvas-body"
        id="canvas-panel"
        role="tabpanel"
        aria-label={graphTab}
        data-stale={stale && failure !== undefined}
      >
        {graph === undefined ? null : graph.nodes.length === 0 ? (
          <p className="canvas-empty soft">
            Nothing to draw yet: no Gateway, VirtualService, Service or ServiceEntry that can be read.
          </p>
        ) : (
          <Views tab={graphTab} graph={graph} find={find ?? ''} />
        )}
      </div>
    </section>
  );
}

interface ViewsProps {
  readonly tab: 'graph' | 'tree' | 'table';
  readonly graph: Graph;
  readonly find: string;
}

function Views({ tab, graph, find }: ViewsProps) {
  const narrow = useMedia('(max-width: 760px)');
  switch (tab) {
    case 'tree':
      return <TreeView graph={graph} find={find} />;
    case 'table':
      return <TableView graph={graph} find={find} />;
    case 'graph':
      if (narrow) return <PathColumn graph={graph} />;
      return (
        <Boundary instead={<TreeView graph={graph} find={find} />}>
          <Suspense fallback={null}>
            <FlowCanvas graph={graph} find={find} />
          </Suspense>
        </Boundary>
      );
  }
}

interface FindProps {
  readonly graph: Graph;
  readonly find: string | undefined;
  readonly onFind: (words: string | undefined) => void;
}

/** Dims what it does not find, and counts; hides nothing. */
function Find({ graph, find, onFind }: FindProps) {
  if (find === undefined) {
    return (
      <button type="button" className="btn btn-quiet btn-small" onClick={() => onFind('')}>
        <Search size={14} strokeWidth={1.5} aria-hidden />
        Find
      </button>
    );
  }
  const found = graph.nodes.filter((node) => isFound(node, find)).length;
  return (
    <search className="find" aria-label="Find in the graph">
      <Search size={14} strokeWidth={1.5} aria-hidden />
      <input
        type="text"
        aria-label="Host, path or name"
        placeholder="Host, path or name"
        value={find}
        ref={(input) => input?.focus()}
        onChange={(event) => onFind(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onFind(undefined);
        }}
      />
      <output className="dim">{find.trim() === '' ? '' : `${found} of ${graph.nodes.length}`}</output>
      <IconButton label="Stop finding" small onClick={() => onFind(undefined)}>
        <X size={14} strokeWidth={1.5} />
      </IconButton>
    </search>
  );
}
