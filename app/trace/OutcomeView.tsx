import { percent } from '../../src/explain/names.ts';
import type { ToldOutcome } from '../../src/explain/told.ts';
import { select, setSettings } from '../store/store.ts';
import { perform } from '../design/perform.ts';
import { Button } from '../ui/Button.tsx';
import { Said } from '../ui/Said.tsx';
import { ToneIcon } from '../ui/ToneIcon.tsx';
import { FollowRedirect } from './FollowRedirect.tsx';

/** How the request ends, in one sentence; below it Envoy's words, and the shares where chance decides. */
export function OutcomeView({ outcome }: { readonly outcome: ToldOutcome }) {
  const { tone, headline, detail, shares, wanting } = outcome;
  return (
    <div className="outcome">
      <output>
        <h3>
          <ToneIcon tone={tone} size={20} />
          <span>{headline}</span>
        </h3>
        <p>
          <Said>{detail}</Said>
        </p>
      </output>
      {tone === 'move' ? <FollowRedirect /> : null}
      {tone === 'unknown' ? (
        <div className="outcome-acts">
          {wanting === undefined ? null : (
            <Button
              small
              onClick={() =>
                void perform(
                  { kind: 'create-service', name: wanting.name, namespace: wanting.namespace },
                  { from: 'trace' },
                )
              }
            >
              Add a Service {wanting.name}
            </Button>
          )}
          <Button small look="quiet" onClick={() => setSettings({ closed: true })}>
            Take the paste as everything
          </Button>
        </div>
      ) : null}
      {shares.length === 0 ? null : (
        <>
          <div className="split" aria-hidden>
            {shares.map((each, index) => (
              <i key={index} className={each.tone} style={{ flex: Math.max(each.share, 0.01) }} />
            ))}
          </div>
          <ul className="split-key">
            {shares.map((each, index) => (
              <li key={index}>
                <button
                  type="button"
                  title={percent(each.share)}
                  disabled={each.at.length === 0}
                  onClick={() => select(each.at[0], 'trace')}
                >
                  <ToneIcon tone={each.tone} size={14} />
                  <span>
                    <Said>{each.says}</Said>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
