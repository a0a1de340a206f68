import type { TlsHello } from '../../src/simulate/call.ts';
import { setCall } from '../store/store.ts';
import { Field } from '../ui/Field.tsx';
import { Popover } from '../ui/Popover.tsx';
import { Chip } from './Chip.tsx';

interface TlsChipProps {
  readonly tls: TlsHello;
  readonly className: string;
  readonly title: string;
  readonly value: string;
}

/** ALPN, client certificate and versions of the client's hello. */
export function TlsChip({ tls, className, title, value }: TlsChipProps) {
  const other = tls.alpn.filter((each) => each !== 'h2' && each !== 'http/1.1');
  const toggle = (protocol: string, on: boolean): void => {
    const rest = tls.alpn.filter((each) => each !== protocol);
    setCall({
      tls: { ...tls, alpn: on ? (protocol === 'h2' ? [protocol, ...rest] : [...rest, protocol]) : rest },
    });
  };
  const setVersion = (key: 'minVersion' | 'maxVersion', version: string): void => {
    const { [key]: _, ...rest } = tls;
    setCall({ tls: version === 'TLSv1.2' || version === 'TLSv1.3' ? { ...rest, [key]: version } : rest });
  };
  return (
    <Popover label="TLS" trigger={<Chip title={title} value={value} className={className} />} align="end">
      <div className="editor">
        <fieldset className="checks">
          <legend>ALPN, in the client’s order</legend>
          {['h2', 'http/1.1'].map((protocol) => (
            <label key={protocol}>
              <input
                type="checkbox"
                checked={tls.alpn.includes(protocol)}
                onChange={(event) => toggle(protocol, event.target.checked)}
              />
              <code>{protocol}</code>
            </label>
          ))}
        </fieldset>
        <Field
          label="Other protocols"
          mono
          spellCheck={false}
          placeholder="none"
          value={other.join(', ')}
          onChange={(event) => {
            const typed = event.target.value.split(/[\s,]+/).filter((each) => each !== '');
            setCall({
              tls: { ...tls, alpn: [...tls.alpn.filter((each) => !other.includes(each)), ...typed] },
            });
          }}
        />
        <label className="check-line">
          <input
            type="checkbox"
            checked={tls.clientCertificate}
            onChange={(event) => setCall({ tls: { ...tls, clientCertificate: event.target.checked } })}
          />
          Shows a client certificate that the server trusts
        </label>
        <div className="two-up">
          <label className="fieldset">
            <span className="label">Oldest version</span>
            <select
              className="input"
              value={tls.minVersion ?? ''}
              onChange={(event) => setVersion('minVersion', event.target.value)}
            >
              <option value="">TLS 1.2</option>
              <option value="TLSv1.3">TLS 1.3</option>
            </select>
          </label>
          <label className="fieldset">
            <span className="label">Newest version</span>
            <select
              className="input"
              value={tls.maxVersion ?? ''}
              onChange={(event) => setVersion('maxVersion', event.target.value)}
            >
              <option value="">TLS 1.3</option>
              <option value="TLSv1.2">TLS 1.2</option>
            </select>
          </label>
        </div>
      </div>
    </Popover>
  );
}
