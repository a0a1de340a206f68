import type { Graph } from '../graph/graph.ts';
import type { Call } from '../simulate/call.ts';
import type {
  FilterChainMismatch,
  FilterChainTaken,
  ListenerMismatch,
  Named,
  NotOpened,
  Step,
} from '../simulate/trace.ts';
import { compareNames, compareValues } from './compareText.ts';
import { placePhrase } from './names.ts';
import { code, count, list, phrase, say, type Phrase } from './phrase.ts';
import { plainStep } from './toldStep.ts';
import type { Candidate, Compared, ToldStep } from './told.ts';

type StepOf<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>;

export function tellServicePort(step: StepOf<'service-port'>): ToldStep {
  const { service, port, targetPort } = step;
  return plainStep(step.kind, 'Service', `${port} → ${targetPort}`, service.at, {
    says:
      port === targetPort
        ? say`${service.name} leads port ${port} to the same port of the pod.`
        : say`${service.name} leads its port ${port} to port ${targetPort} of the pod, where Envoy listens.`,
  });
}

export function tellResolve(step: StepOf<'resolve'>): ToldStep {
  const { host, address, by, invented } = step;
  const owner = placePhrase(by);
  const says = !invented
    ? owner === undefined
      ? say`${host} is dialled at ${address}.`
      : say`${host} is the address ${address} of ${owner}.`
    : owner === undefined
      ? say`Nothing in the paste has the name ${host}; ${address} stands for its address.`
      : say`${host} is ${owner}, without an address in the paste; ${address} stands for the one that it would get.`;
  return plainStep(step.kind, 'Name', address, by, { says });
}

// ── Listener ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export function tellListener(step: StepOf<'listener'>, port: number, graph: Graph | undefined): ToldStep {
  const candidates = step.passedOver.map((each) =>
    withRemedy(listenerCandidate(each, each.because), port, graph),
  );
  const { taken } = step;
  if (taken !== undefined) {
    return plainStep(step.kind, 'Listener', taken.name, taken.at, {
      says: listenerSays(taken, port),
      folded: candidates,
      others: step.others,
      more: 'passed over',
    });
  }
  const own = candidates.filter((_, index) => step.passedOver[index]?.because.kind !== 'port-differs');
  const elsewhere = step.passedOver.flatMap(({ because }) =>
    because.kind === 'port-differs' ? [`${because.wants}`] : [],
  );
  return {
    ...plainStep(step.kind, 'Listener', `none for ${port}`, own[0]?.at ?? [], {
      says: phrase(
        say`Nothing listens on port ${port}`,
        elsewhere.length === 0 ? '.' : say`; Envoy listens on ${list(elsewhere)}.`,
      ),
      folded: candidates.filter((_, index) => step.passedOver[index]?.because.kind === 'port-differs'),
      others: step.others,
      more: 'on other ports',
    }),
    candidates: own,
    state: 'stopped',
  };
}

/** A server that opens nothing for want of a rule: one that asks for another port is the nearest to help. */
function withRemedy(candidate: Candidate, port: number, graph: Graph | undefined): Candidate {
  if (candidate.verdict.tone !== 'fail') return candidate;
  for (const node of graph?.nodes ?? []) {
    for (const row of node.rows) {
      if (row.kind !== 'rule' || row.lost?.kind !== 'port-differs' || row.lost.port !== port) continue;
      return { ...candidate, remedy: { kind: 'match-port', at: row.lost.at, choices: [port] } };
    }
  }
  return candidate;
}

function listenerSays(taken: Named, port: number): Phrase {
  const owner = placePhrase(taken.at);
  if (taken.name === 'virtualOutbound')
    return say`No listener of its own takes port ${port}, so the one for everything else does.`;
  return owner === undefined ? say`Port ${port} is open.` : say`Port ${port} is open: ${owner}.`;
}

function listenerCandidate(named: Named, because: ListenerMismatch): Candidate {
  const owner = placePhrase(named.at) ?? [code(named.name)];
  const base = { mark: 'none', says: owner, at: named.at, open: false, envoy: named.name } as const;
  switch (because.kind) {
    case 'port-differs':
      return {
        ...base,
        verdict: { words: 'another port', tone: 'calm' },
        compared: compareValues(`port ${because.wants}`, `port ${because.got}`),
      };
    case 'address-differs':
      return {
        ...base,
        verdict: { words: 'another address', tone: 'calm' },
        compared: compareValues(
          because.wants,
          because.got === '' ? 'an address that no server binds' : because.got,
        ),
      };
    case 'not-opened':
      return {
        mark: { tone: 'fail' },
        says: owner,
        at: named.at,
        verdict: { words: 'not opened', tone: 'fail' },
        note: notOpenedSays(because.why, because.by),
        open: true,
      };
  }
}

