import { Handle, Position, ReactFlow, ReactFlowProvider, type Node, type NodeProps } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { memo, useMemo, useState } from 'react';
import { foldGraph } from '../../src/graph/foldGraph.ts';
import type { Graph, GraphNode, GraphRow } from '../../src/graph/graph.ts';
import type { RowLight } from '../../src/graph/litPath.ts';
import { useLit } from '../store/derived.ts';
import { select } from '../store/store.ts';
import { NodeCard } from './NodeCard.tsx';
import { Sight } from './Sight.tsx';
import { Captions, Entry } from './Surroundings.tsx';
import { useSelectedPart } from './useSelectedPart.ts';
import { handleId, handlesOf, isFound, waysOf, type HandleSpec } from './ways.ts';
import { WayView, type WayEdge } from './WayView.tsx';

interface CardData extends Record<string, unknown> {
  readonly node: GraphNode;
  readonly lit: { readonly rows: ReadonlyMap<string, RowLight> } | undefined;
  readonly handles: readonly HandleSpec[];
  readonly dimmed: boolean;
  readonly selected: string | undefined;
  readonly onSelect: (row: GraphRow | undefined) => void;
}
type CardNode = Node<CardData, 'card'>;
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
