import { useMemo } from 'react';
import { portRowId, targetOf } from '../../src/graph/destinations.ts';
import type { EdgeEnd, Graph } from '../../src/graph/graph.ts';
import { placesOf } from '../../src/graph/placeOf.ts';
import { liesIn } from '../../src/manifest/refKey.ts';
import type { SourceRef } from '../../src/manifest/source.ts';
import type { Trace } from '../../src/simulate/trace.ts';
import { useTrace } from '../store/derived.ts';
import { useSelection } from '../store/store.ts';

/** The part of the graph that stands for the selection. */
export function useSelectedPart(graph: Graph): EdgeEnd | undefined {
  const place = useSelection()?.ref;
  const trace = useTrace();
  return useMemo(() => selectedPart(graph, place, trace), [graph, place, trace]);
}

/**
 * A destination of a rule that the call takes is the port that it leads to, which is where one looks for it; all else is the row or node that holds
 * the place.
 */
function selectedPart(
  graph: Graph,
  place: SourceRef | undefined,
  trace: Trace | undefined,
): EdgeEnd | undefined {
  if (place === undefined) return undefined;
  const taken =
    place.path.includes('route') || place.path.includes('mirror') || place.path.includes('mirrors');
  const drawn = !taken
    ? undefined
    : trace?.outcome.find(({ destination }) => destination?.at.some((at) => liesIn(place, at)) === true);
  const target = drawn?.destination === undefined ? undefined : targetOf(drawn.destination.name);
  if (target !== undefined) {
    const row = portRowId(target);
    const node = graph.nodes.find((each) => each.rows.some((own) => own.id === row));
    if (node !== undefined) return { node: node.id, row };
  }
  return placesOf(graph)(place);
}
