import { Info, OctagonX, Square, SquareCheck, TriangleAlert } from 'lucide-react';
import { useStandingProblems } from '../store/dismissals.ts';
import { open, setSettings, setView, useCursor, useReport, useSettings } from '../store/store.ts';

const levels = [
  { level: 'fail', words: 'will fail', Icon: OctagonX },
  { level: 'surprise', words: 'will surprise', Icon: TriangleAlert },
  { level: 'style', words: 'style', Icon: Info },
] as const;

/** Counts of problems, cursor, what is simulated, and where the text is (here, and nowhere else). */
export function Foot() {
  const { report, stale } = useReport();
  const problems = useStandingProblems();
  const cursor = useCursor();
  const { closed, defaultNamespace } = useSettings();
  const Box = closed ? SquareCheck : Square;
  return (
    <footer className="foot">
      {levels.map(({ level, words, Icon }) => (
        <button key={level} type="button" data-level={level} onClick={() => showProblems()}>
          <Icon size={14} strokeWidth={1.5} aria-hidden />
          <b>{problems?.filter((each) => each.level === level).length ?? 0}</b> {words}
        </button>
      ))}
      <span className="grow" aria-live="off">
        {stale && report === undefined ? 'Reading…' : ''}
      </span>
      <button
        type="button"
        aria-pressed={closed}
        title="What the paste does not hold does not exist"
        onClick={() => setSettings({ closed: !closed })}
      >
        <Box size={14} strokeWidth={1.5} aria-hidden />
        This paste is everything
      </button>
      <button
        type="button"
        title="Where documents that name no namespace stand"
        onClick={() => open({ kind: 'settings' })}
      >
        Namespace <b>{defaultNamespace}</b>
      </button>
      {cursor === undefined ? null : (
        <span>
          Ln {cursor.line}, Col {cursor.column}
        </span>
      )}
      <span>Semantics: Istio 86c9f01, Envoy 1.40</span>
      <span>Nothing leaves this browser</span>
    </footer>
  );
}

function showProblems(): void {
  setView({ dockTab: 'problems', middle: 'graph' });
}
