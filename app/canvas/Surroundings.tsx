import { ViewportPortal } from '@xyflow/react';
import { ArrowRightToLine } from 'lucide-react';
import type { Graph } from '../../src/graph/graph.ts';
import { COLUMNS } from '../../src/graph/layoutGraph.ts';
import type { LitPath } from '../../src/graph/litPath.ts';
import { rowMiddle } from '../../src/graph/sizes.ts';
import { useCall } from '../store/store.ts';
import { entryWords } from './entryWords.ts';

/** What each column holds. */
export function Captions({ graph }: { readonly graph: Graph }) {
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
export function Entry({ graph, lit }: { readonly graph: Graph; readonly lit: LitPath | undefined }) {
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
        title={entryWords(call)}
        style={{ transform: `translate(${x - 14}px, ${y - 36}px)` }}
      >
        <ArrowRightToLine size={14} strokeWidth={1.75} aria-hidden />
        <span className="trunc">{entryWords(call)}</span>
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
