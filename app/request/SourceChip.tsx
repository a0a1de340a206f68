import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import { setCall, useCall, useReport } from '../store/store.ts';
import { Field } from '../ui/Field.tsx';
import { Popover } from '../ui/Popover.tsx';
import { clientName, labelsText, readLabels, sameClient } from './origins.ts';

/** Which workload calls: its namespace and labels, from what the text holds or typed. */
export function SourceChip() {
  const { from } = useCall();
  const { report } = useReport();
  const [draft, setDraft] = useState<string>();
  const id = useId();
  if (from.kind !== 'mesh') return null;
  const clients = (report?.clients ?? []).slice(0, 200);
  const wrong = draft !== undefined && readLabels(draft) === undefined;
  const name = from.labels['app'] ?? Object.values(from.labels)[0];
  return (
    <Popover
      label="Calling workload"
      trigger={
        <button type="button" className="pick">
          <span className="dim">From a pod in</span>
          <b className="trunc">{name === undefined ? from.namespace : `${from.namespace}, ${name}`}</b>
          <ChevronDown size={14} strokeWidth={1.5} aria-hidden />
        </button>
      }
    >
      <div className="editor">
        {clients.length === 0 ? null : (
          <div className="fieldset">
            <label className="label" htmlFor={`${id}-client`}>
              A workload of this text
            </label>
            <select
              id={`${id}-client`}
              className="input"
              value={clients.findIndex((each) => sameClient(each, from))}
              onChange={(event) => {
                const client = clients[Number(event.target.value)];
                if (client === undefined) return;
                setDraft(undefined);
                setCall({ from: { ...from, namespace: client.namespace, labels: client.labels } });
              }}
            >
              <option value={-1}>another one</option>
              {clients.map((client, index) => (
                <option key={index} value={index}>
                  {clientName(client)}
                </option>
              ))}
            </select>
          </div>
        )}
        <Field
          label="Namespace of the caller"
          mono
          spellCheck={false}
          list={`${id}-namespaces`}
          value={from.namespace}
          onChange={(event) => setCall({ from: { ...from, namespace: event.target.value } })}
        />
        <datalist id={`${id}-namespaces`}>
          {(report?.vocabulary.namespaces ?? []).map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </datalist>
        <Field
          label="Labels of the caller"
          mono
          spellCheck={false}
          placeholder="app=productpage, version=v1"
          value={draft ?? labelsText(from.labels)}
          error={wrong ? 'Labels are written name=value, with commas between' : undefined}
          help="Only rules with sourceLabels, and Sidecars, look at them"
          onChange={(event) => {
            setDraft(event.target.value);
            const labels = readLabels(event.target.value);
            if (labels !== undefined) setCall({ from: { ...from, labels } });
          }}
          onBlur={() => setDraft(undefined)}
        />
      </div>
    </Popover>
  );
}
