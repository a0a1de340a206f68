import { explainTrace } from '../../src/explain/explainTrace.ts';
import type { ToldOutcome } from '../../src/explain/told.ts';
import type { Report } from '../../src/analyse.ts';
import type { Level } from '../../src/diagnose/diagnostic.ts';
import { useReport, useSettings } from '../store/store.ts';
import { ToneIcon } from '../ui/ToneIcon.tsx';
import type { Tried } from './useTried.ts';

/** What becomes of the current request, and of the problems, once the edit has landed. */
export function Outlook({ tried }: { readonly tried: Tried }) {
  const now = useReport().report;
  const { closed } = useSettings();
  if (tried.report === undefined) return <p className="dim">Asking the engine…</p>;
  const before = outcomeOf(now, closed);
  const after = outcomeOf(tried.report, closed);
  if (after === undefined) return null;
  const same = before?.headline === after.headline;
  return (
    <div className="outlook">
      {same || before === undefined ? null : (
        <p className="tried-line dim">
          <ToneIcon tone={before.tone} />
          <span>
            Before: <s>{before.headline}</s>
          </span>
        </p>
      )}
      <p className="tried-line">
        <ToneIcon tone={after.tone} />
        <span>
          {same ? 'The current request ends as before: ' : 'Then: '}
          <b>{after.headline}</b>
        </span>
      </p>
      <Problems before={now} after={tried.report} />
    </div>
  );
}

function outcomeOf(report: Report | undefined, closed: boolean): ToldOutcome | undefined {
  const trace = report?.traces[0];
  if (report === undefined || trace === undefined) return undefined;
  return explainTrace(trace, { closed, workloads: report.workloads, graph: report.graph }).outcome;
}

const levels: readonly (readonly [Level, string])[] = [
  ['fail', 'will fail'],
  ['surprise', 'will surprise'],
];

function Problems({ before, after }: { readonly before: Report | undefined; readonly after: Report }) {
  const changes = levels.flatMap(([level, words]) => {
    const was = count(before, level);
    const is = count(after, level);
    return was === is ? [] : [`${is} ${words}, ${was} before`];
  });
  return changes.length === 0 ? null : <p className="tried-line dim">Problems: {changes.join('; ')}</p>;
}

function count(report: Report | undefined, level: Level): number {
  return report?.diagnostics.filter((each) => each.level === level).length ?? 0;
}
