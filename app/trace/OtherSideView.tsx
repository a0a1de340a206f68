import { ArrowLeftRight } from 'lucide-react';
import { useMemo } from 'react';
import { explainOtherSide } from '../../src/explain/otherSide.ts';
import { setCall, useReport, useSettings } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { Said } from '../ui/Said.tsx';

/** Whether the same request from the other side (gateway or pod) goes another way, and how to ask that instead. */
export function OtherSideView() {
  const { report } = useReport();
  const { closed } = useSettings();
  const other = report?.otherSides[0];
  const told = useMemo(
    () => (other === undefined ? undefined : explainOtherSide(other, closed)),
    [other, closed],
  );
  if (told === undefined) return null;
  return (
    <section className="other-side" aria-label="From the other side">
      <ArrowLeftRight size={14} strokeWidth={1.5} aria-hidden />
      <div>
        <p>
          <Said>{told.headline}</Said>
        </p>
        {told.says.map((sentence, index) => (
          <p key={index} className="soft">
            <Said>{sentence}</Said>
          </p>
        ))}
      </div>
      <Button small look="quiet" onClick={() => setCall({ tls: undefined, http: undefined, ...told.call })}>
        Ask that
      </Button>
    </section>
  );
}
