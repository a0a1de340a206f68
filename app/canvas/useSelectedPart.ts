import { useMemo } from 'react';
import type { EdgeEnd, Graph } from '../../src/graph/graph.ts';
import { placesOf } from '../../src/graph/placeOf.ts';
import { liesIn } from '../../src/graph/refKey.ts';
import { portRowId, targetOf } from '../../src/graph/destinations.ts';
import { useTrace } from '../store/derived.ts';
import { useSelection } from '../store/store.ts';

/**
 * The part of the graph that stands for the selection. A destination of a rule that the call takes is the port that it leads to, which is where one
 * looks for it; all else is the row or node that holds the place.
 */
export function useSelectedPart(graph: Graph): EdgeEnd | undefined {
  const place = useSelection()?.ref;
  const trace = useTrace();
  return useMemo(() => {
    if (place === undefined) return undefined;
    const inRoute = place.path.some((step) => step === 'route' || step === 'mirror' || step === 'mirrors');
    if (inRoute && trace !== undefined) {
      for (const { destination } of trace.outcome) {
        if (destination === undefined || !destination.at.some((at) => liesIn(place, at))) continue;
        const target = targetOf(destination.name);
        const row = target === undefined ? undefined : portRowId(target);
        const node = graph.nodes.find((each) => each.rows.some((own) => own.id === row));
        if (node !== undefined && row !== undefined) return { node: node.id, row };
      }
    }
    return placesOf(graph)(place);
  }, [graph, place, trace]);
}
