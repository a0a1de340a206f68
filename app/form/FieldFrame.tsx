import { OctagonX, TriangleAlert, Info, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { fill } from '../../src/explain/phrase.ts';
import type { FieldSchema } from '../../src/istio/schema/schema.ts';
import { IconButton } from '../ui/Button.tsx';
import { Said } from '../ui/Said.tsx';
import type { Remark } from './scene.ts';

const icons = { fail: OctagonX, surprise: TriangleAlert, style: Info } as const;
const tones = { fail: 'fail', surprise: 'warn', style: 'dim' } as const;

/** What is said about a place, right under its control. */
export function Remarks({ remarks, id }: { readonly remarks: readonly Remark[]; readonly id?: string }) {
  return (
    <>
      {remarks.map((remark, index) => {
        const Icon = icons[remark.level];
        return (
          <span key={index} id={index === 0 ? id : undefined} className={`remark ${tones[remark.level]}`}>
            <Icon size={14} strokeWidth={1.5} aria-hidden />
            {remark.text}
          </span>
        );
      })}
    </>
  );
}

interface FieldFrameProps {
  readonly label: string;
  /** Id of the control that the label is for; absent: the frame is a group. */
  readonly controls?: string;
  readonly field?: FieldSchema;
  readonly help?: ReactNode;
  readonly helpId?: string;
  readonly remarks?: readonly Remark[];
  readonly remarkId?: string;
  /** Beside the label. */
  readonly beside?: ReactNode;
  /** It may stand beside another one. */
  readonly short?: boolean;
  /** Takes the field out of the text. */
  readonly onRemove?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** Name, control, what it means, what is wrong with it. */
export function FieldFrame({
  label,
  controls,
  field,
  help = field?.doc,
  helpId,
  remarks = [],
  remarkId,
  beside,
  short,
  onRemove,
  children,
}: FieldFrameProps) {
  const said =
    help === undefined || help === '' ? null : (
      <span className="form-help" id={helpId}>
        {typeof help === 'string' ? <Said>{fill(help, {})}</Said> : help}
      </span>
    );
  const isGroup = controls === undefined;
  return (
    <div
      className={short === true ? 'form-field short' : 'form-field'}
      role={isGroup ? 'group' : undefined}
      aria-label={isGroup ? label : undefined}
    >
      <div className="form-label">
        {isGroup ? <span>{label}</span> : <label htmlFor={controls}>{label}</label>}
        {field?.simulated === 'no' ? <span className="tag">not simulated</span> : null}
        {field?.simulated === 'partly' ? <span className="tag">simulated in part</span> : null}
        <span className="grow" />
        {beside}
        {onRemove === undefined ? null : (
          <IconButton small label={`Remove ${label}`} onClick={onRemove}>
            <X size={14} strokeWidth={1.5} />
          </IconButton>
        )}
      </div>
      {isGroup ? said : null}
      {children}
      <Remarks remarks={remarks} {...(remarkId === undefined ? {} : { id: remarkId })} />
      {isGroup ? null : said}
    </div>
  );
}
