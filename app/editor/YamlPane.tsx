import { ChevronRight } from 'lucide-react';
import { lazy, Suspense, useMemo } from 'react';
import { linesOf } from '../store/lines.ts';
import { useCursor, useReport, useStore, useText } from '../store/store.ts';
import { Boundary } from '../ui/Boundary.tsx';
import { crumbsOf } from './crumbs.ts';
import { placeAt } from './cursorPath.ts';
import { LineEndsStrip } from './LineEndsStrip.tsx';
import { PlainEditor } from './PlainEditor.tsx';
import './editor.css';

const YamlEditor = lazy(() =>
  import('./YamlEditor.tsx').then(({ YamlEditor: loaded }) => ({ default: loaded })),
);

/** The text: what it holds, the way to the cursor, and the editor. Until Monaco has loaded, and if it cannot, a plain field does. */
export function YamlPane() {
  return (
    <section className="pane yaml" aria-label="YAML">
      <div className="pane-head">
        <h2>YAML</h2>
        <span className="grow" />
        <Documents />
      </div>
      <Crumbs />
      <LineEndsStrip />
      <div className="editor-room">
        <Boundary instead={<PlainEditor />}>
          <Suspense fallback={<PlainEditor />}>
            <YamlEditor />
          </Suspense>
        </Boundary>
      </div>
    </section>
  );
}

/** How many documents, and how many of them the engine could not take. */
function Documents() {
  const { report } = useReport();
  if (report === undefined) return null;
  const all = report.objects.length;
  const left = report.objects.filter(({ status }) => status === 'unreadable').length;
  const refused = report.objects.filter(({ status }) => status === 'refused').length;
  if (left > 0) return <span className="fail">{`${left} of ${all} unreadable`}</span>;
  if (refused > 0) return <span className="fail">{`${refused} of ${all} refused`}</span>;
  return <span className="dim">{all === 1 ? '1 object' : `${all} objects`}</span>;
}

function Crumbs() {
  const text = useText();
  const cursor = useCursor();
  const crumbs = useMemo(() => {
    if (cursor === undefined) return [];
    const { starts, ends } = linesOf(text);
    const lines = starts.map((start, index) => text.slice(start, ends[index]));
    return crumbsOf(placeAt(lines, cursor.line - 1, cursor.column - 1));
  }, [text, cursor]);
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
