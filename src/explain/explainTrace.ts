import type { Proxy } from '../compile/compiled.ts';
import type { Graph } from '../graph/graph.ts';
import type { ObjectRef, SourceRef } from '../manifest/source.ts';
import type { Step, Trace } from '../simulate/trace.ts';
import { tellFilterChain, tellListener, tellResolve, tellServicePort } from './connectionSteps.ts';
import { tellCodec, tellPath, tellTls } from './tlsSteps.ts';
import { notSimulatedSays } from './notSimulated.ts';
import { outsideThePaste } from './outsideThePaste.ts';
import { tellOutcome } from './outcome.ts';
import { code, count, list, phrase, say, type Phrase } from './phrase.ts';
import { tellRoute } from './routeSteps.ts';
import { tellHttpsRedirect, tellVirtualHost } from './virtualHostSteps.ts';
import { tellCluster } from './clusterStep.ts';
import { tellCors, tellFault, tellHeaders, tellMirror, tellPolicy, tellRewrite } from './waySteps.ts';
import type { ToldLimit, ToldOutcome, ToldStep, ToldTrace } from './told.ts';
import { plainStep } from './toldStep.ts';

export interface TellingOptions {
  /** The paste is everything: what it does not hold does not exist. */
  readonly closed: boolean;
  readonly workloads: readonly Proxy[];
  readonly graph?: Graph;
  /** What of the paste takes no part, since it cannot be read or Istio refuses it. */
  readonly leftOut?: LeftOut;
}

export interface LeftOut {
  readonly unreadable: number;
  readonly refused: readonly ObjectRef[];
}

/** A whole trace in English: outcome, decisions with what they passed over, and what stands in the way of a sure answer. */
export function explainTrace(trace: Trace, options: TellingOptions): ToldTrace {
  const told = trace.steps.flatMap((step) => tellStep(step, trace, options) ?? []);
  const outcome = outsideThePaste(trace, options) ?? tellOutcome(trace, options.closed);
  return {
    outcome,
    steps: withEnd(told, trace, outcome),
    limits: [...assumptions(trace, options), ...lacks(options), ...limitsOf(trace)],
  };
}

function tellStep(step: Step, trace: Trace, { closed, graph }: TellingOptions): ToldStep | undefined {
  switch (step.kind) {
    case 'service-port':
      return tellServicePort(step);
    case 'resolve':
      return tellResolve(step);
    case 'listener':
      return tellListener(step, listenedPort(trace), graph);
    case 'filter-chain':
      return tellFilterChain(step, trace.call);
    case 'tls':
      return tellTls(step);
    case 'codec':
      return tellCodec(step);
    case 'path':
      return tellPath(step);
    case 'virtual-host':
      return tellVirtualHost(step, trace.call);
    case 'https-redirect':
      return tellHttpsRedirect(step);
    case 'route':
      return tellRoute(step, trace.call);
    case 'fault':
      return tellFault(step);
    case 'cors':
      return tellCors(step);
    case 'cluster':
      return tellCluster(step, trace.outcome, closed);
    case 'rewrite':
      return tellRewrite(step);
    case 'headers':
      return tellHeaders(step);
    case 'mirror':
      return tellMirror(step);
    case 'policy':
      return tellPolicy(step);
  }
}

/** The pod's port: the dialled one, unless a Service leads it elsewhere. */
function listenedPort(trace: Trace): number {
  const translated = trace.steps.find((step) => step.kind === 'service-port');
  return translated?.targetPort ?? trace.call.port;
}

// ── Where the call ended before it came to a cluster ─────────────────────────────────────────────────────────────────

const LATER = ['filter-chain', 'route', 'cluster'] as const;
const LATER_NAMES: Readonly<Record<(typeof LATER)[number], string>> = {
  'filter-chain': 'filter chain',
  route: 'route',
  cluster: 'cluster',
};

/** Says at the end which decisions were never asked. */
function withEnd(told: readonly ToldStep[], trace: Trace, outcome: ToldOutcome): readonly ToldStep[] {
  const kinds = new Set(trace.steps.map((step) => step.kind));
  const answered = trace.outcome.some(({ end }) => end.kind === 'responded' || end.kind === 'tcp');
  const missing = LATER.filter((kind) => !kinds.has(kind));
  if (missing.length === 0 || answered || kinds.has('cluster') || trace.outcome.length === 0) return told;
  const redirected = outcome.tone === 'move';
  if (redirected && kinds.has('route')) return told;
  const names = missing.map((kind) => LATER_NAMES[kind]).join(', ');
  const title = names.charAt(0).toUpperCase() + names.slice(1);
  const says = redirected
    ? phrase('Not needed.')
    : phrase(
        kinds.has('virtual-host')
          ? 'Never asked: Envoy answered above.'
          : 'Never asked: the connection ended above.',
      );
  return [...told, { ...plainStep('not-asked', title, '', [], { says }), state: 'skipped' }];
}

// ── What the paste does not hold, and what is not simulated ──────────────────────────────────────────────────────────

/** Gateway pods that no manifest has are taken to run. */
function assumptions(trace: Trace, { closed, workloads }: TellingOptions): readonly ToldLimit[] {
  const workload = workloads.find((each) => each.id === trace.workload);
  if (closed || workload === undefined || !workload.assumed) return [];
  const labels = Object.entries(workload.labels).map(([key, value]) => `${key}=${value}`);
  const says: Phrase =
    labels.length === 0
      ? phrase('Taken for granted: a gateway pod runs. The paste holds none.')
      : say`Taken for granted: a gateway pod with ${list(labels, 'and', 3)} runs in ${code(workload.namespace)}. The paste holds none.`;
  return [{ says, at: workload.origin }];
}

/** An answer that hangs on a document that is not there looks sure, and is not. */
function lacks({ leftOut }: TellingOptions): readonly ToldLimit[] {
  if (leftOut === undefined) return [];
  const { unreadable, refused } = leftOut;
  const limits: ToldLimit[] = [];
  if (unreadable > 0)
    limits.push({ says: phrase(`Left out: ${count(unreadable, 'document')} that cannot be read.`), at: [] });
  const [first] = refused;
  if (first !== undefined) {
    const others = refused.length === 1 ? '' : ` and ${count(refused.length - 1, 'other object')}`;
    const name = code(`${first.namespace}/${first.name}`);
    const says = phrase(`Left out: ${first.kind} `, name, `${others}, which Istio refuses.`);
    limits.push({ says, at: refused.map((object) => ({ object, path: [] })) });
  }
  return limits;
}

function limitsOf(trace: Trace): readonly ToldLimit[] {
  const seen = new Map<string, SourceRef[]>();
  for (const { what, at } of trace.notSimulated) seen.set(what, [...(seen.get(what) ?? []), ...at]);
  return [...seen].map(([what, at]) => ({ says: notSimulatedSays(what, at), at }));
}
