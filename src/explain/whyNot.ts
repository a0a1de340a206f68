import { hasPart, ruleOf } from '../explore/subject.ts';
import type { Why } from '../explore/whyNot.ts';
import { liesIn } from '../manifest/refKey.ts';
import type { SourceRef } from '../manifest/source.ts';
import type { Call } from '../simulate/call.ts';
import type { Trace } from '../simulate/trace.ts';
import { lossSays, reasonSays } from './losses.ts';
import { placePhrase } from './names.ts';
import { code, count, phrase, plain, say, type Phrase } from './phrase.ts';
import type { Candidate, ToldTrace } from './told.ts';

/** Why what is selected does not take the call that is asked, and which call it would take. */
export interface ToldWhyNot {
  /** `Rule 1 of bookinfo-rule does not take this request.` */
  readonly headline: Phrase;
  /** The decision of this call that passed it over, with what it wants and what the call has. */
  readonly miss?: Required<Pick<Candidate, 'says' | 'compared'>>;
  readonly says: readonly Phrase[];
  /** To be asked instead; it has been tried. */
  readonly call?: Call;
}

export interface AskedAbout {
  /** As `subjectOf` gives it. */
  readonly subject: SourceRef;
  /** What is asked on the page, and how it was told. */
  readonly trace: Trace;
  readonly told: ToldTrace;
  /** Validation does not admit the object. */
  readonly refused: boolean;
}

/** How many losses are told. */
const SHOWN = 3;

/** The answer in words; undefined where there is nothing to say of such an object. */
export function explainWhyNot(why: Why, asked: AskedAbout): ToldWhyNot | undefined {
  const { subject, trace } = asked;
  const headline = headlineFor(subject);
  if (asked.refused) return { headline, says: [reasonSays({ kind: 'refused' })] };
  const rule = ruleOf(subject);
  const isDestination = subject.path[3] === 'route';
  if (isDestination && rule !== undefined && hasPart(trace, rule)) {
    return { headline, says: [phrase('Its rule takes this request and sends none of it there.')] };
  }
  const answer = answerTo(why, subject);
  if (answer === undefined) return undefined;
  const miss = missOf(asked);
  const { says, call } = answer;
  const inMesh = trace.call.from.kind === 'mesh';
  return {
    headline,
    ...(miss && { miss }),
    says: [...laterSays(asked), ...(inMesh ? says.map((each) => phrase('At the gateway: ', each)) : says)],
    ...(call && { call }),
  };
}

function headlineFor(subject: SourceRef): Phrase {
  const { kind, name } = subject.object;
  if (kind === 'Service' || kind === 'ServiceEntry') {
    return say`This request does not go to the ${phrase(`${kind} `, code(name))}.`;
  }
  if (subject.path.length === 0)
    return say`The ${phrase(`${kind} `, code(name))} does not take this request.`;
  const place = placePhrase([subject]) ?? [code(name)];
  const [, , , part, index] = subject.path;
  if (part === 'route' && typeof index === 'number') {
    return say`Destination ${String(index + 1)} of ${place} gets nothing of this request.`;
  }
  if (part === 'match' && typeof index === 'number') return phrase(`Match ${index + 1} of `, place, DOES_NOT);
  return phrase(capital(place), DOES_NOT);
}

const DOES_NOT = ' does not take this request.';

function capital([first, ...rest]: Phrase): Phrase {
  return typeof first === 'string'
    ? [first.charAt(0).toUpperCase() + first.slice(1), ...rest]
    : [first ?? '', ...rest];
}

interface Answer {
  readonly says: readonly Phrase[];
  readonly call?: Call;
}

