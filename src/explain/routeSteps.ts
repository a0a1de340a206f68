import type { RouteMatch } from '../envoy/types.ts';
import type { Call } from '../simulate/call.ts';
import type { RouteMismatch, RoutePassedOver, RouteTaken, Step } from '../simulate/trace.ts';
import { compareText } from './compareText.ts';
import { headerWhat, leadingCondition, pathWhat } from './conditions.ts';
import { placeWords, ruleNumber } from './names.ts';
import { code, count, phrase, say, strong, type Phrase } from './phrase.ts';
import type { Candidate, Compared, ToldStep } from './told.ts';
import { plainStep } from './toldStep.ts';

type StepOf<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>;

/** How many near misses stand open beside the rule that was taken. */
const SHOWN = 3;

// ── Route ────────────────────────────────────────────────────────────────────────────────────────────────────────────

export function tellRoute(step: StepOf<'route'>, call: Call): ToldStep {
  const { taken, passedOver, others } = step;
  if (taken === undefined) {
    const [nearest, ...rest] = passedOver.map((each, index) => missCandidate(each, index === 0));
    const total = passedOver.length + others;
    return {
      ...plainStep(step.kind, 'Route', total === 0 ? 'no rules' : `none of ${total}`, nearest?.at ?? [], {
        ...(total === 0 && { says: phrase('The virtual host has no rules.') }),
        folded: rest.slice(1),
        others,
        more: 'more passed over',
      }),
      candidates: nearest === undefined ? [] : [nearest, ...rest.slice(0, 1)],
      state: 'stopped',
    };
  }
  const before = passedOver.filter((each) => each.index < taken.index);
  const behind = passedOver.filter((each) => each.index > taken.index);
  const shown = new Set(before.slice(0, SHOWN));
  const byPlace = (a: RoutePassedOver, b: RoutePassedOver): number => a.index - b.index;
  const open = before.filter((each) => shown.has(each)).sort(byPlace);
  const folded = [...before.filter((each) => !shown.has(each)), ...behind].sort(byPlace);
  return {
    ...plainStep(step.kind, 'Route', routeMargin(taken), taken.at, {
      folded: folded.map((each) =>
        each.index > taken.index ? behindCandidate(each) : missCandidate(each, false),
      ),
      others,
      more: before.length > SHOWN ? 'more rules' : 'not reached',
    }),
    candidates: [...open.map((each) => missCandidate(each, false)), takenCandidate(taken, call)],
  };
}

/** A rule behind the one that took the call: never asked, but it is known what it would have said. */
function behindCandidate(passed: RoutePassedOver): Candidate {
  const { note: _, ...miss } = missCandidate(passed, false);
  return { ...miss, verdict: { words: 'not reached', tone: 'calm' } };
}

function routeMargin(taken: RouteTaken): string {
  const [at] = taken.at;
  return at === undefined ? taken.name : placeWords(at);
}

function missCandidate(passed: RoutePassedOver, nearest: boolean): Candidate {
  const number = ruleNumber(passed.at);
  const { says, compared, note } = mismatchWords(passed.because);
  return {
    mark: number === undefined ? 'none' : { number },
    says,
    verdict: {
      words: nearest ? 'nearest miss' : passed.because.kind === 'later' ? 'not reached' : 'passed over',
      tone: 'calm',
    },
    ...(compared !== undefined && { compared }),
    ...(note !== undefined && { note }),
    at: passed.at,
    open: nearest,
    ...(nearest && remedyOf(passed)),
  };
}

/** A prefix that ends in a slash misses the bare path by one character; the rule asks for nothing else. */
function remedyOf({ because, match, at }: RoutePassedOver): Pick<Candidate, 'remedy'> {
  const [place] = at;
  if (because.kind !== 'path-differs' || because.wants.kind !== 'prefix' || place === undefined) return {};
  if (`${because.got}/` !== because.wants.value || match.headers.length + match.queryParameters.length > 0)
    return {};
  return { remedy: { kind: 'match-exact', at: place, choices: [because.got] } };
}

interface MismatchWords {
  readonly says: Phrase;
  readonly compared?: Compared;
  readonly note?: Phrase;
}

/** The condition that failed, with both values; a note where the values alone do not say why. */
function mismatchWords(because: RouteMismatch): MismatchWords {
  switch (because.kind) {
    case 'path-differs':
      return {
        says: [strong(pathWhat(because.wants, because.ignoreCase))],
        compared: compareText(because.wants, because.got, { ignoreCase: because.ignoreCase, agrees: false }),
        ...noteOf(pathNote(because.wants, because.got)),
      };
    case 'header-differs':
      return {
        says: [strong(headerWhat(because.name, because.wants, because.invert))],
        compared: headerCompared(because),
        ...noteOf(headerNote(because)),
      };
    case 'query-differs':
      return {
        says: [strong(`query ${because.name}`)],
        compared: compareText(because.wants, because.got ?? undefined, {
          agrees: false,
          absent: 'no such parameter',
        }),
      };
    case 'claim-unknown':
      return {
        says: [strong(`claim ${because.name} of a JWT`)],
        note: phrase('Claims are not simulated: this rule is taken not to match.'),
      };
    case 'later':
      return { says: phrase('would match too, but ', code(because.than), ' comes first') };
  }
}

