import type { Call } from '../simulate/call.ts';
import type { Step } from '../simulate/trace.ts';
import { compareNames } from './compareText.ts';
import { placePhrase } from './names.ts';
import { code, phrase, say, type Phrase } from './phrase.ts';
import type { Candidate, ToldStep } from './told.ts';
import { plainStep } from './toldStep.ts';

type StepOf<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>;

export function tellVirtualHost(step: StepOf<'virtual-host'>, call: Call): ToldStep {
  const candidates = step.passedOver.map((each): Candidate => {
    const rules = each.at.filter(({ object }) => object.kind === 'VirtualService');
    const says = placePhrase(rules) ?? [code(each.name)];
    const base = { mark: 'none', says, at: each.at, open: false, envoy: each.name } as const;
    return each.because.kind === 'host-differs'
      ? {
          ...base,
          verdict: { words: 'other hosts', tone: 'calm' },
          compared: compareNames(each.because.wants, each.because.got, 'no host'),
        }
      : { ...base, verdict: { words: `less specific than ${each.because.than}`, tone: 'calm' } };
  });
  const authority = call.http?.authority ?? '';
  const { taken } = step;
  if (taken === undefined) {
    const [nearest, ...rest] = candidates;
    return {
      ...plainStep(
        step.kind,
        'Virtual host',
        `none of ${candidates.length + step.others}`,
        nearest?.at ?? [],
        {
          says: say`The host ${authority === '' ? '""' : authority} has no rule on this port.`,
          folded: rest,
          others: step.others,
          more: 'more hosts',
        },
      ),
      candidates: nearest === undefined ? [] : [{ ...nearest, open: true }],
      state: 'stopped',
    };
  }
  return plainStep(step.kind, 'Virtual host', taken.name, taken.at, {
    says: virtualHostSays(taken, authority),
    folded: candidates,
    others: step.others,
    more: 'passed over',
  });
}

/** How Istio names the virtual host of a port whose servers no VirtualService is bound to. */
const nobodyHere = 'blackhole:';

function virtualHostSays(taken: NonNullable<StepOf<'virtual-host'>['taken']>, authority: string): Phrase {
  const { domain, domains, name } = taken;
  if (name.startsWith(nobodyHere)) return phrase('No VirtualService is bound here: this one holds no rules.');
  if (domain === '*') return say`Takes any host, ${authority === '' ? '""' : authority} too.`;
  if (domain.startsWith('*') || domain.endsWith('*')) return say`${authority} falls under ${domain}.`;
  const first = name.replace(/:\d+$/, '');
  if (first === domain.replace(/:\d+$/, '')) return say`Is for the host ${domain}.`;
  return domains.length > 1 ? say`Holds ${domain} too; named after its first host.` : say`Holds ${domain}.`;
}

export function tellHttpsRedirect(step: StepOf<'https-redirect'>): ToldStep {
  return {
    ...plainStep(step.kind, 'Redirect to https', 'require_tls: ALL', step.at, {
      says: say`The server sets ${'httpsRedirect'}, so no rule is read.`,
    }),
    state: 'moved',
  };
}