function answerTo(why: Why, subject: SourceRef): Answer | undefined {
  const { kind } = subject.object;
  const isTarget = kind === 'Service' || kind === 'ServiceEntry';
  switch (why.kind) {
    case 'takes':
      return { says: [phrase(takesWords(subject, isTarget), callPhrase(why.call), '.')], call: why.call };
    case 'lost':
      return { says: lossesSay(why.because.map((loss) => capital(lossSays(loss)))) };
    case 'shadowed':
      return { says: [shadowSays(why.by, subject, why.call)], call: why.call };
    case 'no-example':
      return {
        says: [phrase('It may take others: its conditions are too intricate to make up a request for them.')],
      };
    case 'takes-no-part':
      if (isTarget) return { says: [phrase('No rule at a gateway leads there.')] };
      if (kind !== 'Gateway' && kind !== 'VirtualService') return undefined;
      return { says: [phrase('No gateway has anything of it.')] };
  }
}

function takesWords(subject: SourceRef, isTarget: boolean): string {
  if (isTarget) return 'A rule that leads there takes ';
  return subject.path[3] === 'route' ? 'Its rule takes ' : 'It takes ';
}

function lossesSay(sentences: readonly Phrase[]): readonly Phrase[] {
  const different = [...new Map(sentences.map((each) => [plain(each), each])).values()];
  const more = different.length - SHOWN;
  return [...different.slice(0, SHOWN), ...(more > 0 ? [phrase(`And ${count(more, 'more reason')}.`)] : [])];
}

/** A server that redirects takes requests before any rule does. */
function shadowSays(by: readonly SourceRef[], subject: SourceRef, call: Call): Phrase {
  const isRedirect = by.some(({ object }) => object.kind === 'Gateway');
  if (isRedirect && by.some((at) => liesIn(at, subject))) {
    return phrase('It redirects to https what it takes, such as ', callPhrase(call), '.');
  }
  const who = capital(placePhrase(by) ?? ['Another rule']);
  return isRedirect
    ? phrase(who, ' redirects to https what is made for it, such as ', callPhrase(call), '.')
    : phrase(who, ' takes what is made for it, such as ', callPhrase(call), '.');
}

/** `GET https://uk.bookinfo.com/ with cookie: user=dev-123`, as one would say it. */
function callPhrase({ http, tls, port }: Call): Phrase {
  const sni = tls?.sni ?? undefined;
  const certificate = tls?.clientCertificate === true ? ' and a client certificate' : '';
  if (http === undefined) {
    return tls === undefined
      ? phrase(`bytes to port ${port}`)
      : phrase(
          `TLS to port ${port}`,
          sni === undefined ? ' without SNI' : say` with SNI ${sni}`,
          certificate,
        );
  }
  const { method, authority, path, headers } = http;
  const url = `${tls === undefined ? 'http' : 'https'}://${authority ?? ''}${path}`;
  const named = authority?.replace(/:\d+$/, '');
  const extras: Phrase[] = headers.map(([name, value]) => [code(`${name}: ${value}`)]);
  if (sni !== undefined && sni !== named) extras.push(say`SNI ${sni}`);
  if (tls?.clientCertificate === true) extras.push(phrase('a client certificate'));
  return phrase(
    code(`${method} ${url}`),
    ...extras.map((extra, index) => phrase(index === 0 ? ' with ' : ' and ', extra)),
  );
}

/** It would take this call too, were it asked. */
function laterSays({ subject, trace }: AskedAbout): readonly Phrase[] {
  for (const step of trace.steps) {
    if (step.kind !== 'route' || step.taken === undefined) continue;
    const later = step.passedOver.some(
      ({ because, at }) => because.kind === 'later' && at.some((place) => liesIn(place, subject)),
    );
    if (later)
      return [phrase('It would, but ', placePhrase(step.taken.at) ?? ['another rule'], ' comes first.')];
  }
  return [];
}

/** Only of what is narrower than an object: that may have been passed over in many ways. */
function missOf({ subject, told }: AskedAbout): ToldWhyNot['miss'] {
  if (subject.path.length === 0) return undefined;
  const about = subject.path[3] === 'route' ? (ruleOf(subject) ?? subject) : subject;
  for (const { candidates, folded } of told.steps) {
    for (const { says, compared, at } of [...candidates, ...folded]) {
      if (compared !== undefined && at.some((place) => liesIn(place, about))) return { says, compared };
    }
  }
  return undefined;
}
