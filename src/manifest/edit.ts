import { isEqual } from './edit/expected.ts';
import { eolOf } from './edit/layout.ts';
import type { EditResult, Operation, Refusal, Splice } from './edit/operation.ts';
import { planOf } from './edit/plan.ts';
import type { Plan } from './edit/plan.ts';
import { createTextCache } from './documents.ts';
import type { TextCache } from './documents.ts';
import { read } from './read.ts';
import type { ReadObject } from './read.ts';
import type { Json, TextEdit } from './source.ts';

/**
 * The smallest change of a text that does what the operations say, all at once: their paths are those of the text as it is. The new text is
 * read back before it is offered; what would not be exactly the asked change, and nothing else, is refused. `source` of the edits is that
 * of the operations, which all mean the same text.
 */
export function edit(
  text: string,
  asked: Operation | readonly Operation[],
  cache: TextCache = createTextCache(),
): EditResult {
  const operations: readonly Operation[] = 'kind' in asked ? [asked] : asked;
  const before = read([{ name: '', text }], { cache }).objects;
  const plans: Plan[] = [];
  for (const operation of operations) {
    const plan = planOf(text, operation, before, cache);
    if (typeof plan === 'string') return { refused: plan };
    plans.push(plan);
  }
  // From the end of the text to its beginning, so that no operation moves the place of one that is still to come.
  const ordered = plans.toSorted((a, b) => (b.splices[0]?.start ?? 0) - (a.splices[0]?.start ?? 0));
  const splices = plans
    .flatMap((plan) => plan.splices)
    .toSorted((a, b) => a.start - b.start || a.end - b.end);
  if (splices.some(({ end }, i) => end > (splices[i + 1]?.start ?? Infinity))) return { refused: 'overlap' };
  let meant: readonly (Json | undefined)[] | undefined = before.map(valueOf);
  for (const plan of ordered) meant = meant && plan.meant(meant as readonly Json[]);
  const safe = [splices, withLastLineEnd(text, splices)].find(
    (attempt) => attempt && meant && readsAs(text, attempt, meant, cache),
  );
  if (safe === undefined) return { refused: reasonOf(text) };
  const source = sourceOf(operations[0]);
  return {
    edits: safe
      .filter((splice) => text.slice(splice.start, splice.end) !== splice.text)
      .map((s) => ({ source, ...s })),
  };
}

/** The same with a line end at the end of the text, without which a block of lines loses its last one. */
function withLastLineEnd(text: string, splices: readonly Splice[]): readonly Splice[] | undefined {
  const last = splices.at(-1);
  if (last === undefined || last.end < text.length || last.text.endsWith('\n')) return undefined;
  return splices.with(-1, { ...last, text: last.text + eolOf(text) });
}

function readsAs(
  text: string,
  splices: readonly Splice[],
  meant: readonly (Json | undefined)[],
  cache: TextCache,
): boolean {
  const { objects } = read([{ name: '', text: applySplices(text, splices) }], { cache });
  return meant.length === objects.length && objects.every((object, i) => isEqual(meant[i], valueOf(object)));
}

/** Applies edits of one source; they must be sorted and not overlap, as `edit` gives them. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return applySplices(text, edits);
}

function applySplices(text: string, splices: readonly Splice[]): string {
  let result = '';
  let pos = 0;
  for (const splice of splices) {
    result += text.slice(pos, splice.start) + splice.text;
    pos = splice.end;
  }
  return result + text.slice(pos);
}

/** The edits that undo others, as edits of the text that they made. */
export function invertEdits(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  let shift = 0;
  return edits.map(({ source, start, end, text: written }) => {
    const undo = {
      source,
      start: start + shift,
      end: start + shift + written.length,
      text: text.slice(start, end),
    };
    shift += written.length - (end - start);
    return undo;
  });
}

function sourceOf(operation: Operation | undefined): number {
  if (operation === undefined) return 0;
  return 'at' in operation ? operation.at.object.source : operation.source;
}

/** Objects that cannot be read stay so, whatever they are. */
function valueOf(object: ReadObject): Json {
  return object.status === 'read' ? object.value : null;
}

function reasonOf(text: string): Refusal {
  return /(^|[\s[{,:-])\*[\w-]/m.test(text) ? 'shared-anchor' : 'not-safe';
}