function noteOf(note: Phrase | undefined): { readonly note?: Phrase } {
  return note === undefined ? {} : { note };
}

function pathNote(wants: RouteMatch['path'], got: string): Phrase | undefined {
  if (wants.kind === 'regex')
    return phrase('The whole path must match, from its first to its last character.');
  if (wants.kind === 'prefix' && `${got}/` === wants.value) {
    return phrase('One character short: the prefix ends in a slash, the path does not.');
  }
  if (wants.kind === 'exact' && got === `${wants.value}/`) {
    return phrase('One character long: the path ends in a slash, the rule’s does not.');
  }
  if (wants.value.toLowerCase() === got.slice(0, wants.value.length).toLowerCase() && wants.value !== '') {
    return wants.kind === 'exact' && got.length > wants.value.length
      ? phrase('The path goes on; exact wants all of it.')
      : wants.value === got.slice(0, wants.value.length)
        ? undefined
        : phrase('Only the case differs, and case counts.');
  }
  return undefined;
}

function headerCompared(because: RouteMismatch & { readonly kind: 'header-differs' }): Compared {
  const got = because.got.length === 0 ? undefined : because.got.join(',');
  if (!because.invert)
    return compareText(because.wants, got, { agrees: false, absent: absentWords(because.name) });
  return {
    wants: [
      {
        text: because.wants.kind === 'present' ? 'no such header' : `not ${because.wants.value}`,
        mark: 'words',
      },
    ],
    got: got === undefined ? [{ text: 'no such header', mark: 'words' }] : [{ text: got, mark: 'differs' }],
  };
}

function absentWords(name: string): string {
  return name.startsWith(':') ? 'nothing' : 'no such header';
}

function headerNote(because: RouteMismatch & { readonly kind: 'header-differs' }): Phrase | undefined {
  const [got] = because.got;
  if (got === undefined || because.invert) return undefined;
  if (
    because.wants.kind === 'exact' &&
    because.got.join(',').includes(because.wants.value) &&
    because.wants.value !== ''
  ) {
    return phrase('The value is in there, but exact compares the whole header.');
  }
  if (because.wants.kind === 'regex')
    return phrase('The whole value must match, from its first to its last character.');
  return undefined;
}

function takenCandidate(taken: RouteTaken, call: Call): Candidate {
  const number = ruleNumber(taken.at);
  const lead = leadingCondition(taken.match);
  const path = (call.http?.path ?? '').replace(/[?#].*$/, '');
  const base = {
    mark: number === undefined ? ('none' as const) : { number },
    verdict: { words: 'taken', tone: 'taken' as const },
    at: taken.at,
    open: false,
  };
  switch (lead.kind) {
    case 'path':
      return {
        ...base,
        says: [strong(pathWhat(taken.match.path, !taken.match.caseSensitive)), alsoWords(taken.match, 1)],
        compared: compareText(taken.match.path, path, { agrees: true }),
      };
    case 'header':
      return {
        ...base,
        says: [
          strong(headerWhat(lead.header.name, lead.header.matcher, lead.header.invert)),
          alsoWords(taken.match, 1),
        ],
        ...(!lead.header.invert && {
          compared: compareText(lead.header.matcher, headerValue(call, lead.header.name), { agrees: true }),
        }),
      };
    case 'query':
      return { ...base, says: [strong(`query ${lead.name}`), alsoWords(taken.match, 1)] };
    case 'anything':
      return {
        ...base,
        says:
          taken.at.length === 0
            ? say`Istio’s own route for everything`
            : [strong('anything'), ': every path, no other condition here'],
      };
  }
}

/** How many more conditions hold besides those that were named. */
function alsoWords(match: RouteMatch, named: number): string {
  const path = match.path.kind === 'prefix' && match.path.value === '/' ? 0 : 1;
  const more = path + match.headers.length + match.queryParameters.length - named;
  return more > 0 ? `, and ${count(more, 'more condition')}` : '';
}

function headerValue({ http }: Call, name: string): string | undefined {
  switch (name) {
    case ':method':
      return http?.method;
    case ':authority':
      return http?.authority ?? undefined;
    case ':scheme':
      return undefined;
    default: {
      const values = (http?.headers ?? [])
        .filter(([key]) => key.toLowerCase() === name)
        .map(([, value]) => value);
      return values.length === 0 ? undefined : values.join(',');
    }
  }
}
