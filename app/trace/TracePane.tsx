import { Copy } from 'lucide-react';
import { useMemo } from 'react';
import { commandsFor } from '../../src/explain/commands.ts';
import { traceText } from '../../src/explain/traceText.ts';
import { useTold, useTrace } from '../store/derived.ts';
import { say, useReport } from '../store/store.ts';
import { IconButton } from '../ui/Button.tsx';
import { Strip } from '../ui/Strip.tsx';
import { Commands } from './Commands.tsx';
import { OtherSideView } from './OtherSideView.tsx';
import { OutcomeView } from './OutcomeView.tsx';
import { Steps } from './Steps.tsx';
import { useStaleness } from './useStaleness.ts';
import { WhyNotView } from './WhyNotView.tsx';
import './trace.css';

/** The answer: how the request ends, the decisions that lead there, and commands that ask a cluster the same. Always on. */
export function TracePane() {
  const told = useTold();
  const trace = useTrace();
  const { report } = useReport();
  const { stale, words } = useStaleness();
  const commands = useMemo(() => {
    if (trace === undefined) return [];
    return commandsFor(
      trace,
      report?.workloads.find((each) => each.id === trace.workload),
    );
  }, [trace, report]);
  return (
    <section className="pane trace" aria-label="Trace">
      <div className="pane-head">
        <h2>Trace</h2>
        <span className="grow" />
        {told === undefined ? null : (
          <IconButton label="Copy the trace as text" small onClick={() => void copy(traceText(told))}>
            <Copy size={14} strokeWidth={1.5} />
          </IconButton>
        )}
      </div>
      {words === undefined ? null : <Strip level="calm">{words}</Strip>}
      {told === undefined ? (
        <p className="trace-empty soft">
          {report === undefined ? 'Reading…' : 'There is no request to follow.'}
        </p>
      ) : (
        <div className="trace-body" data-stale={stale}>
          <OutcomeView outcome={told.outcome} />
          <Steps steps={told.steps} />
          <WhyNotView />
          <OtherSideView />
          <Commands commands={commands} limits={told.limits} />
        </div>
      )}
    </section>
  );
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say('The trace is on the clipboard.');
  } catch {
    say('The browser did not let the page write to the clipboard.');
  }
}
