import { ChevronRight, CircleQuestionMark, CornerUpRight, Lock, OctagonX } from 'lucide-react';
import type { ReactNode } from 'react';
import { ruleLines, ruleWords } from '../../src/explain/conditions.ts';
import { lossWords } from '../../src/explain/losses.ts';
import { passedWords, portWords, serverWords } from '../../src/explain/rowWords.ts';
import type {
  GraphNode,
  GraphRow,
  PortRow,
  ReasonRow,
  RestRow,
  RuleRow,
  ServerRow,
} from '../../src/graph/graph.ts';
import type { RowLight } from '../../src/graph/litPath.ts';
import { HEAD_HEIGHT, rowHeight } from '../../src/graph/sizes.ts';
import { menuFor } from '../design/menuFor.ts';
import { rowDrag } from '../design/rowDrag.ts';
import { ToneIcon } from '../ui/ToneIcon.tsx';
import { KindIcon } from './KindIcon.tsx';
import { Grabs, usePointedRow } from './NodeGrabs.tsx';

export interface NodeCardProps {
  readonly node: GraphNode;
  /** What the request lights of it; absent: nothing. */
  readonly lit?: { readonly rows: ReadonlyMap<string, RowLight> };
  /** Id of the selected row, or of the node itself. */
  readonly selected?: string | undefined;
  /** A search that does not find it. */
  readonly dimmed?: boolean;
  readonly onSelect: (row: GraphRow | undefined) => void;
  /** Rows to draw, if not all of them. */
  readonly only?: (row: GraphRow) => boolean;
  readonly children?: ReactNode;
}

/** One node: a head and its rows. The border and the row say how it stands; every state has a mark or a word besides its colour. */
export function NodeCard({ node, lit, selected, dimmed, onSelect, only, children }: NodeCardProps) {
  const [over, pointing] = usePointedRow();
  const rows = only === undefined ? node.rows : (node.rows as readonly GraphRow[]).filter(only);
  const names = [
    'node',
    `stands-${node.standing}`,
    node.kind === 'group' && 'folded',
    lit !== undefined && 'on',
    selected === node.id && 'is-selected',
    dimmed === true && 'dimmed',
  ];
  return (
    <section
      className={names.filter(Boolean).join(' ')}
      aria-label={labelOf(node)}
      data-node={node.id}
      {...pointing}
    >
      <button
        type="button"
        className="node-head"
        aria-pressed={selected === node.id}
        onClick={() => onSelect(undefined)}
        onContextMenu={(event) => menuFor(node.at, event, () => onSelect(undefined))}
      >
        <KindIcon node={node} />
        <span className="node-names">
          <span className="node-name trunc" title={nameOf(node)}>
            {nameOf(node)}
          </span>
          <span className="node-space trunc">{spaceOf(node)}</span>
        </span>
        {node.standing === 'not-in-paste' ? (
          <CircleQuestionMark className="dim" size={16} strokeWidth={1.5} aria-hidden />
        ) : null}
        {node.kind === 'group' ? (
          <ChevronRight className="dim" size={16} strokeWidth={1.5} aria-hidden />
        ) : null}
      </button>
      {node.kind === 'virtual-service' && lit !== undefined ? <Rail rows={rows} lit={lit.rows} /> : null}
      {rows.map((row) => (
        <RowView
          key={row.id}
          row={row}
          node={node}
          light={lit?.rows.get(row.id)}
          selected={selected === row.id}
          onSelect={() => onSelect(row)}
        />
      ))}
      <Grabs node={node} row={over} />
      {children}
    </section>
  );
}

/** A node's name, as it stands in its head. */
export function nameOf(node: GraphNode): string {
  if (node.kind !== 'group') return node.name;
  return node.of === 'destination' ? `${node.count} services` : `${node.count} virtual services`;
}

function spaceOf(node: GraphNode): string {
  switch (node.kind) {
    case 'mesh':
      return 'calls between workloads';
    case 'group':
      return node.of === 'destination' ? 'other destinations' : `namespace ${node.namespace}`;
    case 'destination':
      return node.namespace === '' ? (node.source === 'nothing' ? 'host' : 'service entry') : node.namespace;
    default:
      return node.namespace;
  }
}

function labelOf(node: GraphNode): string {
  const kind = {
    gateway: 'Gateway',
    mesh: 'Mesh',
    'virtual-service': 'Virtual service',
    destination: 'Destination',
    group: 'Group',
  }[node.kind];
  return `${kind} ${nameOf(node)}, ${spaceOf(node)}`;
}

interface RailProps {
  readonly rows: readonly GraphRow[];
  readonly lit: ReadonlyMap<string, RowLight>;
}

/** The line of this call down the rules that it was tried on, to the one that took it. */
function Rail({ rows, lit }: RailProps) {
  let top = HEAD_HEIGHT;
  let end: number | undefined;
  for (const row of rows) {
    const light = lit.get(row.id)?.kind;
    if (light === 'taken' || light === 'stopped' || light === 'passed') end = top + rowHeight(row.kind) / 2;
    if (light === 'taken') break;
    top += rowHeight(row.kind);
  }
  return end === undefined ? null : <span className="rail" style={{ height: end - 33 }} aria-hidden />;
}

interface RowViewProps {
  readonly row: GraphRow;
  readonly node: GraphNode;
  readonly light: RowLight | undefined;
  readonly selected: boolean;
  readonly onSelect: () => void;
}

