import { Link2, Link2Off, X } from 'lucide-react';
import { forwardRef, useState, type ButtonHTMLAttributes, type ReactNode } from 'react';
import type { Call, HttpMessage, TlsHello } from '../../src/simulate/call.ts';
import { setCall, setView, useCall, useView } from '../store/store.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Popover } from '../ui/Popover.tsx';
import { Segments } from '../ui/Segments.tsx';
import { addressOf, followsHost, sniFor, withAddress } from './address.ts';

/** Parts of the question beside its address; each opens a small editor. */
export function Chips() {
  const call = useCall();
  const { tls, http } = call;
  return (
    <div className="chips">
      <PortChip call={call} />
      {tls === undefined ? null : <SniChip call={call} tls={tls} />}
      {tls === undefined ? null : (
        <>
          <TlsChip
            tls={tls}
            className="narrow"
            title="TLS"
            value={`${tls.alpn[0] ?? 'no ALPN'}, ${tls.clientCertificate ? 'cert' : 'no cert'}`}
          />
          <TlsChip
            tls={tls}
            className="wide"
            title="ALPN"
            value={tls.alpn.length === 0 ? 'none' : tls.alpn.join(', ')}
          />
          <TlsChip
            tls={tls}
            className="wide"
            title="Client cert"
            value={tls.clientCertificate ? 'shown' : 'none'}
          />
        </>
      )}
      {http === undefined ? null : <HeadersChip http={http} />}
    </div>
  );
}

interface ChipProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly title: string;
  readonly value: string;
  readonly icon?: ReactNode;
}

const Chip = forwardRef<HTMLButtonElement, ChipProps>(function Chip(
  { title, value, icon, className, ...rest },
  ref,
) {
  return (
    <button
      type="button"
      {...rest}
      ref={ref}
      className={className === undefined ? 'chip' : `chip ${className}`}
    >
      {icon}
      <span className="chip-title">{title}</span>
      <span className="chip-value">{value}</span>
    </button>
  );
});

// ── Port ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

function PortChip({ call }: { readonly call: Call }) {
  const [draft, setDraft] = useState<string>();
  const port = Number(draft);
  const wrong = draft !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65535);
  const { from } = call;
  return (
    <Popover label="Port" trigger={<Chip title="Port" value={String(call.port)} />}>
      <div className="editor">
        <Field
          label="Port"
          mono
          inputMode="numeric"
          value={draft ?? String(call.port)}
          error={wrong ? 'A port is a number from 1 to 65535' : undefined}
          help={
            from.kind === 'outside' && from.portOf === 'pod'
              ? 'The port that Envoy listens on'
              : 'The port that the client dials'
          }
          onChange={(event) => {
            const { value } = event.target;
            setDraft(value);
            const typed = Number(value);
            if (!Number.isInteger(typed) || typed < 1 || typed > 65535) return;
            setCall({
              tls: undefined,
              http: undefined,
              ...withAddress(call, { ...addressOf(call), port: typed }, false),
            });
          }}
          onBlur={() => setDraft(undefined)}
        />
        {from.kind === 'outside' ? (
          <Segments
            label="Whose port it is"
            value={from.portOf}
            choices={[
              { value: 'service', label: 'of the Service' },
              { value: 'pod', label: 'of the pod' },
            ]}
            onChange={(portOf) => setCall({ from: { ...from, portOf } })}
          />
        ) : null}
      </div>
    </Popover>
  );
}

// ── SNI ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

function SniChip({ call, tls }: { readonly call: Call; readonly tls: TlsHello }) {
  const unlinked = useView()['sniUnlinked'] === true || !followsHost(call);
  const Icon = unlinked ? Link2Off : Link2;
  const { host } = addressOf(call);
  const value = unlinked
    ? (tls.sni ?? 'none')
    : call.http === undefined
      ? (tls.sni ?? 'none')
      : 'follows host';
  const mode = !unlinked ? 'host' : tls.sni === null ? 'none' : 'own';
  return (
    <Popover
      label="Server name (SNI)"
      trigger={
        <Chip
          title="SNI"
          value={value}
          icon={<Icon className={unlinked ? 'dim' : 'acc'} size={14} strokeWidth={1.5} aria-hidden />}
        />
      }
    >
      <div className="editor">
        <Segments
          label="Server name that the client sends"
          value={mode}
          choices={[
            { value: 'host', label: 'Follows host' },
            { value: 'own', label: 'Another' },
            { value: 'none', label: 'None' },
          ]}
          onChange={(next) => {
            setView({ sniUnlinked: next !== 'host' });
            setCall({ tls: { ...tls, sni: next === 'none' ? null : (sniFor(host) ?? tls.sni) } });
          }}
        />
        {mode === 'own' ? (
          <Field
            label="Server name"
            mono
            spellCheck={false}
            value={tls.sni ?? ''}
            help="Decides which filter chain takes the connection, before any Host is read"
            onChange={(event) => {
              setView({ sniUnlinked: true });
              setCall({ tls: { ...tls, sni: event.target.value } });
            }}
          />
        ) : (
          <p className="help">
            {mode === 'none'
              ? 'Clients that are given an address instead of a name send none.'
              : 'The client sends the host of the URL, as browsers do.'}
          </p>
        )}
      </div>
    </Popover>
  );
}

// ── TLS ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

interface TlsChipProps {
  readonly tls: TlsHello;
  readonly className: string;
  readonly title: string;
  readonly value: string;
}

function TlsChip({ tls, className, title, value }: TlsChipProps) {
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

// ── Headers ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function HeadersChip({ http }: { readonly http: HttpMessage }) {
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
