import type { DiffLine, Hunk } from './lineDiff.ts';

const words = { same: '', removed: 'removed', added: 'added' } as const;
const signs = { same: ' ', removed: '-', added: '+' } as const;

/** A difference, line by line with numbers; sign and word say what colour says. */
export function DiffView({ hunks, label }: { readonly hunks: readonly Hunk[]; readonly label: string }) {
  if (hunks.length === 0) return null;
  return (
    // It scrolls, so the keyboard must get there.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="diff" aria-label={label} tabIndex={0}>
      {hunks.map((hunk, index) => (
        <div key={index} className="diff-hunk">
          {hunk.map((line, at) => (
            <Line key={at} line={line} />
          ))}
        </div>
      ))}
    </section>
  );
}

function Line({ line }: { readonly line: DiffLine }) {
  return (
    <div className={`diff-line ${line.kind}`}>
      <span className="diff-no">{line.kind === 'removed' ? line.before : line.after}</span>
      <span className="diff-sign" aria-hidden>
        {signs[line.kind]}
      </span>
      {line.kind === 'same' ? null : <span className="sr">{words[line.kind]} </span>}
      <code>{line.text === '' ? ' ' : line.text}</code>
    </div>
  );
}
