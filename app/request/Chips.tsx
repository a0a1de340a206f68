import { Link2, Link2Off } from 'lucide-react';
import { useState } from 'react';
import type { Call, TlsHello } from '../../src/simulate/call.ts';
import { setCall, setView, useCall, useView } from '../store/store.ts';
import { Field } from '../ui/Field.tsx';
import { Popover } from '../ui/Popover.tsx';
import { Segments } from '../ui/Segments.tsx';
import { Chip } from './Chip.tsx';
import { HeadersChip } from './HeadersChip.tsx';
import { TlsChip } from './TlsChip.tsx';
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
