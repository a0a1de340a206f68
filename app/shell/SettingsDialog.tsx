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
        <label className="check-line">
          <input
            type="checkbox"
            checked={closed}
            onChange={(event) => setSettings({ closed: event.target.checked })}
          />
          <span>
            <b>This paste is everything</b>
            <span className="help">
              What it does not hold does not exist. Without this, a service that is not in the paste may exist
              in the cluster, and the answer says so.
            </span>
          </span>
        </label>
      </div>
    </Dialog>
  );
}
