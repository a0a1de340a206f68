import { useState, type PointerEvent } from 'react';
import type { GraphNode, GraphRow } from '../../src/graph/graph.ts';
import { HEAD_HEIGHT, rowMiddle } from '../../src/graph/sizes.ts';
import { Grab } from '../design/Grab.tsx';

interface GrabsProps {
  readonly node: GraphNode;
  /** The row that the pointer is on, or `head`; absent: none. */
  readonly row: string | undefined;
}

/** Where lines can be drawn from: the heads and rows of gateways and virtual services, while the pointer is on them. */
export function Grabs({ node, row }: GrabsProps) {
  if (node.at === undefined || (node.kind !== 'gateway' && node.kind !== 'virtual-service')) return null;
  const found = (node.rows as readonly GraphRow[]).find((each) => each.id === row);
  const at = found?.kind === 'server' || found?.kind === 'rule' ? found.at : undefined;
  if (at !== undefined) return <Grab key={row} from={at} top={rowMiddle(node, row)} />;
  return row === 'head' ? <Grab from={node.at} top={HEAD_HEIGHT / 2} /> : null;
}

interface Pointing {
  readonly onPointerOver: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerLeave: () => void;
}

/** The row of a node that the pointer is on, and the listeners that find it out. */
export function usePointedRow(): readonly [string | undefined, Pointing] {
  const [row, setRow] = useState<string>();
  return [
    row,
    {
      onPointerOver: ({ target, buttons }) => {
        if (!(target instanceof Element) || buttons !== 0 || target.closest('.grab') !== null) return;
        setRow(target.closest('[data-row]')?.getAttribute('data-row') ?? 'head');
      },
      onPointerLeave: () => setRow(undefined),
    },
  ];
}
