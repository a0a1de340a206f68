import { explainCode, WORDINGS } from './diagnostics.ts';
import type { Params } from '../manifest/finding.ts';
import type { Phrase } from './phrase.ts';

/** What the page says of a code besides its words; facts, so that this file needs no rules. */
export interface PageFacts {
  readonly level: 'fail' | 'surprise' | 'style';
  readonly from: readonly string[];
  readonly fixable: boolean;
}

const SECTIONS: readonly (readonly [prefix: string, title: string])[] = [
  ['LINT', 'Text and fields'],
  ['GW', 'Gateway'],
  ['VS', 'VirtualService'],
  ['DR', 'DestinationRule'],
  ['SE', 'ServiceEntry'],
  ['SC', 'Sidecar'],
  ['REF', 'References, Services and Secrets'],
];

const LEVELS = { fail: 'will fail', surprise: 'will surprise', style: 'style' } as const;

/** `docs/diagnostics.md`: every code with what it means and what to do. */
export function diagnosticsPage(factsOf: (code: string) => PageFacts): string {
  const parts = [HEAD];
  for (const [prefix, title] of SECTIONS) {
    const codes = Object.keys(WORDINGS)
      .filter((code) => code.startsWith(prefix) && /^\d/.test(code.slice(prefix.length)))
      .toSorted();
    parts.push(`## ${title}\n`, ...codes.map((code) => entry(code, factsOf(code))));
  }
  return `${parts.join('\n').trimEnd()}\n`;
}

const HEAD = `# Diagnostics

What Gatehouse says of manifests before anybody sends a request. This page is made from the catalogue in \`src/diagnose/catalogue.ts\` and the words in
\`src/explain/diagnostics/\`; \`node scripts/run.mjs scripts/writeDiagnostics.ts\` writes it anew.

A level says what it means: **will fail** (Istio refuses the object, drops part of it, or requests fail), **will surprise** (it works, and does something
that few expect), **style** (it could be written better, or it refers to something that the paste does not hold). \`…\` stands for what is written, \`<name>\` for another
value. \`IST…\` is the code of \`istioctl analyze\` for the same, \`KIA…\` that of Kiali; "schema" means that the API server says it, "webhook" that Istio's
admission does. Codes from 201 on are found by no other tool that we know.

The level of a code is that of its plain case. What is said to fail of an object that Istio accepts, the engine drops by itself or shows in a call; what no
proxy of the paste gets, what somebody else may serve, and what is not simulated (certificates, the health of endpoints) at most surprises. One cause is said
once. \`npm run problems -- FOLDER\` proves each over the YAML files of a folder.
`;

function entry(code: string, { level, from, fixable }: PageFacts): string {
  const { title, sentence, advice } = explainCode(code, placeholders(code));
  const origin = from.length === 0 ? '' : ` · ${from.join(', ')}`;
  const fixes = fixable ? ' · quick fix' : '';
  return `### ${code} ${title}\n\n${LEVELS[level]}${origin}${fixes}\n\n${markdown(sentence)}\n\n${markdown(advice)}\n`;
}

/** What is written stands as dots, every other value by its name. */
function placeholders(code: string): Params {
  const { says, todo } = WORDINGS[code] ?? { says: '', todo: '' };
  const names = [...`${says} ${todo}`.matchAll(/\{(\w+)(?:\|or)?\}/g)].map(([, name]) => name ?? '');
  return Object.fromEntries(names.map((name) => [name, name === 'got' ? '…' : `<${name}>`]));
}

function markdown(phrase: Phrase): string {
  return phrase
    .map((part) => {
      if (typeof part === 'string') return part.replaceAll('<', '&lt;').replaceAll('*', '\\*');
      return 'code' in part ? `\`${part.code}\`` : `**${part.strong}**`;
    })
    .join('');
}
