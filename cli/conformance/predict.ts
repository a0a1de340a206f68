import type { Branch, End, Step, Trace } from '../../src/simulate/trace.ts';

/** What a trace says in the words of the recordings: what holds for every draw, and a result for each. */
export interface Prediction {
  readonly common: Readonly<Record<string, unknown>>;
  readonly results: readonly Result[];
}

export interface Result {
  /** The cluster that is drawn; absent where nothing is drawn. */
  readonly cluster?: { readonly name: string; readonly weight: number; readonly exists: boolean };
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Puts a trace into the fields of an expectation. */
export function predict(trace: Trace): Prediction {
  const results = trace.outcome.map((branch) => resultOf(branch, trace.steps));
  return { common: commonFields(trace.steps), results };
}

function commonFields(steps: readonly Step[]): Readonly<Record<string, unknown>> {
  const fields: Record<string, unknown> = {};
  for (const step of steps) {
    if (step.kind === 'listener' && step.taken) fields['listener'] = step.taken.name;
    if (step.kind === 'filter-chain' && step.taken) {
      const { terminatesTls, serverNames, applicationProtocols, prefixRanges } = step.taken;
      const lists = { serverNames, applicationProtocols, prefixRanges };
      const chain: Record<string, unknown> = { terminatesTls };
      for (const [name, list] of Object.entries(lists)) if (list.length > 0) chain[name] = list;
      fields['filterChain'] = chain;
    }
    if (step.kind === 'virtual-host' && step.taken) {
      fields['routeConfig'] = step.taken.routeConfig;
      fields['virtualHost'] = step.taken.name;
    }
    if (step.kind === 'route') {
      if (!step.taken) {
        delete fields['routeConfig'];
        delete fields['virtualHost'];
      } else {
        const { index, routeName: name, virtualService } = step.taken;
        fields['route'] = { index, name, ...(virtualService !== undefined && { virtualService }) };
      }
    }
    if (step.kind === 'https-redirect') {
      delete fields['routeConfig'];
      delete fields['virtualHost'];
    }
  }
  const clusters = steps.find((step) => step.kind === 'cluster');
  if (clusters) {
    fields['clusters'] = clusters.clusters.map(({ name, weight, exists }) => ({ name, weight, exists }));
    if (!('route' in fields)) {
      const ofChain = clusters.clusters.map(({ name, weight }) => ({ name, weight }));
      fields['filterChain'] = { ...(fields['filterChain'] as object), clusters: ofChain };
    }
  }
  return fields;
}

function resultOf({ destination, end }: Branch, steps: readonly Step[]): Result {
  const fields = endFields(end, steps);
  if (!destination) return { fields };
  const { name, weight, exists } = destination;
  return { cluster: { name, weight, exists }, fields };
}

function endFields(end: End, steps: readonly Step[]): Readonly<Record<string, unknown>> {
  switch (end.kind) {
    case 'closed':
      return closedFields(end, steps);
    case 'tcp':
      return { outcome: end.passthrough ? 'passthrough' : 'tcp' };
    default: {
      const { flags, body, responseHeaders, ...answer } = end.answer;
      const location = end.answer.location ?? responseHeaders.find(([name]) => name === 'location')?.[1];
      const isDirect = end.kind === 'responded' && end.by === 'direct-response';
      return {
        outcome: 'http',
        ...answer,
        ...(flags !== undefined && { flags }),
        ...(location !== undefined && { location }),
        ...(isDirect && body !== undefined && { body }),
        responseHeaders: responseHeaders.filter(([name]) =>
          /^(?:x-set|x-add|access-control-|grpc-)/.test(name),
        ),
        ...(end.kind === 'forwarded' && { upstream: end.upstream }),
      };
    }
  }
}

function closedFields(
  end: End & { readonly kind: 'closed' },
  steps: readonly Step[],
): Readonly<Record<string, unknown>> {
  if (end.because === 'malformed') {
    return { outcome: 'http', protocol: 'h2', flags: end.flags, details: end.details };
  }
  // A TCP proxy whose cluster does not exist is still a TCP proxy.
  const opaque = steps.some((step) => step.kind === 'cluster');
  const outcome = end.because === 'no-cluster' && opaque ? 'tcp' : end.because;
  // A connection that is closed before the bytes go on is said to go nowhere.
  const goesOn = end.because === 'no-cluster' || end.because === 'blackhole';
  return {
    outcome,
    ...(end.flags !== undefined && { flags: end.flags }),
    ...(!goesOn && { clusters: undefined }),
  };
}