function notOpenedSays(why: NotOpened, by: readonly Named['at'][number][]): Phrase {
  const other = placePhrase(by) ?? ['another server'];
  switch (why) {
    case 'port-conflict':
      return say`The port already belongs to ${other}, whose protocol cannot share it; Istio drops this server.`;
    case 'duplicate-tls-host':
      return say`Every host of it is taken on this port by ${other}; of two TLS servers with one host the first one counts.`;
    case 'duplicate-route-config':
      return say`Its routes would have the same name as those of ${other}; Istio keeps the first.`;
    case 'server-without-route':
      return phrase(
        'The server declares the port, but a server that reads no HTTP opens only when a TCP or TLS rule reaches it; none does.',
      );
    case 'refused-listener':
      return phrase('Istio sends this listener and Envoy refuses it, so the port stays closed.');
  }
}

// ── Filter chain ─────────────────────────────────────────────────────────────────────────────────────────────────────

export function tellFilterChain(step: StepOf<'filter-chain'>, call: Call): ToldStep {
  const candidates = step.passedOver.map((each) => chainCandidate(each, each.because));
  const { taken } = step;
  if (taken !== undefined) {
    return plainStep(step.kind, 'Filter chain', chainMargin(taken), taken.at, {
      says: chainSays(taken, call),
      folded: candidates,
      others: step.others,
      more: 'passed over',
    });
  }
  const [nearest, ...rest] = candidates;
  return {
    ...plainStep(step.kind, 'Filter chain', `none of ${candidates.length + step.others}`, nearest?.at ?? [], {
      says: noChainSays(call),
      folded: rest,
      others: step.others,
      more: 'more',
    }),
    candidates:
      nearest === undefined
        ? []
        : [{ ...nearest, open: true, verdict: { words: 'nearest miss', tone: 'calm' } }],
    state: 'stopped',
  };
}

function chainMargin(taken: FilterChainTaken): string {
  switch (taken.matched) {
    case 'exact':
    case 'wildcard':
      return 'server_names';
    case 'range':
      return 'prefix_ranges';
    case 'sniffed-http':
      return 'application_protocols';
    case 'default':
      return 'default_filter_chain';
    case 'any':
      return taken.terminatesTls ? 'any SNI' : 'no TLS';
  }
}

function chainSays(taken: FilterChainTaken, { tls, from }: Call): Phrase {
  const sni = tls?.sni ?? null;
  const { serverNames, prefixRanges } = taken;
  switch (taken.matched) {
    case 'exact':
      return serverNames.length > 1
        ? say`SNI ${sni ?? ''} is one of its ${[count(serverNames.length, 'host')]}.`
        : say`SNI ${sni ?? ''} is its host.`;
    case 'wildcard': {
      const wildcard = serverNames.find(
        (name) => name.startsWith('*') && sni?.toLowerCase().endsWith(name.slice(1).toLowerCase()),
      );
      return say`SNI ${sni ?? ''} falls under ${wildcard ?? serverNames[0] ?? '*'}.`;
    }
    case 'range':
      return say`The address is in ${list(prefixRanges, 'or', 3)}.`;
    case 'sniffed-http':
      return phrase('The first bytes look like HTTP, so they are read as HTTP.');
    case 'default':
      return phrase('No chain takes this connection, so the default one does.');
    case 'any':
      if (from.kind === 'mesh') return phrase('Takes whatever comes.');
      if (tls === undefined) return phrase('Plain text, as the server’s protocol says.');
      return sni === null ? phrase('Takes a connection without SNI.') : phrase('Takes any SNI.');
  }
}

function noChainSays({ tls }: Call): Phrase {
  if (tls === undefined) return phrase('Plain text, and every chain here wants TLS.');
  if (tls.sni === null) return phrase('The client sends no SNI, and every chain here wants one.');
  return say`No server and no tls rule on this port takes the SNI ${tls.sni}.`;
}

function chainCandidate(named: Named, because: FilterChainMismatch): Candidate {
  const owner = placePhrase(named.at) ?? [code(named.name)];
  const calm = (words: string, compared?: Compared): Candidate => ({
    mark: 'none',
    says: owner,
    at: named.at,
    open: false,
    verdict: { words, tone: 'calm' },
    ...(compared !== undefined && { compared }),
  });
  switch (because.kind) {
    case 'sni-differs':
      return calm('other hosts', compareNames(because.wants, because.got, 'no SNI'));
    case 'alpn-differs':
      return calm(
        'other ALPN',
        compareNames(because.wants, because.got.length === 0 ? null : because.got.join(', '), 'no ALPN'),
      );
    case 'address-outside':
      return calm('other addresses', compareNames(because.wants, because.got, 'no address'));
    case 'not-sniffed-as-http':
      return calm('not HTTP');
    case 'less-specific':
      return calm(because.than === '' ? 'not asked' : `less specific than ${because.than}`);
  }
}
