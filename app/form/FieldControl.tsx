import { isObject } from '../../src/gesture/board.ts';
import type { Renamed } from '../../src/gesture/gesture.ts';
import type { FieldSchema, ObjectSchema } from '../../src/istio/schema/schema.ts';
import type { Json, ObjectRef, Path } from '../../src/manifest/source.ts';
import { BooleanControl, ChoiceControl, SelectControl } from './ChoiceControl.tsx';
import { FieldFrame } from './FieldFrame.tsx';
import { HeaderTable } from './HeaderTable.tsx';
import { MapTable } from './MapTable.tsx';
import { MatchList } from './MatchList.tsx';
import { NameControl } from './NameControl.tsx';
import { hasObjects, ObjectList } from './ObjectList.tsx';
import { protocolChoices } from './protocols.ts';
import { RawYaml } from './RawYaml.tsx';
import { RouteWeights } from './RouteWeights.tsx';
import { useAt, useEdit, useRemarks, useScene } from './scene.ts';
import { subjectOf } from './subject.ts';
import { StringMatchControl } from './StringMatchControl.tsx';
import { suggestionsFor } from './suggestions.ts';
import { NumberControl, TextControl } from './TextControl.tsx';
import { TextList } from './TextList.tsx';

interface FieldControlProps {
  readonly path: Path;
  readonly name: string;
  readonly field: FieldSchema;
  readonly value: Json | undefined;
}

/** The control for a field, by its schema; what is written and is of another type is shown as YAML. */
export function FieldControl({ path, name, field, value }: FieldControlProps) {
  const scene = useScene();
  const label = name;
  const absent = value === undefined || value === null;
  switch (field.type) {
    case 'text': {
      if (!absent && typeof value !== 'string') return <Mistyped path={path} label={label} field={field} />;
      const what = namedBy(scene.object, path);
      if (what !== undefined) return <NameControl path={path} value={value ?? ''} what={what} />;
      const choices = name === 'protocol' ? protocolChoices(scene.object.kind) : field.choices;
      if (choices !== undefined && name !== 'protocol' && choices.length <= 8) {
        return <ChoiceControl path={path} label={label} field={field} value={value} choices={choices} />;
      }
      if (choices !== undefined)
        return <SelectControl path={path} label={label} field={field} value={value} choices={choices} />;
      return (
        <TextControl
          path={path}
          label={label}
          field={field}
          value={value}
          suggestions={suggestionsFor(field, scene.vocabulary, scene.object.kind, path)}
          {...(field.format === 'duration' ? { placeholder: 'none, or 1.5s, 2m' } : {})}
        />
      );
    }
    case 'integer':
    case 'number':
      if (!absent && typeof value !== 'number') return <Mistyped path={path} label={label} field={field} />;
      return <NumberControl path={path} label={label} field={field} value={value} />;
    case 'integer-or-text':
      if (!absent && typeof value === 'object') return <Mistyped path={path} label={label} field={field} />;
      return <NumberOrName path={path} label={label} field={field} value={value} />;
    case 'boolean':
      if (!absent && typeof value !== 'boolean') return <Mistyped path={path} label={label} field={field} />;
      return <BooleanControl path={path} label={label} field={field} value={value} />;
    case 'list': {
      const items: readonly Json[] = absent ? [] : Array.isArray(value) ? value : [];
      if (!absent && !Array.isArray(value)) return <Mistyped path={path} label={label} field={field} />;
      if (hasObjects(field, items)) {
        if (name === 'match' && path[1] === 'http') {
          return <MatchList path={path} field={field} value={items} />;
        }
        if (name === 'route') return <RouteWeights path={path} field={field} value={items} />;
        return <ObjectList path={path} label={label} field={field} value={items} />;
      }
      if (items.some((item) => typeof item === 'object'))
        return <Mistyped path={path} label={label} field={field} />;
      return <TextList path={path} label={label} field={field} value={items} />;
    }
    case 'map': {
      const pairs = absent ? {} : value;
      const plain = isObject(pairs) && Object.values(pairs).every((each) => typeof each !== 'object');
      if (!plain) return <Mistyped path={path} label={label} field={field} />;
      return <MapTable path={path} label={label} field={field} value={pairs} />;
    }
    case 'object':
      if (!absent && !isObject(value)) return <Mistyped path={path} label={label} field={field} />;
      return (
        <ObjectControl path={path} name={name} field={field} value={isObject(value) ? value : undefined} />
      );
    case 'any':
      return <RawYaml path={path} label={label} field={field} because={field.doc} />;
  }
}

function ObjectControl({
  path,
  name,
  field,
  value,
}: Omit<FieldControlProps, 'field' | 'value'> & {
  readonly field: ObjectSchema;
  readonly value: Readonly<Record<string, Json>> | undefined;
}) {
  const { call, Fields } = useScene();
  const at = useAt(path);
  const { edit } = useEdit();
  const remarks = useRemarks(path);
  const onRemove =
    value === undefined || field.required === true || path.length === 1
      ? undefined
      : () => edit({ kind: 'remove', at, dependents: false });
  const fields = Object.keys(field.fields);
  // A percentage is an object around a number.
  const only = field.fields['value'];
  if (fields.length === 1 && only !== undefined) {
    return (
      <FieldControl
        path={[...path, 'value']}
        name={name}
        field={{ ...only, doc: field.doc }}
        value={value?.['value']}
      />
    );
  }
  if (name === 'port' && fields.length === 1 && field.fields['number'] !== undefined) {
    return (
      <FieldControl
        path={[...path, 'number']}
        name={name}
        field={{ ...field.fields['number'], doc: field.doc }}
        value={value?.['number']}
      />
    );
  }
  if (fields.includes('set') && fields.includes('add') && fields.includes('remove')) {
    return <HeaderTable path={path} label={name} field={field} value={value ?? {}} />;
  }
  if (fields.includes('exact') && fields.includes('prefix')) {
    return (
      <FieldFrame label={name} field={field} remarks={remarks} onRemove={onRemove}>
        <StringMatchControl path={path} label={name} value={value ?? {}} subject={subjectOf(call, name)} />
      </FieldFrame>
    );
  }
  return (
    <FieldFrame label={name} field={field} remarks={remarks} onRemove={onRemove}>
      <div className="inset">
        <Fields path={path} field={field} value={value ?? {}} />
      </div>
    </FieldFrame>
  );
}

function Mistyped({
  path,
  label,
  field,
}: {
  readonly path: Path;
  readonly label: string;
  readonly field: FieldSchema;
}) {
  return (
    <RawYaml
      path={path}
      label={label}
      field={field}
      because="What is written here is of another type than the form can edit. Edit it here; it is left alone otherwise."
    />
  );
}

/** A port by number or by name. */
function NumberOrName({
  path,
  label,
  field,
  value,
}: Omit<FieldControlProps, 'name'> & { readonly label: string }) {
  return typeof value === 'string' ? (
    <TextControl path={path} label={label} field={field} value={value} />
  ) : (
    <NumberControl path={path} label={label} field={field} value={value} />
  );
}

/** What a field names, if others mean it by that name. */
function namedBy(object: ObjectRef, path: Path): Renamed | undefined {
  switch (path.map((key) => (typeof key === 'number' ? '*' : key)).join('.')) {
    case 'metadata.name':
      return { kind: 'object', object };
    case 'spec.subsets.*.name':
      return { kind: 'subset', at: { object, path: path.slice(0, 3) } };
    default:
      return undefined;
  }
}
