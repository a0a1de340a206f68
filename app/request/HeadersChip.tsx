import { X } from 'lucide-react';
import type { HttpMessage } from '../../src/simulate/call.ts';
import { setCall } from '../store/store.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Popover } from '../ui/Popover.tsx';
import { Chip } from './Chip.tsx';

/** Header fields of the request, in order; names may repeat. */
export function HeadersChip({ http }: { readonly http: HttpMessage }) {
  const change = (headers: HttpMessage['headers']): void => setCall({ http: { ...http, headers } });
  const { version: _, ...modern } = http;
  return (
    <Popover
      label="Headers"
      trigger={<Chip title="Headers" value={String(http.headers.length)} />}
      align="end"
    >
      <div className="editor headers">
        {http.headers.length === 0 ? <p className="help">None but what every client sends.</p> : null}
        {http.headers.map(([name, value], index) => (
          <div className="header" key={index}>
            <input
              className="input mono"
              aria-label={`Name of header ${index + 1}`}
              placeholder="cookie"
              spellCheck={false}
              value={name}
              onChange={(event) => change(http.headers.with(index, [event.target.value, value]))}
            />
            <input
              className="input mono"
              aria-label={`Value of header ${index + 1}`}
              placeholder="value"
              spellCheck={false}
              value={value}
              onChange={(event) => change(http.headers.with(index, [name, event.target.value]))}
            />
            <IconButton
              label={`Remove header ${name}`}
              small
              onClick={() => change(http.headers.filter((_each, at) => at !== index))}
            >
              <X size={14} strokeWidth={1.5} />
            </IconButton>
          </div>
        ))}
        <div>
          <Button small onClick={() => change([...http.headers, ['', '']])}>
            Add a header
          </Button>
        </div>
        <label className="check-line">
          <input
            type="checkbox"
            checked={http.version === '1.0'}
            onChange={(event) =>
              setCall({ http: event.target.checked ? { ...http, version: '1.0' } : modern })
            }
          />
          Speaks HTTP/1.0
        </label>
      </div>
    </Popover>
  );
}
