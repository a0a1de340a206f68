import { useMemo } from 'react';
import type { ObjectReport } from '../../src/analyse.ts';
import { explainTrace, type LeftOut } from '../../src/explain/explainTrace.ts';
import type { ToldTrace } from '../../src/explain/told.ts';
import { litPath, type LitPath } from '../../src/graph/litPath.ts';
import { liesIn } from '../../src/manifest/refKey.ts';
import type { SourceRef } from '../../src/manifest/source.ts';
import type { Trace } from '../../src/simulate/trace.ts';
import { useReport, useSelection, useSettings } from './store.ts';

/** What happens to the request on the page, as facts. */
export function useTrace(): Trace | undefined {
  return useReport().report?.traces[0];
}

/** The same in English. */
export function useTold(): ToldTrace | undefined {
  const { report } = useReport();
  const { closed } = useSettings();
  return useMemo(() => {
    const trace = report?.traces[0];
    if (report === undefined || trace === undefined) return undefined;
    const { workloads, graph, objects } = report;
    return explainTrace(trace, { closed, workloads, graph, leftOut: leftOutOf(objects) });
  }, [report, closed]);
}

function leftOutOf(objects: readonly ObjectReport[]): LeftOut {
  return {
    unreadable: objects.filter(({ status }) => status === 'unreadable').length,
    refused: objects.flatMap(({ status, ref }) => (status === 'refused' && ref ? [ref] : [])),
  };
}

/** What of the graph the request lights. */
export function useLit(): LitPath | undefined {
  const { report } = useReport();
  const { closed } = useSettings();
  return useMemo(() => {
    const trace = report?.traces[0];
    return report === undefined || trace === undefined ? undefined : litPath(report.graph, trace, closed);
  }, [report, closed]);
}

/** How well each of some places fits the selection: the longest path that holds it; undefined where none does. */
export function fit(selected: SourceRef | undefined, at: readonly SourceRef[]): number | undefined {
  if (selected === undefined) return undefined;
  let best: number | undefined;
  for (const each of at) {
    if (liesIn(selected, each) && each.path.length > (best ?? -1)) best = each.path.length;
  }
  return best;
}

/** Of several lists of places, the indexes of those that hold the selection most closely. Whole objects count only where nothing closer does. */
export function useSelected(places: readonly (readonly SourceRef[])[]): ReadonlySet<number> {
  const selected = useSelection()?.ref;
  return useMemo(() => {
    const fits = places.map((at) => fit(selected, at));
    const best = Math.max(-1, ...fits.map((each) => each ?? -1));
    return new Set(fits.flatMap((each, index) => (best >= 0 && each === best ? [index] : [])));
  }, [places, selected]);
}
