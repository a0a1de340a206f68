import { ChevronRight } from 'lucide-react';
import { lazy, Suspense, useMemo } from 'react';
import { documentAround, linesOf } from '../store/lines.ts';
import { useCursor, useSelection, useStore, useText } from '../store/store.ts';
import { Boundary } from '../ui/Boundary.tsx';
import { crumbsOf } from './crumbs.ts';
import { placeAt } from './cursorPath.ts';
import { LineEndsStrip } from './LineEndsStrip.tsx';
import { PlainEditor } from './PlainEditor.tsx';
import './editor.css';

const YamlEditor = lazy(() =>
  import('./YamlEditor.tsx').then(({ YamlEditor: loaded }) => ({ default: loaded })),
);

/** The text: the way to the cursor, and the editor. Until Monaco has loaded, and if it cannot, a plain field does. */
export function YamlPane() {
  return (
    <>
      <Crumbs />
      <LineEndsStrip />
      <div className="editor-room">
        <Boundary instead={<PlainEditor />}>
          <Suspense fallback={<PlainEditor />}>
            <YamlEditor />
          </Suspense>
        </Boundary>
      </div>
    </>
  );
}

/** The way to what is selected, else to the cursor: a selection made elsewhere has no cursor of its own. */
function Crumbs() {
  const text = useText();
  const cursor = useCursor();
  const selection = useSelection();
  const crumbs = useMemo(() => {
    if (selection !== undefined && selection.from !== 'text') {
      const { object, path } = selection.ref;
      return crumbsOf({ kind: object.kind, name: object.name, path });
    }
    if (cursor === undefined) return [];
    const { lines, before } = documentAround(linesOf(text), cursor.line);
    return crumbsOf(placeAt(lines, cursor.line - 1 - before, cursor.column - 1));
  }, [text, cursor, selection]);
  const name = useStore((state) => state.work.name);
  const shown = crumbs.length === 0 ? [name] : crumbs;
  return (
    <div className="crumbs">
      {shown.map((crumb, index) => (
        <span key={index} className={index === shown.length - 1 ? 'crumb last' : 'crumb'}>
          {index === 0 ? null : <ChevronRight size={12} strokeWidth={1.5} aria-hidden />}
          {crumb}
        </span>
      ))}
    </div>
  );
}
