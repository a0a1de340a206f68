import type { Remedy } from '../../src/explain/told.ts';
import { Button } from '../ui/Button.tsx';
import { useRemedy } from './useRemedy.ts';

const WORDS: Readonly<Record<Remedy['kind'], string>> = {
  'write-port': 'Write port',
  'write-subset': 'Write subset',
  'match-port': 'Match port',
  'match-exact': 'Add exact',
};

/** What would mend it, where the fault is: the best choice filled, others beside it, and the line that is written. */
export function RemedyButtons({ remedy }: { readonly remedy: Remedy }) {
  const { write, where } = useRemedy(remedy);
  return (
    <div className="remedy">
      {remedy.choices.slice(0, 4).map((choice, index) => (
        <Button
          key={choice}
          small
          look={index === 0 ? 'primary' : 'plain'}
          onClick={() => void write(choice)}
        >
          {index === 0 ? `${WORDS[remedy.kind]} ${choice}` : String(choice)}
        </Button>
      ))}
      {where === undefined ? null : <span className="dim">{where}</span>}
    </div>
  );
}
