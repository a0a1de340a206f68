import type { Remedy } from '../../src/explain/told.ts';
import { Button } from '../ui/Button.tsx';
import { useRemedy } from './useRemedy.ts';

/** What would mend it, where the fault is: the best choice filled, others beside it, and the line that is written. */
export function RemedyButtons({ remedy }: { readonly remedy: Remedy }) {
  const { write, where } = useRemedy(remedy);
  const noun = remedy.kind === 'write-port' ? 'port' : 'subset';
  return (
    <div className="remedy">
      {remedy.choices.slice(0, 4).map((choice, index) => (
        <Button
          key={choice}
          small
          look={index === 0 ? 'primary' : 'plain'}
          onClick={() => void write(choice)}
        >
          {index === 0 ? `Write ${noun} ${choice}` : String(choice)}
        </Button>
      ))}
      {where === undefined ? null : <span className="dim">{where}</span>}
    </div>
  );
}
