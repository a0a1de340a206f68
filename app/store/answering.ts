import type { AnalyseInput, Report } from '../../src/analyse.ts';
import type { Trace } from '../../src/simulate/trace.ts';
import type { Call } from '../../src/simulate/call.ts';
import { answer, fail, say, setCall, unsay, useStore } from './store.ts';
import type { Failure } from './state.ts';

/** Longest time for one answer; a worker that needs more is restarted. */
export const limitSeconds = 20;

/** The engine, wherever it runs. Rejects with a `Failure`. */
export type Analyse = (input: AnalyseInput) => Promise<Report>;

/**
 * Keeps the answer up to date with what stands on the page: one question at a time, then the newest, whatever came between. Returns how to stop.
 */
export function keepAnswering(analyse: Analyse): () => void {
  let busy = false;
  let asked = -1;

  const ask = async () => {
    const { question, work, textVersion } = useStore.getState();
    if (busy || asked === question) return;
    busy = true;
    asked = question;
    try {
      const report = await analyse({
        sources: [{ name: work.name, text: work.text }],
        calls: [work.call],
        defaultNamespace: work.settings.defaultNamespace,
      });
      answer({ report, text: work.text, call: work.call, textVersion, question });
      offerCall(report, question);
    } catch (error) {
      fail(question, error as Failure);
    } finally {
      busy = false;
    }
    void ask();
  };

  void ask();
  return useStore.subscribe((state, before) => {
    if (state.question !== before.question) void ask();
  });
}

/**
 * After the whole text was replaced: if the call does not meet it, one that the engine found takes its place. It is said, and can be taken
 * back by itself as well as together with the text.
 */
function offerCall(report: Report, question: number): void {
  const state = useStore.getState();
  if (!state.callUnchecked || question !== state.question) return;
  useStore.setState({ callUnchecked: false });
  const { reachable, named } = report;
  const offered = reachable ?? named;
  if (offered === undefined || meets(report.traces[0])) return;
  const before = state.work.call;
  setCall({ ...cleared(before), ...offered, id: before.id });
  const what = reachable === undefined ? 'one to what it names' : 'one that reaches its first rule';
  say(`The request met nothing in this text, so ${what} was put in.`, {
    label: 'Undo',
    run: () => {
      setCall({ ...cleared(offered), ...before });
      unsay();
    },
  });
}

/** Every field of a call as absent, so that another one can take its place whole. */
function cleared(call: Call): { [K in keyof Call]?: undefined } {
  return Object.fromEntries(Object.keys(call).map((key) => [key, undefined]));
}

/** Whether the call got as far as something that a manifest names: a virtual host, a redirect to https, or opaque bytes that went on. */
export function meets(trace: Trace | undefined): boolean {
  if (trace === undefined) return false;
  return (
    trace.steps.some(
      (step) => step.kind === 'https-redirect' || (step.kind === 'virtual-host' && step.taken !== undefined),
    ) ||
    trace.outcome.some(
      ({ end }) => end.kind === 'tcp' || (end.kind === 'closed' && end.cluster !== undefined),
    )
  );
}
