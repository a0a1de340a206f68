import { ChevronRight, Plus, X } from 'lucide-react';
import { isObject } from '../../src/gesture/board.ts';
import type { ListSchema } from '../../src/istio/schema/schema.ts';
import type { Json, Path } from '../../src/manifest/source.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { conditionFields, Conditions } from './Conditions.tsx';
import { FieldFrame } from './FieldFrame.tsx';
import { useAt, useEdit, useRemarks, useScene } from './scene.ts';
import { summaryOf } from './summaries.ts';

interface MatchListProps {
  readonly path: Path;
  readonly field: ListSchema;
  readonly value: readonly Json[];
}

/** When a rule for HTTP takes a request: sets of conditions, one of which must hold. */
export function MatchList({ path, field, value }: MatchListProps) {
  const at = useAt(path);
  const remarks = useRemarks(path);
  const { edit } = useEdit();
  const rule = { object: at.object, path: path.slice(0, 3) };
  return (
    <FieldFrame label="When" field={field} remarks={remarks}>
      {value.length === 0 ? (
        <span className="soft">Always: it takes every request that comes to it.</span>
      ) : null}
      {value.map((match, index) => (
        <OneMatch key={index} path={[...path, index]} value={match} />
      ))}
      <Button
        look="quiet"
        small
        icon={<Plus size={14} strokeWidth={1.5} aria-hidden />}
        onClick={() => edit({ kind: 'create-match', rule })}
      >
        {value.length === 0 ? 'Add condition' : 'Or when'}
      </Button>
    </FieldFrame>
  );
}

interface OneMatchProps {
  readonly path: Path;
  readonly value: Json;
}

function OneMatch({ path, value }: OneMatchProps) {
  const at = useAt(path);
  const { go } = useScene();
  const { edit } = useEdit();
  const number = Number(path.at(-1)) + 1;
  const others = isObject(value) ? Object.keys(value).filter((key) => !conditionFields.has(key)) : [];
  const rest = isObject(value) ? Object.fromEntries(others.map((key) => [key, value[key] ?? null])) : value;
  return (
    <div className="one-match">
      <div className="one-match-head">
        <span className="form-help">{number === 1 ? '' : 'or when'}</span>
        <span className="grow" />
        <button type="button" className="row-link" onClick={() => go(path)}>
          <span className="form-help">{others.length === 0 ? 'More fields' : summaryOf('match', rest)}</span>
          <ChevronRight className="dim" size={14} strokeWidth={1.5} aria-hidden />
          <span className="sr">of condition {number}</span>
        </button>
        <IconButton
          small
          label={`Remove condition ${number}`}
          onClick={() => edit({ kind: 'remove', at, dependents: false })}
        >
          <X size={14} strokeWidth={1.5} />
        </IconButton>
      </div>
      {isObject(value) ? <Conditions path={path} value={value} /> : null}
    </div>
  );
}
