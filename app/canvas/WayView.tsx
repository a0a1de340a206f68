import { BaseEdge, EdgeLabelRenderer, type Edge, type EdgeProps } from '@xyflow/react';
import { Check, X } from 'lucide-react';
import { percent } from '../../src/explain/names.ts';
import type { Way } from './ways.ts';

interface WayData extends Record<string, unknown> {
  readonly way: Way;
}
export type WayEdge = Edge<WayData, 'way'>;

/** One line, with its share if it is a branch of the call; what leads nowhere ends in a cross. */
export function WayView({ sourceX, sourceY, targetX, targetY, data }: EdgeProps<WayEdge>) {
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
