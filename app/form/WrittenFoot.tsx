import { useDesign } from '../design/state.ts';
import { useStore } from '../store/store.ts';
import type { DiffLine } from '../design/lineDiff.ts';

/** What the last change from a form wrote: line numbers, what was there, what is there now. */
export function WrittenFoot() {
  const written = useDesign((state) => state.written);
  const textVersion = useStore((state) => state.textVersion);
  const current = written !== undefined && written.textVersion === textVersion ? written : undefined;
  const lines = current?.hunks.flat() ?? [];
  const removed = lines.filter(({ kind }) => kind === 'removed');
  const added = lines.filter(({ kind }) => kind === 'added');
  const pairs = Array.from({ length: Math.max(removed.length, added.length) }, (_, index) => [
    removed[index],
    added[index],
  ]);
  return (
    <output className="form-foot" aria-label="What the form wrote">
      {current === undefined ? (
        <span>Each change is a small edit of the text. Undo takes it back.</span>
      ) : (
        <>
          <span className="nowrap">{numbers(added.length > 0 ? added : removed)}</span>
          <span className="trunc">
            {pairs.slice(0, 2).map(([before, after], index) => (
              <span key={index}>
                {before === undefined ? null : <del>{before.text.trim()}</del>}
                {after === undefined ? null : <ins>{after.text.trim()}</ins>}
              </span>
            ))}
            {pairs.length > 2 ? <span className="dim">and {pairs.length - 2} more</span> : null}
          </span>
        </>
      )}
    </output>
  );
}

function numbers(lines: readonly DiffLine[]): string {
  const all = lines.flatMap(({ before, after }) => after ?? before ?? []);
  const [first] = all;
  const last = all.at(-1);
  if (first === undefined || last === undefined) return '';
  if (all.length === 1) return `Wrote line ${first}`;
  const together = last - first === all.length - 1;
  return together ? `Wrote lines ${first} to ${last}` : `Wrote lines ${all.slice(0, 4).join(', ')}`;
}
