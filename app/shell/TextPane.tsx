import { YamlPane } from '../editor/YamlPane.tsx';
import { useReport } from '../store/store.ts';

/** What is written: its head, with how much of it the engine could take, and the editor. */
export function TextPane() {
  return (
    <section className="pane yaml" aria-label="YAML">
      <div className="pane-head">
        <h2>YAML</h2>
        <span className="grow" />
        <Objects />
      </div>
      <YamlPane />
    </section>
  );
}

function Objects() {
  const { report } = useReport();
  if (report === undefined) return null;
  const all = report.objects.length;
  const unreadable = report.objects.filter(({ status }) => status === 'unreadable').length;
  const refused = report.objects.filter(({ status }) => status === 'refused').length;
  if (unreadable > 0) return <span className="fail">{`${unreadable} of ${all} unreadable`}</span>;
  if (refused > 0) return <span className="fail">{`${refused} of ${all} refused`}</span>;
  return <span className="dim">{all === 1 ? '1 object' : `${all} objects`}</span>;
}
