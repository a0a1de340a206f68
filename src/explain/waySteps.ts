import type { Step } from '../simulate/trace.ts';
import { clusterPhrase, clusterWords, percent } from './names.ts';
import { code, count, list, phrase, say, type Phrase } from './phrase.ts';
import type { ToldStep } from './told.ts';
import { plainStep } from './toldStep.ts';

/* What a rule does to a request on its way: all of it shown, none of it a decision. */

type StepOf<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>;

export function tellFault(step: StepOf<'fault'>): ToldStep {
  const { delay, abort } = step;
  const parts: Phrase[] = [];
  if (delay !== undefined)
    parts.push(say`waits ${delay.fixedDelay} for ${[percent(delay.percent / 100)]} of the requests`);
  if (abort !== undefined)
    parts.push(say`answers ${[percent(abort.percent / 100)]} of the requests with ${abort.status}`);
  return plainStep(step.kind, 'Fault', 'envoy.filters.http.fault', step.at, {
    says: phrase(
      'The rule ',
      ...parts.flatMap((part, index) => (index === 0 ? [part] : [' and ', part])),
      '.',
    ),
  });
}

export function tellCors(step: StepOf<'cors'>): ToldStep {
  const { origin, allowed, preflight } = step;
  const what = preflight ? 'The preflight' : 'The origin';
  return plainStep(step.kind, 'CORS', 'envoy.filters.http.cors', step.at, {
    says: preflight
      ? allowed
        ? say`${phrase(what)} from ${origin} is allowed and answered here.`
        : say`${phrase(what)} comes from ${origin}, which is not allowed.`
      : allowed
        ? say`${phrase(what)} ${origin} is allowed; the answer gets the headers that say so.`
        : say`${phrase(what)} ${origin} is not allowed; the answer gets no headers that would let a browser read it.`,
  });
}

export function tellRewrite(step: StepOf<'rewrite'>): ToldStep {
  const { path, host } = step;
  const parts: Phrase[] = [];
  if (path !== undefined) {
    parts.push(
      path[0] === path[1]
        ? say`the path ${path[0]} stays as it is`
        : say`the path ${path[0]} becomes ${path[1]}`,
    );
  }
  if (host !== undefined) parts.push(say`the host ${host[0]} becomes ${host[1]}`);
  return plainStep(step.kind, 'Rewrite', path === undefined ? 'host_rewrite' : 'prefix_rewrite', step.at, {
    says: phrase('Upstream, ', ...parts.flatMap((part, index) => (index === 0 ? [part] : [', ', part])), '.'),
  });
}

export function tellHeaders(step: StepOf<'headers'>): ToldStep {
  const parts: Phrase[] = [];
  const pairs = (fields: readonly (readonly [string, string])[]) =>
    list(fields.map(([name, value]) => `${name}: ${value}`));
  if (step.set.length > 0) parts.push(say`sets ${pairs(step.set)}`);
  if (step.add.length > 0) parts.push(say`adds ${pairs(step.add)}`);
  if (step.remove.length > 0) parts.push(say`removes ${list(step.remove)}`);
  return plainStep(step.kind, step.on === 'request' ? 'Request headers' : 'Response headers', '', step.at, {
    says: phrase('The rule ', ...parts.flatMap((part, index) => (index === 0 ? [part] : [', ', part])), '.'),
  });
}

export function tellMirror(step: StepOf<'mirror'>): ToldStep {
  const { cluster, percent: share } = step;
  const much = share >= 100 ? 'A copy of every request' : `A copy of ${percent(share / 100)} of the requests`;
  return plainStep(step.kind, 'Mirror', cluster.name, cluster.at, {
    says: cluster.exists
      ? phrase(`${much} goes to `, clusterPhrase(cluster.name), '; its answer is thrown away.')
      : phrase(
          `${much} would go to `,
          code(clusterWords(cluster.name)),
          ', which does not exist; the request itself is not harmed.',
        ),
  });
}

export function tellPolicy(step: StepOf<'policy'>): ToldStep {
  const { timeout, retries } = step;
  const parts: Phrase[] = [];
  if (timeout !== undefined) parts.push(say`gives up after ${timeout}`);
  if (retries !== undefined) {
    parts.push(
      retries.attempts === 0
        ? phrase('never retries')
        : say`retries ${[count(retries.attempts, 'time')]} on ${retries.retryOn}${retries.perTryTimeout === undefined ? '' : say`, each try for ${retries.perTryTimeout}`}`,
    );
  }
  return plainStep(step.kind, 'Timeout and retries', '', step.at, {
    says: phrase(
      'The rule ',
      ...parts.flatMap((part, index) => (index === 0 ? [part] : [', ', part])),
      '. Shown, not simulated.',
    ),
  });
}
