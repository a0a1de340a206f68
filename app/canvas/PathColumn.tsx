import { ArrowRightToLine } from 'lucide-react';
import { Fragment } from 'react';
import { percent } from '../../src/explain/names.ts';
import type { Graph, GraphNode, GraphRow } from '../../src/graph/graph.ts';
import { useLit } from '../store/derived.ts';
import { select, setView, useCall } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { ToneIcon } from '../ui/ToneIcon.tsx';
import { entryWords } from './entryWords.ts';
import { NodeCard } from './NodeCard.tsx';
import { useSelectedPart } from './useSelectedPart.ts';

/** On a phone: only the way of the call, from top to bottom; the tree has the rest. */
export function PathColumn({ graph }: { readonly graph: Graph }) {
  const lit = useLit();
  const call = useCall();
  const part = useSelectedPart(graph);
  const path = graph.nodes.filter((node) => lit?.nodes.has(node.id) === true);
  const way = path.filter((node) => node.kind !== 'destination');
  const order = lit?.edges.map((edge) => edge.to.node) ?? [];
  const ends = path
    .filter((node) => node.kind === 'destination')
    .sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  const card = (node: GraphNode) => (
    <NodeCard
      node={node}
      {...(lit === undefined ? {} : { lit })}
      selected={part?.node === node.id ? (part.row ?? node.id) : undefined}
      only={(row) => node.kind === 'virtual-service' || lit?.rows.has(row.id) === true}
      onSelect={(row) => selectPart(node, row)}
    >
      <Others node={node} lit={lit?.rows} />
    </NodeCard>
  );
  return (
    <div className="path-column">
      <div className="entry">
        <ArrowRightToLine size={16} strokeWidth={1.75} aria-hidden />
        <span className="trunc">{entryWords(call)}</span>
      </div>
      {way.map((node) => (
        <Fragment key={node.id}>
          <span className="path-line" aria-hidden />
          {card(node)}
        </Fragment>
      ))}
      {ends.length === 0 ? null : (
        <div className="path-ends">
          {ends.map((node) => {
            const end = node.rows.map((row) => lit?.rows.get(row.id)).find((light) => light?.kind === 'end');
            return (
              <div key={node.id}>
                <span className="path-share">
                  {end?.kind === 'end' ? (
                    <span className={`way-label ${end.tone}`}>
                      <ToneIcon tone={end.tone} size={12} />
                      {percent(end.share)}
                    </span>
                  ) : null}
                </span>
                {card(node)}
              </div>
            );
          })}
        </div>
      )}
      {path.length === 0 ? <p className="soft">Nothing in this text takes the request.</p> : null}
      <Button look="quiet" onClick={() => setView({ graphTab: 'tree' })}>
        All {graph.nodes.length} parts, as a tree
      </Button>
    </div>
  );
}

function Others({
  node,
  lit,
}: {
  readonly node: GraphNode;
  readonly lit: ReadonlyMap<string, unknown> | undefined;
}) {
  const ports = (node.rows as readonly GraphRow[]).flatMap((row) =>
    (row.kind === 'server' || (row.kind === 'port' && row.standing === 'exists')) && lit?.has(row.id) !== true
      ? [row.port]
      : [],
  );
  if (ports.length === 0) return null;
  const shown = `${[...new Set(ports)].slice(0, 6).join(', ')}${ports.length > 6 ? ', …' : ''}`;
  return (
    <p className="row row-reason row-sub">
      {node.kind === 'gateway' ? `${ports.length} other servers: ${shown}` : `has ${shown} too`}
    </p>
  );
}

function selectPart(node: GraphNode, row: GraphRow | undefined): void {
  const at = (row !== undefined && 'at' in row ? row.at : undefined) ?? node.at;
  if (at !== undefined) select(at, 'graph');
}
