import { ChevronRight, Plus } from 'lucide-react';
import { isObject } from '../../src/gesture/board.ts';
import type { Gesture } from '../../src/gesture/gesture.ts';
import type { ListSchema, ObjectSchema } from '../../src/istio/schema/schema.ts';
import type { Json, Path, SourceRef } from '../../src/manifest/source.ts';
import { ask } from '../design/state.ts';
import { Button } from '../ui/Button.tsx';
import { FieldFrame, Remarks } from './FieldFrame.tsx';
import { Rows } from './Rows.tsx';
import { useAt, useEdit, useRemarks, useScene } from './scene.ts';
import { summaryOf } from './summaries.ts';

interface ObjectListProps {
  readonly path: Path;
  readonly label: string;
  readonly field: ListSchema;
  readonly value: readonly Json[];
}

/** A list of objects, a line each; a line leads to the form of its object. */
export function ObjectList({ path, label, field, value }: ObjectListProps) {
  const list = useAt(path);
  const { go } = useScene();
  const { edit } = useEdit();
  const remarks = useRemarks(path);
  const word = words[label] ?? label.replace(/s$/, '');
  const add = addition(list, value.length, field);
  return (
    <FieldFrame label={titles[label] ?? label} field={field} remarks={remarks}>
      <Rows
        path={path}
        word={word}
        count={value.length}
        render={(index) => (
          <>
            <button type="button" className="row-link" onClick={() => go([...path, index])}>
              <span className="num">{index + 1}</span>
              <span className="trunc mono">{summaryOf(label, value[index] ?? null)}</span>
              <ChevronRight className="dim" size={14} strokeWidth={1.5} aria-hidden />
            </button>
            <Inside path={[...path, index]} />
          </>
        )}
      />
      <Button
        look="quiet"
        small
        icon={<Plus size={14} strokeWidth={1.5} aria-hidden />}
        onClick={() => (add.asks ? ask({ kind: 'gesture', gesture: add.gesture }) : edit(add.gesture))}
      >
        Add {word}
      </Button>
    </FieldFrame>
  );
}

/** The first thing that is wrong somewhere in an item. */
function Inside({ path }: { readonly path: Path }) {
  const remarks = useRemarks(path, true);
  return <Remarks remarks={remarks.slice(0, 1)} />;
}

const words: Readonly<Record<string, string>> = {
  http: 'rule',
  tls: 'TLS rule',
  tcp: 'TCP rule',
  match: 'condition',
  route: 'destination',
  tlsCertificates: 'certificate',
};
const titles: Readonly<Record<string, string>> = { http: 'Rules', tls: 'TLS rules', tcp: 'TCP rules' };

interface Addition {
  readonly gesture: Gesture;
  readonly asks: boolean;
}

/** How one more item comes: by the gesture that knows what it needs, else with what its schema requires. */
function addition(list: SourceRef, count: number, field: ListSchema): Addition {
  const { object, path } = list;
  const place = path.map((key) => (typeof key === 'number' ? '*' : key)).join('.');
  const rule = { object, path: path.slice(0, 3) };
  switch (`${object.kind} ${place}`) {
    case 'Gateway spec.servers':
      return asking({ kind: 'create-server', gateway: object, server: { protocol: 'HTTP' } });
    case 'VirtualService spec.http':
      return asking({
        kind: 'create-rule',
        virtualService: object,
        rule: { section: 'http', action: { kind: 'route' } },
      });
    case 'VirtualService spec.tls':
      return asking({ kind: 'create-rule', virtualService: object, rule: { section: 'tls' } });
    case 'VirtualService spec.tcp':
      return asking({ kind: 'create-rule', virtualService: object, rule: { section: 'tcp' } });
    case 'VirtualService spec.http.*.match':
    case 'VirtualService spec.tls.*.match':
    case 'VirtualService spec.tcp.*.match':
      return { gesture: { kind: 'create-match', rule }, asks: false };
    case 'VirtualService spec.http.*.route':
    case 'VirtualService spec.tls.*.route':
    case 'VirtualService spec.tcp.*.route':
      return asking({ kind: 'create-destination', rule, destination: { host: '' } });
    case 'DestinationRule spec.subsets':
      return asking({ kind: 'create-subset', destinationRule: object });
    default: {
      const value = field.items.type === 'object' ? required(field.items) : {};
      return { gesture: { kind: 'set', at: { object, path: [...path, count] }, value }, asks: false };
    }
  }
}

function asking(gesture: Gesture): Addition {
  return { gesture, asks: true };
}

/** The required fields of a schema with something valid in each. */
function required(schema: ObjectSchema): Json {
  const fields = Object.entries(schema.fields).filter(([, field]) => field.required === true);
  const chosen = fields.length > 0 ? fields : Object.entries(schema.fields).slice(0, 1);
  return Object.fromEntries(
    chosen.map(([name, field]): [string, Json] => {
      switch (field.type) {
        case 'object':
          return [name, required(field)];
        case 'list':
          return [name, []];
        case 'map':
          return [name, {}];
        case 'boolean':
          return [name, true];
        case 'integer':
        case 'number':
        case 'integer-or-text':
          return [name, 80];
        case 'text':
        case 'any':
          return [name, name === 'host' ? 'my-service' : name];
      }
    }),
  );
}

export function hasObjects(field: ListSchema, value: readonly Json[]): boolean {
  return field.items.type === 'object' && value.every(isObject);
}
