import { ChevronDown, ChevronRight, CornerUpRight, Lock, OctagonX, Plug } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Graph } from '../../src/graph/graph.ts';
import { menuFor } from '../design/menuFor.ts';
import { useLit } from '../store/derived.ts';
import { select, useSelection } from '../store/store.ts';
import { ToneIcon } from '../ui/ToneIcon.tsx';
import { KindIcon } from './KindIcon.tsx';
import { treeOf, type Branch } from './tree.ts';
import { useSelectedPart } from './useSelectedPart.ts';
import { isFound } from './ways.ts';

/** How many lines are drawn before the rest has to be asked for. */
const PAGE = 400;

interface Line {
  readonly branch: Branch;
  readonly depth: number;
  readonly parent: string | undefined;
  readonly open: boolean | undefined;
}

/** The graph in words, for keyboard and screen reader: same selection. The way of the call starts open. */
export function TreeView({ graph, find }: { readonly graph: Graph; readonly find: string }) {
  const lit = useLit();
  const tree = useMemo(() => treeOf(graph, lit), [graph, lit]);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(none);
  const [focused, setFocused] = useState<string>();
  const [most, setMost] = useState(PAGE);
  const lines = useMemo(() => linesOf(tree, toggled), [tree, toggled]);
  const part = useSelectedPart(graph);
  const selected = part?.row ?? part?.node;
  const from = useSelection()?.from;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (from !== 'tree')
      list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [selected, from]);

  const toggle = (key: string): void =>
    setToggled((before) => {
      const after = new Set(before);
      if (!after.delete(key)) after.add(key);
      return after;
    });
  const stop = lines.some((line) => line.branch.key === focused) ? focused : lines[0]?.branch.key;
  const focus = (key: string | undefined): void => {
    if (key === undefined) return;
    setFocused(key);
    const index = lines.findIndex((line) => line.branch.key === key);
    list.current?.querySelectorAll<HTMLElement>('[role="treeitem"]')[index]?.focus();
  };
  const walk = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const at = lines.findIndex((line) => line.branch.key === stop);
    const line = lines[at];
    if (line === undefined) return;
    switch (event.key) {
      case 'ArrowDown':
        focus(lines[at + 1]?.branch.key);
        break;
      case 'ArrowUp':
        focus(lines[at - 1]?.branch.key);
        break;
      case 'Home':
        focus(lines[0]?.branch.key);
        break;
      case 'End':
        focus(lines.at(-1)?.branch.key);
        break;
      case 'ArrowRight':
        if (line.open === false) toggle(line.branch.key);
        else if (line.open === true) focus(lines[at + 1]?.branch.key);
        break;
      case 'ArrowLeft':
        if (line.open === true) toggle(line.branch.key);
        else focus(line.parent);
        break;
      case 'Enter':
      case ' ':
        choose(line.branch);
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  return (
    <div
      className="tree"
      role="tree"
      aria-label="The configuration"
      tabIndex={-1}
      ref={list}
      onKeyDown={walk}
    >
      {lines.slice(0, most).map(({ branch, depth, open }) => (
        <div
          key={branch.key}
          role="treeitem"
          aria-level={depth + 1}
          aria-expanded={open}
          aria-selected={branch.row === undefined ? selected === branch.node.id : selected === branch.row.id}
          tabIndex={branch.key === stop ? 0 : -1}
          className={isFound(branch.node, find) ? 'line' : 'line dimmed'}
          style={{ paddingLeft: 14 + depth * 21 }}
          onClick={() => {
            setFocused(branch.key);
            choose(branch);
          }}
          onKeyDown={undefined}
          onContextMenu={(event) => menuFor(branch.at, event, () => choose(branch))}
        >
          <span
            className="line-twist"
            aria-hidden
            onClick={(event) => {
              event.stopPropagation();
              if (open !== undefined) toggle(branch.key);
            }}
          >
            {open === undefined ? null : open ? (
              <ChevronDown size={14} strokeWidth={1.5} />
            ) : (
              <ChevronRight size={14} strokeWidth={1.5} />
            )}
          </span>
          <LineIcon branch={branch} />
          <span
            className={
              branch.row === undefined ? 'line-name' : branch.row.kind === 'server' ? 'mono' : 'line-part'
            }
          >
            {branch.name}
          </span>
          <span
            className={
              branch.row === undefined || branch.row.kind === 'server' ? 'line-sub trunc' : 'mono trunc'
            }
          >
            {branch.detail}
          </span>
          <span className={`line-says ${branch.tone ?? 'calm'}`}>{branch.says}</span>
        </div>
      ))}
      {lines.length > most ? (
        <button type="button" className="btn btn-quiet" onClick={() => setMost(most + PAGE)}>
          {lines.length - most} more lines
        </button>
      ) : null}
    </div>
  );
}

const none: ReadonlySet<string> = new Set();

function choose({ at }: Branch): void {
  if (at !== undefined) select(at, 'tree');
}

/** The lines that can be seen: what is on the path, and the first level, start open. */
function linesOf(tree: readonly Branch[], toggled: ReadonlySet<string>): readonly Line[] {
  const lines: Line[] = [];
  const add = (branch: Branch, depth: number, parent: string | undefined): void => {
    const starts = depth === 0 || branch.onPath;
    const open = branch.children.length === 0 ? undefined : toggled.has(branch.key) !== starts;
    lines.push({ branch, depth, parent, open });
    if (open === true) for (const child of branch.children) add(child, depth + 1, branch.key);
  };
  for (const branch of tree) add(branch, 0, undefined);
  return lines;
}

function LineIcon({ branch }: { readonly branch: Branch }) {
  const { row, node, tone, number } = branch;
  if (number !== undefined) {
    return <span className={tone === 'call' ? 'num on' : 'num'}>{number}</span>;
  }
  if (row?.kind === 'server') {
    if (row.lost !== undefined) return <OctagonX className="fail" size={16} strokeWidth={1.5} aria-hidden />;
    if (row.httpsRedirect) return <CornerUpRight className="move" size={16} strokeWidth={1.5} aria-hidden />;
    if (row.mode !== undefined)
      return <Lock className={branch.onPath ? 'acc' : 'dim'} size={16} strokeWidth={1.5} aria-hidden />;
    return <Plug className={branch.onPath ? 'acc' : 'dim'} size={16} strokeWidth={1.5} aria-hidden />;
  }
  if (row?.kind === 'port' && tone !== undefined && tone !== 'call' && tone !== 'calm')
    return <ToneIcon tone={tone} />;
  return (
    <span className={branch.onPath ? 'line-kind acc' : 'line-kind dim'}>
      <KindIcon node={node} />
    </span>
  );
}
