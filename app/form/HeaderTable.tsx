import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { isObject, plainText, textsAt } from '../../src/gesture/board.ts';
import type { FieldSchema } from '../../src/istio/schema/schema.ts';
import type { JsonObject, Path } from '../../src/manifest/source.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { FieldFrame } from './FieldFrame.tsx';
import { NewPair } from './MapTable.tsx';
import { useAt, useEdit, useRemarks } from './scene.ts';
import { Line } from './TextControl.tsx';

type Operation = 'set' | 'add' | 'remove';
const operations: readonly Operation[] = ['set', 'add', 'remove'];

interface HeaderRow {
  readonly operation: Operation;
  readonly name: string;
  readonly value: string;
  /** Where it is written: the value, or the item of `remove`. */
  readonly path: Path;
}

interface HeaderTableProps {
  readonly path: Path;
  readonly label: string;
  readonly field: FieldSchema;
  readonly value: JsonObject;
}

/** `set`, `add` and `remove` of headers as one table. */
export function HeaderTable({ path, label, field, value }: HeaderTableProps) {
  const at = useAt(path);
  const { edit } = useEdit();
  const remarks = useRemarks(path, true);
  const [naming, setNaming] = useState(false);
  const rows = rowsOf(value, path);
  return (
    <FieldFrame label={label} field={field} remarks={remarks}>
      {rows.length === 0 ? null : (
        <table className="header-table">
          <thead>
            <tr>
              <th scope="col">Does</th>
              <th scope="col">Header</th>
              <th scope="col">Value</th>
              <th>
                <span className="sr">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row
                key={`${row.operation}/${row.name}`}
                row={row}
                base={path}
                removed={textsAt(value, ['remove']).length}
              />
            ))}
          </tbody>
        </table>
      )}
      {naming ? (
        <NewPair
          taken={[]}
          onAdd={(name) => {
            setNaming(false);
            if (name !== '') {
              edit({ kind: 'set', at: { object: at.object, path: [...path, 'set', name] }, value: 'value' });
            }
          }}
        />
      ) : null}
      <Button
        look="quiet"
        small
        icon={<Plus size={14} strokeWidth={1.5} aria-hidden />}
        onClick={() => setNaming(true)}
      >
        Add header
      </Button>
    </FieldFrame>
  );
}

function rowsOf(value: JsonObject, path: Path): HeaderRow[] {
  const maps = (['set', 'add'] as const).flatMap((operation) => {
    const map = value[operation];
    return Object.entries(isObject(map) ? map : {}).map(([name, each]): HeaderRow => ({
      operation,
      name,
      value: plainText(each),
      path: [...path, operation, name],
    }));
  });
  const removed = textsAt(value, ['remove']).map((name, index): HeaderRow => ({
    operation: 'remove',
    name,
    value: '',
    path: [...path, 'remove', index],
  }));
  return [...maps, ...removed];
}

function Row({
  row,
  base,
  removed,
}: {
  readonly row: HeaderRow;
  readonly base: Path;
  readonly removed: number;
}) {
  const at = useAt(row.path);
  const { edit, goOn, begin } = useEdit();
  const change = (operation: Operation) => {
    const to =
      operation === 'remove'
        ? { path: [...base, 'remove', removed], value: row.name }
        : { path: [...base, operation, row.name], value: row.value === '' ? 'value' : row.value };
    begin();
    goOn({ kind: 'set-fields', object: at.object, fields: [{ path: row.path }, to] });
  };
  return (
    <tr>
      <td>
        <select
          className="input"
          aria-label={`What is done with ${row.name}`}
          value={row.operation}
          onChange={(event) =>
            change(operations.find((each) => each === event.target.value) ?? row.operation)
          }
        >
          {operations.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </td>
      <td>
        <Line
          label={`Name of header ${row.name}`}
          value={row.name}
          onBegin={begin}
          onType={() => undefined}
          onLeave={(to) => {
            if (to === '' || to === row.name) return;
            if (row.operation === 'remove') edit({ kind: 'set', at, value: to });
            else edit({ kind: 'rename-key', at, to });
          }}
        />
      </td>
      <td>
        {row.operation === 'remove' ? (
          <span className="dim">–</span>
        ) : (
          <Line
            label={`Value of header ${row.name}`}
            value={row.value}
            onBegin={begin}
            onType={(typed) => goOn({ kind: 'set', at, value: typed })}
          />
        )}
      </td>
      <td>
        <IconButton small label={`Remove header ${row.name}`} onClick={() => edit({ kind: 'set', at })}>
          <X size={14} strokeWidth={1.5} />
        </IconButton>
      </td>
    </tr>
  );
}