function RowView({ row, node, light, selected, onSelect }: RowViewProps) {
  const names = [
    'row',
    `row-${row.kind}`,
    // A row that is dragged does not drag the canvas.
    (row.kind === 'server' || row.kind === 'rule') && 'nopan',
    light !== undefined && `lit-${light.kind}`,
    selected && 'is-selected',
  ];
  const lost = 'lost' in row && row.lost !== undefined;
  if (lost) names.push('lost');
  if (row.kind === 'port' && row.standing !== 'exists') names.push(`port-${row.standing}`);
  const at = 'at' in row ? (row.at ?? node.at) : node.at;
  const [outlined] = row.kind === 'rule' ? [ruleLines(row).join(' or ')] : [undefined];
  return (
    <button
      type="button"
      className={names.filter(Boolean).join(' ')}
      style={{ height: rowHeight(row.kind) }}
      aria-pressed={selected}
      title={outlined}
      data-row={row.id}
      onClick={onSelect}
      onContextMenu={(event) => menuFor(at, event, onSelect)}
      {...(row.kind === 'server' || row.kind === 'rule' ? rowDrag(row.at) : {})}
    >
      <RowInside row={row} node={node} light={light} />
    </button>
  );
}

function RowInside({ row, node, light }: Pick<RowViewProps, 'row' | 'node' | 'light'>) {
  switch (row.kind) {
    case 'server':
      return <Server row={row} light={light} />;
    case 'rule':
      return <Rule row={row} light={light} told={node.rows.some((each) => each.kind === 'reason')} />;
    case 'rest':
      return <Rest row={row} light={light} />;
    case 'port':
      return <Port row={row} light={light} />;
    case 'reason':
      return <Reason row={row} />;
    case 'summary':
      return <span className="row-sub">{node.kind === 'group' ? `${node.rules} rules` : ''}</span>;
  }
}

function Server({ row, light }: { readonly row: ServerRow; readonly light: RowLight | undefined }) {
  const { speaks, says } = serverWords(row);
  return (
    <>
      <span className="row-words">
        <span className="row-value trunc" title={`${row.port} ${speaks}`}>
          :{row.port} <span className="row-sub">{speaks}</span>
        </span>
        <span className="row-sub trunc" title={row.hosts.join(', ')}>
          {says}
        </span>
      </span>
      {row.lost !== undefined ? (
        <OctagonX className="fail" size={14} strokeWidth={1.5} aria-hidden />
      ) : row.httpsRedirect ? (
        <CornerUpRight className="move" size={14} strokeWidth={1.5} aria-hidden />
      ) : row.mode !== undefined && row.mode !== 'PASSTHROUGH' && row.mode !== 'AUTO_PASSTHROUGH' ? (
        <Lock className={light === undefined ? 'dim' : 'acc'} size={14} strokeWidth={1.5} aria-hidden />
      ) : null}
    </>
  );
}

interface RuleProps {
  readonly row: RuleRow;
  readonly light: RowLight | undefined;
  /** The node says at its foot why all of it is left out. */
  readonly told: boolean;
}

function Rule({ row, light, told }: RuleProps) {
  const { what, value } = ruleWords(row);
  const mark =
    light?.kind === 'taken'
      ? 'num on'
      : light?.kind === 'passed'
        ? 'num pass'
        : light?.kind === 'stopped'
          ? 'num stop'
          : 'num';
  return (
    <>
      <span className={mark}>{row.index + 1}</span>
      <span className="row-words">
        <span className="row-sub trunc">{what}</span>
        <span className="row-value trunc">{value}</span>
      </span>
      <RuleWhy row={row} light={light} told={told} />
    </>
  );
}

function RuleWhy({ row, light, told }: RuleProps) {
  switch (light?.kind) {
    case 'taken':
      return <b className="why acc">taken</b>;
    case 'passed':
      return <span className="why">{passedWords(light.because)}</span>;
    case 'stopped':
      return (
        <b className="why fail">
          <OctagonX size={14} strokeWidth={1.5} aria-hidden /> stops here
        </b>
      );
    default:
      if (row.lost !== undefined && !told) return <span className="why">{lossWords(row.lost)}</span>;
      if (row.does.kind === 'redirect')
        return <CornerUpRight className="move" size={14} strokeWidth={1.5} aria-label="redirects" />;
      if (row.does.kind === 'direct-response') return <span className="why">answers {row.does.status}</span>;
      return null;
  }
}

function Rest({ row, light }: { readonly row: RestRow; readonly light: RowLight | undefined }) {
  return (
    <>
      <span className="num end" aria-hidden />
      <span className="row-sub">
        {light?.kind === 'stopped' ? (
          <b className="fail">stops here: 404 NR</b>
        ) : row.shared ? (
          'no rule matches: the next one is asked'
        ) : (
          'no rule matches: 404 NR'
        )}
      </span>
    </>
  );
}

function Port({ row, light }: { readonly row: PortRow; readonly light: RowLight | undefined }) {
  const words = portWords(row);
  return (
    <>
      <span className="row-value">:{row.port}</span>
      {row.subset === undefined ? null : <span className="row-subset trunc">{row.subset}</span>}
      {words === '' ? <span className="grow" /> : <span className="row-sub trunc">{words}</span>}
      {light?.kind === 'end' && words === '' ? <ToneIcon tone={light.tone} size={14} /> : null}
    </>
  );
}

function Reason({ row }: { readonly row: ReasonRow }) {
  return <span className="row-sub trunc">{lossWords(row.because)}</span>;
}
