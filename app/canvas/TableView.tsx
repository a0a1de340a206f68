import { Fragment, useState } from 'react';
import { actionWords, ruleLines } from '../../src/explain/conditions.ts';
import { lossWords, reasonSays } from '../../src/explain/losses.ts';
import { percent, shortHost } from '../../src/explain/names.ts';
import { portWords } from '../../src/explain/rowWords.ts';
import type { Graph, GraphEdge, RuleRow, VirtualServiceNode } from '../../src/graph/graph.ts';
import { menuFor } from '../design/menuFor.ts';
import { useLit } from '../store/derived.ts';
import { select } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { Said } from '../ui/Said.tsx';
import { ToneIcon } from '../ui/ToneIcon.tsx';
import { useSelectedPart } from './useSelectedPart.ts';
import { isFound } from './ways.ts';

/** How many virtual services are drawn before the rest has to be asked for. */
const PAGE = 40;

/** All rules in evaluation order, virtual service by virtual service; then what is left out, and why. */
export function TableView({ graph, find }: { readonly graph: Graph; readonly find: string }) {
  const [most, setMost] = useState(PAGE);
  const all = graph.nodes.filter((node) => node.kind === 'virtual-service');
  const used = all.filter((node) => node.standing === 'part');
  const left = graph.nodes.filter((node) => node.standing === 'not-attached' || node.standing === 'refused');
  const ends = new Map<string, GraphEdge[]>();
  for (const edge of graph.edges) {
    if (edge.from.row === undefined) continue;
    const list = ends.get(edge.from.row);
    if (list === undefined) ends.set(edge.from.row, [edge]);
    else list.push(edge);
  }
  return (
    <div className="tables">
      {used.slice(0, most).map((node) => (
        <RulesTable key={node.id} node={node} graph={graph} ends={ends} dimmed={!isFound(node, find)} />
      ))}
      {used.length > most ? (
        <Button look="quiet" onClick={() => setMost(most + PAGE)}>
          {used.length - most} more virtual services
        </Button>
      ) : null}
      {used.length === 0 ? <p className="canvas-empty soft">No virtual service takes part here.</p> : null}
      {left.length === 0 ? null : (
        <table className="table">
          <caption>Left out</caption>
          <thead>
            <tr>
              <th scope="col">Object</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {left.map((node) => {
              const reason = node.rows.find((row) => row.kind === 'reason');
              const { at } = node;
              return (
                <tr key={node.id}>
                  <td>
                    {at === undefined ? (
                      node.name
                    ) : (
                      <button
                        type="button"
                        className="link"
                        onClick={() => select(at, 'graph')}
                        onContextMenu={(event) => menuFor(at, event, () => select(at, 'graph'))}
                      >
                        {node.namespace}/{node.name}
                      </button>
                    )}
                  </td>
                  <td>
                    {reason?.kind === 'reason' ? (
                      <Said>{reasonSays(reason.because)}</Said>
                    ) : (
                      'Nothing leads to it.'
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </div>
  );
}

interface RulesTableProps {
  readonly node: VirtualServiceNode;
  readonly graph: Graph;
  readonly ends: ReadonlyMap<string, readonly GraphEdge[]>;
  readonly dimmed: boolean;
}

function RulesTable({ node, graph, ends, dimmed }: RulesTableProps) {
  const part = useSelectedPart(graph);
  const lit = useLit();
  const rest = node.rows.find((row) => row.kind === 'rest');
  return (
    <table className={dimmed ? 'table dimmed' : 'table'}>
      <caption>
        {node.name} <span className="dim">{node.namespace}</span>
        <span className="table-hosts dim trunc" title={node.hosts.join(', ')}>
          {node.delegate ? 'a delegate' : `for ${node.hosts.join(', ')}`}
        </span>
      </caption>
      <thead>
        <tr>
          <th scope="col">#</th>
          <th scope="col">Matches</th>
          <th scope="col">Goes to</th>
          <th scope="col">Written in</th>
        </tr>
      </thead>
      <tbody>
        {node.rows.map((row) => {
          if (row.kind !== 'rule') return null;
          const lines = ruleLines(row);
          const light = lit?.rows.get(row.id);
          return (
            <tr
              key={row.id}
              className={part?.row === row.id ? 'is-selected' : light?.kind === 'taken' ? 'took' : undefined}
            >
              <td>{row.index + 1}</td>
              <td className="mono">
                {lines.length === 0
                  ? 'anything'
                  : lines.map((line, index) => (
                      <Fragment key={index}>
                        {index > 0 ? <br /> : null}
                        {index > 0 ? 'or ' : ''}
                        {line}
                      </Fragment>
                    ))}
              </td>
              <td>
                <GoesTo row={row} graph={graph} ends={ends.get(row.id) ?? []} />
              </td>
              <td>
                <button
                  type="button"
                  className="link"
                  onClick={() => select(row.at, 'graph')}
                  onContextMenu={(event) => menuFor(row.at, event, () => select(row.at, 'graph'))}
                >
                  {row.section} rule {row.index + 1}
                </button>
                {row.lost === undefined ? null : <span className="dim"> {lossWords(row.lost)}</span>}
              </td>
            </tr>
          );
        })}
        {rest?.kind === 'rest' ? (
          <tr>
            <td>–</td>
            <td>anything else</td>
            <td>
              {rest.shared ? (
                'the next virtual service for the host'
              ) : (
                <>
                  404 <code>NR route_not_found</code>
                </>
              )}
            </td>
            <td className="dim">Envoy’s default</td>
          </tr>
        ) : null}
      </tbody>
    </table>
  );
}

interface GoesToProps {
  readonly row: RuleRow;
  readonly graph: Graph;
  readonly ends: readonly GraphEdge[];
}

function GoesTo({ row, graph, ends }: GoesToProps) {
  const lit = useLit();
  if (row.does.kind !== 'forward') return <>{actionWords(row.does)}</>;
  return (
    <ul className="goes">
      {ends.map(({ to: end, share, lent }) => {
        const node = graph.nodes.find((each) => each.id === end.node);
        const port = node?.rows.find((each) => each.id === end.row);
        if (node?.kind !== 'destination') return null;
        const light = end.row === undefined ? undefined : lit?.rows.get(end.row);
        const tone = light?.kind === 'end' ? light.tone : undefined;
        const missing = port?.kind === 'port' && port.standing === 'missing';
        const words = port?.kind === 'port' ? portWords(port) : '';
        return (
          <li key={end.row ?? end.node} className={missing ? 'fail' : undefined}>
            {tone !== undefined ? (
              <ToneIcon tone={tone} size={14} />
            ) : missing ? (
              <ToneIcon tone="fail" size={14} />
            ) : null}
            {share === undefined ? '' : `${percent(share)} `}
            {shortHost(node.host)}
            {port?.kind === 'port'
              ? `:${port.port}${port.subset === undefined ? '' : ` ${port.subset}`}`
              : ''}
            {words === '' ? '' : `, ${words}`}
            {lent === true ? <span className="dim"> the listener’s port</span> : null}
          </li>
        );
      })}
    </ul>
  );
}
