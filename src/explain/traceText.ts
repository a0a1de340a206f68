import { plain } from './phrase.ts';
import type { Candidate, ToldTrace } from './told.ts';

/** A told trace as plain text, for a ticket or a chat: one line for each decision, indented lines for what it weighed. */
export function traceText({ outcome, steps, limits }: ToldTrace): string {
  return [
    outcome.headline,
    plain(outcome.detail),
    ...outcome.shares.map((share) => `  ${plain(share.says)}`),
    '',
    ...steps.flatMap((step) => [
      `${step.title}${step.envoy === '' ? '' : ` [${step.envoy}]`}${step.says === undefined ? '' : `: ${plain(step.says)}`}`,
      ...step.candidates.map((each) => `  ${candidateText(each)}`),
    ]),
    ...(limits.length === 0 ? [] : ['', ...limits.map((limit) => plain(limit.says))]),
    '',
  ].join('\n');
}

function candidateText({ mark, says, verdict, compared, note, envoy }: Candidate): string {
  const number = typeof mark === 'object' && 'number' in mark ? `${mark.number}. ` : '';
  const values =
    compared === undefined
      ? ''
      : `: wants ${compared.wants.map((each) => each.text).join('')}, got ${compared.got.map((each) => each.text).join('')}`;
  const name = envoy === undefined ? '' : ` [${envoy}]`;
  return `${number}${plain(says)}${values} (${verdict.words})${name}${note === undefined ? '' : `. ${plain(note)}`}`;
}
