import { X } from 'lucide-react';
import { useState } from 'react';
import type { HttpMessage } from '../../src/simulate/call.ts';
import { setCall } from '../store/store.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { focusOnce } from '../ui/focusOnce.ts';
import { Popover } from '../ui/Popover.tsx';
import { Chip } from './Chip.tsx';

/** Header fields of the request, in order; names may repeat. */
export function HeadersChip({ http }: { readonly http: HttpMessage }) {
  return (
    <Popover
      label="Headers"
      trigger={<Chip title="Headers" value={String(http.headers.length)} />}
      align="end"
    >
      <HeaderRows http={http} />
    </Popover>
  );
}

/** What is typed here is sent once it has a name. */
function HeaderRows({ http }: { readonly http: HttpMessage }) {
  const [rows, setRows] = useState(http.headers);
  const [added, setAdded] = useState(-1);
  const change = (next: HttpMessage['headers']): void => {
    setRows(next);
    setCall({ http: { ...http, headers: next.filter(([name]) => name.trim() !== '') } });
  };
  const { version: _, ...modern } = http;
  return (
    <div className="editor headers">
      {rows.length === 0 ? <p className="help">None but what every client sends.</p> : null}
      {rows.map(([name, value], index) => (
        <div className="header" key={index}>
          <input
            className="input mono"
            aria-label={`Name of header ${index + 1}`}
            placeholder="cookie"
            spellCheck={false}
            ref={index === added ? focusOnce : null}
            value={name}
            onChange={(event) => change(rows.with(index, [event.target.value, value]))}
          />
          <input
            className="input mono"
            aria-label={`Value of header ${index + 1}`}
            placeholder="value"
            spellCheck={false}
            value={value}
            onChange={(event) => change(rows.with(index, [name, event.target.value]))}
          />
          <IconButton
            label={`Remove header ${name}`}
            small
            onClick={() => {
              setAdded(-1);
              change(rows.filter((_each, at) => at !== index));
            }}
          >
            <X size={14} strokeWidth={1.5} />
          </IconButton>
        </div>
      ))}
      <div>
        <Button
          small
          onClick={() => {
            setAdded(rows.length);
            setRows([...rows, ['', '']]);
          }}
        >
          Add a header
        </Button>
      </div>
      <label className="check-line">
        <input
          type="checkbox"
          checked={http.version === '1.0'}
          onChange={(event) => setCall({ http: event.target.checked ? { ...http, version: '1.0' } : modern })}
        />
        Speaks HTTP/1.0
      </label>
    </div>
  );
}
