import { setCall, say, unsay, useCall } from '../store/store.ts';
import type { Call } from '../../src/simulate/call.ts';
import { Button } from '../ui/Button.tsx';
import { Said } from '../ui/Said.tsx';
import { ComparedView } from './Candidates.tsx';
import { useWhyNot } from './useWhyNot.ts';

/** Why the selection does not take this request, and which one it takes; nothing while the selection is on the path. */
export function WhyNotView() {
  const told = useWhyNot();
  const before = useCall();
  return (
    <div aria-live="polite" style={{ display: 'contents' }}>
      {told === undefined ? null : (
        <section className="why-not" aria-label="About the selection">
          <p>
            <Said>{told.headline}</Said>
          </p>
          {told.miss === undefined ? null : (
            <div className="why-not-miss soft">
              <span>
                <Said>{told.miss.says}</Said>
              </span>
              <ComparedView compared={told.miss.compared} />
            </div>
          )}
          <div className="why-not-says">
            <div className="soft">
              {told.says.map((sentence, index) => (
                <p key={index}>
                  <Said>{sentence}</Said>
                </p>
              ))}
            </div>
            <AskThat call={told.call} before={before} />
          </div>
        </section>
      )}
    </div>
  );
}

function AskThat({ call, before }: { readonly call: Call | undefined; readonly before: Call }) {
  if (call === undefined) return null;
  const ask = () => {
    put({ ...call, id: before.id });
    say('Another request is asked.', {
      label: 'Undo',
      run: () => {
        put(before);
        unsay();
      },
    });
  };
  return (
    <Button small onClick={ask}>
      Ask that
    </Button>
  );
}

function put(call: Call): void {
  setCall({ tls: undefined, http: undefined, ...call });
}
