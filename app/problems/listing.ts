import type { Diagnostic, DismissalKey, Level } from '../../src/diagnose/diagnostic.ts';
import { explainDiagnostic, type ExplainedDiagnostic } from '../../src/explain/diagnostics.ts';
import { plain } from '../../src/explain/phrase.ts';
import { objectKey } from '../../src/manifest/refKey.ts';
import type { ObjectRef } from '../../src/manifest/source.ts';
import { dismissals } from '../store/dismissals.ts';

/** One line of the list: the head of an object, or a problem of it. */
export type Entry =
  | { readonly kind: 'object'; readonly key: string; readonly object: ObjectRef; readonly count: number }
  | {
      readonly kind: 'problem';
      readonly key: string;
      readonly diagnostic: Diagnostic;
      readonly words: ExplainedDiagnostic;
      readonly dismissed: boolean;
    };

export interface Wanted {
  readonly levels: ReadonlySet<Level>;
  readonly find: string;
  readonly dismissed: readonly DismissalKey[];
  readonly showDismissed: boolean;
}

export interface Listing {
  readonly entries: readonly Entry[];
  /** Of those that are not dismissed, whatever the filter. */
  readonly counts: Readonly<Record<Level, number>>;
  readonly dismissed: number;
  readonly shown: number;
}

const RANK: Readonly<Record<Level, number>> = { fail: 0, surprise: 1, style: 2 };

/** Groups problems by object in the order of the text, within one the worst first. */
export function listingOf(diagnostics: readonly Diagnostic[], wanted: Wanted): Listing {
  const counts = { fail: 0, surprise: 0, style: 0 };
  const groups = new Map<string, { readonly object: ObjectRef; readonly problems: Entry[]; first: number }>();
  const isDismissed = dismissals(wanted.dismissed);
  const words = wanted.find.trim().toLowerCase();
  let dismissed = 0;
  let shown = 0;
  diagnostics.forEach((diagnostic, index) => {
    const gone = isDismissed(diagnostic);
    if (gone) dismissed += 1;
    else counts[diagnostic.level] += 1;
    if ((gone && !wanted.showDismissed) || !wanted.levels.has(diagnostic.level)) return;
    const explained = explainDiagnostic(diagnostic);
    if (words !== '' && !textOf(diagnostic, explained).includes(words)) return;
    shown += 1;
    const { object } = diagnostic.at;
    const key = objectKey(object);
    const group = groups.get(key) ?? { object, problems: [], first: diagnostic.span.start };
    groups.set(key, group);
    group.first = Math.min(group.first, diagnostic.span.start);
    group.problems.push({
      kind: 'problem',
      key: `${index} ${diagnostic.code}`,
      diagnostic,
      words: explained,
      dismissed: gone,
    });
  });
  const sorted = [...groups].sort(([, a], [, b]) => a.first - b.first);
  const entries = sorted.flatMap(([key, { object, problems }]): Entry[] => [
    { kind: 'object', key, object, count: problems.length },
    ...problems.sort(byLevel),
  ]);
  return { entries, counts, dismissed, shown };
}

function byLevel(a: Entry, b: Entry): number {
  if (a.kind !== 'problem' || b.kind !== 'problem') return 0;
  const levels = RANK[a.diagnostic.level] - RANK[b.diagnostic.level];
  return levels === 0 ? a.diagnostic.span.start - b.diagnostic.span.start : levels;
}

function textOf({ code, at }: Diagnostic, { title, sentence }: ExplainedDiagnostic): string {
  const { kind, namespace, name } = at.object;
  return `${code} ${title} ${plain(sentence)} ${kind} ${namespace}/${name}`.toLowerCase();
}
