import { Check, CornerDownRight } from 'lucide-react';
import type { Candidate, Compared, Marked } from '../../src/explain/told.ts';
import { select } from '../store/store.ts';
import { Said } from '../ui/Said.tsx';
import { ToneIcon } from '../ui/ToneIcon.tsx';
import { RemedyButtons } from './RemedyButtons.tsx';

interface CandidatesProps {
  readonly candidates: readonly Candidate[];
  /** Indexes of the selected ones. */
  readonly selected: ReadonlySet<number>;
  /** How many more there are, without names. */
  readonly others?: number;
}

/** What a decision weighed: each with what it wants and what the call has, side by side. */
export function Candidates({ candidates, selected, others = 0 }: CandidatesProps) {
  if (candidates.length === 0) return null;
  return (
    <ul className="cands">
      {candidates.map((each, index) => (
        <CandidateView key={index} candidate={each} selected={selected.has(index)} />
      ))}
      {others > 0 ? <li className="cand-rest">and {others} more</li> : null}
    </ul>
  );
}

function CandidateView({
  candidate,
  selected,
}: {
  readonly candidate: Candidate;
  readonly selected: boolean;
}) {
  const { mark, says, verdict, compared, envoy, note, at, open, remedy } = candidate;
  const taken = verdict.tone === 'taken';
  const [place] = at;
  const names = ['cand', taken && 'took', open && 'open', selected && 'is-selected']
    .filter(Boolean)
    .join(' ');
  const inside = (
    <>
      <span className="cand-mark">
        {typeof mark === 'string' ? null : 'number' in mark ? (
          <span className={taken ? 'num on' : 'num'}>{mark.number}</span>
        ) : (
          <ToneIcon tone={mark.tone} />
        )}
      </span>
      <span className="cand-says">
        <Said>{says}</Said>
      </span>
      <span className={`cand-verdict ${verdict.tone}`}>
        {taken ? <Check size={14} strokeWidth={2} aria-hidden /> : null}
        {verdict.words === 'passed over' ? <CornerDownRight size={14} strokeWidth={1.5} aria-hidden /> : null}
        {verdict.words}
      </span>
    </>
  );
  return (
    <li className={names}>
      {place === undefined ? (
        <div className="cand-head">{inside}</div>
      ) : (
        <button
          type="button"
          className="cand-head"
          aria-pressed={selected}
          onClick={() => select(place, 'trace')}
        >
          {inside}
        </button>
      )}
      {envoy === undefined ? null : (
        <div className="cand-envoy mono dim trunc" title={envoy}>
          {envoy}
        </div>
      )}
      {compared === undefined ? null : <ComparedView compared={compared} />}
      {note === undefined ? null : (
        <p className="cand-note">
          <Said>{note}</Said>
        </p>
      )}
      {remedy === undefined ? null : <RemedyButtons remedy={remedy} />}
    </li>
  );
}

/** What is wanted and what there is, side by side. */
export function ComparedView({ compared: { wants, got } }: { readonly compared: Compared }) {
  return (
    <dl className="compared">
      <dt>wants</dt>
      <dd>
        <MarkedText pieces={wants} />
      </dd>
      <dt>got</dt>
      <dd>
        <MarkedText pieces={got} />
      </dd>
    </dl>
  );
}

function MarkedText({ pieces }: { readonly pieces: Marked }) {
  return (
    <>
      {pieces.map(({ text, mark }, index) => {
        switch (mark) {
          case 'plain':
            return <span key={index}>{text}</span>;
          case 'equal':
            return (
              <mark key={index} className="equal">
                {text}
              </mark>
            );
          case 'differs':
            return (
              <mark key={index} className="differs">
                {text}
              </mark>
            );
          case 'words':
            return (
              <span key={index} className="words">
                {text}
              </span>
            );
        }
      })}
    </>
  );
}
