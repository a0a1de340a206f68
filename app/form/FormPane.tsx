import { ChevronRight, Ellipsis, List } from 'lucide-react';
import { isObject, sameObject, valueAt } from '../../src/gesture/board.ts';
import { fieldAt } from '../../src/istio/schema/kinds.ts';
import type { ObjectRef, Path } from '../../src/manifest/source.ts';
import { placeEntries } from '../design/placeEntries.ts';
import { select, useReport, useSelection } from '../store/store.ts';
import { IconButton } from '../ui/Button.tsx';
import { Menu } from '../ui/Menu.tsx';
import { Remarks } from './FieldFrame.tsx';
import { crumbsTo, formPath } from './formPlace.ts';
import { ObjectChoice } from './ObjectChoice.tsx';
import { ObjectFields } from './ObjectFields.tsx';
import { RawYaml } from './RawYaml.tsx';
import { SceneContext, useInspected, useRemarks, useSurroundings } from './scene.ts';
import { undoesWithin } from './undoKeys.ts';
import { WrittenFoot } from './WrittenFoot.tsx';
import './form.css';

/** What is selected, as a form: beside the graph, and where there is no editor. Everything that it writes is a small edit of the text. */
export function FormPane() {
  const selection = useSelection();
  const object = selection?.ref.object;
  const inspected = useInspected(object);
  const surroundings = useSurroundings(object);
  if (object === undefined) return <ObjectChoice />;
  if (inspected === undefined) return <Unreadable object={object} />;
  const wanted = formPath(inspected.object.kind, selection?.ref.path ?? []);
  const path = reached(inspected.value, wanted);
  const go = (to: Path) => select({ object: inspected.object, path: to }, 'form');
  const scene = {
    ...surroundings,
    object: inspected.object,
    value: inspected.value,
    go,
    Fields: ObjectFields,
  };
  return (
    <SceneContext value={scene}>
      <div className="form-pane" ref={undoesWithin}>
        <FormHead object={inspected.object} path={path} go={go} />
        <div className="form-body" key={JSON.stringify([object.source, object.document, object.item, path])}>
          <OwnRemarks path={path} />
          <Body kind={inspected.object.kind} path={path} value={inspected.value} />
        </div>
        <WrittenFoot />
      </div>
    </SceneContext>
  );
}

/** What is said about the place as a whole. */
function OwnRemarks({ path }: { readonly path: Path }) {
  const own = useRemarks(path);
  const spec = useRemarks(['spec']);
  const remarks = path.length === 0 ? [...own, ...spec] : own;
  return remarks.length === 0 ? null : (
    <div className="own-remarks">
      <Remarks remarks={remarks} />
    </div>
  );
}

/** The part of a path that is there: an item may have gone. */
function reached(value: Parameters<typeof valueAt>[0], path: Path): Path {
  let there = path;
  while (there.length > 0 && valueAt(value, there) === undefined) there = there.slice(0, -1);
  const end = there.findLastIndex((key) => typeof key === 'number');
  return there.slice(0, end + 1);
}

function Body({
  kind,
  path,
  value,
}: {
  readonly kind: string;
  readonly path: Path;
  readonly value: Parameters<typeof valueAt>[0];
}) {
  const field = fieldAt(kind, path);
  const here = valueAt(value, path);
  if (field?.type === 'object' && isObject(here))
    return <ObjectFields path={path} field={field} value={here} />;
  if (isObject(here) && path.length === 0) {
    return (
      <div className="form-fields root">
        <p className="soft">Gatehouse has no form for {kind}: here it is as YAML.</p>
        {Object.keys(here)
          .filter((key) => key !== 'apiVersion' && key !== 'kind')
          .map((key) => (
            <RawYaml key={key} path={[key]} label={key} because="Edit it here; it is left alone otherwise." />
          ))}
      </div>
    );
  }
  return (
    <RawYaml
      path={path}
      label={String(path.at(-1) ?? kind)}
      because="The form has no control for what is written here."
    />
  );
}

interface FormHeadProps {
  readonly object: ObjectRef;
  readonly path: Path;
  readonly go: (path: Path) => void;
}

function FormHead({ object, path, go }: FormHeadProps) {
  const crumbs = crumbsTo(object, path);
  return (
    <div className="form-head">
      <IconButton small label="All objects" onClick={() => select(undefined, 'form')}>
        <List size={14} strokeWidth={1.5} />
      </IconButton>
      <nav className="form-crumbs" aria-label="Place in the form">
        {crumbs.map((crumb, index) => (
          <span key={index} className="form-crumb">
            {index === 0 ? null : <ChevronRight size={12} strokeWidth={1.5} aria-hidden />}
            {index === crumbs.length - 1 ? (
              <b aria-current="true">{crumb.label}</b>
            ) : (
              <button type="button" onClick={() => go(crumb.path)}>
                {crumb.label}
              </button>
            )}
          </span>
        ))}
      </nav>
      <span className="tag">{object.kind}</span>
      <Menu
        align="end"
        trigger={
          <IconButton small label="What can be done with it">
            <Ellipsis size={14} strokeWidth={1.5} />
          </IconButton>
        }
        entries={placeEntries({ object, path })}
      />
    </div>
  );
}

function Unreadable({ object }: { readonly object: ObjectRef }) {
  const { report } = useReport();
  const there = report?.objects.some(({ ref }) => ref !== undefined && sameObject(ref, object));
  return (
    <div className="form-pane">
      <div className="form-body">
        <p className="soft">
          {there === true
            ? 'Reading…'
            : `${object.name} cannot be read as it stands. Mend its text; the form follows.`}
        </p>
      </div>
    </div>
  );
}
