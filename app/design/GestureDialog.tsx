import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { explainGestureWarning, summarizeAlongside } from '../../src/explain/gestureWarnings.ts';
import { labelGesture, placeName } from '../../src/explain/gestures.ts';
import type { Alongside, Gesture } from '../../src/gesture/gesture.ts';
import { useReport } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Said } from '../ui/Said.tsx';
import { Segments } from '../ui/Segments.tsx';
import { DiffView } from './DiffView.tsx';
import { GestureFields } from './GestureFields.tsx';
import { gestureFields } from './gestureFields.ts';
import { Outlook } from './Outlook.tsx';
import { capital, land, refusalWords } from './perform.ts';
import { unask } from './state.ts';
import { useTried } from './useTried.ts';
import './design.css';

const noVocabulary = { gateways: [], namespaces: [], hosts: [], services: [], urls: [] };

/** What a gesture would write, and what becomes of the current request, before it lands. What it leaves open is asked here. */
export function GestureDialog({ asked }: { readonly asked: Gesture }) {
  const [gesture, setGesture] = useState(asked);
  const tried = useTried(gesture);
  const { report } = useReport();
  const fields = gestureFields(gesture, report?.vocabulary ?? noVocabulary);
  const { draft } = tried;
  const ready = draft?.kind === 'drafted' && !tried.stale;
  const agree = () => {
    if (draft?.kind !== 'drafted') return;
    unask();
    land(gesture, draft, {});
  };
  return (
    <Dialog
      title={capital(labelGesture(gesture))}
      className="gesture-dialog"
      onClose={unask}
      foot={
        <>
          <span className="dim grow">One undo takes it back</span>
          <Button onClick={unask}>Cancel</Button>
          <Button look="primary" type="submit" form="gesture-form" disabled={!ready}>
            {gesture.kind === 'remove' ? 'Delete' : 'Apply the edit'}
          </Button>
        </>
      }
    >
      <form
        id="gesture-form"
        className="gesture-form"
        onSubmit={(event) => {
          event.preventDefault();
          agree();
        }}
      >
        <GestureFields fields={fields} onChange={setGesture} />
        {gesture.kind === 'remove' ? <Depth gesture={gesture} onChange={setGesture} /> : null}
      </form>
      <div className="tried" aria-live="polite" aria-busy={tried.stale}>
        {draft === undefined ? <p className="dim">Trying it…</p> : null}
        {draft?.kind === 'refused' ? (
          <p className="tried-line fail">
            <CircleAlert size={15} strokeWidth={1.5} aria-hidden />
            {refusalWords(draft)}
          </p>
        ) : null}
        {draft?.kind === 'drafted' ? (
          <>
            <Outlook tried={tried} />
            <AlongsideList alongside={draft.alongside} />
            {draft.warnings.map((warning, index) => (
              <p key={index} className="tried-line">
                <TriangleAlert className="warn" size={15} strokeWidth={1.5} aria-hidden />
                <span>
                  <Said>{explainGestureWarning(warning)}</Said>
                </span>
              </p>
            ))}
            <DiffView hunks={tried.hunks} label="What is written" />
          </>
        ) : null}
      </div>
    </Dialog>
  );
}

/** Whether what hangs on a thing goes with it. */
function Depth({
  gesture,
  onChange,
}: {
  readonly gesture: Extract<Gesture, { kind: 'remove' }>;
  readonly onChange: (gesture: Gesture) => void;
}) {
  return (
    <Segments
      label="How much goes"
      value={gesture.dependents ? 'all' : 'only'}
      choices={[
        { value: 'only', label: 'Only this' },
        { value: 'all', label: 'With what hangs on it' },
      ]}
      onChange={(value) => onChange({ ...gesture, dependents: value === 'all' })}
    />
  );
}

const most = 6;

function AlongsideList({ alongside }: { readonly alongside: readonly Alongside[] }) {
  const shown = alongside.filter(({ what }) => what !== 'weight-changed');
  if (shown.length === 0) return null;
  return (
    <div className="alongside">
      <p className="tried-line">
        <CircleCheck size={15} strokeWidth={1.5} aria-hidden />
        {capital(summarizeAlongside(shown))}
      </p>
      <ul>
        {shown.slice(0, most).map(({ at }, index) => (
          <li key={index}>{placeName(at)}</li>
        ))}
        {shown.length > most ? <li>and {shown.length - most} more</li> : null}
      </ul>
    </div>
  );
}
