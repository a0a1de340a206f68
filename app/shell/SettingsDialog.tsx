import { open, setSettings, useSettings } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';

/** What the answer depends on besides text and request. */
export function SettingsDialog() {
  const { defaultNamespace, closed } = useSettings();
  const valid = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(defaultNamespace);
  return (
    <Dialog
      title="Reading of the text"
      onClose={() => open(undefined)}
      foot={
        <>
          <span className="grow" />
          <Button look="primary" onClick={() => open(undefined)}>
            Done
          </Button>
        </>
      }
    >
      <div className="settings">
        <Field
          label="Default namespace"
          mono
          value={defaultNamespace}
          help="Documents that name no namespace are read as if they stood in this one."
          error={valid ? undefined : 'A namespace has small letters, digits and dashes, at most 63.'}
          onChange={(event) => setSettings({ defaultNamespace: event.target.value.trim() })}
        />
        <div className="check-line">
          <input
            id="closed"
            type="checkbox"
            aria-describedby="closed-help"
            checked={closed}
            onChange={(event) => setSettings({ closed: event.target.checked })}
          />
          <div>
            <label htmlFor="closed">This paste is everything</label>
            <p className="help" id="closed-help">
              What it does not hold does not exist. Without this, a service that is not in the paste may exist
              in the cluster, and the answer says so.
            </p>
          </div>
        </div>
      </div>
    </Dialog>
  );
}
