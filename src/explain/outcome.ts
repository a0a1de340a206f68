import { toneOf, type Tone } from '../simulate/tone.ts';
import type { Branch, End, Trace } from '../simulate/trace.ts';
import { andWords, answerWords, detailOf, headlineOf, hostOf, ifExists, logWords } from './headline.ts';
import { NO_CLUSTER } from './missing.ts';
import { clusterWords, percent, portion } from './names.ts';
import { code, phrase, strong, type Phrase } from './phrase.ts';
import type { ToldOutcome, ToldShare } from './told.ts';

/** Ends that a client cannot tell apart, with their share of all calls. */
interface Way {
  readonly share: number;
  readonly tone: Tone;
  readonly branches: readonly Branch[];
  readonly branch: Branch;
}

/**
 * How a call ends, as one clear sentence with Envoy's words under it. What the paste does not hold is "if it exists", unless the paste is everything
 * (`closed`).
 */
export function tellOutcome(trace: Trace, closed: boolean): ToldOutcome {
  const ways = waysOf(trace.outcome, closed);
  const [only] = ways;
  if (only === undefined) return { tone: 'unknown', headline: 'No answer', detail: [], shares: [] };
  if (ways.length === 1) {
    return {
      tone: only.tone,
      headline: headlineOf(only.branch, only.tone, trace),
      detail: detailOf(only.branch, only.tone, trace),
      shares: [],
    };
  }
  const shares = ways.map((way): ToldShare => ({
    share: way.share,
    tone: way.tone,
    says: shareSays(way),
    at: way.branch.destination?.at ?? [],
  }));
  return { ...several(ways, trace), shares };
}

/** One for each destination or end, in the order of the trace. */
function waysOf(outcome: readonly Branch[], closed: boolean): readonly Way[] {
  const ways = new Map<string, Branch[]>();
  for (const branch of outcome) {
    const key = `${branch.end.kind}|${branch.destination?.name ?? ''}|${endKey(branch.end)}`;
    const same = ways.get(key);
    if (same === undefined) ways.set(key, [branch]);
    else same.push(branch);
  }
  return [...ways.values()].flatMap((branches): Way[] => {
    const [branch] = branches;
    if (branch === undefined) return [];
    const share = branches.reduce((sum, each) => sum + each.share, 0);
    return [{ share, tone: toneOf(branch, closed), branches, branch }];
  });
}

function endKey(end: End): string {
  switch (end.kind) {
    case 'forwarded':
    case 'tcp':
      return end.cluster;
    case 'redirected':
    case 'responded':
      return `${end.answer.status}`;
    case 'failed':
      return `${end.because}|${end.answer.status}`;
    case 'closed':
      return end.because;
  }
}

// ── Several ways ─────────────────────────────────────────────────────────────────────────────────────────────────────

function several(ways: readonly Way[], trace: Trace): Omit<ToldOutcome, 'shares'> {
  const total = (tone: Tone): number =>
    ways.filter((way) => way.tone === tone).reduce((sum, way) => sum + way.share, 0);
  const worst = (['fail', 'warn', 'unknown', 'move', 'ok'] as const).find((tone) => total(tone) > 0) ?? 'ok';
  const those = ways.filter((way) => way.tone === worst);
  const [first] = those;
  if (first === undefined) return { tone: worst, headline: '', detail: [] };
  const { words, plural } = portion(total(worst));
  switch (worst) {
    case 'fail':
      return {
        tone: worst,
        headline: `${words} ${plural ? 'fail' : 'fails'}`,
        detail: failingDetail(those, trace),
      };
    case 'warn':
      return {
        tone: worst,
        headline: `${words} ${plural ? 'get' : 'gets'} an error on purpose`,
        detail: failingDetail(those, trace),
      };
    case 'unknown': {
      const hosts = [...new Set(those.map((way) => hostOf(way.branch)))];
      return {
        tone: worst,
        headline: ifExists(hosts, first.branch.end.kind === 'closed'),
        detail: phrase(
          total(worst) >= 0.9995 ? 'Every request' : `The ${percent(total(worst))}`,
          ' for what is not in this paste would ',
          first.branch.end.kind === 'closed' ? 'be closed' : phrase('get ', NO_CLUSTER),
        ),
      };
    }
    case 'move':
    case 'ok':
      return {
        tone: worst,
        headline: sameHost(ways) ?? `Forwarded to ${andWords(ways.map((way) => hostOf(way.branch)))}`,
        detail: logWords(first.branch.end),
      };
  }
}

function sameHost(ways: readonly Way[]): string | undefined {
  const hosts = new Set(ways.map((way) => hostOf(way.branch)));
  const [host] = hosts;
  return hosts.size === 1 && host !== undefined ? `Forwarded to ${host}, in ${ways.length} parts` : undefined;
}

function failingDetail(ways: readonly Way[], trace: Trace): Phrase {
  const [first] = ways;
  if (first === undefined) return [];
  if (ways.length > 1) return phrase('They get ', answerWords(first.branch.end, trace), ' and others');
  const { destination, end } = first.branch;
  const host = destination === undefined || end.kind === 'responded' ? undefined : hostOf(first.branch);
  return phrase(
    `The ${percent(first.share)} `,
    host === undefined ? '' : phrase('for ', code(host), ' '),
    'get ',
    answerWords(first.branch.end, trace),
  );
}

function shareSays(way: Way): Phrase {
  const { branch, tone } = way;
  const much = strong(percent(way.share));
  const to = branch.destination === undefined ? undefined : clusterWords(branch.destination.name);
  switch (tone) {
    case 'ok':
      return to === undefined ? phrase(much, ' ', answered(branch.end)) : phrase(much, ' forwarded to ', to);
    case 'move':
      return phrase(much, ' redirected');
    case 'unknown':
      return phrase(much, ' to ', to ?? '', ', not in this paste');
    case 'warn':
      return phrase(much, ' ', answered(branch.end));
    case 'fail':
      return phrase(much, ' fails');
  }
}

function answered(end: End): Phrase {
  switch (end.kind) {
    case 'responded':
      return phrase('answered ', String(end.answer.status), end.by === 'fault' ? ' by the fault' : '');
    default:
      return ['forwarded'];
  }
}
