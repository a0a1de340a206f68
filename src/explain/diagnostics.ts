import type { Diagnostic } from '../diagnose/diagnostic.ts';
import type { Params } from '../manifest/finding.ts';
import { DESTINATION_RULE } from './diagnostics/destinationRule.ts';
import { GATEWAY } from './diagnostics/gateway.ts';
import { LINT } from './diagnostics/lint.ts';
import { problemWords } from './diagnostics/problems.ts';
import { REFERENCE } from './diagnostics/reference.ts';
import { SERVICE_ENTRY } from './diagnostics/serviceEntry.ts';
import { SIDECAR } from './diagnostics/sidecar.ts';
import { VIRTUAL_SERVICE } from './diagnostics/virtualService.ts';
import type { Wording } from './diagnostics/wording.ts';
import { fill, phrase, type Phrase, type Words } from './phrase.ts';

/** All codes that have words, in the order of the documentation. */
export const WORDINGS: Readonly<Record<string, Wording>> = {
  ...LINT,
  ...GATEWAY,
  ...VIRTUAL_SERVICE,
  ...DESTINATION_RULE,
  ...SERVICE_ENTRY,
  ...SIDECAR,
  ...REFERENCE,
};

export interface ExplainedDiagnostic {
  readonly title: string;
  readonly sentence: Phrase;
  /** What to do. */
  readonly advice: Phrase;
}

/** The words of a diagnostic; those of an unknown code are the code itself. */
export function explainDiagnostic(diagnostic: Pick<Diagnostic, 'code' | 'params'>): ExplainedDiagnostic {
  return explainCode(diagnostic.code, diagnostic.params);
}

/** The words of a code for parameters; without any, they speak of the parameters by name, as the documentation does. */
export function explainCode(code: string, params: Params = {}): ExplainedDiagnostic {
  const wording = Object.hasOwn(WORDINGS, code) ? WORDINGS[code] : undefined;
  if (wording === undefined) return { title: code, sentence: phrase(code), advice: [] };
  return {
    title: wording.title,
    sentence: fill(wording.says, params, spoken(code, params)),
    advice: fill(wording.todo, params, spoken(code, params)),
  };
}

/** Parameters that name a reason of a closed list; `<reason>` stands for any, on the documentation's page. */
const REASONS = ['problem', 'reason', 'what'];

function spoken(code: string, params: Params): Words {
  const words: Record<string, string> = {};
  for (const name of REASONS) {
    const token = params[name];
    if (typeof token === 'string' && !token.startsWith('<')) words[name] = problemWords(code, token);
  }
  return words;
}
