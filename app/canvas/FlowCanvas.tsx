import {
  BaseEdge,
  EdgeLabelRenderer,
  Handle,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore as useFlow,
  ViewportPortal,
  type Edge,
  type EdgeProps,
  type Node,
  type NodeProps,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { ArrowRightToLine, Check, Maximize, Minus, Plus, X } from 'lucide-react';
import { memo, useEffect, useMemo, useState } from 'react';
import { percent } from '../../src/explain/names.ts';
import { foldGraph } from '../../src/graph/foldGraph.ts';
import type { Graph, GraphNode, GraphRow } from '../../src/graph/graph.ts';
import { COLUMNS } from '../../src/graph/layoutGraph.ts';
import type { LitPath, RowLight } from '../../src/graph/litPath.ts';
import { rowMiddle } from '../../src/graph/sizes.ts';
import { useLit } from '../store/derived.ts';
import { select, useCall, useStore } from '../store/store.ts';
import { IconButton } from '../ui/Button.tsx';
import { entryWords } from './entryWords.ts';
import { NodeCard } from './NodeCard.tsx';
import { useSelectedPart } from './useSelectedPart.ts';
import { handleId, handlesOf, isFound, waysOf, type HandleSpec, type Way } from './ways.ts';

interface CardData extends Record<string, unknown> {
  readonly node: GraphNode;
  readonly lit: { readonly rows: ReadonlyMap<string, RowLight> } | undefined;
  readonly handles: readonly HandleSpec[];
  readonly dimmed: boolean;
  readonly selected: string | undefined;
  readonly onSelect: (row: GraphRow | undefined) => void;
}
type CardNode = Node<CardData, 'card'>;
interface WayData extends Record<string, unknown> {
  readonly way: Way;
}
type WayEdge = Edge<WayData, 'way'>;

const nodeTypes = { card: memo(CardView) };
const edgeTypes = { way: memo(WayView) };

interface FlowCanvasProps {
  readonly graph: Graph;
  /** What a search looks for; others are dimmed, not hidden. */
  readonly find: string;
}

export function FlowCanvas(props: FlowCanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

function Canvas({ graph: whole, find }: FlowCanvasProps) {
  const lit = useLit();
  const [open, setOpen] = useState<ReadonlySet<string>>(noneOpen);
  const part = useSelectedPart(whole);
  const graph = useMemo(
    () =>
      foldGraph(whole, {
        keep: new Set([...(lit?.nodes ?? []), ...(part === undefined ? [] : [part.node])]),
        open,
      }),
    [whole, lit, part, open],
  );
  const ways = useMemo(() => waysOf(graph, lit), [graph, lit]);
  const nodes = useMemo(() => {
    const handles = handlesOf(graph, ways);
    return graph.nodes.map((node): CardNode => {
      const own = handles.get(node.id) ?? [];
      return {
        id: node.id,
        type: 'card',
        position: { x: node.x, y: node.y },
        zIndex: aboveLines,
        width: node.width,
        height: node.height,
        // The flow takes the pointer away from nodes that it neither drags nor selects; these have buttons.
        style: { pointerEvents: 'all' },
        handles: own.map((handle) => ({
          id: handle.id,
          type: handle.side === 'from' ? 'source' : 'target',
          position: handle.side === 'from' ? Position.Right : Position.Left,
          x: handle.side === 'from' ? node.width : 0,
          y: handle.y,
          width: 1,
          height: 1,
        })),
        data: {
          node,
          lit: lit?.nodes.has(node.id) === true ? lit : undefined,
          handles: own,
          dimmed: !isFound(node, find),
          selected: part?.node === node.id ? (part.row ?? node.id) : undefined,
          onSelect: (row) => {
            if (node.kind === 'group') setOpen((before) => new Set([...before, node.id]));
            else selectPart(node, row);
          },
        },
      };
    });
  }, [graph, ways, lit, find, part]);
  const edges = useMemo(
    () =>
      ways.map((way, index): WayEdge => ({
        id: way.id,
        type: 'way',
        source: way.from.node,
        sourceHandle: handleId('from', way.from.row),
        target: way.to.node,
        targetHandle: handleId('to', way.to.row),
        zIndex: index,
        focusable: false,
        data: { way },
      })),
    [ways],
  );
  return (
    <ReactFlow
      className="flow"
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      onlyRenderVisibleElements
      panOnScroll
      zoomOnScroll={false}
      zoomOnDoubleClick={false}
      minZoom={0.3}
      maxZoom={1.5}
      proOptions={{ hideAttribution: true }}
      aria-label="Graph of the configuration"
    >
      <Captions graph={graph} />
      <Entry graph={graph} lit={lit} />
      <Sight graph={graph} lit={lit} />
    </ReactFlow>
  );
}

const noneOpen: ReadonlySet<string> = new Set();
/** Lines stack in their order, from 0; nodes cover their ends, labels (in the stylesheet) cover both. */
const aboveLines = 50_000;

function selectPart(node: GraphNode, row: GraphRow | undefined): void {
  const at = (row !== undefined && 'at' in row ? row.at : undefined) ?? node.at;
  if (at !== undefined) select(at, 'graph');
}

// ── Nodes ────────────────────────────────────────────────────────────────────────────────────────────────────────────

function CardView({ data }: NodeProps<CardNode>) {
  const { node, lit, handles, dimmed, selected, onSelect } = data;
  return (
    <NodeCard
      node={node}
      {...(lit === undefined ? {} : { lit })}
      selected={selected}
      dimmed={dimmed}
      onSelect={onSelect}
    >
      {handles.map((handle) => (
        <Handle
          key={handle.id}
          id={handle.id}
          type={handle.side === 'from' ? 'source' : 'target'}
          position={handle.side === 'from' ? Position.Right : Position.Left}
          className={`joint ${handle.look}`}
          style={{ top: handle.y - 1 }}
          isConnectable={false}
        />
      ))}
    </NodeCard>
  );
}

// ── Lines ────────────────────────────────────────────────────────────────────────────────────────────────────────────

function WayView({ sourceX, sourceY, targetX, targetY, data }: EdgeProps<WayEdge>) {
  const way = data?.way;
  if (way === undefined) return null;
  const dead = way.look === 'broken' || way.look === 'fail';
  const end = dead ? targetX - 12 : targetX;
  const back = targetX <= sourceX + 4;
  const bend = back ? 34 : (end - sourceX) / 2;
  const path = back
    ? `M${sourceX} ${sourceY}C${sourceX + bend} ${sourceY} ${sourceX + bend} ${targetY} ${sourceX} ${targetY}`
    : `M${sourceX} ${sourceY}C${sourceX + bend} ${sourceY} ${end - bend} ${targetY} ${end} ${targetY}`;
  const middle = { x: (sourceX + targetX) / 2, y: (sourceY + targetY) / 2 };
  return (
    <>
      <BaseEdge path={path} className={`way way-${way.look}`} interactionWidth={0} />
      {dead ? <path className={`way-cross ${way.look}`} d={`M${end} ${targetY - 4}l8 8m0-8l-8 8`} /> : null}
      {way.share === undefined ? null : (
        <EdgeLabelRenderer>
          <span
            className={`way-label ${way.look}`}
            style={{
              transform: `translate(-50%, -50%) translate(${middle.x}px, ${middle.y + labelShift(way, middle.y, sourceY)}px)`,
            }}
          >
            <LabelSign look={way.look} />
            {percent(way.share)}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
}

/** A label on a line that runs level would hide all of it. */
function labelShift(way: Way, middle: number, source: number): number {
  return Math.abs(middle - source) < 8 && way.look === 'fail' ? -17 : 0;
}

function LabelSign({ look }: { readonly look: Way['look'] }) {
  switch (look) {
    case 'fail':
      return <X size={11} strokeWidth={2.5} aria-label="fails" />;
    case 'unknown':
      return <span aria-label="if it exists">?</span>;
    default:
      return <Check size={11} strokeWidth={2.5} aria-label="forwarded" />;
  }
}

// ── What stands around the nodes ─────────────────────────────────────────────────────────────────────────────────────

function Captions({ graph }: { readonly graph: Graph }) {
  const rules = graph.nodes.filter(
    (node) => node.kind === 'virtual-service' || (node.kind === 'group' && node.of === 'virtual-service'),
  );
  const left = graph.nodes.some((node) => node.kind === 'gateway')
    ? 'Gateway and its servers'
    : 'Where calls come in';
  return (
    <ViewportPortal>
      <div className="captions" aria-hidden>
        <span style={{ left: COLUMNS.entry }}>{left}</span>
        {rules.length === 0 ? null : <span style={{ left: COLUMNS.rules }}>Rules, in evaluation order</span>}
        {graph.nodes.some((node) => node.kind === 'destination') ? (
          <span style={{ left: COLUMNS.destinations }}>Destinations</span>
        ) : null}
      </div>
    </ViewportPortal>
  );
}

/** The call itself, above where it comes in. */
function Entry({ graph, lit }: { readonly graph: Graph; readonly lit: LitPath | undefined }) {
  const call = useCall();
  const at = lit?.entry;
  const node = graph.nodes.find((each) => each.id === at?.node);
  const fallback = graph.nodes.find((each) => each.kind === 'gateway' || each.kind === 'mesh');
  const beside = node ?? fallback;
  if (beside === undefined) return null;
  const { x, y } = beside;
  const drop = node === undefined ? undefined : y + rowMiddle(node, at?.row);
  return (
    <ViewportPortal>
      <div
        className={node === undefined ? 'entry stray' : 'entry'}
        style={{ transform: `translate(${x - 14}px, ${y - 36}px)` }}
      >
        <ArrowRightToLine size={14} strokeWidth={1.75} aria-hidden />
        {entryWords(call)}
      </div>
      {drop === undefined ? null : (
        <svg className="entry-way" aria-hidden>
          <path className="way way-call" d={`M${x - 8} ${y - 15}V${drop - 8}a8 8 0 0 0 8 8H${x - 5}`} />
          <path className="entry-tip" d={`M${x - 6} ${drop - 4}l5 4-5 4z`} />
        </svg>
      )}
    </ViewportPortal>
  );
}

/** Zoom, and where the eye starts: all of it if that can be read, else the way of the call. */
function Sight({ graph, lit }: { readonly graph: Graph; readonly lit: LitPath | undefined }) {
  const flow = useReactFlow();
  const zoom = useFlow((state) => state.transform[2]);
  const width = useFlow((state) => state.width);
  const height = useFlow((state) => state.height);
  const work = useStore((state) => state.work.id + state.work.name);
  const show = (): void => {
    const whole = Math.min(width / (graph.width + 20), height / (graph.height + 10), 1);
    if (whole >= 0.8) {
      const left = Math.max((width - graph.width * whole) / 2, 0);
      void flow.setViewport({ x: left, y: 0, zoom: whole });
      return;
    }
    const path = graph.nodes.filter((node) => lit?.nodes.has(node.id) === true);
    const seen = path.length === 0 ? graph.nodes.slice(0, 3) : path;
    const top = Math.min(...seen.map((node) => node.y)) - 72;
    const bottom = Math.max(...seen.map((node) => node.y + node.height));
    const wide = Math.min(width / (graph.width + 20), 1);
    const scale = Math.max(Math.min(wide, height / (bottom - top + 36)), Math.min(wide, 0.8), 0.3);
    void flow.setViewport({
      x: Math.max((width - graph.width * scale) / 2, 0),
      y: -top * scale,
      zoom: scale,
    });
  };
  const ready = width > 0 && height > 0 && graph.nodes.length > 0;
  useEffect(() => {
    if (ready) show();
    // The eye moves when the text gives way to another or the room changes, never with the request.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [ready, work, width, height]);
  return (
    <>
      <Legend />
      <div className="zoom">
        <IconButton label="Zoom out" small onClick={() => void flow.zoomOut()}>
          <Minus size={14} strokeWidth={1.5} />
        </IconButton>
        <span>
          {Math.round(zoom * 100)}
          {'\u00a0'}%
        </span>
        <IconButton label="Zoom in" small onClick={() => void flow.zoomIn()}>
          <Plus size={14} strokeWidth={1.5} />
        </IconButton>
        <IconButton label="Fit the way of the request" small onClick={show}>
          <Maximize size={14} strokeWidth={1.5} />
        </IconButton>
      </div>
    </>
  );
}

function Legend() {
  return (
    <ul className="legend">
      <li>
        <svg viewBox="0 0 22 8" aria-hidden>
          <path className="way way-call" d="M0 4h22" />
        </svg>
        this call
      </li>
      <li>
        <svg viewBox="0 0 22 8" aria-hidden>
          <path className="way way-calm" d="M0 4h22" />
        </svg>
        other ways
      </li>
      <li className="rare">
        <svg viewBox="0 0 22 8" aria-hidden>
          <path className="way way-not-attached" d="M0 4h22" />
        </svg>
        not attached
      </li>
      <li className="rare">
        <svg viewBox="0 0 22 8" aria-hidden>
          <path className="way way-broken" d="M0 4h13" />
          <path className="way-cross broken" d="M14 1l6 6m0-6l-6 6" />
        </svg>
        leads nowhere
      </li>
    </ul>
  );
}
