import { Plus, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { isObject } from '../../src/gesture/board.ts';
import type { JsonObject, Path } from '../../src/manifest/source.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Menu } from '../ui/Menu.tsx';
import { NewPair } from './MapTable.tsx';
import { useAt, useEdit, useScene } from './scene.ts';
import { subjectOf } from './subject.ts';
import { StringMatchControl } from './StringMatchControl.tsx';

const plain = ['uri', 'method', 'authority', 'scheme'] as const;
const named = ['headers', 'withoutHeaders', 'queryParams'] as const;
type Plain = (typeof plain)[number];
type Named = (typeof named)[number];

/** Fields of an HTTP match that are conditions on a text; the others have controls of their own. */
export const conditionFields: ReadonlySet<string> = new Set<string>([...plain, ...named]);

const plainWords: Readonly<Record<Plain, string>> = {
  uri: 'Path',
  method: 'Method',
  authority: 'Host',
  scheme: 'Scheme',
};
const namedWords: Readonly<Record<Named, string>> = {
  headers: 'Header',
  withoutHeaders: 'Not header',
  queryParams: 'Query',
};

/** The conditions of one HTTP match, which must all hold, each tried on the current call. */
export function Conditions({ path, value }: { readonly path: Path; readonly value: JsonObject }) {
  const { call } = useScene();
  const at = useAt(path);
  const { edit } = useEdit();
  const [naming, setNaming] = useState<Named>();
  const add = (...inner: Path) =>
    edit({
      kind: 'set',
      at: { object: at.object, path: [...path, ...inner] },
      value: starters[String(inner[0])] ?? '',
    });
  return (
    <fieldset className="conditions" aria-label="Conditions that must all hold">
      {plain
        .filter((field) => isObject(value[field]))
        .map((field) => (
          <Condition key={field} path={[...path, field]} label={plainWords[field]}>
            <StringMatchControl
              path={[...path, field]}
              label={plainWords[field]}
              value={objectIn(value, field)}
              subject={subjectOf(call, field)}
              ignoreCase={field === 'uri' && value['ignoreUriCase'] === true}
            />
          </Condition>
        ))}
      {named.flatMap((field) =>
        Object.entries(objectIn(value, field))
          .filter(([, each]) => isObject(each))
          .map(([name]) => (
            <Condition
              key={`${field}/${name}`}
              path={[...path, field, name]}
              label={`${namedWords[field]} ${name}`}
            >
              <StringMatchControl
                path={[...path, field, name]}
                label={`${namedWords[field]} ${name}`}
                value={objectIn(objectIn(value, field), name)}
                subject={subjectOf(call, field, name)}
              />
            </Condition>
          )),
      )}
      {naming === undefined ? null : (
        <NewPair
          taken={Object.keys(objectIn(value, naming))}
          onAdd={(name) => {
            setNaming(undefined);
            if (name !== '') add(naming, name, 'exact');
          }}
        />
      )}
      <Menu
        trigger={
          <Button look="quiet" small icon={<Plus size={14} strokeWidth={1.5} aria-hidden />}>
            Add condition
          </Button>
        }
        entries={[
          ...plain
            .filter((field) => value[field] === undefined)
            .map((field) => ({
              kind: 'item' as const,
              label: plainWords[field],
              hint: field,
              run: () => add(field, field === 'uri' ? 'prefix' : 'exact'),
            })),
          ...named.map((field) => ({
            kind: 'item' as const,
            label: `${namedWords[field]}…`,
            hint: field,
            run: () => setNaming(field),
          })),
        ]}
      />
    </fieldset>
  );
}

const starters: Readonly<Record<string, string>> = {
  uri: '/',
  method: 'GET',
  authority: 'www.example.com',
  scheme: 'https',
  headers: 'value',
  withoutHeaders: 'value',
  queryParams: 'value',
};

interface ConditionProps {
  readonly path: Path;
  readonly label: string;
  readonly children: ReactNode;
}

function Condition({ path, label, children }: ConditionProps) {
  const at = useAt(path);
  const { edit } = useEdit();
  return (
    <div className="condition">
      <span className="condition-name">{label}</span>
      {children}
      <IconButton small label={`Remove condition ${label}`} onClick={() => edit({ kind: 'set', at })}>
        <X size={14} strokeWidth={1.5} />
      </IconButton>
    </div>
  );
}

function objectIn(value: JsonObject, key: string): JsonObject {
  const found = Object.hasOwn(value, key) ? value[key] : undefined;
  return isObject(found) ? found : {};
}
