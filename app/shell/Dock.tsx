import { ProblemsPane } from '../problems/ProblemsPane.tsx';
import { useStandingProblems } from '../store/dismissals.ts';
import { Tabs } from '../ui/Tabs.tsx';

/** What stands under the graph. One tab so far. */
export function Dock() {
  const problems = useStandingProblems();
  return (
    <section className="pane dock" aria-label="Problems">
      <div className="pane-head">
        <Tabs
          label="Under the graph"
          value="problems"
          controls="dock-panel"
          tabs={[{ value: 'problems', label: 'Problems', count: problems?.length }]}
          onChange={() => undefined}
        />
      </div>
      <div className="dock-body" id="dock-panel" role="tabpanel" aria-label="Problems">
        <ProblemsPane />
      </div>
    </section>
  );
}
