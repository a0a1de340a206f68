import { Code, ListOrdered, TriangleAlert, Workflow } from 'lucide-react';
import { useStandingProblems } from '../store/dismissals.ts';
import { setView, useView } from '../store/store.ts';

const places = [
  { pane: 'trace', label: 'Trace', Icon: ListOrdered },
  { pane: 'graph', label: 'Graph', Icon: Workflow },
  { pane: 'yaml', label: 'YAML', Icon: Code },
  { pane: 'problems', label: 'Problems', Icon: TriangleAlert },
] as const;

/** On a phone: one pane at a time, chosen below. */
export function TabBar() {
  const { pane } = useView();
  const count = useStandingProblems()?.length ?? 0;
  return (
    <nav className="tabbar" aria-label="Panes">
      {places.map((place) => (
        <button
          key={place.pane}
          type="button"
          aria-current={place.pane === pane ? 'page' : undefined}
          onClick={() => setView({ pane: place.pane })}
        >
          <place.Icon size={20} strokeWidth={1.5} aria-hidden />
          {place.pane === 'problems' && count > 0 ? `${place.label} ${count}` : place.label}
        </button>
      ))}
    </nav>
  );
}
