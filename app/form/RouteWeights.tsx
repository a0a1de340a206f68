import { ChevronRight, Hexagon, Plus, X } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { numberAt, textAt } from '../../src/gesture/board.ts';
import type { ListSchema } from '../../src/istio/schema/schema.ts';
import type { Json, Path } from '../../src/manifest/source.ts';
import { ask } from '../design/state.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { FieldFrame, Remarks } from './FieldFrame.tsx';
import { useAt, useEdit, useRemarks, useScene } from './scene.ts';
import { undoKeys } from './undoKeys.ts';

interface RouteWeightsProps {
  readonly path: Path;
  readonly field: ListSchema;
  readonly value: readonly Json[];
}

/** Where a rule sends what it takes: weights move together, so that their sum stays. */
export function RouteWeights({ path, field, value }: RouteWeightsProps) {
  const at = useAt(path);
  const remarks = useRemarks(path);
  const { edit } = useEdit();
  const rule = { object: at.object, path: path.slice(0, -1) };
  const weights = value.map((item) => numberAt(item, ['weight']) ?? 0);
  const sum = weights.reduce((all, each) => all + each, 0);
  return (
    <FieldFrame
      label="Then send to"
      field={field}
      remarks={remarks}
      beside={value.length > 1 ? <span className="form-help">adds up to {sum}</span> : null}
    >
      <ul className="weights">
        {value.map((item, index) => (
          <Destination
            key={index}
            path={[...path, index]}
            item={item}
            weight={value.length > 1 ? (weights[index] ?? 0) : undefined}
            sum={sum === 0 ? 100 : sum}
          />
        ))}
      </ul>
      <span className="form-actions">
        <Button
          look="quiet"
          small
          icon={<Plus size={14} strokeWidth={1.5} aria-hidden />}
          onClick={() =>
            ask({ kind: 'gesture', gesture: { kind: 'create-destination', rule, destination: { host: '' } } })
          }
        >
          Add destination
        </Button>
        {value.length > 1 ? (
          <Button look="quiet" small onClick={() => edit({ kind: 'share-evenly', rule })}>
            Share evenly
          </Button>
        ) : null}
      </span>
    </FieldFrame>
  );
}

interface DestinationProps {
  readonly path: Path;
  readonly item: Json;
  /** Absent: it is the only one and takes everything. */
  readonly weight: number | undefined;
  readonly sum: number;
}

function Destination({ path, item, weight, sum }: DestinationProps) {
  const at = useAt(path);
  const { go } = useScene();
  const remarks = useRemarks(path, true);
  const { edit, goOn, begin } = useEdit();
  const host = textAt(item, ['destination', 'host']) ?? '';
  const port = numberAt(item, ['destination', 'port', 'number']);
  const subset = textAt(item, ['destination', 'subset']);
  const name = host === '' ? 'a destination without host' : host.replace(/\.svc\.cluster\.local$/, '');
  // While the hand is on it, the control is ahead of the text.
  const [held, setHeld] = useState<string>();
  const shown = held ?? String(weight ?? '');
  const shift = (typed: string) => {
    setHeld(typed);
    if (/^\d+$/.test(typed)) goOn({ kind: 'set-weight', at, weight: Number(typed) });
  };
  const letGo = () => setHeld(undefined);
  const keys = (event: KeyboardEvent) => {
    if (undoKeys(event) === undefined) return;
    letGo();
    begin();
  };
  const wrong = remarks.some(({ level }) => level === 'fail');
  return (
    <li className="weight-row">
      <span className="weight-name">
        <button type="button" className="row-link" onClick={() => go(path)}>
          <Hexagon className={wrong ? 'fail' : 'dim'} size={14} strokeWidth={1.5} aria-hidden />
          <code className="trunc">{name}</code>
          {subset === undefined ? null : <span className="tag">{subset}</span>}
          <span className="form-help">{port === undefined ? 'no port named' : `port ${port}`}</span>
          <ChevronRight className="dim" size={14} strokeWidth={1.5} aria-hidden />
        </button>
        <IconButton
          small
          label={`Remove destination ${name}`}
          onClick={() => edit({ kind: 'remove', at, dependents: false })}
        >
          <X size={14} strokeWidth={1.5} />
        </IconButton>
      </span>
      {weight === undefined ? null : (
        <span className="weight-controls">
          <input
            type="range"
            aria-label={`Weight of ${name}`}
            min={0}
            max={sum}
            value={shown}
            onPointerDown={begin}
            onFocus={begin}
            onBlur={letGo}
            onKeyDown={keys}
            onChange={(event) => shift(event.target.value)}
          />
          <input
            className="input mono"
            type="number"
            aria-label={`Weight of ${name}, as a number`}
            min={0}
            max={sum}
            value={shown}
            onFocus={begin}
            onBlur={letGo}
            onKeyDown={keys}
            onChange={(event) => shift(event.target.value)}
          />
        </span>
      )}
      <PortChoice path={path} host={host} port={port} />
      <Remarks remarks={remarks} />
    </li>
  );
}

/** A service with several ports, and none named: they stand there to be chosen. */
function PortChoice({
  path,
  host,
  port,
}: {
  readonly path: Path;
  readonly host: string;
  readonly port: number | undefined;
}) {
  const { vocabulary, object } = useScene();
  const at = useAt([...path, 'destination', 'port', 'number']);
  const { edit } = useEdit();
  const service = vocabulary.services.find(
    (each) => each.host === host || each.host === `${host}.${object.namespace}.svc.cluster.local`,
  );
  if (port !== undefined || service === undefined || service.ports.length < 2) return null;
  return (
    <span className="port-choice">
      <span className="form-help grow">It has {service.ports.length} ports: choose one</span>
      {service.ports.map(({ number }) => (
        <Button key={number} small onClick={() => edit({ kind: 'set', at, value: number })}>
          {number}
        </Button>
      ))}
    </span>
  );
}
