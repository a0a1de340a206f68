import { Plus } from 'lucide-react';
import type { FieldSchema } from '../../src/istio/schema/schema.ts';
import type { Json, JsonObject, Path } from '../../src/manifest/source.ts';
import { Button } from '../ui/Button.tsx';
import { Menu } from '../ui/Menu.tsx';
import { Conditions, conditionFields } from './Conditions.tsx';
import { FieldControl } from './FieldControl.tsx';
import { RawYaml } from './RawYaml.tsx';
import { firstValue } from './starters.ts';
import { useAt, useEdit, useScene, type FieldsProps } from './scene.ts';
import { isUsual } from './usualFields.ts';

/** Fields that say what the object is: they are not to be edited as fields. */
const fixed: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'status']);

/** All fields of an object: those that are written or usual with their controls, unknown ones as YAML, and a menu of the others. */
export function ObjectFields({ path, field, value }: FieldsProps) {
  const scene = useScene();
  const isMatch = path.at(-2) === 'match' && path[1] === 'http';
  const known = Object.entries(field.fields).filter(
    ([name]) => !(path.length === 0 && fixed.has(name)) && !(isMatch && conditionFields.has(name)),
  );
  const shown = known.filter(
    ([name, each]) =>
      Object.hasOwn(value, name) ||
      isUsual(scene.object.kind, path, name, { value, object: scene.value, field: each }),
  );
  const others = known.filter(([name]) => !shown.some(([each]) => each === name));
  const unknown = Object.keys(value).filter(
    (name) => !Object.hasOwn(field.fields, name) && !(path.length === 0 && fixed.has(name)),
  );
  return (
    <div className={path.length === 0 ? 'form-fields root' : 'form-fields'}>
      {isMatch ? <Conditions path={path} value={value} /> : null}
      {shown.map(([name, each]) => {
        const inner = [...path, name];
        const isSpec = path.length === 0 && name === 'spec' && each.type === 'object';
        // `spec` goes without saying.
        if (isSpec)
          return <ObjectFields key={name} path={inner} field={each} value={asObject(value[name])} />;
        return <FieldControl key={name} path={inner} name={name} field={each} value={value[name]} />;
      })}
      {unknown.map((name) => (
        <RawYaml
          key={name}
          path={[...path, name]}
          label={name}
          because={
            field.open === true
              ? 'The form has no control for it. Edit it here; it is left alone otherwise.'
              : 'Istio has no such field here. Edit it here; it is left alone otherwise.'
          }
        />
      ))}
      {others.length === 0 ? null : <AddField path={path} fields={others} />}
    </div>
  );
}

function AddField({
  path,
  fields,
}: {
  readonly path: Path;
  readonly fields: readonly (readonly [string, FieldSchema])[];
}) {
  const at = useAt(path);
  const { edit } = useEdit();
  return (
    <Menu
      trigger={
        <Button look="quiet" small icon={<Plus size={14} strokeWidth={1.5} aria-hidden />}>
          Add field
        </Button>
      }
      entries={fields.map(([name, field]) => ({
        kind: 'item',
        label: name,
        hint: shortDoc(field),
        run: () =>
          edit({
            kind: 'set',
            at: { object: at.object, path: [...path, name] },
            value: firstValue(name, field),
          }),
      }))}
    />
  );
}

function shortDoc({ doc, deprecated }: FieldSchema): string {
  if (deprecated !== undefined) return 'deprecated';
  const short = doc.split(/[;,.:]/)[0] ?? '';
  return short.length > 46 ? `${short.slice(0, 45)}…` : short;
}

function asObject(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
